//! Room on the disk: files that are kept for a while grow no further than it reaches.

use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes that may still be written.
pub struct Room(AtomicU64);

impl Room {
    /// So many.
    pub fn new(bytes: u64) -> Self {
        Self(AtomicU64::new(bytes))
    }
}

/// A file's part of a room; given back when it is dropped.
pub struct Taken {
    room: Arc<Room>,
    bytes: u64,
}

impl Taken {
    /// Nothing of it so far.
    pub fn of(room: &Arc<Room>) -> Self {
        Self { room: room.clone(), bytes: 0 }
    }

    fn more(&mut self, bytes: u64) -> io::Result<()> {
        let left = self.room.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(bytes));
        left.map_err(|_| io::Error::from(io::ErrorKind::StorageFull))?;
        self.bytes += bytes;
        Ok(())
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.room.0.fetch_add(self.bytes, Ordering::Relaxed);
    }
}

/// A file that grows within its room; beyond it, an error of the kind `StorageFull` ends the writing.
pub struct Within<'f> {
    /// The file.
    pub file: &'f mut File,
    /// What it takes up.
    pub taken: &'f mut Taken,
}

impl Write for Within<'_> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.taken.more(buffer.len() as u64)?;
        self.file.write_all(buffer)?;
        Ok(buffer.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
