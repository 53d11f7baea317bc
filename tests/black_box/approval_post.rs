//! `POST /answer/{year}/approval`, `POST /api/v1/rounds/{year}/responses/{code}/approval`: approval inside the
//! municipality.

use serde_json::json;
use tests::{Client, Installation, Page, Response, Server};

/// A round with an approver for 青森市 beside its two respondents.
async fn with_approver() -> Server {
    let installation = Installation::opened().await;
    installation.add_user("kacho", "企画課長 木村", "approver", Some("022012"));
    installation.serve()
}

async fn complete(client: &Client) {
    Response::of(client, "022012").fill(&[]).await;
}

async fn state(client: &Client) -> String {
    Response::of(client, "022012").get().await["state"].as_str().unwrap().to_owned()
}

async fn check(client: &Client) -> Page {
    client.get("/answer/2026/check").await.expect(200).page()
}

/// Presses the button of the check page that does that act.
async fn press(client: &Client, act: &str) -> tests::Answer {
    let revision = Response::of(client, "022012").get().await["revision"].to_string();
    client.post("/answer/2026/approval", &[("act", act), ("revision", &revision)]).await
}

#[tokio::test]
async fn a_respondent_asks_and_the_approver_hands_in() {
    let server = with_approver().await;
    let (sato, kacho) = (server.visitor("aomori").await, server.visitor("kacho").await);
    complete(&sato).await;
    let page = check(&sato).await;
    assert!(page.tags().all(|tag| tag.attribute("action") != Some("/answer/2026/submit")));
    let form = page.form("/answer/2026/approval");
    assert_eq!(form.values("act"), ["request"]);
    sato.post(&form.action, &form.fields).await.leads_to("/answer/2026");
    assert_eq!(state(&sato).await, "awaiting_approval");

    // Everything is read-only, and says why.
    for path in ["/answer/2026", "/answer/2026/organization", "/answer/2026/check"] {
        let page = sato.get(path).await.expect(200).page();
        assert!(page.text().contains("承認"), "{path}: {}", page.text());
        let typing = |tag: &tests::page::Tag| {
            tag.name == "textarea" || (tag.name == "input" && tag.attribute("type") != Some("hidden"))
        };
        assert!(!page.tags().any(typing), "{path}");
    }
    let refused = Response::of(&sato, "022012").put("org_1", &["4"], 1).await.problem(409);
    assert!(refused["detail"].as_str().unwrap().contains("変更できません"));
    sato.post("/answer/2026/organization", &[("org_1", "4"), ("org_1.revision", "1")]).await.expect(409);

    let list = kacho.get("/answer/2026").await.expect(200).page();
    assert!(list.text().contains("企画課 佐藤さんが") && list.text().contains("内容を確認して承認する"));
    let print = kacho.get("/answer/2026/print").await.expect(200).page();
    assert!(print.text().contains("決裁欄") && print.text().contains("企画課 佐藤"));
    press(&kacho, "approve").await.leads_to("/answer/2026/receipt");
    assert_eq!(state(&sato).await, "submitted");
    let receipt = Response::of(&sato, "022012").submit().await.expect(200).json();
    assert_eq!(receipt["submitted_by"], "企画課長 木村");
    let print = sato.get("/answer/2026/print").await.expect(200).page().text();
    for words in ["回答の控え", "回答者企画課 佐藤", "承認者企画課長 木村", receipt["sha256"].as_str().unwrap()]
    {
        assert!(print.contains(words), "{words}: {print}");
    }
    let desk = server.visitor("officer").await.get("/desk/2026/022012").await.expect(200).page().text();
    assert!(desk.contains("回答者企画課 佐藤") && desk.contains("承認者企画課長 木村"), "{desk}");
    assert!(desk.contains("必要（承認者：企画課長 木村）") && desk.contains("承認を依頼しました"));
}

