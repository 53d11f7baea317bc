//! Answers, submissions and the life of a response, one person at a time.

use server::store::{AnswerChange, Author, Changed, NewAccount, ResponseEvent, SaveOutcome, StoreError, StoredAnswer};
use shared::fiscal_year::FiscalYear;
use shared::questionnaire::{ChoiceState, QuestionName};
use shared::response::{AnswerValue, ResponseState};
use shared::round::RoundState;
use shared::time::Timestamp;

use super::backend::Backend;
use super::sample::{
    NOW, aomori, code, draft_round, open_round, question, receipt, save, step, submission, system, text, year,
};

pub async fn answers_are_kept_to_the_letter(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 1).await;
    let values = [
        (
            "text",
            AnswerValue::Text("㈱髙①\n'; DROP TABLE answer; -- \" \\ \u{0} \u{1F468}\u{200D}\u{1F4BB} ﾃﾞ".to_owned()),
        ),
        ("long", AnswerValue::Text("調".repeat(100_000))),
        ("integer", AnswerValue::Integer(i64::MIN)),
        ("decimal", AnswerValue::Decimal("-0.125".parse().unwrap())),
        ("date", AnswerValue::Date("2026-11-30".to_owned())),
        ("choice", AnswerValue::Choice("1".to_owned())),
        ("choices", AnswerValue::Choices(vec!["b".to_owned(), "a".to_owned()])),
        ("none", AnswerValue::Choices(Vec::new())),
        ("unknown", AnswerValue::State(ChoiceState::Unknown)),
    ];
    let changes: Vec<_> = values.iter().map(|(name, value)| (*name, Some(value.clone()), 0)).collect();
    let outcomes = store.save_answers(&save(aomori(), &changes)).await.unwrap();
    assert_eq!(outcomes, vec![SaveOutcome::Saved(1); values.len()]);
    let stored = store.answers(year(), aomori()).await.unwrap();
    for (name, value) in values {
        let expected = StoredAnswer { value: Some(value), revision: 1, by: system(), at: NOW };
        assert_eq!(stored[&question(name)], expected);
    }
    let response = store.response(year(), aomori()).await.unwrap().unwrap();
    assert_eq!((response.answered, response.revision), (9, 1), "one save is one revision of the response");
    assert_eq!((response.state, response.updated_at), (ResponseState::InProgress, Some(NOW)));
}

pub async fn saving_the_same_value_changes_nothing(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 1).await;
    let outcomes = store.save_answers(&save(aomori(), &[("q1", None, 0), ("q2", None, 7)])).await.unwrap();
    assert_eq!(outcomes, [SaveOutcome::Unchanged(0), SaveOutcome::Unchanged(0)]);
    let untouched = store.response(year(), aomori()).await.unwrap().unwrap();
    assert_eq!((untouched.state, untouched.revision), (ResponseState::NotStarted, 0));

    let _ = store.save_answers(&save(aomori(), &[("q1", text("a"), 0)])).await.unwrap();
    let before = store.response(year(), aomori()).await.unwrap();
    for stale in [0, 1, 99] {
        let outcomes = store.save_answers(&save(aomori(), &[("q1", text("a"), stale)])).await.unwrap();
        assert_eq!(outcomes, [SaveOutcome::Unchanged(1)], "whatever the revision");
    }
    assert_eq!(store.response(year(), aomori()).await.unwrap(), before);
    assert_eq!(store.answer_history(year(), aomori()).await.unwrap().len(), 1);
    assert_eq!(store.response_events(year(), aomori()).await.unwrap().len(), 1);
}

