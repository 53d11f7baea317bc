//! Rounds from draft to publication.

use server::store::{
    ChangeDates, Changed, DatesChange, NewRound, PlannedDates, PublishedRound, QuestionUse, ReleasePlanRecord,
    ReplaceQuestionnaire, RoundDates, RoundEvent, RoundRecord, StoreError, Way, Withdrawal,
};
use shared::fiscal_year::FiscalYear;
use shared::publication::{Publication, ReleasePlan};
use shared::questionnaire::Questionnaire;
use shared::response::ResponseState;
use shared::round::RoundState::{self, Closed, Draft, Finalized, Open, Published};
use shared::tabulation::SmallCells;
use shared::time::Timestamp;

use super::backend::Backend;
use super::sample::{
    DATES, NOW, code, draft_round, open_round, publication, questionnaire, save, step, submission, system, text, year,
};

pub async fn a_round_is_added_once_and_listed_latest_first(backend: &Backend) {
    let store = &backend.store;
    draft_round(&**store, 1).await;
    let questionnaire = store.find_questionnaire("dx", "2026").await.unwrap().unwrap();
    let later = FiscalYear::new(2027).unwrap();
    let round = NewRound { year: later, questionnaire, prefecture: None, by: system(), at: NOW };
    store.add_round(&round).await.unwrap();
    let error = store.add_round(&round).await.unwrap_err();
    assert!(matches!(&error, StoreError::Exists(what) if what.contains("2027")), "{error}");

    let planned = PlannedDates::default();
    let record = |year, prefecture| RoundRecord { year, state: Draft, questionnaire, prefecture, planned, dates: None };
    let aomori = record(year(), Some("02".to_owned()));
    assert_eq!(store.rounds().await.unwrap(), [record(later, None), aomori.clone()]);
    assert_eq!(store.round(year()).await.unwrap(), Some(aomori));
    assert_eq!(store.round(FiscalYear::new(2030).unwrap()).await.unwrap(), None);
    assert_eq!(
        store.round_events(later).await.unwrap(),
        [RoundEvent { at: NOW, by: system(), to: Draft, reason: String::new() }]
    );
}

pub async fn only_a_draft_is_given_another_questionnaire(backend: &Backend) {
    let store = &backend.store;
    draft_round(&**store, 1).await;
    let from = store.find_questionnaire("dx", "2026").await.unwrap().unwrap();
    let confirmed = "q2（q1 を引き継ぐ）".to_owned();
    let replace = |from, to| {
        let confirmed = confirmed.clone();
        ReplaceQuestionnaire { year: year(), from, to, confirmed, by: system(), at: NOW }
    };
    let asked = async || store.round(year()).await.unwrap().unwrap().questionnaire;

    let new = replace(from, questionnaire("2026.1"));
    assert_eq!(store.replace_questionnaire(&new).await.unwrap(), Changed::Yes);
    let second = store.find_questionnaire("dx", "2026.1").await.unwrap().unwrap();
    assert_eq!(asked().await, second);
    // Somebody who still saw the first one comes too late.
    assert_eq!(store.replace_questionnaire(&replace(from, questionnaire("2026.2"))).await.unwrap(), Changed::No);
    assert_eq!(store.find_questionnaire("dx", "2026.2").await.unwrap(), None, "nothing is left behind");
    // A version that is there is taken as it is, never with other contents.
    let other = Questionnaire { title: "別の調査".to_owned(), ..questionnaire("2026") };
    let error = store.replace_questionnaire(&replace(second, other)).await.unwrap_err();
    assert!(matches!(error, StoreError::Exists(_)), "{error}");
    assert_eq!(asked().await, second);
    assert_eq!(store.replace_questionnaire(&replace(second, questionnaire("2026"))).await.unwrap(), Changed::Yes);
    assert_eq!(asked().await, from);

    assert_eq!(store.open_round(year(), DATES, &system(), NOW).await.unwrap(), Changed::Yes);
    assert_eq!(store.replace_questionnaire(&replace(from, questionnaire("2026.1"))).await.unwrap(), Changed::No);
    assert_eq!(asked().await, from);
    let entries = store.audit_of_chain("round/2026").await.unwrap();
    let replaced: Vec<_> =
        entries.iter().filter(|e| e.act == "questionnaire").map(|e| (e.from.as_deref(), e.to.as_deref())).collect();
    assert_eq!(replaced, [(Some("dx 2026"), Some("dx 2026.1")), (Some("dx 2026.1"), Some("dx 2026"))]);
    assert!(entries.iter().any(|e| e.act == "questionnaire" && e.object == confirmed), "{entries:?}");
}

