//! Responses sent back for some of their questions, and the way through an approver.

use server::store::{Changed, NewReturn, SaveOutcome, Store, StoreError};
use shared::response::ResponseState::{Accepted, AwaitingApproval, InProgress, Returned, Submitted};
use shared::round::RoundState;

use super::backend::Backend;
use super::sample::{
    NOW, aomori, code, give_back, open_round, receipt, returned, save, step, submission, system, text, year,
};

/// A response of revision 2 that was handed in.
async fn hand_in(store: &dyn Store) {
    let _ = store.save_answers(&save(aomori(), &[("q1", text("a"), 0)])).await.unwrap();
    assert_eq!(store.submit(&submission(aomori(), 1, "R-1")).await.unwrap(), Changed::Yes);
}

pub async fn only_the_questions_sent_back_are_listed_in_their_order(backend: &Backend) {
    let store = &*backend.store;
    open_round(store, 2).await;
    hand_in(store).await;
    assert_eq!(store.returned_questions(year(), aomori()).await.unwrap(), []);
    let give_back = give_back(aomori(), Submitted, &["q9", "q1", "q10"]);
    assert_eq!(store.return_response(&give_back).await.unwrap(), Changed::Yes);
    assert_eq!(store.returned_questions(year(), aomori()).await.unwrap(), returned(&["q9", "q1", "q10"]));
    assert_eq!(store.returned_questions(year(), code(2, 202)).await.unwrap(), []);
    let response = store.response(year(), aomori()).await.unwrap().unwrap();
    assert_eq!((response.state, response.revision), (Returned, 3));
    let event = store.response_events(year(), aomori()).await.unwrap().pop().unwrap();
    assert_eq!((event.to, event.note.as_str()), (Returned, "差戻し"));
    assert_eq!(store.return_response(&give_back).await.unwrap(), Changed::No, "a double click");
}

pub async fn the_last_return_of_the_prefecture_counts(backend: &Backend) {
    let store = &*backend.store;
    open_round(store, 1).await;
    hand_in(store).await;
    let go = async |from, to| {
        assert_eq!(store.move_response(&step(aomori(), from, to, "")).await.unwrap(), Changed::Yes);
    };
    let listed = async || store.returned_questions(year(), aomori()).await.unwrap();
    assert_eq!(store.return_response(&give_back(aomori(), Submitted, &["q1"])).await.unwrap(), Changed::Yes);
    go(Returned, AwaitingApproval).await;
    go(AwaitingApproval, Returned).await;
    assert_eq!(listed().await, returned(&["q1"]), "the approver's step back is no new return");
    assert_eq!(store.submit(&submission(aomori(), 5, "R-2")).await.unwrap(), Changed::Yes);
    assert_eq!(listed().await, returned(&["q1"]), "so that the officer sees what was asked");
    go(Submitted, Accepted).await;
    assert_eq!(store.return_response(&give_back(aomori(), Accepted, &["q2", "q1"])).await.unwrap(), Changed::Yes);
    assert_eq!(listed().await, returned(&["q2", "q1"]));
    assert_eq!(store.submit(&submission(aomori(), 8, "R-3")).await.unwrap(), Changed::Yes);
    assert_eq!(store.return_response(&give_back(aomori(), Submitted, &[])).await.unwrap(), Changed::Yes);
    assert_eq!(listed().await, [], "the whole form");
    assert_eq!(store.submit(&submission(aomori(), 10, "R-4")).await.unwrap(), Changed::Yes);
    assert_eq!(store.return_response(&give_back(aomori(), Submitted, &["q3"])).await.unwrap(), Changed::Yes);
    assert_eq!(store.submit(&submission(aomori(), 12, "R-5")).await.unwrap(), Changed::Yes);
    go(Submitted, Returned).await;
    assert_eq!(listed().await, [], "the whole form, by a plain step");
}