pub async fn a_conflict_keeps_the_stored_answer_and_saves_the_others(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 1).await;
    let respondent = NewAccount {
        login_name: "aomori".to_owned(),
        display_name: "青森".to_owned(),
        password_hash: "hash".to_owned(),
        email: None,
        municipality: Some(aomori()),
        roles: [].into(),
        by: system(),
        at: NOW,
    };
    let by = Author { account: Some(store.add_account(&respondent).await.unwrap()), name: "青森".to_owned() };
    let mut first = save(aomori(), &[("q1", text("a"), 0), ("q2", text("x"), 0)]);
    (first.by, first.at) = (by.clone(), Timestamp(NOW.0 + 1));
    let _ = store.save_answers(&first).await.unwrap();
    let _ = store.save_answers(&save(aomori(), &[("q1", text("b"), 1)])).await.unwrap();

    let second = [("q1", text("c"), 1), ("q2", text("y"), 1), ("q3", text("z"), 0), ("q3", text("w"), 0)];
    let outcomes = store.save_answers(&save(aomori(), &second)).await.unwrap();
    let kept = |value: &str, revision| StoredAnswer { value: text(value), revision, by: system(), at: NOW };
    assert_eq!(
        outcomes,
        [
            SaveOutcome::Conflict(kept("b", 2)),
            SaveOutcome::Saved(2),
            SaveOutcome::Saved(1),
            SaveOutcome::Conflict(kept("z", 1)),
        ]
    );
    let stored = store.answers(year(), aomori()).await.unwrap();
    let values: Vec<_> = stored.values().map(|answer| answer.value.clone()).collect();
    assert_eq!(values, [text("b"), text("y"), text("z")]);

    let history = store.answer_history(year(), aomori()).await.unwrap();
    let line = |name: &str, revision, from, to| AnswerChange {
        question: question(name),
        revision,
        from,
        to,
        by: system(),
        at: NOW,
    };
    let by_respondent = |change| AnswerChange { by: by.clone(), at: Timestamp(NOW.0 + 1), ..change };
    assert_eq!(
        history,
        [
            by_respondent(line("q1", 1, None, text("a"))),
            by_respondent(line("q2", 1, None, text("x"))),
            line("q1", 2, text("a"), text("b")),
            line("q2", 2, text("x"), text("y")),
            line("q3", 1, None, text("z")),
        ]
    );
}

pub async fn a_cleared_answer_keeps_its_revision(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 1).await;
    let _ = store.save_answers(&save(aomori(), &[("q1", text("a"), 0), ("q2", text("b"), 0)])).await.unwrap();
    let outcomes = store.save_answers(&save(aomori(), &[("q1", None, 1)])).await.unwrap();
    assert_eq!(outcomes, [SaveOutcome::Saved(2)]);
    let stored = store.answers(year(), aomori()).await.unwrap();
    assert_eq!((&stored[&question("q1")].value, stored[&question("q1")].revision), (&None, 2));
    assert_eq!(store.response(year(), aomori()).await.unwrap().unwrap().answered, 1);
    let outcomes = store.save_answers(&save(aomori(), &[("q1", text("late"), 1)])).await.unwrap();
    assert!(matches!(outcomes[..], [SaveOutcome::Conflict(_)]), "{outcomes:?}");
    let outcomes = store.save_answers(&save(aomori(), &[("q1", text("again"), 2)])).await.unwrap();
    assert_eq!(outcomes, [SaveOutcome::Saved(3)]);
}

pub async fn a_suggestion_that_is_cleared_stays_cleared(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 1).await;
    let mut cleared = save(aomori(), &[("q1", None, 0), ("q2", None, 0)]);
    cleared.changes[0].suggested = true;
    let outcomes = store.save_answers(&cleared).await.unwrap();
    assert_eq!(outcomes, [SaveOutcome::Saved(1), SaveOutcome::Unchanged(0)], "a blank that was shown is no change");
    let stored = store.answers(year(), aomori()).await.unwrap();
    assert_eq!(stored, [(question("q1"), StoredAnswer { value: None, revision: 1, by: system(), at: NOW })].into());
    let history = store.answer_history(year(), aomori()).await.unwrap();
    assert_eq!(history.iter().map(|change| (&change.from, &change.to)).collect::<Vec<_>>(), [(&None, &None)]);
    let response = store.response(year(), aomori()).await.unwrap().unwrap();
    assert_eq!((response.state, response.answered, response.revision), (ResponseState::InProgress, 0, 1));
    // Sent once more, it is stored already.
    assert_eq!(store.save_answers(&cleared).await.unwrap()[0], SaveOutcome::Unchanged(1));
    let late = store.save_answers(&save(aomori(), &[("q1", text("suggested"), 0)])).await.unwrap();
    assert!(matches!(late[..], [SaveOutcome::Conflict(_)]), "{late:?}");
}

