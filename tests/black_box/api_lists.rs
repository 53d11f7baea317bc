//! Lists of the API come in pages, in an order that stays; what a client has is not sent again.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::Value;
use tests::{Answer, Client, Installation};

/// The address of the next page.
fn next(answer: &Answer) -> Option<String> {
    let links = answer.header("link").split(", <").find(|link| link.contains("rel=\"next\""))?;
    Some(links.trim_start_matches('<').split('>').next().expect("an address").to_owned())
}

/// All entries of a list, by following `next`.
async fn all(client: &Client, path: &str, entries: impl Fn(&Value) -> Vec<Value>) -> (Vec<Value>, usize) {
    let (mut found, mut pages, mut at) = (Vec::new(), 0, Some(path.to_owned()));
    while let Some(path) = at {
        let answer = client.get(&path).await.expect(200);
        at = next(&answer);
        found.extend(entries(&answer.json()));
        pages += 1;
        let total: usize = answer.header("shirabe-total-count").parse().expect("the total");
        assert!(total >= found.len() && (at.is_some() || total == found.len()), "{path}: {total}");
    }
    (found, pages)
}

fn array(body: &Value) -> Vec<Value> {
    body.as_array().expect("a list").clone()
}

#[tokio::test]
async fn every_list_is_read_page_by_page_to_its_end() {
    let server = Installation::demo().serve();
    let (anonymous, officer) = (server.anonymous(), server.visitor("officer").await);
    let (register, pages) = all(&anonymous, "/api/v1/municipalities?per_page=500", array).await;
    assert_eq!((register.len(), pages), (1741, 4));
    let codes: Vec<&str> = register.iter().map(|entry| entry["code"].as_str().expect("a code")).collect();
    assert!(codes.is_sorted() && codes.iter().collect::<BTreeSet<_>>().len() == 1741);
    let (aomori, pages) = all(&anonymous, "/api/v1/municipalities?prefecture=02&kind=city&per_page=3", array).await;
    assert_eq!((aomori.len(), pages), (10, 4));

    for (client, path, least) in [
        (&anonymous, "/api/v1/rounds", 4),
        (&anonymous, "/api/v1/indicators", 8),
        (&anonymous, "/api/v1/kpis", 10),
        (&anonymous, "/api/v1/publications", 3),
        (&anonymous, "/api/v1/publications/2025/1/corrections", 0),
        (&anonymous, "/api/v1/datasets", 21),
        (&officer, "/api/v1/datasets", 25),
        (&officer, "/api/v1/rounds/2026/responses", 40),
        (&officer, "/api/v1/rounds/2026/inquiries", 0),
        (&officer, "/api/v1/rounds/2026/advice", 0),
        (&officer, "/api/v1/rounds/2026/responses/022021/events", 2),
        (&officer, "/api/v1/rounds/2026/responses/022021/corrections", 0),
        (&officer, "/api/v1/rounds/2026/responses/022021/comparison", 50),
        (&officer, "/api/v1/rounds/2026/extensions", 0),
        (&officer, "/api/v1/rounds/2026/reminders/mails", 0),
        (&officer, "/api/v1/accounts", 40),
        (&officer, "/api/v1/kpis/labour-productivity/revisions", 1),
    ] {
        let (whole, _) = all(client, path, array).await;
        let (parts, pages) = all(client, &format!("{path}?per_page=7"), array).await;
        assert!(whole.len() >= least, "{path}: {}", whole.len());
        assert_eq!(parts, whole, "{path}");
        assert_eq!(pages, whole.len().div_ceil(7).max(1), "{path}");
    }
    let questions = |body: &Value| array(&body["questions"]);
    let (whole, _) = all(&anonymous, "/api/v1/results/2025?per_page=1000", questions).await;
    let (parts, pages) = all(&anonymous, "/api/v1/results/2025", questions).await;
    assert_eq!((parts, pages), (whole.clone(), whole.len().div_ceil(100)));
    let rows = |body: &Value| array(&body["rows"]);
    let path = "/api/v1/datasets/tabulations/2025";
    let (whole, _) = all(&anonymous, &format!("{path}?per_page=1000"), rows).await;
    let (parts, _) = all(&anonymous, &format!("{path}?per_page=333"), rows).await;
    assert_eq!(parts, whole);
    let csv = tests::Table::read(&anonymous.get("/data/2025/tabulations.csv").await.expect(200).text());
    assert_eq!(whole.len(), csv.rows.len());

    anonymous.get("/api/v1/municipalities?page=0").await.problem(400);
    anonymous.get("/api/v1/municipalities?per_page=1001").await.problem(400);
    anonymous.get("/api/v1/municipalities?region=kanto").await.problem(400);
    assert_eq!(anonymous.get("/api/v1/municipalities?page=99").await.expect(200).text(), "[]");
}

#[tokio::test]
async fn what_a_client_has_is_not_sent_again() {
    let server = Installation::demo().serve();
    let (anonymous, officer) = (server.anonymous(), server.visitor("officer").await);
    let aomori = server.visitor("m022012").await;
    for (client, path) in [
        (&anonymous, "/api/v1/openapi.json"),
        (&anonymous, "/api/v1/rounds"),
        (&anonymous, "/api/v1/municipalities"),
        (&anonymous, "/api/v1/results/2025"),
        (&anonymous, "/api/v1/indicators/engaged-any"),
        (&anonymous, "/api/v1/indicators/engaged-any/2025"),
        (&anonymous, "/api/v1/datasets/indicators/all"),
        (&anonymous, "/api/v1/exhibits/home/fields"),
        (&officer, "/api/v1/rounds/2026/responses"),
        (&officer, "/api/v1/datasets/answers/2026?scope=all"),
        (&aomori, "/api/v1/comparison"),
        (&aomori, "/api/v1/exhibits/compare/strips"),
        (&aomori, "/api/v1/rounds/2026/responses/022012"),
        (&aomori, "/api/v1/rounds/2026/responses/022012/sections"),
    ] {
        let whole = client.get(path).await.expect(200);
        let tag = whole.header("etag").to_owned();
        assert!(tag.starts_with("W/\"") && tag.len() > 20, "{path}: {tag}");
        assert_eq!(whole.header("vary"), "cookie, authorization", "{path}");
        let kept = if client.cookie().is_some() { "no-store" } else { "no-cache" };
        assert_eq!(whole.header("cache-control"), kept, "{path}");
        let again = client.send(client.request(Method::GET, path).header("if-none-match", &tag)).await.expect(304);
        assert_eq!((again.text(), again.header("etag")), (String::new(), tag.as_str()), "{path}");
        let other = client.send(client.request(Method::GET, path).header("if-none-match", "\"x\"")).await.expect(200);
        assert_eq!(other.bytes, whole.bytes, "{path}");
    }
    // A change changes the tag.
    let path = "/api/v1/rounds/2026/responses/022012";
    let tag = aomori.get(path).await.header("etag").to_owned();
    tests::Response::of(&aomori, "022012").save("org_6a", &["7"]).await;
    aomori.send(aomori.request(Method::GET, path).header("if-none-match", &tag)).await.expect(200);
}
