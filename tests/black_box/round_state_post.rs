//! `POST /desk/{year}/state`: draft → open → closed → finalized → published, one step at a time.

use serde_json::{Value, json};
use tests::{Answer, Client, Installation, Response};

const DEADLINE: &str = "2099-11-30T17:00";
const REFERENCE_DATE: &str = "2026-04-01T00:00";

async fn open_with(officer: &Client, deadline: &str, reference_date: &str) -> Answer {
    let fields = [("to", "open"), ("deadline", deadline), ("reference_date", reference_date)];
    officer.post("/desk/2026/state", &fields).await
}

async fn advance(officer: &Client, to: &str) -> Answer {
    officer.post("/desk/2026/state", &[("to", to)]).await
}

#[tokio::test]
async fn dates_that_cannot_be_are_refused_and_stay_as_typed() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    for (deadline, reference_date, wrong, message) in [
        ("あした", REFERENCE_DATE, "deadline", "2026-11-30T17:00 の形で"),
        (DEADLINE, "四月一日", "reference_date", "2026-11-30T17:00 の形で"),
        ("", REFERENCE_DATE, "deadline", "2026-11-30T17:00 の形で"),
        ("2099-02-30T17:00", REFERENCE_DATE, "deadline", "2026-11-30T17:00 の形で"),
        ("2020-01-01T00:00", REFERENCE_DATE, "deadline", "これから先の日時"),
    ] {
        let page = open_with(&officer, deadline, reference_date).await.expect(422).page();
        let form = page.form("/desk/2026/state");
        assert_eq!((form.values("deadline"), form.values("reference_date")), (vec![deadline], vec![reference_date]));
        let error = page.text_of(&format!("e-{wrong}"));
        assert!(error.starts_with('＊') && error.contains(message), "{error}");
    }
    let page = open_with(&officer, "x", "y").await.expect(422).page();
    assert!(page.text_of("e-deadline").starts_with('＊') && page.text_of("e-reference_date").starts_with('＊'));
    assert_eq!(officer.get("/api/v1/rounds").await.json(), json!([]));
    assert_eq!(server.installation().run(&["round", "list"]).done(), "2026\t準備中\t02\n");
}

#[tokio::test]
async fn the_proposed_dates_open_the_round_for_all_40() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    officer.get("/desk").await.leads_to("/desk/2026");
    let form = officer.get("/desk/2026").await.expect(200).page().form("/desk/2026/state");
    assert_eq!((form.values("to"), form.values("reference_date")), (vec!["open"], vec![REFERENCE_DATE]));
    officer.post("/desk/2026/state", &form.fields).await.leads_to("/desk/2026");

    let rounds = server.anonymous().get("/api/v1/rounds").await.json();
    assert_eq!(
        (&rounds[0]["year"], &rounds[0]["wareki"], &rounds[0]["state"]),
        (&json!(2026), &json!("令和8年度"), &json!("open"))
    );
    assert_eq!(rounds[0]["reference_date"], "2026-04-01T00:00:00+09:00");
    let deadline = rounds[0]["deadline"].as_str().unwrap();
    assert_eq!(format!("{}:00+09:00", form.values("deadline")[0]), deadline);
    let responses = officer.get("/api/v1/rounds/2026/responses").await.expect(200).json();
    let responses = responses.as_array().unwrap();
    assert_eq!(responses.len(), 40);
    assert!(responses.iter().all(|r| r["state"] == "not_started" && r["answered"] == 0 && r["receipt"] == Value::Null));
    let board = officer.get("/desk/2026").await.expect(200).page();
    let rows = board.rows();
    assert_eq!(rows.iter().filter(|row| row.get(4).is_some_and(|state| state == "未着手")).count(), 40);
}

#[tokio::test]
async fn before_the_opening_there_is_nothing_to_answer() {
    let server = Installation::prepared().serve();
    let aomori = server.visitor("aomori").await;
    aomori.get("/answer").await.leads_to("/answer/2026");
    let waiting = aomori.get("/answer/2026").await.expect(200).page();
    assert!(waiting.text().contains("受付を開始した調査がまだありません") && waiting.text().contains("推進体制（"));
    let blank = aomori.get("/answer/2026/print").await.expect(200).page();
    assert!(blank.text().contains("調査票（準備中）") && blank.tags().all(|tag| tag.name != "input"));
    aomori.get("/answer/2026/organization").await.expect(404);
    let response = Response::of(&aomori, "022012");
    response.put("org_1", &["1"], 0).await.problem(404);
    response.submit().await.problem(404);
}

#[tokio::test]
async fn a_step_out_of_order_is_refused_and_changes_nothing() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    let steps = ["draft", "open", "closed", "finalized", "published"];
    for (place, state) in steps.iter().enumerate() {
        for (target, to) in steps.iter().enumerate() {
            if target != place + 1 {
                let answer = if *to == "open" {
                    open_with(&officer, DEADLINE, REFERENCE_DATE).await
                } else {
                    advance(&officer, to).await
                };
                assert!(!answer.expect(409).page().text().is_empty(), "{state} → {to}");
            }
        }
        for to in ["", "OPEN", "archived"] {
            advance(&officer, to).await.expect(400);
        }
        officer.press("/desk/2026/state").await.expect(400);
        let rounds = officer.get("/api/v1/rounds").await.json();
        assert_eq!(rounds[0]["state"].as_str().unwrap_or("draft"), *state);
        match steps.get(place + 1) {
            Some(&"open") => open_with(&officer, DEADLINE, REFERENCE_DATE).await.leads_to("/desk/2026"),
            Some(next) => advance(&officer, next).await.leads_to("/desk/2026"),
            None => {}
        }
    }
    assert_eq!(officer.get("/api/v1/rounds/2026/indicators").await.json()["revision"], 1);
}

