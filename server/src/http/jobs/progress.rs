//! How far a job is.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// How far a job is that is under way, and whether it shall go on.
#[derive(Default)]
pub struct Progress {
    /// How many are done.
    pub done: AtomicU64,
    total: AtomicU64,
    stopped: AtomicBool,
    full: AtomicBool,
}

impl Progress {
    /// So many are done of so many; an error where the job shall not go on.
    pub fn set(&self, done: u64, total: u64) -> io::Result<()> {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
        self.go_on()
    }

    /// One more is done; an error where the job shall not go on.
    pub fn advance(&self) -> io::Result<()> {
        self.done.fetch_add(1, Ordering::Relaxed);
        self.go_on()
    }

    /// How many are done, of how many; `None` before that is known.
    pub fn counts(&self) -> Option<(u64, u64)> {
        let total = self.total.load(Ordering::Relaxed);
        (total > 0).then(|| (self.done.load(Ordering::Relaxed).min(total), total))
    }

    /// The job shall not go on.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether the job shall not go on.
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// There is no room for more of its file.
    pub fn find_full(&self) {
        self.full.store(true, Ordering::Relaxed);
    }

    /// Whether its file found no room.
    pub fn is_full(&self) -> bool {
        self.full.load(Ordering::Relaxed)
    }

    fn go_on(&self) -> io::Result<()> {
        if self.is_stopped() { Err(io::Error::other("stopped")) } else { Ok(()) }
    }
}