#[tokio::test]
async fn a_respondent_can_neither_approve_nor_hand_in_past_the_approver() {
    let server = with_approver().await;
    let sato = server.visitor("aomori").await;
    complete(&sato).await;
    let response = Response::of(&sato, "022012");
    for asked in [false, true] {
        if asked {
            press(&sato, "request").await.leads_to("/answer/2026");
        }
        let before = response.get().await;
        sato.press("/answer/2026/submit").await.expect(409);
        response.submit().await.problem(409);
        for act in ["approve", "send_back", "require", "waive"] {
            let refused = sato.post("/answer/2026/approval", &[("act", act), ("reason", "理由")]).await.expect(403);
            assert!(refused.page().text().contains("権限がありません"), "{act}");
        }
        response.approval("approve", "").await.problem(403);
        response.approval("send_back", "理由").await.problem(403);
        assert_eq!(response.get().await, before);
    }
}

#[tokio::test]
async fn other_municipalities_and_roles_have_no_part_in_it() {
    let server = with_approver().await;
    let sato = server.visitor("aomori").await;
    complete(&sato).await;
    press(&sato, "request").await.leads_to("/answer/2026");
    let before = Response::of(&sato, "022012").get().await;
    for (name, status) in [("hirosaki", 404), ("officer", 404), ("analyst", 404)] {
        let other = server.visitor(name).await;
        for act in ["request", "withdraw", "approve", "send_back"] {
            Response::of(&other, "022012").approval(act, "理由").await.problem(status);
        }
    }
    for name in ["officer", "analyst"] {
        let other = server.visitor(name).await;
        other.post("/answer/2026/approval", &[("act", "withdraw")]).await.expect(403);
        for path in ["/answer/2026/print", "/answer/2026/tasks"] {
            other.get(path).await.expect(403);
        }
    }
    // 弘前市 acts on its own response only.
    let hirosaki = server.visitor("hirosaki").await;
    hirosaki.post("/answer/2026/approval", &[("act", "withdraw")]).await.leads_to("/answer/2026");
    server.anonymous().post("/answer/2026/approval", &[("act", "withdraw")]).await.expect(401);
    server.anonymous().get("/answer/2026/print").await.leads_to("/login?next=%2Fanswer%2F2026%2Fprint");
    assert_eq!(Response::of(&sato, "022012").get().await, before);
}

#[tokio::test]
async fn a_request_taken_back_can_be_edited_again() {
    let server = with_approver().await;
    let (sato, suzuki) = (server.visitor("aomori").await, server.visitor("aomori2").await);
    complete(&sato).await;
    press(&sato, "request").await.leads_to("/answer/2026");
    let form = check(&suzuki).await.form("/answer/2026/approval");
    assert_eq!(form.fields, [], "the button itself carries the act");
    for _ in 0..2 {
        suzuki.post("/answer/2026/approval", &[("act", "withdraw")]).await.leads_to("/answer/2026");
        assert_eq!(state(&sato).await, "in_progress");
    }
    Response::of(&sato, "022012").save("org_6a", &["7"]).await;
}

