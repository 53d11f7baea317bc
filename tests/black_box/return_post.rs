//! `POST /desk/{year}/{code}/return`, `POST /api/v1/rounds/{year}/responses/{code}/return`: sending back, and what can be
//! changed then.

use serde_json::{Value, json};
use tests::{Client, Installation, Page, Response, Server};

const CODE: &str = "022012";

/// 青森市 has handed in; 取組の有無 (産-1) is 「4」, so that its reason (産-4) is asked.
async fn handed_in() -> Server {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, CODE);
    response.fill(&[("ind_00_1", "4"), ("org_6a", "10")]).await;
    response.submit().await.expect(200);
    server
}

async fn state(client: &Client) -> String {
    Response::of(client, CODE).get().await["state"].as_str().unwrap().to_owned()
}

async fn desk(officer: &Client) -> Page {
    officer.get(&format!("/desk/2026/{CODE}")).await.expect(200).page()
}

#[tokio::test]
async fn only_the_questions_sent_back_and_what_depends_on_them_can_be_changed() {
    let server = handed_in().await;
    let (officer, aomori) = (server.visitor("officer").await, server.visitor("aomori").await);
    let path = format!("/desk/2026/{CODE}/return");
    let mut form = desk(&officer).await.form(&path);
    form.set("return", &["ind_00_1"]);
    form.set("reason.ind_00_1", &["ほかの回答と合いません。\r\n確認してください。"]);
    form.set("note", &["お手数をおかけします。"]);
    officer.post(&path, &form.fields).await.leads_to(&format!("/desk/2026/{CODE}"));
    // A double click is one return.
    officer.post(&path, &form.fields).await.leads_to(&format!("/desk/2026/{CODE}"));
    assert_eq!(desk(&officer).await.text().matches("差し戻しました（お手数をおかけします。）").count(), 1);

    let response = Response::of(&aomori, CODE);
    let now = response.get().await;
    assert_eq!((&now["state"], &now["read_only"]), (&json!("returned"), &Value::Null));
    assert_eq!(now["returned"][0]["question"], "ind_00_1");
    let list = aomori.get("/answer/2026").await.expect(200).page();
    let block = list.text_of("returned");
    for words in
        ["1 件", "ほかの回答と合いません。\n確認してください。", "お手数をおかけします。", "まだ変更していません"]
    {
        assert!(block.contains(words), "{words}: {block}");
    }
    let go_on = list.tags().find(|tag| tag.attribute("class") == Some("button button--primary")).unwrap();
    assert_eq!(go_on.attribute("href"), Some("/answer/2026/industry#q-ind_00_1"), "つづきから入力する");
    let check = aomori.get("/answer/2026/check").await.expect(200).page();
    let change: Vec<&str> =
        check.tags().filter_map(|tag| tag.attribute("href")).filter(|href| href.contains("from=check")).collect();
    assert!(change.iter().any(|href| href.ends_with("#q-ind_00_1")), "{change:?}");
    assert!(change.iter().all(|href| href.contains("#q-ind_00_")), "{change:?}");

    // Everything else is locked, by every way.
    let locked = response.put("org_6a", &["11"], 1).await.problem(409);
    assert!(locked["detail"].as_str().unwrap().contains("差し戻した設問ではないため"), "{locked}");
    response.put("org_6a", &["10"], 1).await.expect(200);
    let section = "/answer/2026/organization";
    let sent = aomori.post(section, &[("org_6a", "12"), ("org_6a.revision", "1")]).await.expect(422).page();
    assert!(sent.text().contains("差し戻した設問ではないため、変更できません。入力した値は保存していません。"));
    assert_eq!(response.answer("org_6a").await["value"], json!({ "integer": 10 }));

    let page = aomori.get(section).await.expect(200).page();
    assert!(page.tag("f-org_6a").is_none() && page.text_of("q-org_6a").contains("差し戻した設問ではないため"));

    // What the answer decides on is open too.
    response.save("ind_00_1", &["1"]).await;
    assert!(response.problems().await.contains_key("ind_00_2"));
    response.save("ind_00_2", &["2"]).await;
    assert!(aomori.get("/answer/2026").await.page().text_of("returned").contains("変更済み"));
    assert_eq!(response.submit().await.expect(200).json()["number"], "2026-022012-2");
}

