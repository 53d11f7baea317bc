//! Personal tokens for the API: shown once, never more than their account, ended at once.

use reqwest::Method;
use serde_json::json;
use tests::{Answer, Client, Installation};

const OWN: &str = "/api/v1/rounds/2026/responses/022012";

async fn get(client: &Client, token: &str, path: &str) -> Answer {
    client.send(client.bearing(Method::GET, path, token)).await
}

#[tokio::test]
async fn a_token_is_shown_once_listed_used_and_revoked() {
    let server = Installation::opened().await.serve();
    let (aomori, program) = (server.visitor("aomori").await, server.anonymous());
    assert!(aomori.get("/tokens").await.expect(200).page().text().contains("トークンはまだありません。"));
    let token = aomori.token("集計用のPC", &["read"]).await;
    assert!(token.starts_with("shirabe_") && token.len() == 51, "{token}");

    let listed = aomori.get("/tokens").await.expect(200);
    assert!(!listed.text().contains(&token));
    let row = listed.page().rows().into_iter().find(|row| row[0] == "集計用のPC").expect("its row");
    assert_eq!((row[1].as_str(), row[4].as_str()), ("読み取り", "まだありません"));

    assert_eq!(get(&program, &token, OWN).await.expect(200).json()["name"], "青森市");
    let row =
        aomori.get("/tokens").await.page().rows().into_iter().find(|row| row[0] == "集計用のPC").expect("its row");
    assert_ne!(row[4], "まだありません");

    // Somebody else's token cannot be ended.
    let hirosaki = server.visitor("hirosaki").await;
    let action = aomori.get("/tokens").await.page();
    let action = action.tags().filter_map(|tag| tag.attribute("action")).find(|a| a.ends_with("/revocation"));
    let action = action.expect("a form").to_owned();
    hirosaki.press(&action).await.expect(404);
    get(&program, &token, OWN).await.expect(200);
    aomori.press(&action).await.leads_to("/tokens");
    let refused = get(&program, &token, OWN).await;
    assert_eq!(refused.problem(401)["type"], "/api/v1/problems/invalid-token");
    assert_eq!(refused.header("www-authenticate"), "Bearer realm=\"shirabe\", error=\"invalid_token\"");
    assert!(!server.log().contains(&token) && !server.log().contains(&token[8..]));
}

#[tokio::test]
async fn a_token_does_what_its_scopes_say_and_no_more_than_its_account() {
    let server = Installation::opened().await.serve();
    let (aomori, program) = (server.visitor("aomori").await, server.anonymous());
    let (reads, writes) = (aomori.token("読む", &["read"]).await, aomori.token("書く", &["answer"]).await);
    let put = |token: &str| {
        let body = json!({ "values": ["1"], "revision": 0 });
        program.bearing(Method::PUT, &format!("{OWN}/answers/org_6a"), token).json(&body)
    };
    // Without an Origin: no browser sends a token unasked.
    let refused = program.send(put(&reads)).await;
    assert_eq!(refused.problem(403)["type"], "/api/v1/problems/out-of-scope");
    assert!(refused.header("www-authenticate").ends_with("scope=\"answer\""));
    program.send(put(&writes)).await.expect(200);
    get(&program, &writes, OWN).await.problem(403);
    assert_eq!(get(&program, &reads, OWN).await.json()["answers"][0]["author"], "企画課 佐藤");

    // What the account may not, its token may not.
    get(&program, &reads, "/api/v1/rounds/2026/responses").await.problem(403);
    get(&program, &reads, "/api/v1/rounds/2026/responses/022021").await.problem(404);
    get(&program, &reads, "/data/2026/answers.csv?scope=all").await.problem(404);
    let officer = server.visitor("officer").await.token("県", &["read", "review"]).await;
    assert_eq!(
        get(&program, &officer, "/api/v1/rounds/2026/responses").await.expect(200).json()[0]["state"],
        "in_progress"
    );
    get(&program, &officer, "/data/2026/answers.csv?scope=all").await.expect(200);
    program.send(program.bearing(Method::POST, &format!("{OWN}/acceptance"), &reads)).await.problem(403);
    program.send(program.bearing(Method::POST, &format!("{OWN}/acceptance"), &officer)).await.problem(409);
    program
        .send(program.bearing(Method::PUT, &format!("{OWN}/answers/org_6a"), &officer).json(&json!({})))
        .await
        .problem(403);
}

#[tokio::test]
async fn a_token_opens_no_page_and_leaves_cookies_out() {
    let server = Installation::opened().await.serve();
    let (aomori, program) = (server.visitor("aomori").await, server.anonymous());
    let token = aomori.token("集計", &["read", "answer"]).await;
    for path in ["/answer/2026", "/tokens", "/compare", "/desk"] {
        assert_eq!(get(&program, &token, path).await.status, 303, "{path}: to the login");
    }
    assert!(get(&program, &token, "/data").await.expect(200).page().text().contains("ログイン"));
    program.send(program.bearing(Method::POST, "/tokens", &token).form(&[("name", "x")])).await.expect(403);

    // A token that is none is refused, whoever is signed in; so is one that cannot do what the session could.
    let both = |method, path: &str, token: &str| aomori.mutation(method, path).bearer_auth(token);
    let invalid = "shirabe_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    aomori.send(both(Method::GET, OWN, invalid)).await.problem(401);
    aomori.send(both(Method::GET, "/api/v1/rounds", "x")).await.problem(401);
    aomori.send(both(Method::GET, "/data/2026/codebook.csv", invalid)).await.problem(401);
    let reads = aomori.token("読む", &["read"]).await;
    let body = json!({ "values": ["1"], "revision": 0 });
    aomori.send(both(Method::PUT, &format!("{OWN}/answers/org_6a"), &reads).json(&body)).await.problem(403);
    assert_eq!(aomori.get(OWN).await.json()["answers"], json!([]));
    // Other schemes are no tokens.
    aomori.send(aomori.request(Method::GET, OWN).basic_auth("proxy", Some("x"))).await.expect(200);
}

#[tokio::test]
async fn what_cannot_be_a_token_is_refused_and_stays_typed() {
    let server = Installation::opened().await.serve();
    let analyst = server.visitor("analyst").await;
    analyst.token("集計", &["read"]).await;
    for (fields, message) in [
        (vec![("name", "集計"), ("scope", "read"), ("days", "30")], "同じ名前のトークンがあります"),
        (vec![("name", " "), ("scope", "read"), ("days", "30")], "名前を1〜50文字で"),
        (vec![("name", "x"), ("days", "30")], "できることを1つ以上"),
        (vec![("name", "x"), ("scope", "answer"), ("days", "30")], "役割でできることだけ"),
        (vec![("name", "x"), ("scope", "read"), ("days", "3650")], "有効期間を選んで"),
    ] {
        let page = analyst.post("/tokens", &fields).await.expect(422).page();
        assert!(page.text().contains(message), "{message}: {}", page.text());
        assert_eq!(page.tag("name").and_then(|tag| tag.attribute("value")), Some(fields[0].1));
    }
    let offered = analyst.get("/tokens").await.page();
    let offered: Vec<_> = offered.tags().filter(|tag| tag.attribute("name") == Some("scope")).collect();
    assert_eq!(offered.len(), 1, "an analyst only reads");
    for number in 1..20 {
        analyst.token(&format!("{number}"), &["read"]).await;
    }
    let refused = analyst.post("/tokens", &[("name", "x"), ("scope", "read"), ("days", "30")]).await.expect(422);
    assert!(refused.page().text().contains("1人20個まで"));
    assert_eq!(server.anonymous().get("/tokens").await.status, 303);
}