pub async fn of_two_who_change_the_dates_one_is_told(backend: &Backend) {
    let store = &backend.store;
    draft_round(&**store, 1).await;
    let change = async |dates, reason: &str| {
        let reason = reason.to_owned();
        store.change_dates(&ChangeDates { year: year(), dates, reason, by: system(), at: NOW }).await.unwrap()
    };
    let round = async || store.round(year()).await.unwrap().unwrap();
    let set = |from, to| DatesChange::Set { from, to };

    let none = PlannedDates::default();
    let planned = PlannedDates { opening: Some(NOW), reference_date: None, deadline: Some(DATES.deadline) };
    assert_eq!(change(DatesChange::Planned { from: none, to: planned }, "").await, Changed::Yes);
    assert_eq!(change(DatesChange::Planned { from: none, to: none }, "").await, Changed::No, "somebody was faster");
    assert_eq!(change(set(DATES, DATES), "早い").await, Changed::No, "nothing is set yet");
    assert_eq!((round().await.planned, round().await.dates), (planned, None));

    assert_eq!(store.open_round(year(), DATES, &system(), NOW).await.unwrap(), Changed::Yes);
    assert_eq!(change(DatesChange::Planned { from: planned, to: none }, "").await, Changed::No);
    let later = RoundDates { deadline: Timestamp(DATES.deadline.0 + 1), ..DATES };
    assert_eq!(change(set(DATES, later), "議会のため").await, Changed::Yes);
    assert_eq!(change(set(DATES, later), "議会のため").await, Changed::No);
    assert_eq!((round().await.planned, round().await.dates), (planned, Some(later)));

    assert_eq!(store.advance_round(year(), Open, Closed, &system(), NOW).await.unwrap(), Changed::Yes);
    assert_eq!(change(set(later, DATES), "戻す").await, Changed::No, "after the closing the deadline stands");
    let corrected = RoundDates { reference_date: NOW, ..later };
    assert_eq!(change(set(later, corrected), "誤記").await, Changed::Yes);
    assert_eq!(store.advance_round(year(), Closed, Finalized, &system(), NOW).await.unwrap(), Changed::Yes);
    assert_eq!(change(set(corrected, later), "誤記").await, Changed::No);
    assert_eq!(round().await.dates, Some(corrected));

    let entries = store.audit_of_chain("round/2026").await.unwrap();
    let told: Vec<_> = entries.iter().filter(|e| e.act == "round_dates").map(|e| e.object.as_str()).collect();
    assert_eq!(told, ["", "議会のため", "誤記"]);
    let last = entries.iter().rfind(|e| e.act == "round_dates").unwrap();
    assert_eq!((last.from.as_deref(), last.to.as_deref()), (Some(&*later.words()), Some(&*corrected.words())));
    let opened = entries.iter().find(|e| e.from.as_deref() == Some("draft")).unwrap();
    assert_eq!(opened.to, Some(format!("open（{}）", DATES.words())));
}

pub async fn what_was_opened_of_a_question_is_noted_once(backend: &Backend) {
    let store = &backend.store;
    draft_round(&**store, 1).await;
    let one = |concept: &str, way| QuestionUse { year: year(), concept: concept.to_owned(), way };
    for _ in 0..2 {
        for way in [Way::Page, Way::Picture, Way::Api, Way::Exploration] {
            store.add_question_use(&one("stage.industry", way), NOW).await.unwrap();
        }
    }
    store.add_question_use(&one("organization.plan", Way::Page), NOW).await.unwrap();
    let used = store.questions_used(year()).await.unwrap();
    assert_eq!(used.into_iter().collect::<Vec<_>>(), ["organization.plan", "stage.industry"]);
    assert!(store.questions_used(FiscalYear::new(2025).unwrap()).await.unwrap().is_empty());
    let count = "SELECT CAST(count(*) AS TEXT) FROM question_use";
    assert_eq!(backend.texts(count, count).await, ["5"]);
}

