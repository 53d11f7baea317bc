//! Every table that a page shows can be had through the API, and says the same there.

use reqwest::Method;
use serde_json::Value;
use tests::{Client, Installation, Table};

/// Pages that show a table, who sees it, and where the API gives it. `*` is one part of an address, `**` all further ones; the
/// first that fits counts.
const ENDPOINTS: [(&str, &str, &str); 42] = [
    ("/", "", "/api/v1/exhibits/home/fields"),
    ("/pictures/**", "", "/api/v1/exhibits/home/course"),
    ("/indicators", "", "/api/v1/indicators"),
    ("/indicators/ledger", "", "/api/v1/kpis"),
    ("/indicators/*/*", "", "/api/v1/indicators/engaged-any/2025"),
    ("/indicators/*/*/*", "analyst", "/api/v1/indicators/engaged-any/2025/022012"),
    ("/roadmap", "", "/api/v1/datasets/roadmap/all"),
    ("/results/*", "", "/api/v1/results/2025"),
    (
        "/results/*/explore",
        "analyst",
        "/api/v1/results/2025/exploration?compare=groups&of=i.engaged-any&by=kind&chance=superpopulation",
    ),
    ("/results/*/**", "", "/api/v1/results/2025/questions/organization.plan"),
    ("/compare", "m022012", "/api/v1/comparison"),
    ("/compare/*", "m022012", "/api/v1/comparison"),
    ("/publications", "", "/api/v1/publications"),
    ("/publications/*/*", "", "/api/v1/publications/2025/1"),
    ("/data", "", "/api/v1/datasets"),
    ("/data/*/*", "", "/api/v1/datasets/tabulations/2025"),
    ("/answer/*/tasks", "m022012", "/api/v1/rounds/2026/responses/022012/sections"),
    ("/answer/*/tasks/*", "m022012", "/api/v1/rounds/2026/responses/022012/sections"),
    ("/answer/*/inquiries", "m022012", "/api/v1/rounds/2026/inquiries"),
    ("/answer/*/receipt", "m022021", "/api/v1/rounds/2026/responses/022021/standing"),
    ("/answer", "m022012", "/api/v1/rounds/2026/responses/022012"),
    ("/answer/**", "m022012", "/api/v1/rounds/2026/responses/022012"),
    ("/desk/kpi", "officer", "/api/v1/kpis"),
    ("/desk/kpi/*", "officer", "/api/v1/kpis/labour-productivity/revisions"),
    ("/desk/roadmap", "officer", "/api/v1/datasets/roadmap/all?scope=all"),
    ("/desk/roadmap/*", "officer", "/api/v1/datasets/roadmap-reviews/all?scope=all"),
    ("/desk/accounts", "officer", "/api/v1/accounts"),
    ("/desk/accounts/*", "officer", "/api/v1/accounts"),
    ("/desk/audit", "officer", "/api/v1/datasets/audit/all?scope=all"),
    ("/desk/*", "officer", "/api/v1/rounds/2026/responses"),
    ("/desk/*/check", "officer", "/api/v1/datasets/check/2026?scope=all"),
    ("/desk/*/extensions", "officer", "/api/v1/rounds/2026/extensions"),
    ("/desk/*/inquiries", "officer", "/api/v1/rounds/2026/inquiries"),
    ("/desk/*/advice", "officer", "/api/v1/rounds/2026/advice"),
    ("/desk/*/reminders", "officer", "/api/v1/rounds/2026/reminders/mails"),
    ("/desk/*/reminders/new", "officer", "/api/v1/rounds/2026/reminders/mails"),
    ("/desk/*/questionnaire", "officer", "/api/v1/rounds/2026/questionnaire"),
    ("/desk/*/questionnaire/**", "officer", "/api/v1/datasets/codebook/2026?scope=all"),
    ("/desk/*/publication", "officer", "/api/v1/datasets/codebook/2025?scope=all"),
    ("/desk/*/report", "officer", "/api/v1/datasets/indicator-groups/2025"),
    ("/desk/*/*", "officer", "/api/v1/rounds/2026/responses/022012"),
    ("/desk/*/*/changes", "officer", "/api/v1/rounds/2026/responses/022012/comparison"),
];

