//! 監査記録: what is recorded, and the chains that hold it together.

use server::access::Role;
use server::store::{AuditEntry, AuditFilter, Changed, LedgerChange, NewAccount, SaveAnswers, SignIn, Store};
use shared::audit::Act;
use shared::municipality::Municipality;
use shared::response::{ResponseState, Side};
use shared::time::Timestamp;
use tokio::task::JoinSet;

use super::backend::Backend;
use super::sample::{
    DATES, NOW, aomori, code, give_back, inquiry, kpi, municipality, open_round, question_and_answer, save,
    section_task, submission, system, text, year,
};

/// Later than any migration.
const LATER: Timestamp = Timestamp(4_000_000_000_000);

fn everything() -> AuditFilter {
    AuditFilter { limit: 10_000, ..AuditFilter::default() }
}

/// Act, object, before and after, of the entries of a chain.
async fn told(store: &dyn Store, chain: &str) -> Vec<(String, String, Option<String>, Option<String>)> {
    let entries = store.audit_of_chain(chain).await.unwrap();
    entries.into_iter().map(|entry| (entry.act, entry.object, entry.from, entry.to)).collect()
}

fn entry(
    act: Act,
    object: &str,
    from: Option<&str>,
    to: Option<&str>,
) -> (String, String, Option<String>, Option<String>) {
    (act.code().to_owned(), object.to_owned(), from.map(str::to_owned), to.map(str::to_owned))
}

/// Every entry fits the one before it.
fn assert_whole(entries: &[AuditEntry]) {
    let mut previous = "";
    for (sequence, entry) in (1..).zip(entries) {
        assert_eq!((entry.sequence, &entry.hash), (sequence, &entry.computed(previous)), "{entry:?}");
        previous = &entry.hash;
    }
}

pub async fn every_change_is_recorded_with_the_value_before_and_after(backend: &Backend) {
    let store = &*backend.store;
    open_round(store, 1).await;
    let _ = store.save_answers(&save(aomori(), &[("q1", text("髙"), 0)])).await.unwrap();
    let _ = store.save_answers(&save(aomori(), &[("q1", None, 1)])).await.unwrap();
    let _ = store.save_section_task(&section_task("living", 0, "企画課")).await.unwrap();
    store.set_approval_setting(aomori(), true, &system(), NOW).await.unwrap();
    store.add_inquiry(&inquiry(aomori(), Some("q1"), Side::Prefecture, "件数は")).await.unwrap();
    let _ = store.add_extension_event(&super::extensions::asked_for(aomori(), 0)).await.unwrap();
    let _ = store.add_extension_event(&super::extensions::decided(aomori(), 1, true)).await.unwrap();
    let _ = store.add_extension_event(&super::extensions::asked_for(aomori(), 2)).await.unwrap();
    let _ = store.submit(&submission(aomori(), 2, "R-1")).await.unwrap();
    let _ = store.return_response(&give_back(aomori(), ResponseState::Submitted, &["q1"])).await.unwrap();
    let value = serde_json::to_string(&text("髙")).unwrap();
    assert_eq!(
        told(store, &format!("response/2026/{}", aomori())).await,
        [
            entry(Act::Answer, "q1", None, Some(&value)),
            entry(Act::ResponseState, "", Some("not_started"), Some("in_progress")),
            entry(Act::Answer, "q1", Some(&value), None),
            entry(Act::SectionTask, "living", None, Some("企画課（open）")),
            entry(Act::Inquiry, "q1", None, Some("件数は")),
            entry(Act::Extension, "申出", None, Some("2026-11-30T17:00（議会のため）")),
            entry(Act::Extension, "承認", None, Some("2026-11-20T17:00（）")),
            entry(Act::Extension, "申出", Some("2026-11-20T17:00"), Some("2026-11-30T17:00（議会のため）")),
            entry(Act::ResponseState, "R-1", Some("in_progress"), Some("submitted")),
            entry(Act::ResponseState, "差戻し", Some("submitted"), Some("returned\nq1：「q1」を確かめてください")),
        ]
    );
    assert_eq!(
        told(store, &format!("municipality/{}", aomori())).await,
        [entry(Act::Approval, "", None, Some("true"))]
    );
    let id = store.add_question_and_answer(&question_and_answer(None, None, "RPAは")).await.unwrap();
    let _ = store.withdraw_question_and_answer(year(), id, &system(), NOW).await.unwrap();
    let round = told(store, "round/2026").await;
    let acts: Vec<&str> = round.iter().map(|(act, ..)| act.as_str()).collect();
    assert_eq!(acts, ["round_state", "round_state", "advice", "advice_withdrawal"]);
    let opened = format!("open（{}）", DATES.words());
    assert_eq!((round[1].2.as_deref(), round[1].3.as_deref()), (Some("draft"), Some(&*opened)));
    store.add_kpis(&[kpi("k", "前")], &system(), NOW).await.unwrap();
    let change = |kpis, values| LedgerChange { kpis, values, by: system(), at: NOW };
    let value = |digits, revision| super::results::value("2026H1", digits, revision);
    let first = change(vec![(kpi("k", "後"), 1)], vec![value("12.5", 0)]);
    assert_eq!(store.save_ledger(&first).await.unwrap(), Changed::Yes);
    assert_eq!(store.save_ledger(&change(Vec::new(), vec![value("", 1)])).await.unwrap(), Changed::Yes);
    let ledger = told(store, "kpi/k").await;
    assert!(ledger[0].2.as_ref().unwrap().contains("前") && ledger[0].3.as_ref().unwrap().contains("後"), "{ledger:?}");
    assert_eq!(
        ledger[1..],
        [
            entry(Act::KpiValue, "2026H1", None, Some("12.5（速報値）")),
            entry(Act::KpiValue, "2026H1", Some("12.5（速報値）"), Some("（速報値）")),
        ]
    );
}