pub async fn opening_makes_a_response_for_every_municipality_asked(backend: &Backend) {
    let store = &backend.store;
    let codes = open_round(&**store, 3).await;
    let responses = store.responses(year()).await.unwrap();
    assert_eq!(responses.iter().map(|response| response.code).collect::<Vec<_>>(), codes);
    for response in &responses {
        assert_eq!((response.year, response.state), (year(), ResponseState::NotStarted));
        assert_eq!((response.revision, response.answered), (0, 0));
        assert_eq!((response.updated_at, &response.receipt), (None, &None));
    }
    assert_eq!(store.response(year(), code(1, 100)).await.unwrap(), None);
    let round = store.round(year()).await.unwrap().unwrap();
    assert_eq!((round.state, round.dates), (Open, Some(DATES)));
    assert_eq!(store.open_round(year(), DATES, &system(), NOW).await.unwrap(), Changed::No);
    assert_eq!(store.responses(year()).await.unwrap(), responses);

    let questionnaire = store.find_questionnaire("dx", "2026").await.unwrap().unwrap();
    let national = FiscalYear::new(2027).unwrap();
    let round = NewRound { year: national, questionnaire, prefecture: None, by: system(), at: NOW };
    store.add_round(&round).await.unwrap();
    assert_eq!(store.open_round(national, DATES, &system(), NOW).await.unwrap(), Changed::Yes);
    assert_eq!(store.responses(national).await.unwrap().len(), 4);
}

pub async fn a_round_moves_on_only_from_the_state_it_is_in(backend: &Backend) {
    let store = &backend.store;
    draft_round(&**store, 1).await;
    let advance = async |from, to| store.advance_round(year(), from, to, &system(), NOW).await.unwrap();
    assert_eq!(advance(Draft, Open).await, Changed::No, "opening needs dates");
    assert_eq!(advance(Open, Closed).await, Changed::No);
    assert_eq!(store.open_round(year(), DATES, &system(), NOW).await.unwrap(), Changed::Yes);
    assert_eq!(advance(Open, Finalized).await, Changed::No, "no state is skipped");
    assert_eq!(advance(Open, Closed).await, Changed::Yes);
    assert_eq!(advance(Open, Closed).await, Changed::No);
    assert_eq!(advance(Closed, Finalized).await, Changed::Yes);
    assert_eq!(advance(Finalized, Published).await, Changed::No, "publishing needs a snapshot");
    assert_eq!(store.round(year()).await.unwrap().unwrap().state, Finalized);
    let events = store.round_events(year()).await.unwrap();
    assert_eq!(events.iter().map(|event| event.to).collect::<Vec<RoundState>>(), [Draft, Open, Closed, Finalized]);

    let accept = step(code(2, 201), ResponseState::NotStarted, ResponseState::InProgress, "");
    assert_eq!(store.move_response(&accept).await.unwrap(), Changed::No, "a finalized round stands still");
    assert_eq!(store.response(year(), code(2, 201)).await.unwrap().unwrap().revision, 0);
}

pub async fn publishing_freezes_the_snapshot_with_the_state(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 1).await;
    assert_eq!(store.publish_round(&publication(1), 0, &system()).await.unwrap(), Changed::No);
    assert_eq!(store.publications().await.unwrap(), []);
    for (from, to) in [(Open, Closed), (Closed, Finalized)] {
        assert_eq!(store.advance_round(year(), from, to, &system(), NOW).await.unwrap(), Changed::Yes);
    }
    assert_eq!(store.publish_round(&publication(1), 0, &system()).await.unwrap(), Changed::Yes);
    assert_eq!(store.publish_round(&publication(2), 0, &system()).await.unwrap(), Changed::No);
    assert_eq!(store.publications().await.unwrap(), [publication(1)]);
    assert_eq!(store.publication(year(), 1).await.unwrap(), Some(publication(1)));
    assert_eq!(store.publication(year(), 2).await.unwrap(), None);
    let listed = store.published().await.unwrap();
    let Publication { revision, published_at, reason, sha256, .. } = publication(1);
    let one = PublishedRound { year: year(), revision, published_at, reason, sha256, withdrawal: None };
    assert_eq!(listed, std::slice::from_ref(&one));
    assert_eq!(store.revisions().await.unwrap(), [one]);
    assert_eq!(store.round_events(year()).await.unwrap().last().unwrap().to, Published);
    let kept = backend.texts("SELECT snapshot FROM publication", "SELECT snapshot FROM publication").await;
    assert_eq!(kept, [serde_json::to_string(&publication(1).snapshot).unwrap()], "the text whose hash is kept");
    let read = store.kept_publications().await.unwrap();
    let [one] = read.as_slice() else { panic!("{read:?}") };
    assert_eq!((one.year, one.revision, &one.sha256), (year(), 1, &publication(1).sha256));
    assert_eq!(one.snapshot, kept[0]);
}