pub async fn only_an_open_round_and_an_editable_response_take_answers(backend: &Backend) {
    use ResponseState::{Accepted, AwaitingApproval, InProgress, Returned, Submitted};
    let store = &backend.store;
    open_round(&**store, 2).await;
    let mut revision = 0;
    let mut attempt = async || {
        revision += 1;
        store.save_answers(&save(aomori(), &[("q", Some(AnswerValue::Integer(revision)), 0)])).await
    };
    attempt().await.unwrap();
    let go = async |from, to| {
        assert_eq!(store.move_response(&step(aomori(), from, to, "")).await.unwrap(), Changed::Yes);
    };
    go(InProgress, AwaitingApproval).await;
    assert!(matches!(attempt().await, Err(StoreError::NotEditable)));
    go(AwaitingApproval, InProgress).await;
    let revision = store.response(year(), aomori()).await.unwrap().unwrap().revision;
    assert_eq!(store.submit(&submission(aomori(), revision, "R")).await.unwrap(), Changed::Yes);
    assert!(matches!(attempt().await, Err(StoreError::NotEditable)));
    go(Submitted, Accepted).await;
    assert!(matches!(attempt().await, Err(StoreError::NotEditable)));
    go(Accepted, Returned).await;
    attempt().await.unwrap();
    assert_eq!(store.response(year(), aomori()).await.unwrap().unwrap().state, Returned, "until handed in again");

    let closed = store.advance_round(year(), RoundState::Open, RoundState::Closed, &system(), NOW).await.unwrap();
    assert_eq!(closed, Changed::Yes);
    let other = code(2, 202);
    let refused = store.save_answers(&save(other, &[("q", text("late"), 0)])).await;
    assert!(matches!(refused, Err(StoreError::NotEditable)), "{refused:?}");
    assert!(store.answers(year(), other).await.unwrap().is_empty());
    assert_eq!(store.response(year(), other).await.unwrap().unwrap().revision, 0);
    attempt().await.expect("what was sent back may still be corrected");
    let finalized =
        store.advance_round(year(), RoundState::Closed, RoundState::Finalized, &system(), NOW).await.unwrap();
    assert_eq!(finalized, Changed::Yes);
    assert!(matches!(attempt().await, Err(StoreError::NotEditable)));
}

pub async fn a_response_that_does_not_exist_is_not_found(backend: &Backend) {
    let store = &backend.store;
    draft_round(&**store, 1).await;
    for code in [aomori(), code(1, 100)] {
        let saved = store.save_answers(&save(code, &[("q", text("x"), 0)])).await;
        assert!(matches!(saved, Err(StoreError::NotFound(_))), "{saved:?}");
        let submitted = store.submit(&submission(code, 0, "R")).await;
        assert!(matches!(submitted, Err(StoreError::NotFound(_))), "{submitted:?}");
        let moved = store.move_response(&step(code, ResponseState::Submitted, ResponseState::Accepted, "")).await;
        assert!(matches!(moved, Err(StoreError::NotFound(_))), "{moved:?}");
        assert!(store.answers(year(), code).await.unwrap().is_empty());
        assert!(store.answer_history(year(), code).await.unwrap().is_empty());
        assert!(store.response_events(year(), code).await.unwrap().is_empty());
    }
    assert!(store.responses(year()).await.unwrap().is_empty());
}

pub async fn answers_of_a_round_come_by_municipality(backend: &Backend) {
    let store = &backend.store;
    let codes = open_round(&**store, 3).await;
    for code in [codes[2], codes[0]] {
        let _ = store.save_answers(&save(code, &[("q2", text("b"), 0), ("q1", text("a"), 0)])).await.unwrap();
    }
    let of_round = store.answers_of_round(year()).await.unwrap();
    let expected = [
        (codes[0], store.answers(year(), codes[0]).await.unwrap()),
        (codes[2], store.answers(year(), codes[2]).await.unwrap()),
    ];
    assert_eq!(of_round, expected);
    assert_eq!(of_round[0].1.len(), 2);

    // The values alone; a cleared answer has none, and what separates answers in a text is no danger to them.
    let odd = "\u{1f}\u{1e}'\"\\\n";
    let change = save(codes[2], &[("q1", text(odd), 1), ("q2", None, 1)]);
    let _ = store.save_answers(&change).await.unwrap();
    let mut values = store.answer_values_of_round(year()).await.unwrap();
    for (_, values) in &mut values {
        values.sort_by(|a, b| a.0.cmp(&b.0));
    }
    let q = |name: &str| QuestionName(name.to_owned());
    let expected = [
        (codes[0], vec![(q("q1"), text("a")), (q("q2"), text("b"))]),
        (codes[2], vec![(q("q1"), text(odd)), (q("q2"), None)]),
    ];
    assert_eq!(values, expected);
    assert_eq!(store.answer_values_of_round(FiscalYear::new(2019).unwrap()).await.unwrap(), []);
}

