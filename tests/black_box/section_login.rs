//! `POST /answer/{year}/{section}` and `POST /login` when the session has ended while somebody was typing.

use reqwest::Method;
use reqwest::header::ACCEPT;
use serde_json::{Value, json};
use tests::installation::PASSWORD;
use tests::page::Form;
use tests::{Answer, Client, Installation, Response, Server};

const SECTION: &str = "/answer/2026/cases";
const TYPED: &str = "\n</textarea><script>alert(1)</script>\n「㈱髙①」 \"引用\" & <b>";

/// 佐藤 of 青森市 has typed, and the session has ended.
async fn typed_without_a_session(server: &Server) -> (Client, Form) {
    let aomori = server.visitor("aomori").await;
    let mut form = aomori.get(SECTION).await.expect(200).page().form(SECTION);
    // A browser sends line ends as CRLF.
    form.set("free_1_outline", &[&TYPED.replace('\n', "\r\n")]);
    form.set("free_1_name", &["窓口\"><script>alert(2)</script>"]);
    form.set("then", &["list"]);
    aomori.set_cookie(None);
    (aomori, form)
}

/// The login that stands in the form's place.
fn in_place(answer: &Answer) -> Form {
    let html = answer.text();
    assert!(!html.contains("<script>alert"), "{html}");
    assert!(!html.contains(PASSWORD), "a password stands on the page");
    let page = answer.page();
    let passwords: Vec<_> = page.tags().filter(|tag| tag.attribute("type") == Some("password")).collect();
    assert_eq!(passwords.len(), 1);
    assert_eq!(passwords[0].attribute("value"), None);
    let hidden = page.tags().filter(|tag| tag.attribute("type") == Some("hidden"));
    assert!(hidden.into_iter().all(|tag| tag.attribute("name") != Some(".password")));
    page.form(SECTION)
}

async fn saved(server: &Server, login_name: &str, code: &str) -> Value {
    Response::of(&server.visitor(login_name).await, code).get().await["answers"].take()
}

#[tokio::test]
async fn after_the_password_the_save_goes_on_and_nothing_typed_is_lost() {
    let server = Installation::opened().await.serve();
    let (aomori, form) = typed_without_a_session(&server).await;
    let asked = aomori.post(SECTION, &form.fields).await.expect(401);
    assert!(asked.page().text().contains("まだ保存されていません"), "{}", asked.page().text());
    let mut login = in_place(&asked);
    assert_eq!(login.values(".login_name"), ["aomori"], "whoever opened the page need not type the name again");
    assert_eq!(saved(&server, "aomori", "022012").await, json!([]));

    login.set(".password", &[PASSWORD]);
    aomori.post(SECTION, &login.fields).await.leads_to("/answer/2026");
    let response = Response::of(&aomori, "022012");
    assert_eq!(response.answer("free_1_outline").await["value"], json!({ "text": TYPED }));
    assert_eq!(response.answer("free_1_name").await["value"]["text"], "窓口\"><script>alert(2)</script>");
    assert_eq!(response.answer("free_1_name").await["author"], "企画課 佐藤");
}

#[tokio::test]
async fn what_cannot_be_saved_after_the_login_comes_back_on_the_section_page() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let section = "/answer/2026/figures";
    let mut form = aomori.get(section).await.expect(200).page().form(section);
    form.set("num_1", &["たくさん"]);
    aomori.set_cookie(None);
    let mut login = aomori.post(section, &form.fields).await.expect(401).page().form(section);
    login.set(".password", &[PASSWORD]);
    let answer = aomori.post(section, &login.fields).await.expect(422);
    assert!(!answer.text().contains(PASSWORD));
    let page = answer.page();
    assert_eq!(page.form(section).values("num_1"), ["たくさん"]);
    assert!(page.text().contains("企画課 佐藤"), "the page knows who has signed in");
}

#[tokio::test]
async fn a_wrong_password_keeps_everything() {
    let server = Installation::opened().await.serve();
    let (aomori, form) = typed_without_a_session(&server).await;
    let mut login = in_place(&aomori.post(SECTION, &form.fields).await.expect(401));
    login.set(".password", &["誤ったパスワードです"]);
    let refused = aomori.post(SECTION, &login.fields).await.expect(422);
    assert!(refused.page().text().contains("ログイン名またはパスワードが違います"));
    assert!(!refused.text().contains("誤ったパスワードです"));
    assert_eq!(refused.header("set-cookie"), "");
    let mut again = in_place(&refused);
    again.set(".password", &[PASSWORD]);
    aomori.post(SECTION, &again.fields).await.leads_to("/answer/2026");
    assert_eq!(Response::of(&aomori, "022012").answer("free_1_outline").await["value"], json!({ "text": TYPED }));
}

