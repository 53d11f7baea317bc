//! Responses taken over from files.

use server::store::{
    Author, Changed, ImportResponse, ImportResponses, NewRound, Receipt, ResponseRecord, Store, StoreError,
};
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::response::{AnswerValue, ResponseState};
use shared::round::RoundState;

use super::backend::Backend;
use super::sample::{
    DATES, NOW, code, municipality, open_round, question, questionnaire, save, submission, system, text, year,
};

fn importer() -> Author {
    Author { account: None, name: "取り込み".to_owned() }
}

fn import(responses: Vec<ImportResponse>) -> ImportResponses {
    ImportResponses { year: year(), responses, note: "取り込み: a.csv".to_owned(), by: importer(), at: NOW }
}

fn response(
    code: MunicipalityCode,
    revision: i64,
    number: &str,
    answers: &[(&str, Option<AnswerValue>)],
) -> ImportResponse {
    let answers = answers.iter().map(|(name, value)| (question(name), value.clone())).collect();
    let receipt = Receipt { number: number.to_owned(), at: NOW, by: importer(), content_hash: "cd".repeat(32) };
    ImportResponse { code, revision, answers, receipt }
}

async fn closed_round(store: &dyn Store) -> [MunicipalityCode; 2] {
    let codes = [code(2, 201), code(2, 202)];
    store.put_municipalities(&codes.map(municipality), &system(), NOW).await.unwrap();
    let questionnaire = store.add_questionnaire(&questionnaire("2026"), NOW).await.unwrap();
    let prefecture = Some("02".to_owned());
    let round = NewRound { year: year(), questionnaire, prefecture, by: system(), at: NOW };
    store.add_closed_round(&round, DATES).await.unwrap();
    codes
}

async fn there(store: &dyn Store, code: MunicipalityCode) -> ResponseRecord {
    store.response(year(), code).await.unwrap().unwrap()
}

pub async fn a_closed_round_is_added_with_its_responses_at_once(backend: &Backend) {
    let store = &*backend.store;
    let codes = closed_round(store).await;
    let round = store.round(year()).await.unwrap().unwrap();
    assert_eq!((round.state, round.dates), (RoundState::Closed, Some(DATES)));
    let responses = store.responses(year()).await.unwrap();
    assert_eq!(responses.iter().map(|r| r.code).collect::<Vec<_>>(), codes);
    assert!(responses.iter().all(|r| r.state == ResponseState::NotStarted && r.revision == 0));
    let events: Vec<RoundState> = store.round_events(year()).await.unwrap().iter().map(|event| event.to).collect();
    assert_eq!(events, [RoundState::Draft, RoundState::Open, RoundState::Closed]);
    let again = NewRound { year: year(), questionnaire: round.questionnaire, prefecture: None, by: system(), at: NOW };
    assert!(matches!(store.add_closed_round(&again, DATES).await, Err(StoreError::Exists(_))));
}

pub async fn a_response_is_taken_over_with_its_history_and_corrected_later(backend: &Backend) {
    let store = &*backend.store;
    let [one, other] = closed_round(store).await;
    let first = response(one, 0, "2026-1", &[("a", text("甲")), ("b", text("乙")), ("c", None)]);
    assert_eq!(store.import_responses(&[import(vec![first])]).await.unwrap(), Changed::Yes);
    let taken = there(store, one).await;
    assert_eq!((taken.state, taken.revision, taken.answered), (ResponseState::Accepted, 3, 2));
    assert_eq!(taken.receipt.unwrap().by, importer());
    assert_eq!(there(store, other).await.state, ResponseState::NotStarted);
    let answers = store.answers(year(), one).await.unwrap();
    assert_eq!(answers[&question("c")].value, None, "cleared against a default");

    let corrected = response(one, 3, "2026-2", &[("a", text("甲")), ("b", None), ("c", None)]);
    assert_eq!(store.import_responses(&[import(vec![corrected])]).await.unwrap(), Changed::Yes);
    let history = store.answer_history(year(), one).await.unwrap();
    let changes: Vec<_> = history.iter().map(|change| (change.question.as_str(), change.revision)).collect();
    assert_eq!(changes, [("a", 1), ("b", 1), ("c", 1), ("b", 2)]);
    assert_eq!((history[3].from.clone(), history[3].to.clone()), (text("乙"), None));
    let events = store.response_events(year(), one).await.unwrap();
    let states: Vec<_> = events.iter().map(|event| (event.to, event.note.as_str())).collect();
    let note = "取り込み: a.csv";
    assert_eq!(
        states,
        [
            (ResponseState::InProgress, note),
            (ResponseState::Submitted, "2026-1"),
            (ResponseState::Accepted, ""),
            (ResponseState::Returned, note),
            (ResponseState::Submitted, "2026-2"),
            (ResponseState::Accepted, ""),
        ]
    );
}

