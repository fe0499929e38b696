//! The surface of one measure at a known day, and what it says on a day. Section 3.

use chrono::NaiveDate;
use jialiang_model::cell::Cell;
use jialiang_model::kind::adjustment::Step;

use crate::answer::Said;
use crate::coat::{ALWAYS, Band, Coat, Doc, Does, NEVER, morrow};
use crate::facts::Facts;

/// Why several coats meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clash {
    Between,
    Within,
    SameDay,
    Crossing,
    Overrun,
    BaseAnnulled,
    Seen,
    Altered(Step),
}

/// What a place itself says of a day. Coats are borrowed from its band.
#[derive(Debug, Clone)]
pub(crate) enum Own<'b, 'a> {
    /// It has not decided.
    Nothing,
    /// This holds.
    Is(&'b Coat<'a>),
    /// This was seen later, with nothing on record before it.
    Since(&'b Coat<'a>),
    /// One of these, or of those above where `above`.
    Doubt { of: Vec<&'b Coat<'a>>, clash: Clash, above: bool, by: Option<&'b Coat<'a>> },
    /// It has ended.
    Ended(&'b Coat<'a>),
}

/// What is on top of a stretch of days.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Top {
    Nothing,
    Coat(usize),
    Ended(usize),
    /// Coats that meet; with what lay before the stretch where `before`.
    Doubt {
        owners: Vec<usize>,
        clash: Clash,
        before: bool,
    },
}

impl Top {
    fn owners(&self) -> &[usize] {
        match self {
            Self::Nothing => &[],
            Self::Coat(i) | Self::Ended(i) => std::slice::from_ref(i),
            Self::Doubt { owners, .. } => owners,
        }
    }
}

/// A stretch of days, half-open.
#[derive(Debug, Clone)]
struct Run {
    from: NaiveDate,
    until: NaiveDate,
    top: Top,
}

/// The surface of one band, for some facts, as known by the end of a day.
#[derive(Debug)]
pub(crate) struct Surface<'b, 'a> {
    band: &'b Band<'a>,
    docs: &'b [Doc<'a>],
    runs: Vec<Run>,
    /// What was seen and stands, by day.
    seen: Vec<&'b Coat<'a>>,
    /// Temporary coats, in the order of painting, with the day after their last.
    temporary: Vec<(usize, NaiveDate)>,
    facts: &'b Facts,
    known: NaiveDate,
    also: Option<(u32, NaiveDate)>,
    /// Coats that are left out.
    skip: Vec<usize>,
}

