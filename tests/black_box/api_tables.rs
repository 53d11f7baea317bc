//! Every table that a page shows can be had through the API, and says the same there.

use serde_json::Value;
use tests::{Client, Installation, Table};

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
