//! What holds for every page that a role can reach by links, and for every refusal.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use tests::{Answer, Client, Installation, Page};

use crate::api_tables;

const DEMO: &str = "デモデータ（架空の回答）";
/// Files that hold no generated answers.
const REAL: [&str; 9] = [
    "/municipalities.",
    "/kpis.",
    "/roadmap.",
    "/roadmap-steps.",
    "/roadmap-kpis.",
    "/roadmap-reviews.",
    "/codebook.",
    "/lineage.",
    "/questionnaire.",
];
/// Pages of one shape (the 40 municipalities, the ledger's rows) are visited this often.
const OF_ONE_SHAPE: usize = 3;

#[tokio::test]
async fn pages_of_an_anonymous_visitor() {
    let server = Installation::demo().serve();
    let seen = visit(&server.anonymous(), &["/"]).await;
    assert!(
        ["/", "/indicators", "/data", "/login", "/results/2025", "/results/2023"]
            .iter()
            .all(|path| seen.contains(*path)),
        "{seen:?}"
    );
}

#[tokio::test]
async fn pages_of_a_respondent() {
    let server = Installation::demo().serve();
    let sections =
        ["organization", "industry", "living", "administration", "foundation", "figures", "cases", "requests"];
    // 青森市 has not begun; 弘前市 has handed in.
    let seen = visit(&server.visitor("m022012").await, &["/", "/answer/2025"]).await;
    assert!(sections.iter().all(|section| seen.contains(&format!("/answer/2026/{section}"))), "{seen:?}");
    assert!(seen.contains("/answer/2026/check") && seen.contains("/answer/2025/industry"));
    for page in ["tasks", "tasks/industry", "print"] {
        assert!(seen.contains(&format!("/answer/2026/{page}")), "{page}: {seen:?}");
    }
    let seen = visit(&server.visitor("m022021").await, &["/answer/2026"]).await;
    assert!(seen.contains("/answer/2026/receipt"), "{seen:?}");
}

#[tokio::test]
async fn pages_of_an_analyst() {
    let server = Installation::demo().serve();
    let seen = visit(&server.visitor("analyst").await, &["/"]).await;
    assert!(seen.contains("/data") && !seen.iter().any(|path| path.starts_with("/desk")), "{seen:?}");
}

#[tokio::test]
async fn pages_of_an_officer() {
    let server = Installation::demo().serve();
    let seen =
        visit(&server.visitor("officer").await, &["/", "/desk/2026", "/desk/2026?state=submitted&region=三八"]).await;
    assert!(
        seen.contains("/desk/2026") && seen.contains("/desk/2023") && seen.contains("/desk/2026/022012"),
        "{seen:?}"
    );
    assert!(seen.iter().any(|path| path.starts_with("/desk/kpi/")));
    for page in ["check", "extensions", "022012/changes"] {
        assert!(seen.contains(&format!("/desk/2026/{page}")), "{page}: {seen:?}");
    }
    assert!(seen.iter().any(|path| path.starts_with("/desk/accounts/")) && seen.contains("/account"), "{seen:?}");
    assert!(seen.contains("/account/second-factor"), "{seen:?}");
}

#[tokio::test]
async fn refusals_are_pages_too() {
    let server = Installation::demo().serve();
    let (anonymous, respondent) = (server.anonymous(), server.visitor("m022012").await);
    let state = [("to", "closed")];
    for (status, answer) in [
        (404, anonymous.get("/no-such-page").await),
        (404, anonymous.get("/data/2022/answers.csv").await),
        (404, respondent.get("/answer/2030").await),
        (400, anonymous.get("/data/%FF/answers.csv").await),
        (403, respondent.get("/desk").await),
        (401, anonymous.post("/desk/2026/state", &state).await),
        (403, respondent.post("/desk/2026/state", &state).await),
        (403, respondent.send(respondent.request(reqwest::Method::POST, "/logout")).await),
        (405, respondent.press("/answer/2026").await),
        (400, anonymous.post("/login", &[("login_name", "x")]).await),
        (413, anonymous.post("/login", &[("login_name", "x".repeat(3 << 20))]).await),
        (422, anonymous.post("/login", &[("login_name", "x"), ("password", "x")]).await),
    ] {
        check(&answer.expect(status), "a refusal");
    }
    assert_eq!(respondent.press("/answer/2026").await.expect(405).header("allow"), "GET,HEAD");
}

/// Follows every link from those addresses and checks each page; returns the addresses of the pages.
async fn visit(client: &Client, from: &[&str]) -> BTreeSet<String> {
    let mut waiting: VecDeque<String> = from.iter().map(|path| (*path).to_owned()).collect();
    let (mut seen, mut shapes) = (BTreeSet::new(), BTreeMap::<String, usize>::new());
    let mut pages = BTreeSet::new();
    while let Some(path) = waiting.pop_front() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let visits = shapes.entry(shape(&path)).or_default();
        *visits += 1;
        if *visits > OF_ONE_SHAPE {
            continue;
        }
        let answer = client.get(&path).await;
        if answer.status == 303 {
            waiting.push_back(answer.header("location").to_owned());
            continue;
        }
        let answer = answer.expect(200);
        match answer.header("content-type") {
            "text/html; charset=utf-8" => {
                let page = check(&answer, &path);
                let tables = page.tags().any(|tag| tag.name == "table");
                assert!(
                    !tables || api_tables::endpoint_of(&path).is_some(),
                    "{path} has a table that the API does not give"
                );
                waiting.extend(page.links());
                pages.insert(path);
            }
            // Registers, the ledger and the questionnaire are no generated answers.
            _ if REAL.iter().any(|real| path.contains(real)) => {}
            "text/csv; charset=utf-8" | "application/x-ndjson" | "application/ld+json" => {
                assert!(answer.text().contains(DEMO), "{path}");
            }
            // What is packed says so inside; `data_files_get` reads it back.
            "application/zip" | "application/vnd.apache.parquet" => assert!(!answer.bytes.is_empty(), "{path}"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => {
                assert!(tests::workbook::texts(&answer.bytes).contains(DEMO), "{path}");
            }
            "image/svg+xml" => assert!(answer.text().contains(DEMO), "{path}"),
            // Its marks are pixels.
            "image/png" => assert!(answer.bytes.starts_with(b"\x89PNG"), "{path}"),
            "application/json" => assert!(path.ends_with("openapi.json") || demonstration(&answer), "{path}"),
            other => panic!("{path}: {other}"),
        }
    }
    pages
}

