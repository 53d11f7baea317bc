//! `/answer/{year}/extension`, `/desk/{year}/extensions`: a later deadline, asked for by a municipality and decided by an
//! officer.

use tests::installation::PASSWORD;
use tests::{Client, Installation, Response};

const CODE: &str = "022012";
const REQUEST: &str = "/answer/2026/extension";
const LIST: &str = "/desk/2026/extensions";
const DECISION: &str = "/desk/2026/022012/extension";

/// Asks by the page's own form.
async fn ask(client: &Client, until: &str, reason: &str) {
    let mut form = client.get(REQUEST).await.expect(200).page().form(REQUEST);
    form.set("until", &[until]);
    form.set("reason", &[reason]);
    client.post(REQUEST, &form.fields).await.leads_to(REQUEST);
}

#[tokio::test]
async fn a_deadline_is_put_off_after_a_call_and_put_off_again_while_it_runs() {
    let server = Installation::opened().await.serve();
    let (aomori, officer) = (server.visitor("aomori").await, server.visitor("officer").await);
    let chosen = "/desk/2026/extensions?municipality=022012";
    assert!(officer.get(LIST).await.expect(200).page().text().contains("電話などで申し出のあった市町村"));
    let mut form = officer.get(chosen).await.expect(200).page().form(DECISION);
    form.set("until", &["2099-12-08T17:00"]);
    form.set("act", &["grant"]);
    let page = officer.post(DECISION, &form.fields).await.expect(422).page();
    assert!(page.text_of("e-reason-022012").starts_with('＊'), "nobody asked in writing: {}", page.text());
    form.set("reason", &["電話での申出"]);
    for _ in 0..2 {
        officer.post(DECISION, &form.fields).await.leads_to(LIST);
    }
    assert!(text(&aomori, "/answer/2026").await.contains("2099年12月8日"));
    assert_eq!(text(&aomori, REQUEST).await.matches("電話での申出").count(), 1);
    // Another date in place of it; whoever saw the first only is told.
    decide(&officer, DECISION, "grant", "2099-12-15T17:00", "照会が続くため").await;
    form.set("until", &["2099-12-09T17:00"]);
    officer.post(DECISION, &form.fields).await.expect(409);
    assert!(text(&aomori, "/answer/2026").await.contains("2099年12月15日"));
    // There is nothing to decline.
    let decline = [("after", "2"), ("act", "decline"), ("until", ""), ("reason", "やはり")];
    officer.post(DECISION, &decline).await.expect(409);

    // A later deadline for everybody takes its place.
    let mut dates = officer.get("/desk/2026").await.expect(200).page().form("/desk/2026/dates");
    dates.set("deadline", &["2099-12-20T17:00"]);
    dates.set("reason", &["全体の延長"]);
    officer.post("/desk/2026/dates", &dates.fields).await.leads_to("/desk/2026");
    assert!(text(&aomori, "/answer/2026").await.contains("2099年12月20日"));
    assert!(!text(&officer, "/desk/2026").await.contains("まで延長"));
}

#[tokio::test]
async fn who_has_handed_in_is_asked_nothing_and_given_nothing() {
    let server = Installation::opened().await.serve();
    let (aomori, officer) = (server.visitor("aomori").await, server.visitor("officer").await);
    ask(&aomori, "2099-12-10T17:00", "議会のため").await;
    let response = Response::of(&aomori, CODE);
    response.fill(&[]).await;
    response.submit().await.expect(200);
    let page = officer.get(LIST).await.expect(200).page();
    assert!(page.tag("until-022012").is_none() && page.text().contains("議会のため"), "{}", page.text());
    assert!(!text(&officer, "/desk/2026").await.contains("延長の申出あり"));
    let grant = [("after", "1"), ("act", "grant"), ("until", "2099-12-10T17:00"), ("reason", "")];
    officer.post(DECISION, &grant).await.expect(409);
    assert!(aomori.get(REQUEST).await.expect(200).page().tag("until").is_none());
}

/// Decides by the page's own form.
async fn decide(officer: &Client, path: &str, act: &str, until: &str, reason: &str) {
    let mut form = officer.get(LIST).await.expect(200).page().form(path);
    form.set("until", &[until]);
    form.set("reason", &[reason]);
    form.set("act", &[act]);
    officer.post(path, &form.fields).await.leads_to(LIST);
}

async fn text(client: &Client, path: &str) -> String {
    client.get(path).await.expect(200).page().text()
}