/// Pages whose tables are no data: names of the demonstration's accounts, and the tokens that one has made oneself.
const OF_NO_DATA: [&str; 2] = ["/login", "/tokens"];

/// Where the API gives the tables of a page; `None` where it does not.
pub fn endpoint_of(address: &str) -> Option<&'static str> {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let found = ENDPOINTS.iter().find(|(pattern, ..)| fits(path, pattern)).map(|(.., endpoint)| *endpoint);
    found.or_else(|| OF_NO_DATA.into_iter().find(|page| *page == path))
}

fn fits(path: &str, pattern: &str) -> bool {
    let (mut parts, mut wanted) = (path.split('/'), pattern.split('/'));
    loop {
        match (parts.next(), wanted.next()) {
            (None, None) | (Some(_), Some("**")) => return true,
            (Some(part), Some(wanted)) if wanted == "*" || wanted == part => {}
            _ => return false,
        }
    }
}

#[tokio::test]
async fn every_page_with_a_table_has_an_endpoint_for_whoever_sees_it() {
    let server = Installation::demo().serve();
    let anonymous = server.anonymous();
    for (page, visitor, endpoint) in ENDPOINTS {
        let client = if visitor.is_empty() { server.anonymous() } else { server.visitor(visitor).await };
        let answer = client.get(endpoint).await;
        assert_eq!(answer.status, 200, "{page} {endpoint}: {}", answer.text());
        if visitor == "officer" && endpoint.starts_with("/api/v1/rounds/") || endpoint == "/api/v1/accounts" {
            anonymous.get(endpoint).await.problem(401);
        }
    }
}

#[tokio::test]
async fn the_desks_lists_are_those_of_its_pages_and_for_officers() {
    let server = Installation::demo().serve();
    let officer = server.visitor("officer").await;
    let accounts = officer.get("/api/v1/accounts?per_page=1000").await.expect(200).json();
    let page = officer.get("/desk/accounts").await.expect(200).page().text();
    for account in accounts.as_array().unwrap() {
        assert!(page.contains(account["login_name"].as_str().unwrap()), "{account}");
    }
    let board = officer.get("/api/v1/rounds/2026/responses").await.expect(200).json();
    let aomori = board.as_array().unwrap().iter().find(|row| row["code"] == "022012").expect("a row");
    assert_eq!((&aomori["kind"], &aomori["region"]), (&"city".into(), &"tosei".into()), "{aomori}");
    assert!(aomori["returned"].is_u64() && aomori["inquiries"].is_u64() && aomori["asks_for_extension"].is_boolean());
    let beside = officer.get("/api/v1/rounds/2026/responses/022021/comparison?per_page=1000").await.expect(200).json();
    let differing = beside
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["differs_from_last_year"] == true || row["differs_from_before"] == true);
    let page = officer.get("/desk/2026/022021/changes").await.expect(200).page();
    assert_eq!(
        page.rows().iter().filter(|row| row.first().is_some_and(|cell| cell != "設問")).count(),
        differing.count()
    );
    let asks = officer.get("/api/v1/rounds/2026/questionnaire").await.expect(200).json();
    assert_eq!((&asks["form_id"], asks["sections"].as_array().unwrap().len()), (&"dx_survey".into(), 8));
    assert_eq!(asks["differences"]["since"], 2025);
    for path in [
        "/api/v1/accounts",
        "/api/v1/rounds/2026/extensions",
        "/api/v1/rounds/2026/reminders/mails",
        "/api/v1/rounds/2026/questionnaire",
    ] {
        for visitor in ["analyst", "m022012"] {
            server.visitor(visitor).await.get(path).await.problem(403);
        }
    }
    // The own response, and nobody else's.
    let hirosaki = server.visitor("m022021").await;
    let standing = hirosaki.get("/api/v1/rounds/2026/responses/022021/standing").await.expect(200).json();
    let receipt = hirosaki.get("/answer/2026/receipt").await.expect(200).page().text();
    for planned in standing["planned"].as_array().unwrap() {
        assert!(receipt.contains(planned["label"].as_str().unwrap()), "{planned}");
    }
    hirosaki.get("/api/v1/rounds/2026/responses/022012/standing").await.problem(404);
    hirosaki.get("/api/v1/rounds/2026/responses/022021/comparison").await.problem(403);
}