pub async fn an_import_of_several_rounds_is_all_or_nothing(backend: &Backend) {
    let store = &*backend.store;
    let [one, other] = closed_round(store).await;
    let later = FiscalYear::new(year().year() + 1).unwrap();
    let questionnaire = store.round(year()).await.unwrap().unwrap().questionnaire;
    let prefecture = Some("02".to_owned());
    let round = NewRound { year: later, questionnaire, prefecture, by: system(), at: NOW };
    store.add_closed_round(&round, DATES).await.unwrap();
    let first = || import(vec![response(one, 0, "1", &[("a", text("甲"))])]);
    let stale = ImportResponses { year: later, ..import(vec![response(other, 5, "2", &[])]) };
    assert_eq!(store.import_responses(&[first(), stale]).await.unwrap(), Changed::No);
    assert_eq!(there(store, one).await.state, ResponseState::NotStarted, "nothing of the first round stays");
    let second = ImportResponses { year: later, ..import(vec![response(other, 0, "2", &[])]) };
    assert_eq!(store.import_responses(&[first(), second]).await.unwrap(), Changed::Yes);
    assert_eq!(there(store, one).await.state, ResponseState::Accepted);
    let taken = store.response(later, other).await.unwrap().unwrap();
    assert_eq!(taken.state, ResponseState::Accepted);
}

pub async fn an_import_that_cannot_be_leaves_nothing_behind(backend: &Backend) {
    let store = &*backend.store;
    let codes = open_round(store, 3).await;
    let two = || vec![response(codes[0], 0, "1", &[("a", text("甲"))]), response(codes[1], 0, "2", &[])];
    assert_eq!(store.import_responses(&[import(two())]).await.unwrap(), Changed::No, "the round is open");
    store.save_answers(&save(codes[1], &[("a", text("途中"), 0)])).await.unwrap();
    let _ = store.advance_round(year(), RoundState::Open, RoundState::Closed, &system(), NOW).await.unwrap();
    assert_eq!(store.import_responses(&[import(two())]).await.unwrap(), Changed::No, "the second is in progress");
    let stale = vec![response(codes[0], 0, "1", &[]), response(codes[2], 5, "3", &[])];
    assert_eq!(store.import_responses(&[import(stale)]).await.unwrap(), Changed::No, "the second has moved on");
    let nowhere = vec![response(codes[0], 0, "1", &[]), response(code(2, 301), 0, "4", &[])];
    assert!(matches!(store.import_responses(&[import(nowhere)]).await, Err(StoreError::NotFound(_))));
    let taken = vec![response(codes[0], 0, "5", &[("a", text("甲"))]), response(codes[2], 0, "5", &[])];
    assert!(matches!(store.import_responses(&[import(taken)]).await, Err(StoreError::Exists(_))), "one receipt twice");
    assert_eq!(there(store, codes[0]).await.state, ResponseState::NotStarted);
    assert_eq!(store.answers(year(), codes[0]).await.unwrap().len(), 0);
    let late = submission(codes[1], 1, "6");
    assert_eq!(store.submit(&late).await.unwrap(), Changed::No);
}