#[tokio::test]
async fn a_later_deadline_stands_wherever_the_deadline_is_shown() {
    let server = Installation::opened().await.serve();
    let (aomori, hirosaki) = (server.visitor("aomori").await, server.visitor("hirosaki").await);
    let officer = server.visitor("officer").await;
    assert!(text(&aomori, "/answer/2026").await.contains("締切の延長の申出"));
    ask(&aomori, "2099-12-10T17:00", "議会の日程と\r\n重なるため").await;
    let page = text(&aomori, REQUEST).await;
    assert!(page.contains("県が確認しています") && page.contains("重なるため"), "{page}");
    assert!(page.contains("2099年11月30日"), "until it is decided the deadline stays: {page}");
    assert!(text(&aomori, "/answer/2026").await.contains("（県が確認しています）"));

    let board = text(&officer, "/desk/2026").await;
    assert!(board.contains("延長の申出あり") && board.contains("決めていない申出 1件"), "{board}");
    let form = officer.get(LIST).await.expect(200).page().form(DECISION);
    assert_eq!(form.values("until"), ["2099-12-10T17:00"], "what was asked for is proposed");
    decide(&officer, DECISION, "grant", "2099-12-08T17:00", "").await;
    let board = text(&officer, "/desk/2026").await;
    assert!(board.contains("2099年12月8日（火） 17:00まで延長") && !board.contains("延長の申出あり"), "{board}");
    assert!(text(&officer, &format!("/desk/2026/{CODE}")).await.contains("2099年12月8日"));

    let pages = ["", "/check", "/industry", "/workbook", "/tasks", "/tasks/living", "/print", "/extension"];
    for page in pages {
        let own = text(&aomori, &format!("/answer/2026{page}")).await;
        assert!(own.contains("2099年12月8日"), "{page}: {own}");
        assert!(!own.contains("2099年11月30日"), "{page}: {own}");
        assert!(text(&hirosaki, &format!("/answer/2026{page}")).await.contains("2099年11月30日"), "{page}");
    }
    assert!(text(&aomori, "/answer/2026").await.contains("延長後の締切"));
    let audit = officer.get("/desk/audit?about=response&year=2026&municipality=青森市&act=extension").await.expect(200);
    let rows = audit.page().rows();
    assert_eq!(rows.len(), 3, "heading, grant, request: {rows:?}");
    assert!(rows[1][5].contains("2099-12-08T17:00") && rows[2][5].contains("重なるため"), "{rows:?}");
}

#[tokio::test]
async fn what_is_declined_says_why_and_can_be_asked_for_again() {
    let server = Installation::opened().await.serve();
    let (aomori, officer) = (server.visitor("aomori").await, server.visitor("officer").await);
    assert!(text(&officer, LIST).await.contains("延長の申出はありません。"));
    ask(&aomori, "2100-03-31T17:00", "人事異動のため").await;
    let silent = [("after", "1"), ("act", "decline"), ("until", ""), ("reason", "　")];
    let page = officer.post(DECISION, &silent).await.expect(422).page();
    assert!(page.text_of("e-reason-022012").contains("理由を入力してください"), "{}", page.text());
    let early = [("after", "1"), ("act", "grant"), ("until", "2099-11-30T17:00"), ("reason", "了解")];
    let page = officer.post(DECISION, &early).await.expect(422).page();
    assert!(page.text_of("e-until-022012").contains("より後の日時"), "{}", page.text());
    assert_eq!(page.form(DECISION).values("reason"), ["了解"]);
    decide(&officer, DECISION, "decline", "", "集計に間に合わないため").await;
    let own = text(&aomori, REQUEST).await;
    assert!(
        own.contains("不承認") && own.contains("集計に間に合わないため") && own.contains("2099年11月30日"),
        "{own}"
    );

    // A second request stands in place of the first; who decides has to see it.
    ask(&aomori, "2099-12-20T17:00", "照会のため").await;
    ask(&aomori, "2099-12-10T17:00", "照会のため（日付の訂正）").await;
    let stale = [("after", "3"), ("act", "grant"), ("until", "2099-12-20T17:00"), ("reason", "")];
    let page = officer.post(DECISION, &stale).await.expect(409).page();
    assert!(page.text().contains("申出が変わりました") && page.text().contains("日付の訂正"), "{}", page.text());
    decide(&officer, DECISION, "grant", "2099-12-10T17:00", "").await;
    // A double click is one decision, another one none.
    let again = [("after", "4"), ("act", "grant"), ("until", "2099-12-10T17:00"), ("reason", "")];
    officer.post(DECISION, &again).await.leads_to(LIST);
    let other = [("after", "4"), ("act", "decline"), ("until", ""), ("reason", "やはり")];
    assert!(officer.post(DECISION, &other).await.expect(409).page().text().contains("申出が変わりました"));
    assert!(text(&aomori, "/answer/2026").await.contains("2099年12月10日"));
}

#[tokio::test]
async fn a_refused_request_keeps_what_was_typed() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let long = "長".repeat(501);
    for (until, reason, field, words) in [
        ("あした", "議会", "e-until", "2026-11-30T17:00 の形で"),
        ("2099-11-30T17:00", "議会", "e-until", "より後の日時"),
        ("2020-01-01T00:00", "議会", "e-until", "より後の日時"),
        ("2099-12-10T17:00", " ", "e-reason", "理由を入力してください"),
        ("2099-12-10T17:00", long.as_str(), "e-reason", "500文字以内"),
    ] {
        let fields = [("municipality", CODE), ("after", "0"), ("until", until), ("reason", reason)];
        let page = aomori.post(REQUEST, &fields).await.expect(422).page();
        assert!(page.text_of(field).contains(words), "{until} {reason}: {}", page.text());
        let form = page.form(REQUEST);
        assert_eq!((form.values("until"), form.values("reason")), (vec![until], vec![reason]));
    }
    ask(&aomori, "2099-12-10T17:00", "議会").await;
    // The same form once more is the same request; another one did not see it.
    let again = [("municipality", CODE), ("after", "0"), ("until", "2099-12-10T17:00"), ("reason", "議会")];
    aomori.post(REQUEST, &again).await.leads_to(REQUEST);
    let other = [("municipality", CODE), ("after", "0"), ("until", "2099-12-12T17:00"), ("reason", "議会")];
    assert!(aomori.post(REQUEST, &other).await.expect(409).page().text().contains("画面を開いたあとに"));
    assert_eq!(text(&aomori, REQUEST).await.matches("申出：").count(), 1);
}