pub async fn what_is_disclosed_may_not_change_while_the_snapshot_is_made(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 1).await;
    for (from, to) in [(Open, Closed), (Closed, Finalized)] {
        assert_eq!(store.advance_round(year(), from, to, &system(), NOW).await.unwrap(), Changed::Yes);
    }
    let plan = ReleasePlan::default();
    assert_eq!(store.save_release_plan(year(), 0, &plan, &system(), NOW).await.unwrap(), Changed::Yes);
    for stale in [0, 2] {
        assert_eq!(store.publish_round(&publication(1), stale, &system()).await.unwrap(), Changed::No, "{stale}");
        assert_eq!(store.round(year()).await.unwrap().unwrap().state, Finalized);
        assert_eq!(store.revisions().await.unwrap(), []);
    }
    assert_eq!(store.publish_round(&publication(1), 1, &system()).await.unwrap(), Changed::Yes);
}

pub async fn a_publication_that_exists_undoes_the_whole_step(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 1).await;
    for (from, to) in [(Open, Closed), (Closed, Finalized)] {
        assert_eq!(store.advance_round(year(), from, to, &system(), NOW).await.unwrap(), Changed::Yes);
    }
    backend
        .execute(
            "INSERT INTO publication (year, revision, published_at, sha256, snapshot)
             SELECT year, 1, 0, '0123456789012345678901234567890123456789012345678901234567890123', '{}' FROM round",
        )
        .await
        .unwrap();
    let error = store.publish_round(&publication(1), 0, &system()).await.unwrap_err();
    assert!(matches!(error, StoreError::Exists(_)), "{error}");
    assert_eq!(store.round(year()).await.unwrap().unwrap().state, Finalized);
    assert_eq!(store.round_events(year()).await.unwrap().last().unwrap().to, Finalized);
    let error = store.publications().await.unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { place: "publication.snapshot", .. }), "{error}");
    assert_eq!(store.publish_round(&publication(2), 0, &system()).await.unwrap(), Changed::Yes);
    assert_eq!(store.publications().await.unwrap(), [publication(2)], "the latest revision is shown");
    let kept = store.kept_publications().await.unwrap();
    assert_eq!(kept.iter().map(|k| k.revision).collect::<Vec<_>>(), [1, 2], "every revision is kept");
}

pub async fn what_was_published_is_corrected_and_taken_back(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 1).await;
    let advance = async |from, to| store.advance_round(year(), from, to, &system(), NOW).await.unwrap();
    assert_eq!(store.reopen_round(year(), "早い", &system(), NOW).await.unwrap(), Changed::No);
    for (from, to) in [(Open, Closed), (Closed, Finalized)] {
        assert_eq!(advance(from, to).await, Changed::Yes);
    }
    let withdraw = async |revision| store.withdraw_publication(year(), revision, "誤り", &system(), NOW).await.unwrap();
    assert_eq!(withdraw(1).await, Changed::No, "nothing is published");
    assert_eq!(store.publish_round(&publication(1), 0, &system()).await.unwrap(), Changed::Yes);

    assert_eq!(store.reopen_round(year(), "訂正", &system(), NOW).await.unwrap(), Changed::Yes);
    assert_eq!(store.round(year()).await.unwrap().unwrap().state, Closed);
    assert_eq!(store.publications().await.unwrap(), [publication(1)], "what is published stands");
    assert_eq!(advance(Closed, Finalized).await, Changed::Yes);
    assert_eq!(store.publish_round(&publication(2), 0, &system()).await.unwrap(), Changed::Yes);
    assert_eq!(store.publications().await.unwrap(), [publication(2)]);

    assert_eq!(withdraw(3).await, Changed::No, "there is none");
    assert_eq!(withdraw(2).await, Changed::Yes);
    assert_eq!(withdraw(2).await, Changed::No, "only once");
    assert_eq!((store.publications().await.unwrap().len(), store.published().await.unwrap().len()), (0, 0));
    let revisions = store.revisions().await.unwrap();
    let withdrawal = Withdrawal { reason: "誤り".to_owned(), by: system(), at: NOW };
    assert_eq!(revisions.iter().map(|r| r.withdrawal.clone()).collect::<Vec<_>>(), [None, Some(withdrawal)]);
    assert_eq!(store.publication(year(), 2).await.unwrap(), Some(publication(2)), "kept all the same");
    let events = store.round_events(year()).await.unwrap();
    let last: Vec<_> = events.iter().rev().take(2).map(|event| (event.to, event.reason.as_str())).collect();
    assert_eq!(last, [(Finalized, "誤り"), (Published, publication(2).reason.as_str())]);
    let changed = backend.execute("DELETE FROM withdrawal").await;
    assert!(changed.is_err(), "append-only");
}

