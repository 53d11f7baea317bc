//! Several people at once.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use server::store::{AnswerChange, Changed, LedgerChange, SaveOutcome, Store, StoreError};
use shared::municipality::MunicipalityCode;
use shared::response::{AnswerValue, ResponseState, Side};
use shared::round::RoundState;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use super::backend::Backend;
use super::sample::{
    NOW, aomori, inquiry, kpi, message, open_round, question, reference, save, section_task, submission, system, text,
    year,
};

pub async fn saves_of_several_people_lose_nothing(backend: &Backend) {
    const PEOPLE: i64 = 6;
    const SAVES: i64 = 15;
    open_round(&*backend.store, 1).await;
    let mut people = JoinSet::new();
    for person in 0..PEOPLE {
        let store = Arc::clone(&backend.store);
        people.spawn(async move {
            let (mut saved, mut conflicts) = (0, 0);
            let (mut shared_revision, own) = (0, format!("own{person}"));
            for turn in 0..SAVES {
                let value = Some(AnswerValue::Integer(person * 1000 + turn));
                let own_revision = u32::try_from(turn).unwrap();
                let changes = [("shared", value.clone(), shared_revision), (own.as_str(), value, own_revision)];
                let outcomes = store.save_answers(&save(aomori(), &changes)).await.unwrap();
                assert_eq!(outcomes[1], SaveOutcome::Saved(own_revision + 1), "nobody else answers this one");
                match &outcomes[0] {
                    SaveOutcome::Saved(revision) => (saved, shared_revision) = (saved + 1, *revision),
                    SaveOutcome::Conflict(newer) => (conflicts, shared_revision) = (conflicts + 1, newer.revision),
                    SaveOutcome::Unchanged(_) => panic!("every value is new"),
                }
            }
            (saved, conflicts)
        });
    }
    let (saved, conflicts) =
        people.join_all().await.into_iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    assert_eq!(saved + conflicts, PEOPLE * SAVES);
    assert!(conflicts > 0, "the six did meet");

    let answers = backend.store.answers(year(), aomori()).await.unwrap();
    let history = backend.store.answer_history(year(), aomori()).await.unwrap();
    assert_eq!(i64::from(answers[&question("shared")].revision), saved);
    let revisions: i64 = answers.values().map(|answer| i64::from(answer.revision)).sum();
    assert_eq!(revisions, i64::try_from(history.len()).unwrap());
    let response = backend.store.response(year(), aomori()).await.unwrap().unwrap();
    assert_eq!(response.revision, PEOPLE * SAVES, "every save changed something");
    assert_unbroken(&history);
}

/// Every change begins where the one before it ended.
pub fn assert_unbroken(history: &[AnswerChange]) {
    let mut last = BTreeMap::new();
    for change in history {
        let (value, revision) = last.insert(&change.question, (&change.to, change.revision)).unwrap_or((&None, 0));
        assert_eq!((&change.from, change.revision), (value, revision + 1));
    }
}

pub async fn a_save_is_in_what_is_submitted_or_refused(backend: &Backend) {
    let codes = open_round(&*backend.store, 20).await;
    for code in codes {
        let _ = backend.store.save_answers(&save(code, &[("q", text("first"), 0)])).await.unwrap();
        let together = Arc::new(Barrier::new(2));
        let saving = tokio::spawn({
            let (store, together) = (Arc::clone(&backend.store), Arc::clone(&together));
            async move {
                together.wait().await;
                store.save_answers(&save(code, &[("q", text("second"), 1)])).await
            }
        });
        together.wait().await;
        let submitted = backend.store.submit(&submission(code, 1, &format!("R-{code}"))).await.unwrap();
        let saved = saving.await.unwrap();
        let state = backend.store.response(year(), code).await.unwrap().unwrap().state;
        let value = backend.store.answers(year(), code).await.unwrap()[&question("q")].value.clone();
        match submitted {
            Changed::Yes => {
                assert!(matches!(saved, Err(StoreError::NotEditable)), "{saved:?}");
                assert_eq!((state, value), (ResponseState::Submitted, text("first")));
            }
            Changed::No => {
                assert_eq!(saved.unwrap(), [SaveOutcome::Saved(2)]);
                assert_eq!((state, value), (ResponseState::InProgress, text("second")));
            }
        }
    }
}

