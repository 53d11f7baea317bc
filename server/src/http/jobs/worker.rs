//! Does jobs, a few at a time.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, BufWriter};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use shared::job::JobState;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::progress::Progress;
use super::request::{JobRequest, MadeFile, Outcome};
use super::room::{Out, Within};
use crate::export::format::Hashing;
use crate::http::data::exports;
use crate::http::desk::{accounts, report};
use crate::http::refusal::Refusal;
use crate::http::site;
use crate::http::state::AppState;
use crate::import::encoding::Encoding;
use crate::service::{Error, Result};
use crate::store::{AccountRecord, Changed, JobEnd, TakenJob};

/// Jobs that are done at a time, two of accounts and one of visitors without one; the next ones wait.
const PLACES: [bool; 3] = [true, true, false];
/// Bytes of all files. Visitors leave half of it to accounts.
const ROOM: u64 = 8 << 30;
/// Why a file was not made that found no room.
const FULL: &str = "作成したファイルを置く場所がいっぱいです。古いファイルは1日ほどで消えるので、時間をおいて、もう一度作成してください。データのファイルは、データの画面のリンクから直接ダウンロードできます。";
/// Whether there is one is looked so often; one that is added says so at once.
const LOOK: Duration = Duration::from_secs(1);
/// A job that was under way at the end of the server so often is not begun again: it may be what ended it.
const MOST_ATTEMPTS: i64 = 3;

/// What was made for a job.
pub enum Made {
    /// A file, written at [`Work::out`].
    File(MadeFile),
    /// All that was asked for, together with the job's end.
    Ended,
    /// Nothing, and why, a line each.
    Refused(Vec<String>),
}

/// What a job works with.
pub struct Work {
    /// What handlers share.
    pub state: AppState,
    /// The job's key.
    pub id: String,
    /// Whose it is, as the account stands now.
    pub owner: Option<AccountRecord>,
    /// How far it is.
    pub progress: Arc<Progress>,
}

impl Work {
    /// The account; some jobs are never of nobody.
    pub fn account(&self) -> Result<&AccountRecord> {
        self.owner.as_ref().ok_or(Error::Forbidden)
    }

    /// A new file for what is made, that only its owner may read.
    pub fn out(&self) -> io::Result<Out> {
        let jobs = &self.state.jobs;
        DirBuilder::new().recursive(true).mode(0o700).create(&jobs.folder)?;
        let file = OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(jobs.part(&self.id))?;
        let room = if self.owner.is_some() { ROOM } else { ROOM / 2 };
        let within = Within::new(file, jobs.folder.clone(), room, self.progress.clone());
        Ok(Hashing::new(BufWriter::with_capacity(1 << 16, within)))
    }
}

/// Does what waits until `stopped` says true. What is under way then is done anew at the next start.
pub async fn work(state: AppState, stopped: watch::Receiver<bool>) {
    let (store, now) = (state.service.store(), state.service.clock().now());
    if let Err(error) = store.resume_jobs(MOST_ATTEMPTS, &Outcome::Failed.written(), now).await {
        tracing::warn!(%error, "interrupted jobs could not be resumed");
    }
    let mut places = JoinSet::new();
    for owned in PLACES {
        places.spawn(place(state.clone(), owned, stopped.clone()));
    }
    while places.join_next().await.is_some() {}
}

async fn place(state: AppState, owned: bool, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        match do_next(&state, owned).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "jobs could not be read or written"),
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            () = state.jobs.added.notified() => {}
            // Nobody is left to stop it: as if it were stopped.
            changed = stopped.changed() => if changed.is_err() { return },
        }
    }
}

