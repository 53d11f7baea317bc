//! `?scope=council`: what members of the council may have of what is published.

use std::collections::BTreeSet;

use tests::{Client, Installation, Table};

async fn table(client: &Client, path: &str) -> Table {
    Table::read(client.get(path).await.expect(200).text().trim_start_matches('\u{feff}'))
}

#[tokio::test]
async fn members_get_what_is_public_to_them_on_the_web_in_the_api_and_nobody_else_does() {
    let installation = Installation::demo();
    let server = installation.serve();
    let (public, respondent) = (server.anonymous(), server.visitor("m022021").await);
    let (member, analyst) = (server.visitor("councilmember").await, server.visitor("analyst").await);
    let path = "/data/2025/answers.csv?scope=council";
    let file = member.get(path).await.expect(200);
    assert_eq!(file.header("cache-control"), "no-store");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"shirabe-2025-answers-council-demo.csv\"");
    assert!(file.header("link").starts_with("</data/2025/answers.csv-metadata.json?scope=council>"));
    assert_eq!(installation.run(&["export", "--year", "2025", "--audience", "council"]).done(), file.text());
    assert_eq!(analyst.get(path).await.expect(200).bytes, file.bytes);
    let manifest = member.get("/data/2025/answers.csv-metadata.json?scope=council").await.expect(200).json();
    assert_eq!((&manifest["audience"], &manifest["licence"]), (&"council".into(), &serde_json::Value::Null));

    let questions =
        |table: &Table| table.values("question_name").into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
    let council = questions(&table(&member, path).await);
    let everybody = questions(&table(&public, "/data/2025/answers.csv").await);
    let prefecture = questions(&table(&analyst, "/data/2025/answers.csv?scope=all").await);
    assert!(everybody.is_subset(&council) && council.is_subset(&prefecture));
    assert!(everybody.len() < council.len() && council.len() < prefecture.len());

    for other in [&public, &respondent] {
        other.get(path).await.expect(404);
        other.get("/api/v1/datasets/answers/2025?scope=council").await.problem(404);
        assert!(!other.get("/data").await.expect(200).page().text().contains("協議会の中で使うデータ"));
    }
    member.get("/data/2025/answers.csv?scope=all").await.expect(404);
    member.get("/data/2025/answers.csv?scope=others").await.expect(404);
    // Not what is not published.
    member.get("/data/2026/answers.csv?scope=council").await.expect(404);

    let page = member.get("/data").await.expect(200).page();
    assert!(page.text().contains("協議会の中で使うデータ"));
    assert!(page.links().contains(&"/data/2025/answers.csv?scope=council".to_owned()));
    let listed = member.get("/api/v1/datasets?per_page=1000").await.expect(200).json();
    let rows: Vec<&str> = listed.as_array().unwrap().iter().map(|one| one["rows"].as_str().unwrap()).collect();
    assert!(rows.contains(&"/api/v1/datasets/comparisons/2025?scope=council"), "{rows:?}");
    member.get("/api/v1/datasets/answers/2025?scope=council").await.expect(200);
    let fields = [("data", "2025/comparisons/council"), ("format", "csv")];
    member.post("/data/exports", &fields).await.expect(303);
}

#[tokio::test]
async fn comparison_sets_are_what_the_comparison_says() {
    let installation = Installation::demo();
    let server = installation.serve();
    let (public, member) = (server.anonymous(), server.visitor("councilmember").await);
    for path in ["/data/2025/comparisons.csv", "/data/2025/comparisons.csv?scope=council"] {
        public.get(path).await.expect(404);
    }
    member.get("/data/2025/comparisons.csv").await.expect(404);
    let set = table(&member, "/data/2025/comparisons.csv?scope=council").await;
    assert_eq!(set.values("municipality_code").len(), 40);
    // 青森市 did not respond that year.
    let aomori = set.rows.iter().filter(|row| row["municipality_code"] == "022012");
    assert!(aomori.clone().count() > 0 && aomori.clone().all(|row| row["own"].is_empty()));
    assert!(aomori.clone().all(|row| row["state"] == "no_own_value" && row["rank"].is_empty()));

    let compared = member.get("/api/v1/comparison?municipality=022021&year=2025").await.expect(200).json();
    let tenths = |value: &serde_json::Value| {
        value["permille"].as_u64().map_or(String::new(), |tenths| format!("{}.{}", tenths / 10, tenths % 10))
    };
    let number = |value: &serde_json::Value| value.as_u64().map_or(String::new(), |number| number.to_string());
    let hirosaki: Vec<_> = set.rows.iter().filter(|row| row["municipality_code"] == "022021").collect();
    let rows = compared["rows"].as_array().unwrap();
    assert_eq!(rows.len(), hirosaki.len());
    for row in rows {
        let code = row["code"].as_str().unwrap();
        let code = if code.is_empty() { "all" } else { code };
        let found = hirosaki.iter().find(|found| found["topic"] == code).expect("the topic");
        assert_eq!((&found["own"], &found["median"]), (&tenths(&row["own"]), &tenths(&row["median"])), "{code}");
        assert_eq!((&found["rank"], &found["rank_of"]), (&number(&row["rank"]), &number(&row["rank_of"])), "{code}");
        assert_eq!(found["peers_with_value"], number(&row["answered"]), "{code}");
        assert_eq!(found["peers"], "7");
    }
    installation.run(&["export", "--year", "2025", "--dataset", "comparisons", "--audience", "public"]).refused(1);
    let council = ["export", "--year", "2025", "--dataset", "comparisons", "--audience", "council"];
    let download = member.get("/data/2025/comparisons.csv?scope=council").await.expect(200).text();
    assert_eq!(installation.run(&council).done(), download);
}