#[tokio::test]
async fn the_approver_sends_back_with_a_reason_that_stays_in_the_municipality() {
    let server = with_approver().await;
    let (sato, kacho) = (server.visitor("aomori").await, server.visitor("kacho").await);
    complete(&sato).await;
    press(&sato, "request").await.leads_to("/answer/2026");
    let send =
        async |reason: &str| kacho.post("/answer/2026/approval", &[("act", "send_back"), ("reason", reason)]).await;
    for (reason, words) in [(" 　", "差し戻す理由を入力してください"), (&"長".repeat(1001), "1000文字以内")]
    {
        let page = send(reason).await.expect(422).page();
        assert!(page.text_of("e-reason").contains(words), "{words}");
        assert_eq!(page.text_of("f-reason").trim_start_matches('\n'), reason, "what was typed stays");
    }
    assert_eq!(state(&sato).await, "awaiting_approval");
    let reason = "職員数を確認してください。\r\n<b>";
    for _ in 0..2 {
        send(reason).await.leads_to("/answer/2026");
    }
    assert_eq!(state(&sato).await, "in_progress");
    let list = sato.get("/answer/2026").await.expect(200).page();
    assert!(list.text_of("sent-back").contains("職員数を確認してください。\n<b>"));
    let desk = server.visitor("officer").await.get("/desk/2026/022012").await.expect(200).page().text();
    assert_eq!(desk.matches("承認者が庁内で差し戻しました").count(), 1, "{desk}");
    assert!(!desk.contains("職員数を確認してください"), "not the prefecture's business");

    press(&sato, "request").await.leads_to("/answer/2026");
    let list = sato.get("/answer/2026").await.expect(200).page();
    assert!(list.tag("sent-back").is_none(), "answered by asking again");
    // A page that is left open does not undo what came after it.
    press(&kacho, "approve").await.leads_to("/answer/2026/receipt");
    send("遅い").await.leads_to("/answer/2026/check?changed=1");
    assert_eq!(state(&sato).await, "submitted");
    let refused = sato.post("/answer/2026/approval", &[("act", "withdraw")]).await.expect(409).page();
    assert!(refused.text().contains("すでに提出したため"));
}

#[tokio::test]
async fn only_what_was_confirmed_is_handed_in() {
    let server = with_approver().await;
    let (sato, suzuki, kacho) =
        (server.visitor("aomori").await, server.visitor("aomori2").await, server.visitor("kacho").await);
    complete(&sato).await;
    press(&sato, "request").await.leads_to("/answer/2026");
    let form = check(&kacho).await.form("/answer/2026/approval");
    assert_eq!(form.values("act"), ["approve"]);
    press(&suzuki, "withdraw").await.leads_to("/answer/2026");
    Response::of(&suzuki, "022012").save("org_6a", &["99"]).await;
    press(&suzuki, "request").await.leads_to("/answer/2026");

    kacho.post(&form.action, &form.fields).await.leads_to("/answer/2026/check?changed=1");
    let page = kacho.get("/answer/2026/check?changed=1").await.expect(200).page();
    assert!(page.text().contains("まだ何も送っていません"));
    assert_eq!(state(&sato).await, "awaiting_approval");
    let stale = json!({ "act": "approve", "revision": 1 });
    Response::of(&kacho, "022012").post("approval", &stale).await.problem(409);
    let form = page.form("/answer/2026/approval");
    kacho.post(&form.action, &form.fields).await.leads_to("/answer/2026/receipt");
    // A double click finds it done.
    kacho.post(&form.action, &form.fields).await.leads_to("/answer/2026/receipt");
    assert_eq!(kacho.get("/answer/2026/check").await.page().text().matches("提出済みのため").count(), 1);
}

#[tokio::test]
async fn approving_at_once_gives_one_receipt() {
    let server = with_approver().await;
    let (sato, kacho) = (server.visitor("aomori").await, server.visitor("kacho").await);
    complete(&sato).await;
    let response = Response::of(&sato, "022012");
    let (a, b) = tokio::join!(response.approval("request", ""), response.approval("request", ""));
    assert_eq!(
        (a.expect(200).json()["state"].clone(), b.expect(200).json()["state"].clone()),
        (json!("awaiting_approval"), json!("awaiting_approval"))
    );
    let response = Response::of(&kacho, "022012");
    let (a, b, c) = tokio::join!(response.approval("approve", ""), response.approval("approve", ""), response.submit());
    let number = c.expect(200).json()["number"].clone();
    for answer in [a, b] {
        assert_eq!(answer.expect(200).json(), json!({ "state": "submitted", "receipt": number }));
    }
    let desk = server.visitor("officer").await.get("/desk/2026/022012").await.page().text();
    assert_eq!((desk.matches("承認を依頼しました").count(), desk.matches("提出しました").count()), (1, 1));
}