pub async fn what_changes_in_the_register_is_recorded(backend: &Backend) {
    let store = &*backend.store;
    let [before, other] = [aomori(), code(2, 202)].map(municipality);
    store.put_municipalities(&[before.clone(), other.clone()], &system(), NOW).await.unwrap();
    assert_eq!(store.audit_chains().await.unwrap(), [""; 0], "who is added has changed nothing");
    let after = Municipality { population: Some(260_000), ..before.clone() };
    store.put_municipalities(&[after.clone(), other], &system(), NOW).await.unwrap();
    let [from, to] = [before, after].map(|municipality| serde_json::to_string(&municipality).unwrap());
    let chain = format!("municipality/{}", aomori());
    assert_eq!(told(store, &chain).await, [entry(Act::Register, "", Some(&from), Some(&to))]);
    assert_eq!(store.audit_chains().await.unwrap(), [chain]);
}

pub async fn a_change_that_fails_is_not_recorded(backend: &Backend) {
    let store = &*backend.store;
    open_round(store, 1).await;
    let before = store.audit(&everything()).await.unwrap();
    let conflict = save(aomori(), &[("q1", text("a"), 0)]);
    let _ = store.save_answers(&conflict).await.unwrap();
    let after = store.audit(&everything()).await.unwrap();
    assert_eq!(after.len(), before.len() + 2);
    let _ = store.save_answers(&save(aomori(), &[("q1", text("b"), 7)])).await.unwrap();
    let _ = store.save_answers(&conflict).await.unwrap();
    assert_eq!(store.submit(&submission(aomori(), 9, "R-1")).await.unwrap(), Changed::No);
    assert!(store.save_answers(&save(code(2, 999), &[("q1", text("a"), 0)])).await.is_err());
    assert_eq!(store.audit(&everything()).await.unwrap(), after);
}

pub async fn each_chain_is_hashed_by_itself_and_checkpoints_hold_them_together(backend: &Backend) {
    let store = &*backend.store;
    let codes = open_round(store, 2).await;
    for code in &codes {
        let _ = store.save_answers(&save(*code, &[("q1", text("a"), 0)])).await.unwrap();
    }
    assert_eq!(store.check_audit(NOW).await.unwrap(), Changed::Yes);
    assert_eq!(store.check_audit(NOW).await.unwrap(), Changed::No, "nothing grew");
    let _ = store.save_answers(&save(codes[1], &[("q1", text("b"), 1)])).await.unwrap();
    assert_eq!(store.check_audit(Timestamp(NOW.0 + 60_000)).await.unwrap(), Changed::Yes);
    let chains = store.audit_chains().await.unwrap();
    let response = |place: usize| format!("response/2026/{}", codes[place]);
    assert_eq!(chains, [response(0), response(1), "round/2026".to_owned()]);
    for chain in &chains {
        assert_whole(&store.audit_of_chain(chain).await.unwrap());
    }
    let checkpoints = store.audit_checkpoints().await.unwrap();
    let mut previous = String::new();
    for (number, checkpoint) in (1..).zip(&checkpoints) {
        assert_eq!((checkpoint.number, &checkpoint.hash), (number, &checkpoint.computed(&previous)));
        previous.clone_from(&checkpoint.hash);
    }
    let named = |place: usize| checkpoints[place].heads.iter().map(|head| head.chain.clone()).collect::<Vec<_>>();
    assert_eq!((named(0), named(1)), (chains, vec![response(1)]), "only what grew");
    assert_eq!(checkpoints[1].heads[0].length, 3);
    let ends = store.audit_ends().await.unwrap();
    let end = ends.iter().find(|end| end.head.chain == response(1)).unwrap();
    assert_eq!((Some(&end.head), end.checked_length), (checkpoints[1].heads.first(), 3));
}

