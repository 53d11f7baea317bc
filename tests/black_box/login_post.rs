//! `GET /login`, `POST /login`

use tests::installation::{DEMO_PASSWORD, PASSWORD};
use tests::{Client, Installation, Server};

#[tokio::test]
async fn an_anonymous_visitor_is_led_to_the_login_and_back() {
    let server = Installation::opened().await.serve();
    let visitor = server.anonymous();
    let wanted = "/answer/2026/industry?from=check";
    let login = "/login?next=%2Fanswer%2F2026%2Findustry%3Ffrom%3Dcheck";
    visitor.get(wanted).await.leads_to(login);
    let mut form = visitor.get(login).await.expect(200).page().form("/login");
    assert_eq!(form.values("next"), [wanted]);
    form.set("login_name", &["aomori"]);
    form.set("password", &[PASSWORD]);
    visitor.post("/login", &form.fields).await.leads_to(wanted);
    visitor.get(wanted).await.expect(200);
    // Who is signed in already is not asked again.
    visitor.get(login).await.leads_to(wanted);
}

#[tokio::test]
async fn everybody_arrives_at_the_page_of_their_role() {
    let server = Installation::opened().await.serve();
    for (name, home) in [("aomori", "/answer"), ("officer", "/desk"), ("analyst", "/")] {
        let fields = [("login_name", name), ("password", PASSWORD)];
        server.anonymous().post("/login", &fields).await.leads_to(home);
    }
}

#[tokio::test]
async fn the_api_tells_an_anonymous_client_to_log_in() {
    let server = Installation::opened().await.serve();
    let visitor = server.anonymous();
    let response = "/api/v1/rounds/2026/responses/022012";
    visitor.get("/api/v1/rounds/2026/responses").await.problem(401);
    visitor.get(response).await.problem(401);
    visitor.press(&format!("{response}/submission")).await.problem(401);
    visitor.press(&format!("{response}/acceptance")).await.problem(401);
    let body = serde_json::json!({ "values": ["1"], "revision": 0 });
    visitor.put(&format!("{response}/answers/org_1"), &body).await.problem(401);
}

#[tokio::test]
async fn a_wrong_password_keeps_the_name_and_does_not_tell_whether_the_account_exists() {
    let server = Installation::prepared().serve();
    let refused = async |name: &str, password: &str| {
        let fields = [("login_name", name), ("password", password), ("next", "/answer/2026")];
        let answer = server.anonymous().post("/login", &fields).await.expect(422);
        assert_eq!(answer.header("set-cookie"), "");
        let html = answer.text();
        assert!(!html.contains(password), "the password stands on the page");
        let form = answer.page().form("/login");
        assert_eq!(form.values("login_name"), [name]);
        assert_eq!(form.values("next"), ["/answer/2026"]);
        without_nonce(&html, answer.header("content-security-policy")).replace(name, "NAME")
    };
    let known = refused("officer", "とても長い誤ったパスワード").await;
    let unknown = refused("nobody-of-that-name", "とても長い誤ったパスワード").await;
    assert_eq!(known, unknown);
    assert!(known.contains("ログイン名またはパスワードが違います"));
    // Too long to be hashed at all.
    assert_eq!(refused("officer", &"長".repeat(5000)).await, known);
}

fn without_nonce(html: &str, policy: &str) -> String {
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
    html.replace(nonce, "NONCE")
}

#[tokio::test]
async fn ten_failures_make_a_login_name_wait_whether_or_not_it_exists() {
    let server = Installation::prepared().serve();
    let visitor = server.anonymous();
    for name in ["officer", "nobody-of-that-name"] {
        for _ in 0..10 {
            visitor.post("/login", &[("login_name", name), ("password", "wrong-password")]).await.expect(422);
        }
        // From now on not even the right password helps.
        let answer = visitor.post("/login", &[("login_name", name), ("password", PASSWORD)]).await.expect(429);
        assert!(answer.page().text().contains("15分ほど待ってから"));
        assert_eq!(answer.header("set-cookie"), "");
    }
    visitor.login("aomori", PASSWORD).await;
}

#[tokio::test]
async fn one_password_tried_on_many_names_makes_its_address_wait() {
    let server = Server::start(&Installation::prepared(), &["--proxies", "1"]);
    let status = async |address: &str, name: &str, password: &str| {
        let visitor = server.anonymous();
        let fields = [("login_name", name), ("password", password)];
        let post = visitor.mutation(reqwest::Method::POST, "/login").header("x-forwarded-for", address);
        visitor.send(post.form(&fields)).await.status
    };
    // The officer has signed in there before, and nobody makes the officer wait there.
    assert_eq!(status("198.51.100.1", "officer", PASSWORD).await, 303);
    for number in 0..40 {
        assert_eq!(status("203.0.113.9", &format!("name-{number}"), "wrong-password").await, 422);
    }
    for _ in 0..10 {
        assert_eq!(status("203.0.113.9", "officer", "wrong-password").await, 422);
    }
    assert_eq!(status("203.0.113.9", "aomori", "wrong-password").await, 429, "50 of one address");
    assert_eq!(status("203.0.113.10", "aomori", "wrong-password").await, 422, "of another one");
    assert_eq!(status("203.0.113.10", "officer", PASSWORD).await, 429, "10 of one name");
    assert_eq!(status("198.51.100.1", "officer", PASSWORD).await, 303);
}