#[tokio::test]
async fn somebody_of_another_municipality_cannot_go_on() {
    let server = Installation::opened().await.serve();
    let (client, form) = typed_without_a_session(&server).await;
    let mut login = in_place(&client.post(SECTION, &form.fields).await.expect(401));
    for stranger in ["hirosaki", "officer"] {
        login.set(".login_name", &[stranger]);
        login.set(".password", &[PASSWORD]);
        let refused = client.post(SECTION, &login.fields).await.expect(422);
        assert!(refused.page().text().contains("この市町村の回答者か承認者のログイン名"));
        assert_eq!(refused.header("set-cookie"), "", "nobody was signed in");
        login = in_place(&refused);
    }
    assert_eq!(saved(&server, "hirosaki", "022021").await, json!([]));
    assert_eq!(saved(&server, "aomori", "022012").await, json!([]));
}

#[tokio::test]
async fn a_form_of_one_municipality_is_never_saved_as_anothers() {
    let server = Installation::opened().await.serve();
    let (_, form) = typed_without_a_session(&server).await;
    let hirosaki = server.visitor("hirosaki").await;
    let refused = hirosaki.post(SECTION, &form.fields).await.expect(409);
    let text = refused.page().text();
    assert!(text.contains("青森市の回答ですが") && text.contains("企画課 高橋"), "{text}");
    assert_eq!(saved(&server, "hirosaki", "022021").await, json!([]));
    assert_eq!(saved(&server, "aomori", "022012").await, json!([]));

    // Whoever may save it signs in right there.
    let mut login = in_place(&refused);
    login.set(".login_name", &["aomori2"]);
    login.set(".password", &[PASSWORD]);
    hirosaki.post(SECTION, &login.fields).await.leads_to("/answer/2026");
    assert_eq!(saved(&server, "hirosaki", "022021").await, json!([]));
    let author = &saved(&server, "aomori", "022012").await[0]["author"];
    assert_eq!(author, "総務課 鈴木");
}

#[tokio::test]
async fn the_login_in_a_forms_place_waits_after_ten_failures_too() {
    let server = Installation::opened().await.serve();
    let visitor = server.anonymous();
    let attempt = [(".login_name", "aomori"), (".password", "wrong-password"), ("free_1_name", "窓口")];
    for _ in 0..10 {
        visitor.post(SECTION, &attempt).await.expect(422);
    }
    let answer = visitor.post(SECTION, &attempt).await.expect(429);
    assert_eq!(in_place(&answer).values("free_1_name"), ["窓口"]);
    visitor.post("/login", &[("login_name", "aomori"), ("password", PASSWORD)]).await.expect(429);
}

#[tokio::test]
async fn another_site_cannot_sign_in_through_a_form() {
    let server = Installation::opened().await.serve();
    let visitor = server.anonymous();
    let login = [(".login_name", "aomori"), (".password", PASSWORD), ("free_1_name", "窓口")];
    for headers in [vec![], vec![("sec-fetch-site", "cross-site")], vec![("origin", "http://evil.example")]] {
        let request = headers.iter().fold(visitor.request(Method::POST, SECTION), |r, (n, v)| r.header(*n, *v));
        let answer = visitor.send(request.form(&login)).await.expect(403);
        assert_eq!(answer.header("set-cookie"), "");
    }
    assert_eq!(saved(&server, "aomori", "022012").await, json!([]));
}

/// The page's own login: it stays where it is and asks for JSON.
async fn log_in_here(client: &Client, login_name: &str, password: &str) -> Answer {
    let fields = [("login_name", login_name), ("password", password), ("municipality", "022012")];
    let request = client.mutation(Method::POST, "/login").header(ACCEPT, "application/json").form(&fields);
    client.send(request).await
}

#[tokio::test]
async fn a_page_logs_in_again_without_leaving() {
    let server = Installation::opened().await.serve();
    let client = server.anonymous();
    let refused = log_in_here(&client, "aomori", "誤ったパスワードです").await.problem(422);
    assert!(refused["detail"].as_str().unwrap().contains("パスワードが違います"), "{refused}");
    log_in_here(&client, "hirosaki", PASSWORD).await.problem(422);
    assert_eq!(client.cookie(), None);
    let done = log_in_here(&client, "aomori", PASSWORD).await.expect(204);
    assert!(done.bytes.is_empty());
    Response::of(&client, "022012").put("org_6a", &["5"], 0).await.expect(200);
}

#[tokio::test]
async fn the_section_page_has_its_login_ready_and_out_of_sight() {
    let server = Installation::opened().await.serve();
    let page = server.visitor("aomori").await.get(SECTION).await.expect(200).page();
    let login = page.tags().find(|tag| tag.attribute("data-session-ended").is_some()).expect("a login");
    assert!(login.name == "form" && login.attribute("hidden").is_some());
    let form = page.form("/login");
    assert_eq!((form.values("login_name"), form.values("municipality")), (vec!["aomori"], vec!["022012"]));
}
