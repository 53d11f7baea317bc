//! What takes long.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

use server::access::Role;
use server::store::{AccountId, Changed, Job, JobEnd, NewAccount, NewJob, Store, StoreError};
use shared::job::{JobKind, JobState};
use shared::time::Timestamp;

use super::backend::Backend;
use super::sample::{NOW, system};

fn job(letter: char, seconds: i64) -> NewJob {
    NewJob {
        id: letter.to_string().repeat(32),
        kind: JobKind::Accounts,
        owner: None,
        asker: "192.0.2.1".to_owned(),
        title: "名簿 ㈱髙①".to_owned(),
        request: "{\"file\":\"秘密\"}".to_owned(),
        at: later(seconds),
    }
}

fn later(seconds: i64) -> Timestamp {
    Timestamp(NOW.0 + seconds * 1000)
}

fn end(new: &NewJob) -> JobEnd {
    JobEnd { id: new.id.clone(), state: JobState::Done, outcome: "2件".to_owned(), at: later(9) }
}

fn account(login_name: &str) -> NewAccount {
    NewAccount {
        login_name: login_name.to_owned(),
        display_name: "県担当".to_owned(),
        password_hash: String::new(),
        email: None,
        municipality: None,
        roles: BTreeSet::from([Role::Analyst]),
        by: system(),
        at: NOW,
    }
}

async fn states(store: &dyn Store) -> Vec<JobState> {
    store.jobs().await.unwrap().into_iter().map(|job| job.state).collect()
}

/// Jobs whose request or asker is still there.
async fn remembering(backend: &Backend) -> Vec<String> {
    const SQL: &str = "SELECT title FROM job WHERE request <> '' OR asker <> ''";
    backend.texts(SQL, SQL).await
}

pub async fn a_job_is_taken_in_turn_and_ends_once(backend: &Backend) {
    let store = &*backend.store;
    let (first, second) = (job('a', 1), job('b', 2));
    for new in [&second, &first] {
        store.add_job(new).await.unwrap();
    }
    let taken = store.take_job(false, later(3)).await.unwrap().unwrap();
    assert_eq!((taken.job.id.as_str(), taken.request.as_str()), (first.id.as_str(), first.request.as_str()));
    let expected = Job {
        id: first.id.clone(),
        kind: first.kind,
        owner: None,
        asker: first.asker.clone(),
        title: first.title.clone(),
        state: JobState::Running,
        outcome: String::new(),
        at: first.at,
        changed_at: later(3),
    };
    assert_eq!(store.job(&first.id).await.unwrap().as_ref(), Some(&expected));
    assert_eq!(store.take_job(false, later(4)).await.unwrap().unwrap().job.id, second.id);
    assert_eq!(store.take_job(false, later(5)).await.unwrap(), None);
    assert_eq!(store.end_job(&end(&first)).await.unwrap(), Changed::Yes);
    let again = JobEnd { state: JobState::Failed, ..end(&first) };
    assert_eq!(store.end_job(&again).await.unwrap(), Changed::No);
    let ended = Job {
        state: JobState::Done,
        outcome: "2件".to_owned(),
        asker: String::new(),
        changed_at: later(9),
        ..expected
    };
    assert_eq!(store.job(&first.id).await.unwrap(), Some(ended));
    assert_eq!(states(store).await, [JobState::Running, JobState::Done], "latest first");
    assert_eq!(remembering(backend).await.len(), 1, "of the one that runs");
    store.remove_job(&first.id).await.unwrap();
    assert_eq!(store.job(&first.id).await.unwrap(), None);
    let nobody = NewJob { owner: Some(AccountId(99)), ..job('c', 3) };
    assert!(matches!(store.add_job(&nobody).await, Err(StoreError::Database(_))));
}