pub async fn of_two_submissions_one_counts(backend: &Backend) {
    open_round(&*backend.store, 1).await;
    let _ = backend.store.save_answers(&save(aomori(), &[("q", text("a"), 0)])).await.unwrap();
    let mut submissions = JoinSet::new();
    for number in 0..8 {
        let store = Arc::clone(&backend.store);
        submissions.spawn(async move { store.submit(&submission(aomori(), 1, &format!("R-{number}"))).await.unwrap() });
    }
    let counted = submissions.join_all().await.into_iter().filter(|changed| *changed == Changed::Yes).count();
    assert_eq!(counted, 1);
    let events = backend.store.response_events(year(), aomori()).await.unwrap();
    assert_eq!(events.iter().filter(|event| event.to == ResponseState::Submitted).count(), 1);
}

pub async fn no_answer_is_saved_once_the_round_is_closed(backend: &Backend) {
    let codes = open_round(&*backend.store, 8).await;
    let mut savers = JoinSet::new();
    for code in codes {
        let store = Arc::clone(&backend.store);
        savers.spawn(async move {
            for revision in 0.. {
                let value = Some(AnswerValue::Integer(i64::from(revision)));
                match store.save_answers(&save(code, &[("q", value, revision)])).await {
                    Ok(outcomes) => assert_eq!(outcomes, [SaveOutcome::Saved(revision + 1)]),
                    Err(StoreError::NotEditable) => return,
                    Err(error) => panic!("{error}"),
                }
            }
        });
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    let store = &backend.store;
    let closed = store.advance_round(year(), RoundState::Open, RoundState::Closed, &system(), NOW).await.unwrap();
    assert_eq!(closed, Changed::Yes);
    let at_closing = store.answers_of_round(year()).await.unwrap();
    assert!(!at_closing.is_empty(), "some were saved before");
    savers.join_all().await;
    assert_eq!(store.answers_of_round(year()).await.unwrap(), at_closing);
}

pub async fn a_cancelled_save_leaves_nothing_half_written(backend: &Backend) {
    const QUESTIONS: [&str; 5] = ["q1", "q2", "q3", "q4", "q5"];
    open_round(&*backend.store, 1).await;
    let attempt = async |store: Arc<dyn Store>, code: MunicipalityCode, value: i64| {
        let stored = store.answers(year(), code).await.unwrap();
        let revision_of = |name: &str| stored.get(&question(name)).map_or(0, |answer| answer.revision);
        let changes = QUESTIONS.map(|name| (name, Some(AnswerValue::Integer(value)), revision_of(name)));
        save(code, &changes)
    };
    let mut cancelled = 0;
    for round in 0..60 {
        let changes = attempt(Arc::clone(&backend.store), aomori(), round).await;
        let patience = Duration::from_micros(u64::try_from(round).unwrap() * 200);
        let saving = tokio::time::timeout(patience, backend.store.save_answers(&changes)).await;
        cancelled += usize::from(saving.is_err());
        assert_whole(&*backend.store).await;
    }
    assert!(cancelled > 0, "some were cancelled");
    // The store still works, and a save that waits for its turn sees what became of all before.
    backend.store.write_check(NOW).await.unwrap();
    let mut outcomes = Vec::new();
    for _ in 0..2 {
        let last = attempt(Arc::clone(&backend.store), aomori(), -1).await;
        outcomes = backend.store.save_answers(&last).await.unwrap();
    }
    assert!(outcomes.iter().all(|outcome| matches!(outcome, SaveOutcome::Unchanged(_))), "{outcomes:?}");
    assert_whole(&*backend.store).await;
    let history = backend.store.answer_history(year(), aomori()).await.unwrap();
    assert_unbroken(&history);
    let answers = backend.store.answers(year(), aomori()).await.unwrap();
    let revisions: u32 = answers.values().map(|answer| answer.revision).sum();
    assert_eq!(usize::try_from(revisions).unwrap(), history.len());
}

/// All five answers come from the same save.
async fn assert_whole(store: &dyn Store) {
    let answers = store.answers(year(), aomori()).await.unwrap();
    assert!(answers.is_empty() || answers.len() == 5, "{answers:?}");
    let first = answers.values().next();
    assert!(answers.values().all(|answer| Some(answer) == first), "{answers:?}");
}

pub async fn of_two_revisions_of_a_kpi_one_counts(backend: &Backend) {
    backend.store.add_kpis(&[kpi("k", "第1版")], &system(), NOW).await.unwrap();
    let mut officers = JoinSet::new();
    for officer in 0..6 {
        let store = Arc::clone(&backend.store);
        officers.spawn(async move {
            let kpis = vec![(kpi("k", &format!("{officer}")), 1)];
            let change = LedgerChange { kpis, values: Vec::new(), by: system(), at: NOW };
            match store.save_ledger(&change).await {
                Err(StoreError::Exists(_)) => Changed::No,
                done => done.unwrap(),
            }
        });
    }
    let counted = officers.join_all().await.into_iter().filter(|changed| *changed == Changed::Yes).count();
    assert_eq!(counted, 1);
    assert_eq!(backend.store.kpi_history("k").await.unwrap().len(), 2);
}

/// How many of six that try the same at the same time are told that it took place.
async fn of_six<T: Future<Output = Changed> + Send + 'static>(attempt: impl Fn(usize, Arc<Barrier>) -> T) -> usize {
    let together = Arc::new(Barrier::new(6));
    let mut people = JoinSet::new();
    for person in 0..6 {
        people.spawn(attempt(person, Arc::clone(&together)));
    }
    people.join_all().await.into_iter().filter(|changed| *changed == Changed::Yes).count()
}