#[tokio::test]
async fn the_officer_sees_what_changed_since_and_what_did_not() {
    let server = handed_in().await;
    let (officer, aomori) = (server.visitor("officer").await, server.visitor("aomori").await);
    let response = Response::of(&aomori, CODE);
    assert!(desk(&officer).await.tag("corrections").is_none(), "never sent back");
    let questions = [("ind_00_1", "取組の有無を確認"), ("org_6a", "人数を確認"), ("org_1", "計画を確認")];
    Response::of(&officer, CODE).give_back("", &questions).await.expect(204);
    assert!(desk(&officer).await.text_of("corrections").contains("まだ再提出されていません"));
    response.save("ind_00_1", &["1"]).await;
    response.save("ind_00_2", &["3"]).await;
    response.save("org_6a", &["12"]).await;
    response.save("org_6a", &["10"]).await;
    response.submit().await.expect(200);

    let page = desk(&officer).await;
    let block = page.text_of("corrections");
    let rows: Vec<_> = page.rows().into_iter().filter(|row| row.len() == 5 && row[0].contains("産-")).collect();
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(rows[0][0].contains("取組の有無を確認") && rows[0][1].contains("取り組んでいない"), "{rows:?}");
    assert_eq!((rows[1][1].as_str(), rows[1][3].as_str()), ("未回答", "企画課 佐藤"), "{rows:?}");
    assert!(block.contains("再提出されました") && block.contains("変わっていないもの"), "{block}");
    let untouched = &block[block.find("変わっていないもの").unwrap()..];
    assert!(untouched.contains("人数を確認") && untouched.contains("計画を確認"), "{untouched}");
    assert!(!untouched.contains("取組の有無を確認"));
}

#[tokio::test]
async fn a_whole_response_can_be_sent_back_also_after_it_was_accepted() {
    let server = handed_in().await;
    let (officer, aomori) = (server.visitor("officer").await, server.visitor("aomori").await);
    let of_officer = Response::of(&officer, CODE);
    of_officer.accept().await.expect(204);
    let path = format!("/desk/2026/{CODE}/return");
    let page = officer.post(&path, &[("scope", "whole"), ("note", " ")]).await.expect(422).page();
    assert!(page.text_of("e-note").contains("理由を入力してください"));
    officer.post(&path, &[("scope", "whole"), ("note", "基準日が違います。")]).await.expect(303);
    assert!(aomori.get("/answer/2026").await.page().text_of("returned").contains("基準日が違います。"));
    let response = Response::of(&aomori, CODE);
    response.save("org_6a", &["12"]).await;
    response.save("org_1", &["2"]).await;
    response.submit().await.expect(200);
    of_officer.accept().await.expect(204);
}

#[tokio::test]
async fn a_refused_return_keeps_everything_typed_and_sends_nothing() {
    let server = handed_in().await;
    let officer = server.visitor("officer").await;
    let path = format!("/desk/2026/{CODE}/return");
    let long = "長".repeat(1001);
    for (fields, field, words) in [
        (vec![("return", "org_1")], "reason.org_1", "差し戻す理由を入力してください"),
        (vec![("return", "org_1"), ("reason.org_1", long.as_str())], "reason.org_1", "1000文字以内"),
        (vec![("reason.org_1", "確認")], "reason.org_1", "選ばれていません"),
        (vec![], "scope", "選んでください"),
        (vec![("return", "org_1"), ("reason.org_1", "確認"), ("scope", "whole")], "scope", "設問が選ばれています"),
    ] {
        let page = officer.post(&path, &[fields.as_slice(), &[("note", "</textarea>連絡")]].concat()).await;
        let page = page.expect(422).page();
        assert!(page.text_of(&format!("e-{field}")).contains(words), "{field}");
        assert!(page.tag("error-summary").is_some());
        let form = page.form(&path);
        assert_eq!(form.values("note"), ["</textarea>連絡"]);
        for (name, value) in fields.iter().filter(|(name, _)| *name != "scope") {
            assert!(form.values(name).contains(value), "{name} {value}");
        }
    }
    let unknown = officer.post(&path, &[("return", "no_such_question"), ("reason.no_such_question", "x")]).await;
    assert!(unknown.expect(422).page().text().contains("この調査票にありません"));
    assert_eq!(state(&officer).await, "submitted");
}

#[tokio::test]
async fn what_changed_meanwhile_is_not_sent_back_unread() {
    let server = handed_in().await;
    let (officer, aomori) = (server.visitor("officer").await, server.visitor("aomori").await);
    let path = format!("/desk/2026/{CODE}/return");
    let mut stale = desk(&officer).await.form(&path);
    stale.set("return", &["org_1"]);
    stale.set("reason.org_1", &["古い指摘"]);
    Response::of(&officer, CODE).give_back("", &[("org_6a", "人数")]).await.expect(204);
    officer.post(&path, &stale.fields).await.expect(409);
    let response = Response::of(&aomori, CODE);
    response.save("org_6a", &["12"]).await;
    response.submit().await.expect(200);

    let page = officer.post(&path, &stale.fields).await.expect(409).page();
    assert!(page.text().contains("まだ差し戻していません"));
    let again = page.form(&path);
    assert_eq!((again.values("return"), again.values("reason.org_1")), (vec!["org_1"], vec!["古い指摘"]));
    assert_eq!(state(&officer).await, "submitted");
    officer.post(&path, &again.fields).await.expect(303);
    assert_eq!(state(&officer).await, "returned");
}