impl<'b, 'a> Surface<'b, 'a> {
    pub(crate) fn new(
        band: &'b Band<'a>,
        docs: &'b [Doc<'a>],
        facts: &'b Facts,
        known: NaiveDate,
        also: Option<(u32, NaiveDate)>,
    ) -> Self {
        Self::skipping(band, docs, facts, known, also, Vec::new())
    }

    fn skipping(
        band: &'b Band<'a>,
        docs: &'b [Doc<'a>],
        facts: &'b Facts,
        known: NaiveDate,
        also: Option<(u32, NaiveDate)>,
        skip: Vec<usize>,
    ) -> Self {
        let mut surface = Self {
            band,
            docs,
            runs: vec![Run { from: ALWAYS, until: NEVER, top: Top::Nothing }],
            seen: Vec::new(),
            temporary: Vec::new(),
            facts,
            known,
            also,
            skip,
        };
        let visible =
            |coat: &Coat<'_>| (coat.known <= known || earlier(coat, also)) && coat.covers(facts);
        for (i, coat) in band.coats.iter().enumerate() {
            if !visible(coat) || surface.skip.contains(&i) {
                continue;
            }
            let until = surface.reach(coat, known, &visible);
            if coat.from >= until {
                continue;
            }
            if coat.temporary {
                surface.temporary.push((i, until));
            } else {
                surface.paint(i, until);
            }
        }
        surface.seen = band.seen.iter().filter(|coat| visible(coat)).collect();
        surface.seen.retain(|seen| {
            let later =
                |i: &usize| surface.band.coats.get(*i).is_some_and(|c| c.issued > seen.issued);
            !surface
                .runs
                .iter()
                .any(|run| run.holds(seen.from) && run.top.owners().iter().any(later))
        });
        surface.seen.sort_by_key(|seen| seen.from);
        surface
    }

    /// The day after the last that a coat reaches, after what annuls and what lifts it.
    fn reach(
        &self,
        coat: &Coat<'a>,
        known: NaiveDate,
        visible: &impl Fn(&Coat<'_>) -> bool,
    ) -> NaiveDate {
        let mut until = coat.until;
        let Some(doc) = self.docs.get(coat.doc as usize) else { return until };
        for (from, when) in &doc.annulled {
            if *when <= known {
                until = until.min(*from);
            }
        }
        // Few bands have any that lifts.
        for other in self.band.coats.iter().filter(|_| self.band.lifts) {
            let Said::Operation(_, operation) = other.said else { continue };
            let names = |id: &jialiang_model::id::InstrumentId| id.as_str() == doc.id;
            if !operation.bond.lifts.is_empty()
                && operation.bond.lifts.iter().any(names)
                && other.doc != coat.doc
                && visible(other)
            {
                until = until.min(other.from);
            }
        }
        until
    }

    fn coat(&self, i: usize) -> Option<&'b Coat<'a>> {
        self.band.coats.get(i)
    }

    /// Paints a coat over what is there.
    fn paint(&mut self, i: usize, until: NaiveDate) {
        let Some(coat) = self.coat(i) else { return };
        match coat.does {
            Does::Repeals(doc) => {
                self.split(coat.from);
                for run in &mut self.runs {
                    let of = |j: &usize| self.band.coats.get(*j).is_some_and(|c| c.doc == doc);
                    if run.from >= coat.from && run.top.owners().iter().any(of) {
                        run.top = Top::Ended(i);
                    }
                }
            }
            Does::Sets => {
                let own = coat.over.min(until);
                // What is carried over gives way to every later start.
                let tail = self
                    .runs
                    .iter()
                    .filter(|run| run.until > own)
                    .find(|run| run.top.owners().iter().any(|j| self.from(*j) > coat.from))
                    .map_or(until, |run| run.from.max(own).min(until));
                let annulled = self.lost_base(coat, i);
                if coat.sure > coat.from {
                    let end = coat.sure.min(own);
                    self.lay(i, coat.from, end, Some((Clash::Within, true)));
                    self.lay(i, end, own, annulled.clone().map(|_| (Clash::BaseAnnulled, false)));
                } else if let Some(below) = annulled {
                    self.lay(i, coat.from, own, Some((Clash::BaseAnnulled, false)));
                    for run in &mut self.runs {
                        if let Top::Doubt { owners, clash: Clash::BaseAnnulled, .. } = &mut run.top
                            && owners.contains(&i)
                        {
                            owners.extend(below.iter().filter(|j| **j != i));
                            owners.sort_unstable();
                            owners.dedup();
                        }
                    }
                } else {
                    self.lay(i, coat.from, own, None);
                }
                self.lay(i, own, tail, None);
            }
            Does::Alters(step) => {
                self.lay(i, coat.from, until, Some((Clash::Altered(step), true)));
            }
            Does::Ends => self.lay(i, coat.from, until, None),
            Does::Saw => {}
        }
    }

    fn from(&self, i: usize) -> NaiveDate {
        self.coat(i).map_or(ALWAYS, |coat| coat.from)
    }

    /// What lies below the first day of a coat, where the number that it says was there came
    /// from a document that has been annulled since, and what lies there is another.
    fn lost_base(&self, coat: &Coat<'a>, i: usize) -> Option<Vec<usize>> {
        if !self.band.annulled {
            return None;
        }
        let was = coat.was?;
        let line = coat.line?;
        let gave = self.band.coats.iter().take(i).any(|below| {
            let annulled =
                self.docs.get(below.doc as usize).is_some_and(|d| !d.annulled.is_empty());
            annulled
                && below.from <= coat.from
                && coat.from < below.until
                && below.line.is_some_and(|l| crate::coat::same(l, below.number, line, Some(was)))
        });
        if !gave {
            return None;
        }
        let run = self.runs.iter().find(|run| run.holds(coat.from))?;
        let still = run.top.owners().iter().filter_map(|j| self.coat(*j)).any(|below| {
            below.line.is_some_and(|l| crate::coat::same(l, below.number, line, Some(was)))
        });
        (!still).then(|| run.top.owners().to_vec())
    }

    /// Splits the runs at a day.
    fn split(&mut self, day: NaiveDate) {
        let at = self.runs.iter().position(|run| run.from < day && day < run.until);
        if let Some(at) = at
            && let Some(run) = self.runs.get_mut(at)
        {
            let after = Run { from: day, until: run.until, top: run.top.clone() };
            run.until = day;
            self.runs.insert(at + 1, after);
        }
    }

    /// Lays a coat over an interval: by itself, or in doubt.
    fn lay(&mut self, i: usize, from: NaiveDate, until: NaiveDate, doubt: Option<(Clash, bool)>) {
        if from >= until {
            return;
        }
        self.split(from);
        self.split(until);
        let mut runs = std::mem::take(&mut self.runs);
        for run in &mut runs {
            if from <= run.from && run.until <= until {
                run.top = self.over(&run.top, i, doubt);
            }
        }
        runs.dedup_by(|next, run| {
            let joins = run.top == next.top;
            if joins {
                run.until = next.until;
            }
            joins
        });
        self.runs = runs;
    }

    /// What is on top when a coat comes over what is there.
    fn over(&self, below: &Top, i: usize, doubt: Option<(Clash, bool)>) -> Top {
        let alone = match (self.coat(i).map(|coat| coat.does), doubt) {
            (_, Some((clash, before))) => Top::Doubt { owners: vec![i], clash, before },
            (Some(Does::Ends), None) => Top::Ended(i),
            _ => Top::Coat(i),
        };
        let mut met = Vec::new();
        let mut clash = None;
        for j in below.owners() {
            if let Some(how) = self.clash(*j, i) {
                clash = Some(how);
                met.push(*j);
            }
        }
        let Some(clash) = clash else { return alone };
        // Those that meet already go on doing so.
        let mut owners = below.owners().to_vec();
        owners.push(i);
        owners.sort_unstable();
        owners.dedup();
        let before = matches!(below, Top::Doubt { before: true, .. })
            || matches!(alone, Top::Doubt { before: true, .. });
        Top::Doubt { owners, clash, before }
    }

    /// How a coat `i` meets one that it would cover, where it may not simply do so.
    fn clash(&self, j: usize, i: usize) -> Option<Clash> {
        let (below, coat) = (self.coat(j)?, self.coat(i)?);
        // Two that say the same never clash; that is looked at last, because few would.
        self.apart(below, coat).filter(|_| !below.same(coat))
    }

    /// How a coat stands to one that it would cover and that says another value.
    fn apart(&self, below: &Coat<'a>, coat: &Coat<'a>) -> Option<Clash> {
        if below.doc == coat.doc {
            let inside = |a: &Coat<'_>, b: &Coat<'_>| match (a.cell, b.cell) {
                (_, None) => true,
                (None, Some(_)) => false,
                (Some(a), Some(b)) => b.covers(a),
            };
            let alike = below.from == coat.from && (!inside(coat, below) || inside(below, coat));
            return alike.then_some(Clash::Crossing);
        }
        let (mine, theirs) =
            (self.docs.get(coat.doc as usize)?, self.docs.get(below.doc as usize)?);
        if below.issued == coat.issued {
            let told = mine.edition != theirs.edition
                || mine.after.contains(&below.doc)
                || theirs.after.contains(&coat.doc);
            return (!told).then_some(Clash::SameDay);
        }
        if below.from > coat.from && !matches!(below.does, Does::Ends | Does::Repeals(_)) {
            let named = match coat.said {
                Said::Operation(_, operation) => {
                    let bond = &operation.bond;
                    bond.replaces.iter().chain(&bond.lifts).any(|id| id.as_str() == theirs.id)
                }
                Said::Edition(..) | Said::List(_) => false,
            };
            return (!named).then_some(Clash::Overrun);
        }
        None
    }

    /// The pairs of coats that meet and may not simply cover each other: the one below first.
    pub(crate) fn meetings(&self) -> Vec<(Clash, &'b Coat<'a>, &'b Coat<'a>)> {
        let mut all = Vec::new();
        for run in &self.runs {
            let Top::Doubt { owners, clash, .. } = &run.top else { continue };
            // With nothing below what was annulled, what rested on it stands alone.
            if let ([only], Clash::BaseAnnulled) = (owners.as_slice(), clash)
                && let Some(coat) = self.coat(*only)
            {
                all.push((*clash, coat, coat));
            }
            for (at, j) in owners.iter().enumerate() {
                for i in owners.iter().skip(at + 1) {
                    let (Some(below), Some(coat)) = (self.coat(*j), self.coat(*i)) else {
                        continue;
                    };
                    match self.clash(*j, *i) {
                        Some(clash) => all.push((clash, below, coat)),
                        None if *clash == Clash::BaseAnnulled => {
                            all.push((*clash, below, coat));
                        }
                        None => {}
                    }
                }
            }
        }
        for (at, a) in self.seen.iter().enumerate() {
            for b in self.seen.iter().skip(at + 1) {
                if a.from == b.from && !a.same(b) {
                    all.push((Clash::Seen, *a, *b));
                }
            }
        }
        all
    }

    /// What the band says on a day, with the stretch of days over which it says so.
    pub(crate) fn on(&self, day: NaiveDate) -> (Own<'b, 'a>, NaiveDate, NaiveDate) {
        let (lasting, from, until) = self.lasting(day);
        let (mut over, mut from, mut until) = (Top::Nothing, from, until);
        for (i, end) in &self.temporary {
            let Some(coat) = self.coat(*i) else { continue };
            for edge in [coat.from, coat.sure, *end] {
                if edge <= day {
                    from = from.max(edge);
                } else {
                    until = until.min(edge);
                }
            }
            if coat.from <= day && day < *end {
                let doubt = (day < coat.sure).then_some((Clash::Within, true));
                over = self.over(&over, *i, doubt);
            }
        }
        match over {
            Top::Nothing => (lasting, from, until),
            Top::Coat(i) => (self.coat(i).map_or(Own::Nothing, Own::Is), from, until),
            Top::Ended(i) => (self.coat(i).map_or(Own::Nothing, Own::Ended), from, until),
            Top::Doubt { owners, clash, before } => {
                let own: Vec<_> = owners.iter().filter_map(|i| self.coat(*i)).collect();
                let answer = if before {
                    self.among(lasting, &own, clash)
                } else {
                    Own::Doubt { by: own.last().copied(), of: own, clash, above: false }
                };
                (answer, from, until)
            }
        }
    }

    /// What could hold where it is not known whether some coats hold already.
    fn among(&self, low: Own<'b, 'a>, coats: &[&'b Coat<'a>], clash: Clash) -> Own<'b, 'a> {
        let (mut of, above) = match low {
            Own::Nothing | Own::Ended(_) => (Vec::new(), true),
            Own::Is(coat) => (vec![coat], false),
            Own::Since(coat) => (vec![coat], true),
            Own::Doubt { of, clash: _, above, by: _ } => (of, above),
        };
        for coat in coats.iter().filter(|coat| coat.line.is_some()) {
            if !of.iter().any(|one| one.same(coat)) {
                of.push(coat);
            }
        }
        match of.as_slice() {
            [one] if !above && !matches!(clash, Clash::Altered(_)) => Own::Is(one),
            _ => Own::Doubt { of, clash, above, by: coats.last().copied() },
        }
    }

    /// What the lasting coats and what was seen say.
    fn lasting(&self, day: NaiveDate) -> (Own<'b, 'a>, NaiveDate, NaiveDate) {
        let Some(run) = self.runs.iter().find(|run| run.holds(day)) else {
            return (Own::Nothing, ALWAYS, NEVER);
        };
        let inside: Vec<&Coat<'a>> =
            self.seen.iter().copied().filter(|seen| run.holds(seen.from)).collect();
        let last = inside.iter().rev().find(|seen| seen.from <= day).copied();
        let next = inside.iter().find(|seen| seen.from > day).copied();
        let (from, until) = (run.from, run.until);
        // Two sources of one day that do not agree.
        if let Some(seen) = last {
            let apart: Vec<_> = inside
                .iter()
                .copied()
                .filter(|other| other.from == seen.from && !other.same(seen))
                .collect();
            if !apart.is_empty() && day == seen.from {
                let mut of = apart;
                of.push(seen);
                let doubt = Own::Doubt { of, clash: Clash::Seen, above: false, by: None };
                return (doubt, day, morrow(day));
            }
        }
        match &run.top {
            Top::Nothing => match (last, next) {
                (None, None) => (Own::Nothing, from, until),
                (None, Some(next)) => (Own::Since(next), from, next.from),
                (Some(last), next) => self.between(last, last.from, next, day, until),
            },
            Top::Coat(i) => {
                let Some(coat) = self.coat(*i) else { return (Own::Nothing, from, until) };
                match (last, next) {
                    (Some(last), next) if !last.same(coat) => {
                        self.between(last, last.from, next, day, until)
                    }
                    (Some(last), next) => {
                        let (own, start, end) = self.between(coat, last.from, next, day, until);
                        let start = if start == last.from { from } else { start };
                        (own, start, end)
                    }
                    (None, next) => {
                        let sure = from.max(coat.issued);
                        let (own, start, end) = self.between(coat, sure, next, day, until);
                        let start = if start == sure { from } else { start };
                        (own, start, end)
                    }
                }
            }
            Top::Ended(i) => {
                let Some(coat) = self.coat(*i) else { return (Own::Nothing, from, until) };
                match (last, next) {
                    (Some(last), next) => self.between(last, last.from, next, day, until),
                    (None, Some(next)) if day > from.max(coat.issued) => {
                        let doubt = Own::Doubt {
                            of: vec![next],
                            clash: Clash::Between,
                            above: false,
                            by: None,
                        };
                        (doubt, morrow(from.max(coat.issued)), next.from)
                    }
                    (None, _) => (Own::Ended(coat), from, until),
                }
            }
            Top::Doubt { owners, clash, before } => {
                let own: Vec<_> = owners.iter().filter_map(|i| self.coat(*i)).collect();
                let end = next.map_or(until, |next| next.from);
                if let (Some(last), false) = (last, *clash == Clash::Within) {
                    return self.between(last, last.from, next, day, until);
                }
                if !*before {
                    let doubt = Own::Doubt {
                        by: own.last().copied(),
                        of: own,
                        clash: *clash,
                        above: false,
                    };
                    return (doubt, from, end);
                }
                if let Some(last) = last
                    && own.iter().any(|coat| coat.same(last))
                {
                    // Seen inside the period: it has begun.
                    return self.between(last, last.from, next, day, until);
                }
                let (low, start, stop) = self.without(owners, until).lasting(day);
                let (from, end) = (from.max(start), end.min(stop));
                let seen = last.is_some_and(|last| last.from == day);
                let stays = matches!((&low, next), (Own::Is(old), Some(next)) if old.same(next));
                if seen || stays {
                    // The old value was seen in the period: it holds until then.
                    return (low, from, end);
                }
                (self.among(low, &own, *clash), from, end)
            }
        }
    }

    /// The surface as it would be without some coats, and without what was seen when they were
    /// over.
    fn without(&self, coats: &[usize], until: NaiveDate) -> Self {
        let mut skip = self.skip.clone();
        skip.extend(coats);
        let mut surface =
            Self::skipping(self.band, self.docs, self.facts, self.known, self.also, skip);
        surface.seen = self.seen.iter().copied().filter(|seen| seen.from < until).collect();
        surface
    }

    /// What holds on a day behind a coat that is sure through a day, before what is seen next.
    fn between(
        &self,
        coat: &'b Coat<'a>,
        sure: NaiveDate,
        next: Option<&'b Coat<'a>>,
        day: NaiveDate,
        until: NaiveDate,
    ) -> (Own<'b, 'a>, NaiveDate, NaiveDate) {
        match next {
            None => (Own::Is(coat), sure, until),
            Some(next) if next.same(coat) => (Own::Is(coat), sure, next.from),
            Some(next) if day <= sure => (Own::Is(coat), sure, morrow(sure).min(next.from)),
            Some(next) => {
                let of = vec![coat, next];
                let doubt = Own::Doubt { of, clash: Clash::Between, above: false, by: None };
                (doubt, morrow(sure), next.from)
            }
        }
    }
}