pub async fn of_two_revisions_of_a_section_task_one_counts(backend: &Backend) {
    open_round(&*backend.store, 1).await;
    for revision in 0..5 {
        let counted = of_six(|person, together| {
            let store = Arc::clone(&backend.store);
            async move {
                together.wait().await;
                store.save_section_task(&section_task("living", revision, &format!("{person}"))).await.unwrap()
            }
        });
        assert_eq!(counted.await, 1);
        assert_eq!(backend.store.section_tasks(year(), aomori()).await.unwrap()[0].revision, revision + 1);
    }
}

pub async fn of_two_replies_to_a_message_one_counts(backend: &Backend) {
    open_round(&*backend.store, 1).await;
    let id = backend.store.add_inquiry(&inquiry(aomori(), None, Side::Municipality, "対象は")).await.unwrap();
    for after in 1..6 {
        let counted = of_six(|person, together| {
            let store = Arc::clone(&backend.store);
            async move {
                together.wait().await;
                store.add_inquiry_message(&message(id, after, Side::Prefecture, &format!("{person}"))).await.unwrap()
            }
        });
        assert_eq!(counted.await, 1);
    }
    let sequences = backend.store.inquiry(id).await.unwrap().unwrap().messages.into_iter().map(|said| said.sequence);
    assert_eq!(sequences.collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
}

pub async fn of_two_decisions_on_a_request_one_counts(backend: &Backend) {
    open_round(&*backend.store, 1).await;
    for after in [0, 2, 4] {
        let asked = backend.store.add_extension_event(&super::extensions::asked_for(aomori(), after)).await.unwrap();
        assert_eq!(asked, Changed::Yes);
        let counted = of_six(|person, together| {
            let store = Arc::clone(&backend.store);
            async move {
                let grants = person % 2 == 0;
                let decision = super::extensions::decided(aomori(), after + 1, grants);
                together.wait().await;
                store.add_extension_event(&decision).await.unwrap()
            }
        });
        assert_eq!(counted.await, 1);
    }
    let extension = backend.store.extensions(year(), None).await.unwrap().remove(&aomori()).unwrap();
    assert_eq!(extension.events.iter().map(|event| event.sequence).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
}

pub async fn the_same_file_imported_at_once_is_one_revision(backend: &Backend) {
    open_round(&*backend.store, 1).await;
    let files = ['a', 'b', 'c'];
    let counted = of_six(|person, together| {
        let store = Arc::clone(&backend.store);
        async move {
            together.wait().await;
            let digit = files[person % files.len()];
            store
                .add_reference_figures(&reference("dx", digit, &[(aomori(), "CIO", &digit.to_string())]))
                .await
                .unwrap()
        }
    })
    .await;
    assert!((files.len()..=6).contains(&counted), "every file is imported, none twice in a row: {counted}");
    let last = &backend.store.reference_sources().await.unwrap()[0];
    assert_eq!(usize::try_from(last.revision).unwrap(), counted);
    let figure = &backend.store.reference_figures(aomori()).await.unwrap()[0];
    assert_eq!(figure.value.repeat(64), last.sha256, "the figures are those of the last revision");
}