pub async fn a_return_that_cannot_be_leaves_nothing_behind(backend: &Backend) {
    let store = &*backend.store;
    open_round(store, 1).await;
    hand_in(store).await;
    let before = store.response(year(), aomori()).await.unwrap();
    let not_a_return = NewReturn { step: step(aomori(), Submitted, Accepted, ""), questions: returned(&["q1"]) };
    let refused = [give_back(aomori(), Accepted, &["q1"]), give_back(aomori(), InProgress, &["q1"]), not_a_return];
    for new in &refused {
        assert_eq!(store.return_response(new).await.unwrap(), Changed::No, "{new:?}");
    }
    let twice = store.return_response(&give_back(aomori(), Submitted, &["q1", "q1"])).await;
    assert!(matches!(twice, Err(StoreError::Database(_))), "{twice:?}");
    let nowhere = store.return_response(&give_back(code(1, 100), Submitted, &["q1"])).await;
    assert!(matches!(nowhere, Err(StoreError::NotFound(_))), "{nowhere:?}");
    assert_eq!(store.response(year(), aomori()).await.unwrap(), before);
    let accepted = store.move_response(&step(aomori(), Submitted, Accepted, "")).await.unwrap();
    assert_eq!(accepted, Changed::Yes);
    for (from, to) in [(RoundState::Open, RoundState::Closed), (RoundState::Closed, RoundState::Finalized)] {
        assert_eq!(store.advance_round(year(), from, to, &system(), NOW).await.unwrap(), Changed::Yes);
    }
    let late = store.return_response(&give_back(aomori(), Accepted, &["q1"])).await.unwrap();
    assert_eq!(late, Changed::No, "the round is finalized");
    assert_eq!(store.returned_questions(year(), aomori()).await.unwrap(), []);
}

pub async fn after_the_closing_only_a_correction_is_taken(backend: &Backend) {
    let store = &*backend.store;
    open_round(store, 2).await;
    hand_in(store).await;
    let late = code(2, 202);
    let _ = store.save_answers(&save(late, &[("q1", text("a"), 0)])).await.unwrap();
    let waits = store.move_response(&step(late, InProgress, AwaitingApproval, "")).await.unwrap();
    assert_eq!(waits, Changed::Yes);
    let closed = store.advance_round(year(), RoundState::Open, RoundState::Closed, &system(), NOW).await.unwrap();
    assert_eq!(closed, Changed::Yes);
    let submit = async |code, revision, number| store.submit(&submission(code, revision, number)).await.unwrap();
    assert_eq!(submit(late, 2, "L-1").await, Changed::No, "never handed in before");

    assert_eq!(store.return_response(&give_back(aomori(), Submitted, &["q1"])).await.unwrap(), Changed::Yes);
    let saved = store.save_answers(&save(aomori(), &[("q1", text("b"), 1)])).await.unwrap();
    assert_eq!(saved, [SaveOutcome::Saved(2)]);
    let waits = store.move_response(&step(aomori(), Returned, AwaitingApproval, "")).await.unwrap();
    assert_eq!(waits, Changed::Yes);
    assert_eq!(submit(aomori(), 5, "R-2").await, Changed::Yes);
    assert_eq!(store.response(year(), aomori()).await.unwrap().unwrap().receipt, Some(receipt("R-2")));
}

pub async fn a_response_is_handed_in_by_its_approver(backend: &Backend) {
    let store = &*backend.store;
    open_round(store, 1).await;
    let go = async |from, to| store.move_response(&step(aomori(), from, to, "")).await.unwrap();
    let _ = store.save_answers(&save(aomori(), &[("q1", text("a"), 0)])).await.unwrap();
    assert_eq!(go(InProgress, AwaitingApproval).await, Changed::Yes);
    assert_eq!(go(InProgress, AwaitingApproval).await, Changed::No, "a double click");
    let submit = async |revision, number| store.submit(&submission(aomori(), revision, number)).await.unwrap();
    assert_eq!(submit(1, "R-0").await, Changed::No, "the revision before it was put forward");
    assert_eq!(submit(2, "R-1").await, Changed::Yes);
    assert_eq!(go(AwaitingApproval, InProgress).await, Changed::No, "handed in");
    let response = store.response(year(), aomori()).await.unwrap().unwrap();
    assert_eq!((response.state, response.receipt), (Submitted, Some(receipt("R-1"))));

    assert_eq!(store.return_response(&give_back(aomori(), Submitted, &["q1"])).await.unwrap(), Changed::Yes);
    for (from, to) in [(Returned, AwaitingApproval), (AwaitingApproval, Returned), (Returned, AwaitingApproval)] {
        assert_eq!(go(from, to).await, Changed::Yes, "{from:?} → {to:?}");
    }
    let inside = store.return_response(&give_back(aomori(), AwaitingApproval, &["q2"])).await.unwrap();
    assert_eq!(inside, Changed::No, "the prefecture sends back only what was handed in");
    assert_eq!(submit(7, "R-2").await, Changed::Yes);
    assert_eq!(store.response(year(), aomori()).await.unwrap().unwrap().receipt, Some(receipt("R-2")));
}