#[tokio::test]
async fn an_approvers_own_response_is_recorded_as_approved_by_himself() {
    let server = with_approver().await;
    let kacho = server.visitor("kacho").await;
    complete(&kacho).await;
    let form = check(&kacho).await.form("/answer/2026/approval");
    assert_eq!(form.values("act"), ["approve"]);
    kacho.post(&form.action, &form.fields).await.leads_to("/answer/2026/receipt");
    let print = kacho.get("/answer/2026/print").await.expect(200).page().text();
    assert!(print.contains("承認者企画課長 木村（自己承認）"), "{print}");
}

#[tokio::test]
async fn approval_can_be_switched_off_and_on_by_the_approver() {
    let server = with_approver().await;
    let (sato, kacho) = (server.visitor("aomori").await, server.visitor("kacho").await);
    complete(&sato).await;
    let form = |page: &Page| page.tags().any(|tag| tag.attribute("value") == Some("waive"));
    assert!(!form(&sato.get("/answer/2026").await.page()) && form(&kacho.get("/answer/2026").await.page()));
    for _ in 0..2 {
        kacho.post("/answer/2026/approval", &[("act", "waive")]).await.leads_to("/answer/2026");
    }
    let officer = server.visitor("officer").await;
    assert!(officer.get("/desk/2026/022012").await.page().text().contains("不要と設定されています"));
    sato.post("/answer/2026/approval", &[("act", "request")]).await.expect(409);
    kacho.post("/answer/2026/approval", &[("act", "require")]).await.leads_to("/answer/2026");
    assert!(check(&sato).await.form("/answer/2026/approval").values("act") == ["request"]);
    kacho.post("/answer/2026/approval", &[("act", "waive")]).await.leads_to("/answer/2026");
    let form = check(&sato).await.form("/answer/2026/submit");
    sato.post(&form.action, &form.fields).await.leads_to("/answer/2026/receipt");
    assert!(sato.get("/answer/2026/print").await.page().text().contains("提出者企画課 佐藤"));
    // Another municipality has no approver and never needed one.
    assert!(officer.get("/desk/2026/022021").await.page().text().contains("承認者のアカウントがありません"));
}

#[tokio::test]
async fn switched_off_while_it_is_awaited_a_respondent_hands_in_without_it() {
    let server = with_approver().await;
    let (sato, kacho) = (server.visitor("aomori").await, server.visitor("kacho").await);
    complete(&sato).await;
    press(&sato, "request").await.leads_to("/answer/2026");
    kacho.post("/answer/2026/approval", &[("act", "waive")]).await.leads_to("/answer/2026");
    sato.press("/answer/2026/submit").await.leads_to("/answer/2026/receipt");
    let print = sato.get("/answer/2026/print").await.page().text();
    assert!(print.contains("提出者企画課 佐藤") && !print.contains("承認者企画課 佐藤"), "{print}");
}

#[tokio::test]
async fn an_incomplete_response_is_not_put_forward() {
    let server = with_approver().await;
    let sato = server.visitor("aomori").await;
    let response = Response::of(&sato, "022012");
    sato.post("/answer/2026/approval", &[("act", "request")]).await.expect(409);
    response.save("org_1", &["1"]).await;
    sato.post("/answer/2026/approval", &[("act", "request")]).await.leads_to("/answer/2026/check");
    response.approval("request", "").await.problem(422);
    assert_eq!(state(&sato).await, "in_progress");
    let summary = check(&sato).await.tag("problems").cloned().unwrap();
    assert_eq!((summary.attribute("tabindex"), summary.attribute("autofocus").is_some()), (Some("-1"), true));
    sato.post("/answer/2026/approval", &[("act", "no-such-act")]).await.expect(400);
    sato.post("/answer/2026/approval", &[("reason", "x")]).await.expect(400);
}