#[tokio::test]
async fn pictures_and_files_are_had_with_a_token() {
    let server = Installation::demo().serve();
    let (anonymous, member) = (server.anonymous(), server.visitor("councilmember").await);
    let token = member.token("図", &["read"]).await;
    let file = "/data/2025/comparisons.csv?scope=council";
    for (path, kind) in [("/pictures/home/fields.svg", "image/svg+xml"), (file, "text/csv; charset=utf-8")] {
        let answer = anonymous.send(anonymous.bearing(Method::GET, path, &token)).await.expect(200);
        assert_eq!(answer.header("content-type"), kind);
        assert_eq!(answer.header("cache-control"), "no-store", "{path}: it is the account's");
    }
    let respondent = server.visitor("m022012").await.token("図", &["read"]).await;
    let strips = "/pictures/compare/strips.svg";
    let picture = anonymous.send(anonymous.bearing(Method::GET, strips, &respondent)).await.expect(200);
    assert_eq!(picture.header("content-type"), "image/svg+xml");
    let other = server.visitor("m022012").await.token("回答", &["answer"]).await;
    anonymous.send(anonymous.bearing(Method::GET, strips, &other)).await.problem(403);
    anonymous.send(anonymous.bearing(Method::GET, strips, "shirabe_none")).await.problem(401);
    let described = anonymous.get("/api/v1/openapi.json").await.expect(200).json();
    let security = &described["paths"]["/pictures/{path}"]["get"]["security"];
    assert!(security.as_array().unwrap().iter().any(|one| one["token"] == serde_json::json!(["read"])), "{security}");
}

/// The exhibits of a page: the addresses of their tables as CSV.
async fn tables(client: &Client, page: &str) -> Vec<String> {
    let links = client.get(page).await.expect(200).page().links();
    let mut tables: Vec<String> =
        links.into_iter().filter(|link| link.starts_with("/pictures/") && link.contains(".csv")).collect();
    tables.dedup();
    tables
}

/// A cell as a CSV says it.
fn words(cell: &Value) -> String {
    match cell {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        number => number.to_string(),
    }
}

#[tokio::test]
async fn every_exhibit_is_the_same_in_json() {
    let server = Installation::demo().serve();
    let (anonymous, aomori, hirosaki) =
        (server.anonymous(), server.visitor("m022012").await, server.visitor("m022021").await);
    let mut seen = 0;
    for (client, page) in [
        (&anonymous, "/"),
        (&anonymous, "/results/2025/organization.plan"),
        (&anonymous, "/results/2025/organization.plan?region=sanpachi"),
        (&aomori, "/compare"),
        (&hirosaki, "/answer/2026/receipt"),
    ] {
        for csv in tables(client, page).await {
            let api = csv.replacen("/pictures/", "/api/v1/exhibits/", 1).replacen(".csv", "", 1);
            let json = client.get(&api).await.expect(200).json();
            let table = Table::read(&client.get(&csv).await.expect(200).text());
            let names: Vec<&str> =
                json["columns"].as_array().unwrap().iter().map(|c| c["name"].as_str().unwrap()).collect();
            let rows = json["rows"].as_array().expect("rows");
            assert_eq!(rows.len(), table.rows.len(), "{api}");
            for (row, expected) in rows.iter().zip(&table.rows) {
                for (name, cell) in names.iter().zip(row.as_array().unwrap()) {
                    let number = |text: &str| text.parse::<f64>().ok();
                    let (got, wanted) = (words(cell), &expected[*name]);
                    assert!(
                        got == *wanted || (number(&got).is_some() && number(&got) == number(wanted)),
                        "{api}: {got} {wanted}"
                    );
                }
            }
            assert_eq!(json["demonstration"], true);
            seen += 1;
        }
    }
    assert!(seen >= 10, "{seen}");
    anonymous.get("/api/v1/exhibits/home/none").await.problem(404);
    anonymous.get("/api/v1/exhibits/compare/strips").await.problem(401);
}