#[tokio::test]
async fn of_two_officers_who_press_at_once_one_moves_the_round() {
    let server = Installation::opened().await.serve();
    let officer = server.visitor("officer").await;
    let (one, two) = tokio::join!(advance(&officer, "closed"), advance(&officer, "closed"));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    assert_eq!(officer.get("/api/v1/rounds").await.json()[0]["state"], "closed");
}

#[tokio::test]
async fn a_round_that_is_not_there_cannot_be_moved() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    for year in ["2030", "1999", "abcd"] {
        officer.get(&format!("/desk/{year}")).await.expect(404);
        officer.post(&format!("/desk/{year}/state"), &[("to", "closed")]).await.expect(404);
    }
}

/// The form of the round's dates with what is to be set.
async fn dates(officer: &Client, set: &[(&str, &str)]) -> tests::page::Form {
    let mut form = officer.get("/desk/2026").await.expect(200).page().form(DATES);
    for (name, value) in set {
        form.set(name, &[value]);
    }
    form
}

const DATES: &str = "/desk/2026/dates";

#[tokio::test]
async fn a_round_is_planned_before_it_opens_and_respondents_see_it() {
    let server = Installation::prepared().serve();
    let (officer, aomori) = (server.visitor("officer").await, server.visitor("aomori").await);
    let planned = [("opening", "2099-10-01T09:00"), ("reference_date", ""), ("deadline", "2099-11-20T17:00")];
    let form = dates(&officer, &planned).await;
    for name in ["analyst", "aomori"] {
        server.visitor(name).await.post(DATES, &form.fields).await.expect(403);
    }
    officer.post(DATES, &form.fields).await.leads_to("/desk/2026");
    let waiting = aomori.get("/answer/2026").await.expect(200).page().text();
    assert!(waiting.contains("2099年10月1日（木） 09:00") && waiting.contains("2099年11月20日"), "{waiting}");
    // Whoever had the page open before is told.
    let other = [("opening", "2099-10-02T09:00"), ("reference_date", ""), ("deadline", "2099-11-20T17:00")];
    officer.post(DATES, &other).await.expect(409);
    let wrong = dates(&officer, &[("opening", "2099-12-01T09:00")]).await;
    let page = officer.post(DATES, &wrong.fields).await.expect(422).page();
    assert!(page.text_of("e-dates-deadline").starts_with('＊'), "{}", page.text());
    assert_eq!(page.form(DATES).values("opening"), ["2099-12-01T09:00"]);
    // What was planned is proposed for the opening.
    let opening = officer.get("/desk/2026").await.expect(200).page().form("/desk/2026/state");
    assert_eq!(opening.values("deadline"), ["2099-11-20T17:00"]);
    assert_eq!(officer.get("/api/v1/rounds").await.json(), json!([]), "nothing opens by itself");
}

#[tokio::test]
async fn dates_that_were_set_are_corrected_with_a_reason_until_the_results_are_final() {
    let server = Installation::opened().await.serve();
    let (officer, aomori) = (server.visitor("officer").await, server.visitor("aomori").await);
    let later = [("deadline", "2099-12-10T17:00"), ("reference_date", "2026-10-01T00:00")];
    let silent = dates(&officer, &later).await;
    let page = officer.post(DATES, &silent.fields).await.expect(422).page();
    assert!(page.text_of("e-dates-reason").starts_with('＊'), "{}", page.text());
    assert_eq!(page.form(DATES).values("deadline"), ["2099-12-10T17:00"]);
    let past = dates(&officer, &[("deadline", "2020-01-01T00:00"), ("reason", "戻す")]).await;
    let page = officer.post(DATES, &past.fields).await.expect(422).page();
    assert!(page.text_of("e-dates-deadline").contains("これから先"), "{}", page.text());

    let mut form = dates(&officer, &later).await;
    let mut stale = form.clone();
    form.set("reason", &["基準日の誤記と議会のため"]);
    officer.post(DATES, &form.fields).await.leads_to("/desk/2026");
    stale.set("reason", &["遅れて"]);
    officer.post(DATES, &stale.fields).await.expect(409);
    assert!(aomori.get("/answer/2026").await.expect(200).page().text().contains("2099年12月10日"));
    let audit = officer.get("/desk/audit?act=round_dates").await.expect(200).page().text();
    for words in ["基準日の誤記と議会のため", "基準日 2026-04-01T00:00、締切 2099-11-30T17:00", "締切 2099-12-10T17:00"]
    {
        assert!(audit.contains(words), "{words}: {audit}");
    }
    let opened = officer.get("/desk/audit?act=round_state").await.expect(200).page().text();
    assert!(opened.contains("受付中（基準日 2026-04-01T00:00、締切 2099-11-30T17:00）"), "{opened}");

    // After the closing the reference date alone; then none.
    advance(&officer, "closed").await.leads_to("/desk/2026");
    let form = dates(&officer, &[("reference_date", "2026-04-01T00:00"), ("reason", "元に戻す")]).await;
    assert!(form.values("deadline").is_empty());
    officer.post(DATES, &form.fields).await.leads_to("/desk/2026");
    assert_eq!(officer.get("/api/v1/rounds").await.json()[0]["reference_date"], "2026-04-01T00:00:00+09:00");
    advance(&officer, "finalized").await.leads_to("/desk/2026");
    officer.post(DATES, &form.fields).await.expect(409);
}
