//! What takes long.

use shared::job::{JobKind, JobState};
use shared::time::Timestamp;

use super::AccountId;

/// A job to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// Its key and address: 128 random bits in hexadecimal.
    pub id: String,
    /// What it does.
    pub kind: JobKind,
    /// Whose it is; of nobody in particular, whoever knows the address.
    pub owner: Option<AccountId>,
    /// Whom it counts for until it ends.
    pub asker: String,
    /// What it does, in words.
    pub title: String,
    /// What it does, for whoever does it; gone when it ends.
    pub request: String,
    /// When it was asked for.
    pub at: Timestamp,
}

/// A job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its key and address.
    pub id: String,
    /// What it does.
    pub kind: JobKind,
    /// Whose it is; of nobody in particular, whoever knows the address.
    pub owner: Option<AccountId>,
    /// Whom it counts for; empty when it has ended.
    pub asker: String,
    /// What it does, in words.
    pub title: String,
    /// How far it has come.
    pub state: JobState,
    /// What came of it; empty until it ends, and where it was stopped.
    pub outcome: String,
    /// When it was asked for.
    pub at: Timestamp,
    /// When its state last changed.
    pub changed_at: Timestamp,
}

/// A job that was taken to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenJob {
    /// The job.
    pub job: Job,
    /// What it does, for whoever does it.
    pub request: String,
}

/// The end of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobEnd {
    /// The job's key.
    pub id: String,
    /// How it ends.
    pub state: JobState,
    /// What came of it.
    pub outcome: String,
    /// When.
    pub at: Timestamp,
}