/// Whether a JSON file says that its data are generated.
fn demonstration(answer: &Answer) -> bool {
    let json = answer.json();
    [&json, &json["manifest"], &json["edition"]].iter().any(|part| part["demonstration"] == true)
}

/// The address with what differs between pages of one shape taken out.
fn shape(path: &str) -> String {
    // A table in another order is the same page.
    let path = path.split("sort=").next().unwrap_or(path);
    let (address, _) = path.split_once('?').unwrap_or((path, ""));
    // Datasets differ in what they hold, pictures in what they show: `data_files_get` and `pictures_get` look inside.
    let ending = |name: &str| name.rsplit_once('.').map_or("", |(_, ending)| ending).to_owned();
    if let Some((_, file)) = address.strip_prefix("/data/").and_then(|rest| rest.split_once('/')) {
        return format!("/data/{{period}}/{{dataset}}.{}", ending(file));
    }
    if let Some((page, picture)) = address.strip_prefix("/pictures/").and_then(|rest| rest.split_once('/')) {
        let file = [".svg", ".png", ".csv"].into_iter().find(|file| picture.ends_with(file)).unwrap_or_default();
        return format!("/pictures/{page}/{{picture}}{file}");
    }
    let part = |part: &str| match part.len() {
        6 if part.bytes().all(|b| b.is_ascii_digit()) => "{code}".to_owned(),
        _ if path.starts_with("/desk/kpi/") && part != "desk" && part != "kpi" => "{id}".to_owned(),
        _ if path.starts_with("/desk/accounts/") && part.bytes().all(|b| b.is_ascii_digit()) => "{id}".to_owned(),
        _ if path.starts_with("/desk/roadmap/") && part != "desk" && part != "roadmap" => "{id}".to_owned(),
        // A question's page and its JSON; what is filtered is the page's own matter.
        _ if path.contains("/results/") && part.contains('.') => "{concept}".to_owned(),
        _ => part.to_owned(),
    };
    // What is filtered, compared or found is the page's own matter.
    let own = ["/results/", "/compare", "/indicators/", "/check?", "/check.csv", "finding="]
        .iter()
        .any(|page| path.contains(page));
    let mut parts: Vec<String> = if own { address } else { path }.split('/').map(part).collect();
    if let [_, page, id, year, ..] = parts.as_mut_slice()
        && page == "indicators"
    {
        (*id, *year) = ("{id}".to_owned(), "{year}".to_owned());
    }
    // What is proposed about a finding is a page of its own.
    let proposed = if path.contains("finding=") { "?finding" } else { "" };
    parts.join("/") + proposed
}

/// What every page promises.
fn check(answer: &Answer, path: &str) -> Page {
    let (html, page) = (answer.text(), answer.page());
    assert!(page.text().contains(DEMO), "{path} does not say {DEMO}");
    assert!(page.tags().any(|tag| tag.name == "html" && tag.attribute("lang") == Some("ja")), "{path}");
    assert_eq!(page.tags().filter(|tag| tag.name == "h1").count(), 1, "{path}");
    assert_eq!(page.tags().filter(|tag| tag.name == "main").count(), 1, "{path}");
    // Pictures of what is public may stand in other sites, which ask for them often.
    let kept = ["no-store", "public, max-age=300"].into_iter().take(if path.starts_with("/pictures/") { 2 } else { 1 });
    assert!(kept.into_iter().any(|kept| answer.header("cache-control") == kept), "{path}");

    let policy = answer.header("content-security-policy");
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
    let mut ids = BTreeSet::new();
    for tag in page.tags() {
        for (name, value) in &tag.attributes {
            assert!(name != "style" && !name.starts_with("on"), "{path}: {tag:?}");
            let loads = matches!(name.as_str(), "src" | "srcset" | "action" | "formaction" | "data")
                || (name == "href" && tag.name != "a");
            assert!(!loads || !value.contains("//"), "{path} loads from elsewhere: {tag:?}");
            assert!(name != "id" || ids.insert(value.clone()), "{path} has the id {value} twice");
        }
        assert_ne!(tag.name, "style", "{path}");
        assert!(tag.name != "script" || tag.attribute("nonce") == Some(nonce), "{path}: {tag:?}");
    }
    // A picture leaves the page with its mark; what a device reads from the screen is none.
    let pictures = html.split("<svg").skip(1).filter_map(|rest| rest.split("</svg>").next());
    let pictures: Vec<&str> = pictures.filter(|picture| !picture.contains("class=\"qr-code\"")).collect();
    assert!(pictures.iter().all(|picture| picture.contains(DEMO)), "a picture of {path} does not say {DEMO}");
    let island = page.tags().any(|tag| tag.name == "leptos-island");
    assert_eq!(policy.contains("'wasm-unsafe-eval'"), island, "{path}");
    page
}