pub async fn savers_of_different_responses_keep_their_own_chains(backend: &Backend) {
    let store = &backend.store;
    let codes = open_round(&**store, 4).await;
    let mut savers = JoinSet::new();
    for code in codes.clone() {
        let store = store.clone();
        savers.spawn(async move {
            for round in 0..5 {
                let value = text(&round.to_string());
                let _ = store.save_answers(&save(code, &[("q1", value, round)])).await.unwrap();
                let _ = store.check_audit(NOW).await;
            }
        });
    }
    while let Some(ended) = savers.join_next().await {
        ended.unwrap();
    }
    for code in codes {
        let entries = store.audit_of_chain(&format!("response/2026/{code}")).await.unwrap();
        assert_eq!(entries.len(), 6);
        assert_whole(&entries);
    }
}

pub async fn entries_are_found_by_chain_act_author_and_time(backend: &Backend) {
    let store = &*backend.store;
    let codes = open_round(store, 2).await;
    let new = NewAccount {
        login_name: "sato".to_owned(),
        display_name: "企画課 佐藤".to_owned(),
        password_hash: String::new(),
        email: None,
        municipality: None,
        roles: [Role::Analyst].into(),
        by: system(),
        at: NOW,
    };
    let id = store.add_account(&new).await.unwrap();
    store.note_login(id, SignIn::Password, Timestamp(NOW.0 + 1000)).await.unwrap();
    for code in &codes {
        let _ = store.save_answers(&save(*code, &[("q1", text("a"), 0), ("q2", text("b"), 0)])).await.unwrap();
    }
    store.set_approval_setting(codes[0], true, &system(), NOW).await.unwrap();
    let count = async |filter: AuditFilter| store.audit(&filter).await.unwrap().len();
    assert_eq!(count(AuditFilter { chain: "response/2026/".to_owned(), ..everything() }).await, 6);
    assert_eq!(count(AuditFilter { chain: format!("account/{}", id.0), ..everything() }).await, 2);
    let of = |year, municipality| AuditFilter { year, municipality, ..everything() };
    let of_year = count(of(Some(year()), None)).await;
    assert_eq!(of_year, count(AuditFilter { chain: "round/2026".to_owned(), ..everything() }).await + 6);
    assert_eq!(count(of(None, Some(codes[0]))).await, 3 + 1, "responses of all years and settings");
    assert_eq!(count(of(Some(year()), Some(codes[0]))).await, 3);
    assert_eq!(count(of("2030".parse().ok(), None)).await, 0);
    let rounds = AuditFilter { chain: "round/".to_owned(), ..of(Some(year()), None) };
    assert_eq!(count(rounds).await + 6, of_year);
    assert_eq!(count(AuditFilter { act: Some(Act::Answer), ..everything() }).await, 4);
    assert_eq!(count(AuditFilter { author: "佐".to_owned(), ..everything() }).await, 1);
    assert_eq!(count(AuditFilter { author: "%".to_owned(), ..everything() }).await, 0);
    assert_eq!(count(AuditFilter { since: Some(Timestamp(NOW.0 + 1)), ..everything() }).await, 1);
    assert_eq!(count(AuditFilter { until: Some(NOW), ..everything() }).await, 0);
    let all = store.audit(&everything()).await.unwrap();
    assert!(all.windows(2).all(|pair| pair[0].id > pair[1].id), "latest first");
    let first = store.audit(&AuditFilter { limit: 3, ..everything() }).await.unwrap();
    let next = store.audit(&AuditFilter { before: Some(first[2].id), limit: 3, ..everything() }).await.unwrap();
    assert_eq!([first, next].concat(), all[..6]);
}

pub async fn histories_imply_entries(backend: &Backend) {
    let store = &*backend.store;
    // What was before the audit log implies nothing: only what is later than its migration, by whatever clock.
    let codes = open_round(store, 1).await;
    let _ = store.save_answers(&SaveAnswers { at: LATER, ..save(codes[0], &[("q1", text("a"), 0)]) }).await.unwrap();
    let _ = store.save_answers(&SaveAnswers { at: LATER, ..save(codes[0], &[("q1", text("b"), 1)]) }).await.unwrap();
    let _ =
        store.save_answers(&SaveAnswers { at: Timestamp(0), ..save(codes[0], &[("q2", text("b"), 0)]) }).await.unwrap();
    let chain = format!("response/2026/{}", codes[0]);
    let of_response = store.audit_implied().await.unwrap().into_iter().filter(|implied| implied.chain == chain);
    let mut found: Vec<(String, i64)> = of_response.map(|implied| (implied.act, implied.count)).collect();
    found.sort();
    assert_eq!(found, [(Act::Answer.code().to_owned(), 2), (Act::ResponseState.code().to_owned(), 1)]);
    let entries = store.audit_of_chain(&chain).await.unwrap();
    assert_eq!(entries.iter().filter(|entry| entry.act == Act::Answer.code()).count(), 3);
}
