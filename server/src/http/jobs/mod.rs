//! What takes long: asked for, watched, stopped, fetched.
//!
//! Jobs are rows of the database, done a few at a time by [`worker`]; one that was under way when the server ended is done
//! anew. How far it is stands in memory: it begins at nothing then, and writing it down would hold up others. A file is
//! written beside its place and moved there, in a folder of the data folder. Accounts are added in the transaction that
//! ends their job.
//!
//! - [`get`] `GET /jobs/{id}`, [`stop`] `POST …/stop`, [`file`](mod@file) `GET …/file` and what is known of it
//! - [`request`]: what a job is asked to do, and what comes of it; [`progress`]: how far it is; [`room`]: for its file
//!
//! What is asked for stands with its form: exports, the report, the public pages, accounts.

pub mod file;
pub mod get;
pub mod progress;
pub mod request;
pub mod room;
pub mod stop;
pub mod worker;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use axum::response::{IntoResponse, Redirect, Response};
use shared::time::Timestamp;
use tokio::sync::Notify;

use self::progress::Progress;
use self::request::JobRequest;
use super::forms::draw_key;
use super::limits::Caller;
use super::page::Page;
use super::refusal::Refusal;
use super::state::AppState;
use crate::service::{Error, Result};
use crate::store::{AccountId, Job, NewJob};

/// Jobs of one account or one address that have not ended.
const MOST_OPEN: usize = 4;
/// Jobs of one account that are kept; those of all visitors without one count as one account's.
const MOST_KEPT: usize = 24;
/// How long a job is kept after its end, in milliseconds.
const KEPT: i64 = 86_400_000;

/// The jobs under way, and where files are.
#[derive(Default)]
pub struct Jobs {
    folder: PathBuf,
    under_way: Mutex<HashMap<String, Arc<Progress>>>,
    /// Held while a job is added: nobody has more than may be by asking twice at once.
    adding: tokio::sync::Mutex<()>,
    /// Told of each job that is added.
    added: Notify,
}

impl Jobs {
    /// Jobs whose files are in that folder, which is made when it is missing.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, ..Self::default() }
    }

    /// Where a job's file is.
    fn file(&self, id: &str) -> PathBuf {
        self.folder.join(id)
    }

    /// Where it is while it is written.
    fn part(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.part"))
    }

    /// Removes what was written of a job; mostly there is nothing.
    fn remove_files(&self, id: &str) {
        for path in [self.file(id), self.part(id)] {
            let _ = std::fs::remove_file(path);
        }
    }

    fn begin(&self, id: &str) -> Arc<Progress> {
        let progress = Arc::new(Progress::default());
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned(), progress.clone());
        progress
    }

    fn end(&self, id: &str) {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
    }

    /// How far a job is that is under way.
    fn progress(&self, id: &str) -> Option<Arc<Progress>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    /// Breaks off whatever is under way, because the server ends.
    pub fn break_off(&self) {
        for progress in self.under_way.lock().unwrap_or_else(PoisonError::into_inner).values() {
            progress.stop();
        }
    }
}

/// Adds a job and leads to its page. `asker` is whom a visitor's counts for.
pub async fn add(
    state: &AppState,
    owner: Option<AccountId>,
    asker: Caller,
    title: String,
    request: &JobRequest,
) -> std::result::Result<Response, Refusal> {
    let store = state.service.store();
    let _one = state.jobs.adding.lock().await;
    forget(state).await?;
    let jobs = store.jobs().await?;
    let asker = owner.map_or(asker, Caller::Account).key();
    let open = || jobs.iter().filter(|job| job.state.is_open());
    let own = open().filter(|job| job.asker == asker).count();
    let public = open().filter(|job| job.owner.is_none()).count();
    if own >= MOST_OPEN || (owner.is_none() && public >= MOST_KEPT) {
        let message = "終わっていない処理がいくつもあります。終わるのを待つか、止めてから、もう一度行ってください。";
        return Err(Error::Refused(message.to_owned()).into());
    }
    let id = draw_key()?;
    let new = NewJob {
        id: id.clone(),
        kind: request.kind(),
        owner,
        asker,
        title,
        request: serde_json::to_string(request).map_err(|error| Error::Internal(error.to_string()))?,
        at: state.service.clock().now(),
    };
    store.add_job(&new).await?;
    state.jobs.added.notify_waiters();
    Ok(Redirect::to(&format!("/jobs/{id}")).into_response())
}

/// Removes jobs that have been kept long enough, with their files.
pub async fn forget(state: &AppState) -> Result<()> {
    let store = state.service.store();
    for id in outdated(&store.jobs().await?, state.service.clock().now()) {
        // The file first: without its job nobody would remove it.
        state.jobs.remove_files(&id);
        store.remove_job(&id).await?;
    }
    Ok(())
}

/// Which of these, the latest first, have been kept long enough.
fn outdated(jobs: &[Job], now: Timestamp) -> Vec<String> {
    let mut kept: HashMap<Option<AccountId>, usize> = HashMap::new();
    let mut is_outdated = |job: &Job| {
        let place = kept.entry(job.owner).or_default();
        *place += 1;
        !job.state.is_open() && (*place > MOST_KEPT || now.0 - job.changed_at.0 >= KEPT)
    };
    jobs.iter().filter(|job| is_outdated(job)).map(|job| job.id.clone()).collect()
}

/// The job of that id, if it is the viewer's.
async fn job_of(state: &AppState, page: &Page, id: &str) -> Result<Job> {
    let job = state.service.store().job(id).await?.ok_or(Error::NotFound)?;
    let viewer = page.account.as_ref().map(|account| account.id);
    if job.owner.is_none() || job.owner == viewer { Ok(job) } else { Err(Error::NotFound) }
}

#[cfg(test)]
mod tests {
    use shared::job::{JobKind, JobState};

    use super::*;

    fn job(number: usize, owner: Option<i64>, state: JobState, at: i64) -> Job {
        Job {
            id: number.to_string(),
            kind: JobKind::Export,
            owner: owner.map(AccountId),
            asker: String::new(),
            title: String::new(),
            state,
            outcome: String::new(),
            at: Timestamp(at),
            changed_at: Timestamp(at),
        }
    }

    #[test]
    fn a_job_is_kept_for_a_day_after_its_end() {
        let jobs =
            [job(1, None, JobState::Done, 1), job(2, None, JobState::Stopped, 0), job(3, None, JobState::Waiting, 0)];
        assert_eq!(outdated(&jobs, Timestamp(KEPT)), ["2"]);
        assert_eq!(outdated(&jobs, Timestamp(KEPT - 1)), [""; 0]);
    }

    #[test]
    fn the_oldest_of_too_many_go_account_by_account() {
        let mut jobs: Vec<Job> = (0..=MOST_KEPT).map(|number| job(number, None, JobState::Done, 0)).collect();
        jobs.push(job(90, Some(1), JobState::Done, 0));
        jobs.push(job(91, None, JobState::Running, 0));
        assert_eq!(outdated(&jobs, Timestamp(0)), [MOST_KEPT.to_string()]);
    }
}
