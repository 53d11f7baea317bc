//! Any sequence of edits by several people, in whatever order their views of the response are out of date.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use server::store::{SaveOutcome, Store, StoredAnswer};
use shared::response::AnswerValue;
use tokio::runtime::Handle;

use super::backend::Backend;
use super::concurrency::assert_unbroken;
use super::sample::{aomori, open_round, question, save, year};

const PEOPLE: usize = 3;
const QUESTIONS: usize = 2;
/// The place of the question that has a default.
const SUGGESTED: usize = 0;
type Value = Option<AnswerValue>;

/// What somebody does.
#[derive(Debug, Clone)]
enum Step {
    /// Opens the page.
    Open(usize),
    /// Saves an answer on what the page shows; the reply may be lost on the way back.
    Save { person: usize, question: usize, value: Value, lost: bool },
    /// Saves the same once more, as a page does whose reply was lost, or a double click.
    Again(usize),
}

fn any_step() -> impl Strategy<Value = Step> {
    let value = proptest::option::weighted(0.8, (0_i64..3).prop_map(AnswerValue::Integer));
    prop_oneof![
        1 => (0..PEOPLE).prop_map(Step::Open),
        4 => (0..PEOPLE, 0..QUESTIONS, value, any::<bool>())
            .prop_map(|(person, question, value, lost)| Step::Save { person, question, value, lost }),
        1 => (0..PEOPLE).prop_map(Step::Again),
    ]
}

/// What one person's page knows.
#[derive(Default, Clone)]
struct View {
    /// The revision of each answer shown.
    revisions: [u32; QUESTIONS],
    /// The save that was sent last: question, answer, and the revision it was sent on.
    last: Option<(usize, Value, u32)>,
}

pub async fn no_sequence_of_saves_loses_an_answer(backend: &Backend) {
    open_round(&*backend.store, 1).await;
    let cases = if backend.is_sqlite() { 48 } else { 24 };
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let steps = proptest::collection::vec(any_step(), 1..24);
    // Every try, also those that look for a shorter sequence, has questions of its own.
    let number = std::cell::Cell::new(0);
    let tried = tokio::task::block_in_place(|| {
        runner.run(&steps, |steps| {
            number.set(number.get() + 1);
            let names = std::array::from_fn(|place| format!("q{}_{place}", number.get()));
            Handle::current().block_on(live_through(&*backend.store, &names, steps))
        })
    });
    tried.unwrap();
    assert_unbroken(&backend.store.answer_history(year(), aomori()).await.unwrap());
}

async fn live_through(store: &dyn Store, names: &[String; QUESTIONS], steps: Vec<Step>) -> Result<(), TestCaseError> {
    let mut views: [View; PEOPLE] = Default::default();
    for step in steps {
        match step {
            Step::Open(person) => {
                let stored = store.answers(year(), aomori()).await.unwrap();
                let revision = |name: &String| stored.get(&question(name)).map_or(0, |answer| answer.revision);
                views[person].revisions = names.each_ref().map(revision);
            }
            Step::Save { person, question, value, lost } => {
                let on = views[person].revisions[question];
                views[person].last = Some((question, value.clone(), on));
                send(store, names, &mut views[person], (question, value, on), lost).await?;
            }
            Step::Again(person) => {
                let Some(last) = views[person].last.clone() else { continue };
                send(store, names, &mut views[person], last, false).await?;
            }
        }
    }
    Ok(())
}

/// One save, and what must hold of it whatever came before.
async fn send(
    store: &dyn Store,
    names: &[String; QUESTIONS],
    view: &mut View,
    (place, value, on): (usize, Value, u32),
    lost: bool,
) -> Result<(), TestCaseError> {
    let name = &names[place];
    let now = async || store.answers(year(), aomori()).await.unwrap().get(&question(name)).cloned();
    let known = |stored: &Option<StoredAnswer>| stored.as_ref().map_or((None, 0), |a| (a.value.clone(), a.revision));
    let (before, revision) = known(&now().await);
    let mut sent = save(aomori(), &[(name, value.clone(), on)]);
    sent.changes[0].suggested = place == SUGGESTED;
    let outcome = store.save_answers(&sent).await.unwrap().remove(0);
    let (after, next) = known(&now().await);
    match outcome {
        SaveOutcome::Saved(saved) => {
            prop_assert_eq!(revision, on, "what was replaced had been seen");
            prop_assert_eq!((after, next, saved), (value, revision + 1, revision + 1));
            if !lost {
                view.revisions[place] = saved;
            }
        }
        SaveOutcome::Unchanged(same) => {
            prop_assert_eq!((&after, &before, next, same), (&value, &value, revision, revision));
            prop_assert!(revision > 0 || place != SUGGESTED, "a default that was cleared would stand there again");
            if !lost {
                view.revisions[place] = same;
            }
        }
        SaveOutcome::Conflict(newer) => {
            prop_assert!(revision != on && before != value, "only another answer that was not seen is in the way");
            prop_assert_eq!((&after, next), (&before, revision), "nothing is overwritten");
            prop_assert_eq!((newer.value, newer.revision), (before, revision), "and what is there is shown");
            // Now it was seen, and one chooses.
            view.revisions[place] = revision;
        }
    }
    Ok(())
}