impl Run {
    fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && day < self.until
    }
}

/// Whether a coat is of a document, and begins before a day.
fn earlier(coat: &Coat<'_>, also: Option<(u32, NaiveDate)>) -> bool {
    also.is_some_and(|(doc, before)| coat.doc == doc && coat.from < before)
}

/// The last coat in order that covers a day, of a band of which that is the answer; with the
/// stretch of days over which it is.
pub(crate) fn plain<'b, 'a>(
    band: &'b Band<'a>,
    facts: &Facts,
    day: NaiveDate,
    known: NaiveDate,
    also: Option<(u32, NaiveDate)>,
) -> (Own<'b, 'a>, NaiveDate, NaiveDate) {
    let mut until = NEVER;
    let mut floor = ALWAYS;
    // Coats beside each other are for the same people more often than not.
    let mut last: Option<(&Cell, bool)> = None;
    for coat in band.coats.iter().rev() {
        if coat.known > known && !earlier(coat, also) {
            continue;
        }
        let covers = match (coat.cell, last) {
            (None, _) => true,
            (Some(cell), Some((before, covers))) if std::ptr::eq(cell, before) => covers,
            (Some(cell), _) => facts.within(cell),
        };
        last = coat.cell.map(|cell| (cell, covers));
        if !covers {
            continue;
        }
        if day < coat.from {
            until = until.min(coat.from);
        } else if day < coat.until {
            let own = if coat.does == Does::Ends { Own::Ended(coat) } else { Own::Is(coat) };
            return (own, coat.from.max(floor), coat.until.min(until));
        } else {
            floor = floor.max(coat.until);
        }
    }
    (Own::Nothing, floor, until)
}