pub async fn submitting_issues_a_receipt_at_that_revision_only(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 1).await;
    let submit = async |revision, number| store.submit(&submission(aomori(), revision, number)).await.unwrap();
    assert_eq!(submit(0, "R-0").await, Changed::No, "nothing was answered yet");
    let _ = store.save_answers(&save(aomori(), &[("q1", text("a"), 0)])).await.unwrap();
    assert_eq!(submit(0, "R-0").await, Changed::No, "answers changed after they were checked");
    assert_eq!(submit(1, "R-1").await, Changed::Yes);
    assert_eq!(submit(2, "R-2").await, Changed::No, "handed in already");
    let response = store.response(year(), aomori()).await.unwrap().unwrap();
    assert_eq!((response.state, response.revision), (ResponseState::Submitted, 2));
    assert_eq!(response.receipt, Some(receipt("R-1")));
    let event = |to, note: &str| ResponseEvent { at: NOW, by: system(), to, note: note.to_owned() };
    let events = store.response_events(year(), aomori()).await.unwrap();
    assert_eq!(events, [event(ResponseState::InProgress, ""), event(ResponseState::Submitted, "R-1")]);
}

pub async fn a_receipt_number_is_issued_once(backend: &Backend) {
    let store = &backend.store;
    let codes = open_round(&**store, 2).await;
    for code in &codes {
        let _ = store.save_answers(&save(*code, &[("q1", text("a"), 0)])).await.unwrap();
    }
    assert_eq!(store.submit(&submission(codes[0], 1, "R-1")).await.unwrap(), Changed::Yes);
    let error = store.submit(&submission(codes[1], 1, "R-1")).await.unwrap_err();
    assert!(matches!(&error, StoreError::Exists(what) if what.contains("R-1")), "{error}");
    let other = store.response(year(), codes[1]).await.unwrap().unwrap();
    assert_eq!((other.state, other.receipt), (ResponseState::InProgress, None));
}

pub async fn a_response_is_returned_handed_in_again_and_accepted(backend: &Backend) {
    use ResponseState::{Accepted, Returned, Submitted};
    let store = &backend.store;
    open_round(&**store, 1).await;
    let _ = store.save_answers(&save(aomori(), &[("q1", text("a"), 0)])).await.unwrap();
    assert_eq!(store.submit(&submission(aomori(), 1, "R-1")).await.unwrap(), Changed::Yes);
    let give_back = step(aomori(), Submitted, Returned, "件数を確かめてください");
    assert_eq!(store.move_response(&give_back).await.unwrap(), Changed::Yes);
    assert_eq!(store.move_response(&give_back).await.unwrap(), Changed::No);
    let returned = store.response(year(), aomori()).await.unwrap().unwrap();
    assert_eq!((returned.state, returned.revision, returned.receipt), (Returned, 3, Some(receipt("R-1"))));
    let _ = store.save_answers(&save(aomori(), &[("q1", text("b"), 1)])).await.unwrap();
    assert_eq!(store.submit(&submission(aomori(), 4, "R-2")).await.unwrap(), Changed::Yes);
    // The prefecture may still accept after closing.
    let closed = store.advance_round(year(), RoundState::Open, RoundState::Closed, &system(), NOW).await.unwrap();
    assert_eq!(closed, Changed::Yes);
    assert_eq!(store.move_response(&step(aomori(), Submitted, Accepted, "")).await.unwrap(), Changed::Yes);
    let accepted = store.response(year(), aomori()).await.unwrap().unwrap();
    assert_eq!((accepted.state, accepted.revision, accepted.receipt), (Accepted, 6, Some(receipt("R-2"))));
    let events = store.response_events(year(), aomori()).await.unwrap();
    let notes: Vec<_> = events.iter().map(|event| (event.to, event.note.as_str())).collect();
    let expected = [
        (ResponseState::InProgress, ""),
        (Submitted, "R-1"),
        (Returned, "件数を確かめてください"),
        (Submitted, "R-2"),
        (Accepted, ""),
    ];
    assert_eq!(notes, expected);
}