#[tokio::test]
async fn after_the_closing_a_correction_is_still_taken_and_nothing_else() {
    let server = handed_in().await;
    let (officer, aomori) = (server.visitor("officer").await, server.visitor("aomori").await);
    let hirosaki = server.visitor("hirosaki").await;
    Response::of(&hirosaki, "022021").save("org_1", &["1"]).await;
    officer.post("/desk/2026/state", &[("to", "closed")]).await.expect(303);
    Response::of(&officer, CODE).give_back("", &[("org_6a", "人数")]).await.expect(204);
    let response = Response::of(&aomori, CODE);
    assert_eq!(response.get().await["read_only"], Value::Null);
    response.save("org_6a", &["12"]).await;
    response.put("org_1", &["2"], 1).await.problem(409);
    response.submit().await.expect(200);
    Response::of(&hirosaki, "022021").put("org_1", &["2"], 1).await.problem(409);
    Response::of(&hirosaki, "022021").submit().await.problem(409);

    Response::of(&officer, CODE).accept().await.expect(204);
    officer.post("/desk/2026/state", &[("to", "finalized")]).await.expect(303);
    Response::of(&officer, CODE).give_back("遅い", &[]).await.problem(409);
    let page = desk(&officer).await;
    assert!(page.tags().all(|tag| tag.name != "textarea"), "nothing can be sent back any more");
}

#[tokio::test]
async fn only_the_prefecture_sends_back_and_only_what_was_handed_in() {
    let server = handed_in().await;
    let path = format!("/desk/2026/{CODE}/return");
    let fields = [("scope", "whole"), ("note", "理由")];
    let officer = server.visitor("officer").await;
    for name in ["aomori", "hirosaki", "analyst"] {
        let other = server.visitor(name).await;
        other.post(&path, &fields).await.expect(403);
        Response::of(&other, CODE).give_back("理由", &[]).await.problem(403);
    }
    server.anonymous().post(&path, &fields).await.expect(401);
    Response::of(&officer, "022021").give_back("理由", &[]).await.problem(409);
    Response::of(&officer, "131016").give_back("理由", &[]).await.problem(404);
    officer.post("/desk/2026/022021/return", &fields).await.expect(409);
    Response::of(&officer, CODE).give_back("", &[]).await.problem(422);
    assert_eq!(state(&officer).await, "submitted");
}

#[tokio::test]
async fn a_correction_goes_through_the_approver_and_keeps_its_locks() {
    let installation = Installation::opened().await;
    installation.add_user("kacho", "企画課長 木村", "approver", Some(CODE));
    let server = installation.serve();
    let (officer, aomori, kacho) =
        (server.visitor("officer").await, server.visitor("aomori").await, server.visitor("kacho").await);
    let response = Response::of(&aomori, CODE);
    response.fill(&[("org_6a", "10")]).await;
    response.approval("request", "").await.expect(200);
    Response::of(&kacho, CODE).approval("approve", "").await.expect(200);
    Response::of(&officer, CODE).give_back("", &[("org_6a", "人数")]).await.expect(204);
    response.save("org_6a", &["12"]).await;
    response.approval("request", "").await.expect(200);
    Response::of(&kacho, CODE).approval("send_back", "もう一度").await.expect(200);
    let list = aomori.get("/answer/2026").await.expect(200).page();
    assert_eq!(state(&aomori).await, "returned");
    assert!(list.text_of("returned").contains("人数") && list.text_of("sent-back").contains("もう一度"));
    response.put("org_1", &["2"], 1).await.problem(409);
    response.save("org_6a", &["13"]).await;
    response.approval("request", "").await.expect(200);
    response.approval("withdraw", "").await.expect(200);
    assert_eq!(state(&aomori).await, "returned");
    response.approval("request", "").await.expect(200);
    Response::of(&kacho, CODE).approval("approve", "").await.expect(200);
    let block = desk(&officer).await.text_of("corrections");
    assert!(block.contains("10人") && block.contains("13人") && !block.contains("12人"), "{block}");
}