/// Whether there was one.
async fn do_next(state: &AppState, owned: bool) -> Result<bool> {
    let now = state.service.clock().now();
    let Some(taken) = state.service.store().take_job(owned, now).await? else { return Ok(false) };
    let (id, kind) = (taken.job.id.clone(), taken.job.kind);
    let progress = state.jobs.begin(&id);
    // A panic ends the job, not the worker.
    let made = tokio::spawn(make(state.clone(), taken, progress.clone())).await;
    let made = match made {
        _ if progress.is_full() => Ok(Made::Refused(vec![FULL.to_owned()])),
        Ok(made) => made,
        Err(error) => Err(Error::Internal(error.to_string()).into()),
    };
    let ended = if progress.is_stopped() { Ok(None) } else { end(state, &id, made).await };
    state.jobs.end(&id);
    if !matches!(ended, Ok(Some(JobState::Done))) {
        state.jobs.remove_files(&id);
    }
    let ended = ended?.map_or("interrupted", JobState::code);
    // Only the kind: requests hold names and addresses, and the key of a job opens it.
    tracing::info!(kind = kind.code(), state = ended, "job");
    Ok(true)
}

async fn make(state: AppState, taken: TakenJob, progress: Arc<Progress>) -> std::result::Result<Made, Refusal> {
    let TakenJob { job, request } = taken;
    let owner = match job.owner {
        Some(id) => Some(state.service.account(id).await?.ok_or(Error::Forbidden)?),
        None => None,
    };
    let unreadable = |reason: &dyn std::fmt::Display| Error::Internal(format!("a job's request: {reason}"));
    let request: JobRequest =
        serde_json::from_str(&request).map_err(|error| unreadable(&format!("{:?}", error.classify())))?;
    let work = Work { state, id: job.id, owner, progress };
    match request {
        JobRequest::Accounts { name, bytes, encoding } => {
            let bytes = STANDARD.decode(bytes).map_err(|_| unreadable(&"Base64"))?;
            let encoding = encoding.as_deref().and_then(Encoding::of_code);
            accounts::file::make(&work, &name, &bytes, encoding).await
        }
        JobRequest::Report { year, asked } => report::workbook::make(&work, year, &asked).await,
        JobRequest::Site => site::post::make(&work).await,
        JobRequest::Export(request) => exports::make::make(&work, &request).await,
    }
}

/// Says what came of a job; `None` where somebody stopped it meanwhile.
async fn end(state: &AppState, id: &str, made: std::result::Result<Made, Refusal>) -> Result<Option<JobState>> {
    let outcome = match made {
        Ok(Made::Ended) => return Ok(Some(JobState::Done)),
        Ok(Made::Refused(lines)) => Outcome::Refused(lines),
        Ok(Made::File(made)) => {
            let (part, place) = (state.jobs.part(id), state.jobs.file(id));
            let kept = tokio::task::spawn_blocking(move || keep(&part, &place)).await;
            match kept.map_err(io::Error::other).and_then(|kept| kept) {
                Ok(()) => Outcome::File(made),
                Err(error) => failed(&error),
            }
        }
        Err(Refusal::Service(Error::Invalid(problems))) => {
            Outcome::Refused(problems.into_iter().map(|problem| problem.message).collect())
        }
        Err(Refusal::Service(error @ (Error::Store(_) | Error::Internal(_)))) => failed(&error),
        Err(Refusal::Service(error)) => Outcome::Refused(vec![error.to_string()]),
        Err(other) => failed(&format!("{other:?}")),
    };
    let ends = match outcome {
        Outcome::File(_) | Outcome::Accounts { .. } => JobState::Done,
        Outcome::Refused(_) | Outcome::Failed => JobState::Failed,
    };
    let end = JobEnd { id: id.to_owned(), state: ends, outcome: outcome.written(), at: state.service.clock().now() };
    Ok((state.service.store().end_job(&end).await? == Changed::Yes).then_some(ends))
}

fn failed(error: &dyn std::fmt::Display) -> Outcome {
    tracing::error!(%error, "a job failed");
    Outcome::Failed
}

/// Moves a file that was written to its place.
fn keep(part: &Path, place: &Path) -> io::Result<()> {
    File::open(part)?.sync_all()?;
    fs::rename(part, place)
}
