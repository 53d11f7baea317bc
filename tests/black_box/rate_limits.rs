//! So many requests a minute for each token, account or address; pages are not counted.

use reqwest::Method;
use tests::{Installation, Server};

const COUNTED: &str = "/api/v1/rounds";

#[tokio::test]
async fn each_caller_is_counted_apart_and_pages_are_not() {
    let installation = Installation::opened().await;
    let server = Server::start(&installation, &["--rate-limit", "1"]);
    let (anonymous, aomori) = (server.anonymous(), server.visitor("aomori").await);
    let token = aomori.token("集計", &["read"]).await;
    anonymous.get(COUNTED).await.expect(200);
    let refused = anonymous.get(COUNTED).await;
    assert_eq!(refused.problem(429)["type"], "/api/v1/problems/too-many-requests");
    let seconds: u64 = refused.header("retry-after").parse().expect("seconds");
    assert!((1..=60).contains(&seconds), "{seconds}");
    for path in ["/data/catalog.jsonld", "/pictures/home/fields.csv"] {
        assert_eq!(anonymous.get(path).await.status, 429, "{path}");
    }
    // What is tried for a token counts, too.
    anonymous.send(anonymous.bearing(Method::GET, COUNTED, "shirabe_x")).await.problem(429);
    // Whoever is signed in is counted by account, a token by itself; all come from the same address.
    aomori.get(COUNTED).await.expect(200);
    aomori.get(COUNTED).await.problem(429);
    aomori.send(aomori.bearing(Method::GET, COUNTED, &token)).await.expect(200);
    aomori.send(aomori.bearing(Method::GET, COUNTED, &token)).await.problem(429);
    server.visitor("hirosaki").await.get(COUNTED).await.expect(200);
    for path in ["/", "/indicators", "/data", "/login", "/assets/favicon.svg"] {
        assert_ne!(anonymous.get(path).await.status, 429, "{path}");
    }
    for path in ["/answer/2026", "/answer/2026/industry", "/tokens"] {
        aomori.get(path).await.expect(200);
    }
}

#[tokio::test]
async fn behind_a_proxy_the_address_is_what_it_says() {
    let installation = Installation::prepared();
    let server = Server::start(&installation, &["--rate-limit", "1", "--proxies", "1"]);
    let anonymous = server.anonymous();
    let from = |address: &str| anonymous.request(Method::GET, COUNTED).header("x-forwarded-for", address);
    anonymous.send(from("203.0.113.1")).await.expect(200);
    anonymous.send(from("198.51.100.9, 203.0.113.1")).await.problem(429);
    anonymous.send(from("203.0.113.2")).await.expect(200);
}

#[tokio::test]
async fn the_usual_limit_holds_up_nobody_who_types() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let response = tests::Response::of(&aomori, "022012");
    for number in 1..=60 {
        response.save("org_6a", &[&number.to_string()]).await;
    }
}
