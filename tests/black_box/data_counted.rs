//! Datasets that are counted: joined over the years, with people, transitions and the way to each computation.

use tests::{Client, Installation};

#[tokio::test]
async fn what_is_counted_of_all_years_is_joined_and_is_that_of_each_year() {
    let server = Installation::demo().serve();
    let (public, analyst) = (server.anonymous(), server.visitor("analyst").await);
    for dataset in ["tabulations", "numbers"] {
        let read = async |period: &str| {
            let file = public.get(&format!("/data/{period}/{dataset}.csv?encoding=utf-8")).await.expect(200);
            tests::Table::read(&file.text())
        };
        let mut all = read("all").await;
        assert!(all.columns.ends_with(&["joined_concept".to_owned(), "series".to_owned()]), "{:?}", all.columns);
        assert!(all.rows.iter().all(|row| !row["joined_concept"].is_empty() && !row["series"].is_empty()), "{dataset}");
        let mut each = Vec::new();
        for year in ["2023", "2024", "2025"] {
            // The current revision is counted from what the server keeps, by its number as well.
            let of_year = read(year).await.rows;
            let by_number = format!("/data/{year}/{dataset}.csv?encoding=utf-8&revision=1");
            assert_eq!(tests::Table::read(&public.get(&by_number).await.expect(200).text()).rows, of_year);
            each.extend(of_year);
        }
        for row in &mut all.rows {
            row.remove("joined_concept");
            row.remove("series");
        }
        assert!(all.rows == each, "{dataset}");
    }
    // Populations are sums that could name who is in them: only of what may be seen by name.
    let weights = async |client: &Client, query: &str| {
        let file = client.get(&format!("/data/2025/tabulations.csv?encoding=utf-8{query}")).await.expect(200);
        let rows = tests::Table::read(&file.text()).rows;
        rows.iter().filter(|row| !row["population"].is_empty()).count()
    };
    let (seen, whole) = (weights(&public, "").await, weights(&analyst, "&scope=all").await);
    assert!(0 < seen && seen < whole, "{seen} of {whole}");
}

#[tokio::test]
async fn transitions_are_those_of_the_api() {
    let server = Installation::demo().serve();
    let analyst = server.visitor("analyst").await;
    let file = analyst.get("/data/all/transitions.csv?encoding=utf-8&scope=council").await.expect(200).text();
    let table = tests::Table::read(&file);
    let (mut compared, mut rows) = (0, table.rows.iter().filter(|row| row["fiscal_year"] == "2025"));
    while let Some(first) = rows.next() {
        let nine: Vec<_> = std::iter::once(first).chain(rows.by_ref().take(8)).collect();
        assert!(nine.iter().all(|row| row["since_fiscal_year"] == "2024" && row["concept"] == first["concept"]));
        let shown: Vec<&str> = nine.iter().map(|row| row["count"].as_str()).collect();
        let path = format!("/api/v1/results/2025/transitions/{}", first["concept"]);
        let answer = analyst.get(&path).await;
        if answer.status != 200 || shown.contains(&"") {
            continue;
        }
        let json = answer.json();
        let counts = json["counts"].as_array().unwrap().iter().flat_map(|row| row.as_array().unwrap());
        assert_eq!(counts.map(ToString::to_string).collect::<Vec<_>>(), shown, "{path}");
        assert_eq!(json["register"].to_string(), first["register"]);
        compared += 1;
        if compared == 20 {
            return;
        }
    }
    panic!("only {compared} were compared");
}

#[tokio::test]
async fn figures_come_with_their_people_and_the_way_to_their_computation() {
    let server = Installation::demo().serve();
    let analyst = server.visitor("analyst").await;
    let file = analyst.get("/data/all/indicators.csv?encoding=utf-8&scope=all").await.expect(200).text();
    let table = tests::Table::read(&file);
    let row = table.rows.iter().find(|row| row["definition"] == "engaged-any" && row["fiscal_year"] == "2025");
    let row = row.expect("the figure");
    assert_eq!((row["computation"].as_str(), row["bridge"].as_str()), ("/indicators/engaged-any/2025", "no"));
    let json = analyst.get("/api/v1/indicators/engaged-any/2025").await.expect(200).json();
    let result = &json["figure"]["result"];
    let tenths = |value: &serde_json::Value| value.as_u64().map(|tenths| format!("{}.{}", tenths / 10, tenths % 10));
    let people = tenths(&result["population"]["share"]["permille"]).expect("people");
    assert_eq!(row["population_share"], people);
    assert_eq!(row["left_out"], result["left_out"].to_string());
    for row in table.rows.iter().filter(|row| !row["computation"].is_empty()) {
        analyst.get(&row["computation"]).await.expect(200);
    }
}

#[tokio::test]
async fn a_round_that_is_not_kept_is_counted_all_the_same_and_says_its_rows_beforehand() {
    let server = Installation::demo().serve();
    let analyst = server.visitor("analyst").await;
    for dataset in ["tabulations", "crosstabs", "numbers", "indicators", "indicator-groups", "comparisons"] {
        for period in ["2026", "all"] {
            let file = analyst.get(&format!("/data/{period}/{dataset}.csv?encoding=utf-8&scope=all")).await.expect(200);
            let rows = tests::Table::read(&file.text()).rows;
            assert_eq!(file.header("shirabe-rows"), rows.len().to_string(), "{period} {dataset}");
            assert!(rows.iter().any(|row| row["fiscal_year"] == "2026"), "{period} {dataset}");
        }
    }
}