#[tokio::test]
async fn attempts_sent_at_once_are_limited_too() {
    let server = Installation::prepared().serve();
    let mut attempts = tokio::task::JoinSet::new();
    for number in 0..60 {
        let (visitor, password) = (server.anonymous(), format!("wrong-password-{number}"));
        attempts.spawn(async move {
            visitor.post("/login", &[("login_name", "officer"), ("password", &password)]).await.status
        });
    }
    let statuses = attempts.join_all().await;
    let tried = statuses.iter().filter(|status| **status == 422).count();
    let waiting = statuses.iter().filter(|status| **status == 429).count();
    // Two that look at the count in the same instant may both be let through.
    assert!((10..20).contains(&tried) && tried + waiting == statuses.len(), "{statuses:?}");
}

#[tokio::test]
async fn next_leads_only_to_paths_of_this_site() {
    let server = Installation::opened().await.serve();
    let visitor = server.anonymous();
    for foreign in [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "/\t/evil.example/",
        "/\n/evil.example/",
        "/\r\nset-cookie: a=b",
        "\t//evil.example/",
        "javascript:alert(1)",
        "evil.example",
        "",
    ] {
        let fields = [("login_name", "aomori"), ("password", PASSWORD), ("next", foreign)];
        let answer = server.anonymous().post("/login", &fields).await;
        answer.leads_to("/answer");
        let page = visitor.get(&format!("/login?next={}", percent_encoded(foreign))).await;
        assert!(page.expect(200).page().form("/login").values("next").is_empty(), "{foreign:?}");
    }
}

fn percent_encoded(text: &str) -> String {
    text.bytes().flat_map(|byte| ['%', hexadecimal(byte >> 4), hexadecimal(byte & 15)]).collect()
}

fn hexadecimal(digit: u8) -> char {
    char::from_digit(u32::from(digit), 16).expect("one digit")
}

#[tokio::test]
async fn a_session_begins_with_the_login_under_an_id_that_nobody_chose() {
    let server = Installation::opened().await.serve();
    let visitor = server.anonymous();
    visitor.get("/login").await.expect(200);
    assert_eq!(visitor.cookie(), None, "a visitor gets no cookie before the login");

    let chosen = "shirabe=AAAAAAAAAAAAAAAAAAAAAA";
    visitor.set_cookie(Some(chosen.to_owned()));
    visitor.login("aomori", PASSWORD).await;
    let first = visitor.cookie().expect("a session");
    assert_ne!(first, chosen);

    visitor.login("aomori", PASSWORD).await;
    let second = visitor.cookie().expect("a session");
    assert_ne!(second, first, "the id changes at login");
    visitor.get("/answer/2026").await.expect(200);
    visitor.set_cookie(Some(first));
    visitor.get("/answer/2026").await.expect(303);
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_for_scripts_and_other_sites() {
    let server = Installation::prepared().serve();
    assert_eq!(attributes_of_cookie(&server.anonymous()).await, ["HttpOnly", "Path=/", "SameSite=Lax"]);

    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let arguments = ["--listen", &free, "--public-url", "https://dx.example.lg.jp"];
    let server = Server::start(&Installation::prepared(), &arguments);
    assert_eq!(server.address(), "https://dx.example.lg.jp");
    let visitor = Client::new(&format!("http://{free}"));
    assert_eq!(attributes_of_cookie(&visitor).await, ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]);
}

async fn attributes_of_cookie(visitor: &Client) -> Vec<String> {
    let answer = visitor.post("/login", &[("login_name", "officer"), ("password", PASSWORD)]).await.expect(303);
    let mut attributes: Vec<String> =
        answer.header("set-cookie").split(';').skip(1).map(|attribute| attribute.trim().to_owned()).collect();
    attributes.sort();
    attributes
}

#[tokio::test]
async fn there_is_no_account_before_one_is_added() {
    let installation = Installation::empty();
    installation.run(&["migrate"]).done();
    assert_eq!(installation.run(&["user", "list"]).done(), "");
    let server = installation.serve();
    let visitor = server.anonymous();
    assert!(!visitor.get("/login").await.expect(200).page().text().contains("デモ"));
    for name in ["officer", "analyst", "m022012", "admin"] {
        for password in [DEMO_PASSWORD, "", "admin"] {
            visitor.post("/login", &[("login_name", name), ("password", password)]).await.expect(422);
        }
    }
}