#[tokio::test]
async fn a_figures_steps_are_those_of_its_page() {
    let server = Installation::demo().serve();
    let (anonymous, analyst) = (server.anonymous(), server.visitor("analyst").await);
    for client in [&anonymous, &analyst] {
        let json = client.get("/api/v1/indicators/engaged-any/2025").await.expect(200).json();
        let rows = client.get("/indicators/engaged-any/2025").await.expect(200).page().rows();
        for (field, name) in [("industry", "産業・しごと"), ("living", "暮らし・まち"), ("administration", "行政経営")]
        {
            let row = rows.iter().find(|row| row[0] == name).expect("the field's row");
            let found = json["fields"].as_array().unwrap().iter().find(|f| f["field"] == field).expect("the field");
            for (column, key) in [(2, "engaged"), (3, "not_engaged"), (4, "undetermined")] {
                let shown = found[key].as_u64().map_or("秘匿".to_owned(), |count| count.to_string());
                assert_eq!(row[column], shown, "{name} {key}");
            }
        }
        assert_eq!(json["figure"]["result"]["id"], "engaged-any");
        assert!(json["regions"].is_array() != json["municipalities"].is_array());
    }
    let path = "/api/v1/indicators/engaged-any/2025";
    let named = analyst.get(path).await.json();
    assert_eq!(named["municipalities"].as_array().unwrap().len(), 40);
    let answers = analyst.get(&format!("{path}/022012")).await.expect(200).json();
    let page = analyst.get("/indicators/engaged-any/2025/022012").await.expect(200).page();
    for answer in answers["answers"].as_array().unwrap() {
        let label = answer["label"].as_str().unwrap();
        assert!(page.rows().iter().any(|row| row.iter().any(|cell| cell.contains(label))), "{label}");
    }
    anonymous.get("/api/v1/indicators/none/2025").await.problem(404);
    anonymous.get("/api/v1/indicators/engaged-any/1999").await.problem(404);
}

#[tokio::test]
async fn registers_ledgers_and_datasets_are_there() {
    let server = Installation::demo().serve();
    let (anonymous, officer) = (server.anonymous(), server.visitor("officer").await);
    let ledger = anonymous.get("/api/v1/kpis").await.expect(200).json();
    let page = anonymous.get("/indicators").await.expect(200).page().text();
    for row in ledger.as_array().unwrap() {
        assert!(page.contains(row["label"].as_str().unwrap()), "{row}");
    }
    let computed = ledger.as_array().unwrap().iter().find(|row| row["computed"].is_object()).expect("a computed row");
    assert_eq!(computed["computed"]["year"], 2025);
    anonymous.get("/api/v1/kpis/labour-productivity/revisions").await.problem(401);

    for (client, scope) in [(&anonymous, ""), (&officer, "?scope=all")] {
        let listed = client.get("/api/v1/datasets?per_page=1000").await.expect(200).json();
        for dataset in listed.as_array().unwrap() {
            let rows = dataset["rows"].as_str().unwrap();
            if !rows.ends_with(scope) || dataset["period"] != "2025" && dataset["period"] != "all" {
                continue;
            }
            let first = client.get(rows).await.expect(200).json();
            assert_eq!(first["dataset"], dataset["id"]);
            let file = dataset["files"].as_array().unwrap().iter().find(|file| file["format"] == "json").unwrap();
            let manifest = client.get(file["manifest"].as_str().unwrap()).await.expect(200).json();
            let names = |columns: &Value| -> Vec<Value> {
                columns.as_array().unwrap().iter().map(|c| c["name"].clone()).collect()
            };
            assert_eq!(names(&first["columns"]), names(&manifest["columns"]), "{rows}");
            assert_eq!(
                first["rows"].as_array().unwrap().len() as u64,
                manifest["rows"].as_u64().unwrap().min(100),
                "{rows}"
            );
        }
    }
    anonymous.get("/api/v1/datasets/answers/2026").await.problem(404);
    anonymous.get("/api/v1/datasets/answers/2025?scope=all").await.problem(404);
    anonymous.get("/api/v1/datasets/progress/2026").await.problem(404);
}
