//! Content hashes, which make file names cacheable for ever.

use sha2::{Digest, Sha256};

/// A digest over several pieces; moving a byte from one piece to the next changes it.
#[derive(Default)]
pub struct Hasher(Sha256);

impl Hasher {
    /// Adds one piece.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    /// The digest: 16 lower-case hexadecimal digits, enough to tell the versions of a file apart.
    pub fn finish(self) -> String {
        let start = self.0.finalize().iter().take(8).fold(0, |start, byte| start << 8 | u64::from(*byte));
        format!("{start:016x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(pieces: &[&str]) -> String {
        let mut hasher = Hasher::default();
        for piece in pieces {
            hasher.add(piece.as_bytes());
        }
        hasher.finish()
    }

    #[test]
    fn pieces_do_not_run_together() {
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
        assert_ne!(hash(&["a"]), hash(&["a", ""]));
        assert_eq!(hash(&["a", "b"]), hash(&["a", "b"]));
        assert_eq!(hash(&[]).len(), 16);
    }
}