pub async fn what_a_correction_replaced_is_taken_back_and_the_correction_stays(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 1).await;
    let advance = async |from, to| store.advance_round(year(), from, to, &system(), NOW).await.unwrap();
    assert_eq!(advance(Open, Closed).await, Changed::Yes);
    for revision in [1, 2] {
        assert_eq!(advance(Closed, Finalized).await, Changed::Yes);
        assert_eq!(store.publish_round(&publication(revision), 0, &system()).await.unwrap(), Changed::Yes);
        if revision == 1 {
            assert_eq!(store.reopen_round(year(), "訂正", &system(), NOW).await.unwrap(), Changed::Yes);
        }
    }
    let withdraw = async |revision| store.withdraw_publication(year(), revision, "誤り", &system(), NOW).await.unwrap();
    let events = store.round_events(year()).await.unwrap();
    assert_eq!(withdraw(1).await, Changed::Yes);
    assert_eq!(withdraw(1).await, Changed::No, "only once");
    assert_eq!(store.publications().await.unwrap(), [publication(2)], "what everybody sees stays");
    assert_eq!(store.round(year()).await.unwrap().unwrap().state, Published);
    assert_eq!(store.round_events(year()).await.unwrap(), events, "nothing happens to the round");
    let withdrawn = async || -> Vec<bool> {
        store.revisions().await.unwrap().iter().map(|revision| revision.withdrawal.is_some()).collect()
    };
    assert_eq!(withdrawn().await, [true, false]);
    let entries = store.audit_of_chain("round/2026").await.unwrap();
    let recorded: Vec<_> = entries.iter().filter(|e| e.act == "withdrawal").map(|e| e.object.as_str()).collect();
    assert_eq!(recorded, ["1"]);

    assert_eq!(withdraw(2).await, Changed::Yes);
    assert_eq!(store.round(year()).await.unwrap().unwrap().state, Finalized);
    assert_eq!(withdrawn().await, [true, true]);
    assert_eq!(store.publications().await.unwrap(), []);
}

pub async fn nothing_is_final_while_something_handed_in_waits(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 1).await;
    let _ = store.save_answers(&save(code(2, 201), &[("q1", text("a"), 0)])).await.unwrap();
    assert_eq!(store.submit(&submission(code(2, 201), 1, "R-1")).await.unwrap(), Changed::Yes);
    let advance = async |from, to| store.advance_round(year(), from, to, &system(), NOW).await.unwrap();
    assert_eq!(advance(Open, Closed).await, Changed::Yes);
    let before = store.response(year(), code(2, 201)).await.unwrap();
    assert_eq!(advance(Closed, Finalized).await, Changed::No);
    assert_eq!(store.round(year()).await.unwrap().unwrap().state, Closed);
    assert_eq!(store.response(year(), code(2, 201)).await.unwrap(), before);
    let accept = step(code(2, 201), ResponseState::Submitted, ResponseState::Accepted, "");
    assert_eq!(store.move_response(&accept).await.unwrap(), Changed::Yes);
    assert_eq!(advance(Closed, Finalized).await, Changed::Yes);
}

pub async fn of_two_who_decide_what_is_disclosed_one_is_told(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 1).await;
    assert_eq!(store.release_plan(year()).await.unwrap(), None);
    let plan = |groups| ReleasePlan { small_cells: SmallCells { whole: 0, groups }, ..ReleasePlan::default() };
    let save = async |revision, groups| {
        store.save_release_plan(year(), revision, &plan(groups), &system(), NOW).await.unwrap()
    };
    assert_eq!(save(0, 5).await, Changed::Yes);
    assert_eq!(save(0, 6).await, Changed::No);
    assert_eq!(save(1, 7).await, Changed::Yes);
    let latest = ReleasePlanRecord { plan: plan(7), revision: 2, by: system(), at: NOW };
    assert_eq!(store.release_plan(year()).await.unwrap(), Some(latest));
    assert!(backend.execute("UPDATE release_plan SET plan = '{}'").await.is_err(), "append-only");
}

pub async fn every_change_of_a_response_shows_in_its_round_alone(backend: &Backend) {
    let store = &backend.store;
    let codes = open_round(&**store, 2).await;
    assert_eq!(store.changes().await.unwrap()[&year()], 0);
    let mut last = 0;
    for code in codes {
        let _ = store.save_answers(&save(code, &[("q1", text("a"), 0)])).await.unwrap();
        let now = store.changes().await.unwrap();
        assert!(now[&year()] > last && now.len() == 1, "{now:?}");
        last = now[&year()];
    }
}