#[tokio::test]
async fn the_closing_ends_extensions_and_the_board_says_so_before() {
    let server = Installation::opened().await.serve();
    let (aomori, hirosaki) = (server.visitor("aomori").await, server.visitor("hirosaki").await);
    let officer = server.visitor("officer").await;
    assert!(!text(&officer, "/desk/2026").await.contains("まだ来ていません"));
    ask(&aomori, "2099-12-10T17:00", "議会のため").await;
    ask(&hirosaki, "2099-12-10T17:00", "照会のため").await;
    decide(&officer, DECISION, "grant", "2099-12-10T17:00", "").await;
    let board = text(&officer, "/desk/2026").await;
    for words in ["青森市（2099年12月10日", "まだ来ていません。", "決めていない延長の申出が1件", "回答できなくなります"]
    {
        assert!(board.contains(words), "{words}: {board}");
    }
    officer.post("/desk/2026/state", &[("to", "closed")]).await.leads_to("/desk/2026");
    Response::of(&aomori, CODE).put("org_1", &["1"], 0).await.problem(409);
    let page = aomori.get(REQUEST).await.expect(200).page();
    assert!(page.text().contains("受付中の調査だけです") && page.tag("until").is_none(), "{}", page.text());
    let fields = [("municipality", CODE), ("after", "2"), ("until", "2099-12-20T17:00"), ("reason", "まだ")];
    aomori.post(REQUEST, &fields).await.expect(409);
    let fields = [("after", "1"), ("act", "grant"), ("until", "2099-12-10T17:00"), ("reason", "")];
    officer.post("/desk/2026/022021/extension", &fields).await.expect(409);
    assert!(!text(&officer, "/desk/2026").await.contains("まだ来ていません"));
}

#[tokio::test]
async fn a_reminder_names_the_municipalitys_own_deadline() {
    let installation = Installation::opened().await;
    let arguments = ["user", "add", "mutsu", "--name", "企画課", "--role", "respondent", "--municipality", "022080"];
    let mut command = installation.command(&arguments);
    command.args(["--email", "dx@city.mutsu.example.lg.jp"]);
    tests::program::run(command, &format!("{PASSWORD}\n")).done();
    let server = installation.serve();
    let (mutsu, officer) = (server.visitor("mutsu").await, server.visitor("officer").await);
    let address = "/desk/2026/reminders/new?template=near&municipality=022080";
    let preview = async || {
        let mut form = officer.get(address).await.expect(200).page().form("/desk/2026/reminders");
        form.set("subject", &["{{市町村}}の締切"]);
        form.set("body", &["{{締切}}"]);
        form.set("act", &["preview"]);
        officer.post("/desk/2026/reminders", &form.fields).await.expect(200).page().text()
    };
    assert!(preview().await.contains("2099年11月30日"));
    ask(&mutsu, "2099-12-10T17:00", "議会のため").await;
    decide(&officer, "/desk/2026/022080/extension", "grant", "2099-12-10T17:00", "").await;
    let letter = preview().await;
    assert!(letter.contains("2099年12月10日") && !letter.contains("2099年11月30日"), "{letter}");
}

#[tokio::test]
async fn nobody_asks_for_another_municipality_or_decides_without_being_an_officer() {
    let server = Installation::opened().await.serve();
    let (aomori, hirosaki) = (server.visitor("aomori").await, server.visitor("hirosaki").await);
    let (officer, analyst) = (server.visitor("officer").await, server.visitor("analyst").await);
    ask(&aomori, "2099-12-10T17:00", "議会のため").await;
    let fields = [("municipality", CODE), ("after", "0"), ("until", "2099-12-10T17:00"), ("reason", "横から")];
    hirosaki.post(REQUEST, &fields).await.expect(409);
    assert!(!text(&hirosaki, REQUEST).await.contains("議会のため"));
    let grant = [("after", "1"), ("act", "grant"), ("until", "2099-12-10T17:00"), ("reason", "")];
    for client in [&aomori, &hirosaki, &analyst] {
        client.get(LIST).await.expect(403);
        client.post(DECISION, &grant).await.expect(403);
    }
    officer.get(REQUEST).await.expect(403);
    officer.post("/desk/2026/131016/extension", &grant).await.expect(404);
    // Nobody there asked.
    officer.post("/desk/2026/022021/extension", &grant).await.expect(409);
    assert!(text(&officer, LIST).await.contains("議会のため"), "still to be decided");
}
