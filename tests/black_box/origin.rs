//! Changes are taken from this site's own pages only.

use reqwest::Method;
use reqwest::header::ORIGIN;
use serde_json::json;
use tests::client::is_japanese;
use tests::installation::PASSWORD;
use tests::{Installation, Response};

/// What requests from elsewhere say of themselves; `{site}` is this site.
const FOREIGN: [&[(&str, &str)]; 6] = [
    &[],
    &[("origin", "http://evil.example")],
    &[("origin", "null")],
    &[("origin", "{site}"), ("sec-fetch-site", "cross-site")],
    &[("origin", "{site}"), ("sec-fetch-site", "same-site")],
    &[("sec-fetch-site", "none")],
];

#[tokio::test]
async fn a_change_that_another_site_sends_is_refused_and_changes_nothing() {
    let server = Installation::opened().await.serve();
    let (aomori, officer, anonymous) =
        (server.visitor("aomori").await, server.visitor("officer").await, server.anonymous());
    let response = Response::of(&aomori, "022012");
    response.save("org_6a", &["3"]).await;
    let (before, session) = (response.get().await, aomori.cookie());
    let put = format!("{}/answers/org_6a", response.address());
    let submission = format!("{}/submission", response.address());
    let login = [("login_name", "aomori"), ("password", PASSWORD)];
    let section = [("org_6a", "8"), ("org_6a.revision", "1")];
    for headers in FOREIGN {
        let request = |client: &tests::Client, method, path: &str| {
            let plain = client.request(method, path);
            headers.iter().fold(plain, |r, (name, value)| r.header(*name, value.replace("{site}", server.address())))
        };
        let change = json!({ "values": ["9"], "revision": 1 });
        aomori.send(request(&aomori, Method::PUT, &put).json(&change)).await.problem(403);
        aomori.send(request(&aomori, Method::POST, &submission)).await.problem(403);
        for answer in [
            aomori.send(request(&aomori, Method::POST, "/answer/2026/organization").form(&section)).await,
            aomori.send(request(&aomori, Method::POST, "/answer/2026/submit")).await,
            aomori.send(request(&aomori, Method::POST, "/logout")).await,
            officer.send(request(&officer, Method::POST, "/desk/2026/state").form(&[("to", "closed")])).await,
            officer.send(request(&officer, Method::POST, "/desk/2026/022012/accept")).await,
            anonymous.send(request(&anonymous, Method::POST, "/login").form(&login)).await,
        ] {
            let page = answer.expect(403).page();
            assert!(is_japanese(&page.text()), "{headers:?}");
        }
    }
    assert_eq!(response.get().await, before);
    assert_eq!((aomori.cookie(), anonymous.cookie()), (session, None));
    assert_eq!(aomori.get("/api/v1/rounds").await.json()[0]["state"], "open");
}

#[tokio::test]
async fn a_browser_says_so_in_either_header() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let path = "/api/v1/rounds/2026/responses/022012/answers/org_6a";
    let by_fetch = aomori.request(Method::PUT, path).header("sec-fetch-site", "same-origin");
    aomori.send(by_fetch.json(&json!({ "values": ["1"], "revision": 0 }))).await.expect(200);
    let by_origin = aomori.request(Method::PUT, path).header(ORIGIN, server.address());
    aomori.send(by_origin.json(&json!({ "values": ["2"], "revision": 1 }))).await.expect(200);
}
