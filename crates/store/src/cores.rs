//! Work on all cores.

use std::convert::Infallible;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Fewer things than this are done by one thread: starting another takes longer.
const FEW: usize = 4;

/// Makes something of each of many things, on all cores and in their order.
pub fn of_all<T: Sync, R: Send>(things: &[T], make: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let numbered: Vec<(usize, &T)> = things.iter().enumerate().collect();
    let work = |(): &mut (), (number, thing): &(usize, &T), made: &mut Vec<(usize, R)>| {
        made.push((*number, make(thing)));
        Ok::<(), Infallible>(())
    };
    let mut made = match on_all(&numbered, || (), work) {
        Ok(made) => made,
        Err(never) => match never {},
    };
    made.sort_unstable_by_key(|(number, _)| *number);
    made.into_iter().map(|(_, made)| made).collect()
}

/// Does something with each of many things, on all cores. Each thread starts with tools of
/// its own, takes one thing after another, and adds to a list of its own; the lists are
/// joined in no order.
pub fn on_all<T: Sync, S, R: Send, E: Send>(
    things: &[T],
    start: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &T, &mut Vec<R>) -> Result<(), E> + Sync,
) -> Result<Vec<R>, E> {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let next = AtomicUsize::new(0);
    let one = || {
        let (mut tools, mut results) = (start(), Vec::new());
        while let Some(thing) = things.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(&mut tools, thing, &mut results)?;
        }
        Ok(results)
    };
    if cores == 1 || things.len() < FEW {
        return one();
    }
    std::thread::scope(|scope| {
        let threads: Vec<_> = (1..cores).map(|_| scope.spawn(one)).collect();
        let mut all = one()?;
        for thread in threads {
            match thread.join() {
                Ok(results) => all.extend(results?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(all)
    })
}
