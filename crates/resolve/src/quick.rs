//! A quick hash for keys that the index numbers itself.
//!
//! Nobody outside chooses such a number, so that none can be chosen to collide.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map by numbers of the index.
pub(crate) type Numbered<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

/// Mixes small numbers by multiplication.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Quick(u64);

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        let mixed = self.0.rotate_left(5) ^ u64::from(number);
        self.0 = mixed.wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    fn finish(&self) -> u64 {
        // The product's high half is the better mixed one; tables look at the low one too.
        self.0 ^ (self.0 >> 32)
    }
}