pub async fn jobs_of_accounts_do_not_wait_for_those_of_visitors(backend: &Backend) {
    let store = &*backend.store;
    let account = store.add_account(&account("one")).await.unwrap();
    let (visitors, owned) = (job('a', 1), NewJob { owner: Some(account), ..job('b', 2) });
    store.add_job(&visitors).await.unwrap();
    store.add_job(&owned).await.unwrap();
    assert_eq!(store.take_job(true, NOW).await.unwrap().unwrap().job.id, owned.id);
    assert_eq!(store.take_job(true, NOW).await.unwrap(), None);
    assert_eq!(store.take_job(false, NOW).await.unwrap().unwrap().job.id, visitors.id);
    assert_eq!(store.take_job(false, NOW).await.unwrap(), None);
}

pub async fn a_stopped_job_is_not_begun_and_does_not_end(backend: &Backend) {
    let store = &*backend.store;
    let (running, waiting) = (job('a', 1), job('b', 2));
    store.add_job(&running).await.unwrap();
    store.add_job(&waiting).await.unwrap();
    let _ = store.take_job(false, NOW).await.unwrap().unwrap();
    for new in [&running, &waiting] {
        assert_eq!(store.stop_job(&new.id, later(5)).await.unwrap(), Changed::Yes);
        assert_eq!(store.stop_job(&new.id, later(6)).await.unwrap(), Changed::No);
    }
    assert_eq!(store.take_job(false, later(7)).await.unwrap(), None);
    assert_eq!(store.end_job(&end(&running)).await.unwrap(), Changed::No);
    assert_eq!(states(store).await, [JobState::Stopped; 2]);
    assert_eq!(remembering(backend).await, [""; 0]);
}

pub async fn a_job_that_ran_waits_again_after_a_start_but_not_for_ever(backend: &Backend) {
    let store = &*backend.store;
    let new = job('a', 1);
    store.add_job(&new).await.unwrap();
    for _ in 0..2 {
        assert_eq!(store.take_job(false, NOW).await.unwrap().unwrap().request, new.request);
        store.resume_jobs(3, "failed", later(5)).await.unwrap();
        assert_eq!(states(store).await, [JobState::Waiting]);
    }
    let _ = store.take_job(false, NOW).await.unwrap().unwrap();
    store.resume_jobs(3, "failed", later(5)).await.unwrap();
    let failed = store.job(&new.id).await.unwrap().unwrap();
    assert_eq!((failed.state, failed.outcome.as_str()), (JobState::Failed, "failed"));
    assert_eq!(remembering(backend).await, [""; 0]);
}

pub async fn accounts_are_added_with_the_end_of_their_job_or_not_at_all(backend: &Backend) {
    let store = &*backend.store;
    let (done, stopped, refused) = (job('a', 1), job('b', 2), job('c', 3));
    for new in [&done, &stopped, &refused] {
        store.add_job(new).await.unwrap();
        let _ = store.take_job(false, NOW).await.unwrap().unwrap();
    }
    let names = async || {
        let accounts = store.accounts().await.unwrap();
        accounts.into_iter().map(|account| account.login_name).collect::<Vec<_>>()
    };
    let added = AtomicU64::new(7);
    let new = [account("one"), account("two")];
    assert_eq!(store.add_accounts_of_job(&new, &end(&done), &added).await.unwrap(), Changed::Yes);
    assert_eq!(added.load(Ordering::Relaxed), 2);
    // The same job a second time, as after a restart that came too early: nobody is added twice.
    assert_eq!(store.add_accounts_of_job(&[account("x")], &end(&done), &added).await.unwrap(), Changed::No);
    let _ = store.stop_job(&stopped.id, NOW).await.unwrap();
    assert_eq!(store.add_accounts_of_job(&[account("y")], &end(&stopped), &added).await.unwrap(), Changed::No);
    let taken = [account("three"), account("two")];
    let error = store.add_accounts_of_job(&taken, &end(&refused), &added).await.unwrap_err();
    assert!(matches!(error, StoreError::Exists(_)), "{error}");
    assert_eq!(names().await, ["one", "two"]);
    assert_eq!(states(store).await, [JobState::Running, JobState::Stopped, JobState::Done]);
}
