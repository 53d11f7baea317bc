//! `GET /pictures/…`: every picture under an address of its own, as a page, SVG, PNG and CSV.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use tests::program::repository;
use tests::workbook::python;
use tests::{Client, Installation, Table};

const NAMES: [&str; 3] = ["fields", "course", "map"];
const DEMO: &str = "デモデータ（架空の回答）";

#[tokio::test]
async fn every_picture_of_the_public_page_has_its_files_and_its_page() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    let home = public.get("/").await.expect(200).page();
    let links = home.links();
    for name in NAMES {
        let address = format!("/pictures/home/{name}");
        for ending in ["", ".csv", ".svg", ".png"] {
            assert!(links.contains(&format!("{address}{ending}")), "{address}{ending} is not linked");
        }
        let page = public.get(&address).await.expect(200).page();
        let heading = page.texts_of(|tag| tag.name == "h1");
        assert!(home.texts_of(|tag| tag.name == "h2").contains(&heading[0]), "{heading:?}");
        assert!(page.text().contains(&format!("{}{address}", server.address())), "the code to embed names its address");

        let svg = public.get(&format!("{address}.svg")).await.expect(200);
        assert_eq!(svg.header("content-type"), "image/svg+xml");
        let svg = svg.text();
        for words in [DEMO, "資料：", "role=\"img\"", "BIZ UDGothic", &*heading[0]] {
            assert!(svg.contains(words), "{address}.svg lacks {words}");
        }
        let png = public.get(&format!("{address}.png")).await.expect(200);
        assert_eq!(png.header("content-type"), "image/png");
        let width = u32::from_be_bytes(png.bytes[16..20].try_into().unwrap());
        assert_eq!(width, 2 * (720 + 32), "twice the picture's width");
        assert_eq!(png.bytes, public.get(&format!("{address}.png")).await.expect(200).bytes);

        let csv = public.get(&format!("{address}.csv")).await.expect(200);
        assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
        assert!(csv.text().starts_with('\u{feff}') && csv.text().contains("\r\n") && csv.text().contains(DEMO));
    }
    let narrow = public.get("/pictures/home/fields.svg?layout=narrow").await.expect(200).text();
    assert!(narrow.contains("width=\"320\""));
}

#[tokio::test]
async fn the_board_of_a_round_is_a_picture_for_officers() {
    let server = Installation::demo().serve();
    let officer = server.visitor("officer").await;
    let query = "?kind=city";
    let links = officer.get(&format!("/desk/2026{query}")).await.expect(200).page().links();
    let address = "/pictures/desk/2026/board";
    for ending in ["", ".csv", ".svg", ".png"] {
        assert!(links.contains(&format!("{address}{ending}{query}")), "{ending}: {links:?}");
        officer.get(&format!("{address}{ending}{query}")).await.expect(200);
    }
    let csv = officer.get(&format!("{address}.csv{query}")).await.expect(200).text();
    assert!(csv.contains("弘前市") && !csv.contains("西目屋村"));
    server.visitor("m022021").await.get(address).await.expect(403);
    server.anonymous().get(address).await.expect(303);
}

#[tokio::test]
async fn a_table_is_sorted_by_its_headings_without_any_script() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    let order = async |address: &str, ends: &str| -> Vec<String> {
        let page = public.get(address).await.expect(200).page();
        let rows = page.rows();
        rows.into_iter().filter(|row| row.len() == 9 && row[0].contains(ends)).map(|row| row[1].clone()).collect()
    };
    let page = "/pictures/home/fields";
    let in_order = order(page, "").await;
    let numbers = |rows: &[String]| -> Vec<u32> { rows.iter().filter_map(|cell| cell.parse().ok()).collect() };
    let descending = numbers(&order(&format!("{page}?sort=fields.-engaged"), "").await);
    assert_eq!(descending.len(), 3);
    assert!(descending.is_sorted_by(|a, b| a >= b), "{descending:?} from {in_order:?}");
    let ascending = numbers(&order(&format!("{page}?sort=fields.engaged"), "").await);
    assert!(ascending.is_sorted(), "{ascending:?}");

    // The same on the page that has several tables; the heading says how it is sorted and leads to the other order.
    let home = public.get("/?sort=fields.-engaged").await.expect(200).page();
    let sorted: Vec<_> = home.tags().filter(|tag| tag.attribute("aria-sort").is_some()).collect();
    assert_eq!(sorted.len(), 1);
    assert_eq!(sorted[0].attribute("aria-sort"), Some("descending"));
    assert!(home.links().contains(&"/?sort=fields.engaged".to_owned()), "{:?}", home.links());
    public.get("/?sort=nothing.nothing").await.expect(200);
    public.get("/?sort=%FF").await.expect(200);
}

#[tokio::test]
async fn only_pictures_may_stand_inside_other_sites_and_only_what_is_public() {
    let server = Installation::demo().serve();
    let (public, officer) = (server.anonymous(), server.visitor("officer").await);
    for ending in ["", ".svg", ".png", ".csv"] {
        let address = format!("/pictures/home/fields{ending}");
        let answer = public.get(&address).await.expect(200);
        assert!(answer.header("content-security-policy").ends_with("frame-ancestors *"), "{address}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin");
        let answer = officer.get(&address).await.expect(200);
        assert!(answer.header("content-security-policy").ends_with("frame-ancestors 'none'"), "{address}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    let home = public.get("/").await.expect(200);
    assert!(home.header("content-security-policy").ends_with("frame-ancestors 'none'"));
}

#[tokio::test]
async fn what_is_no_picture_is_not_found() {
    let server = Installation::prepared().serve();
    let public = server.anonymous();
    for address in
        ["home/fields", "home/nothing", "home", "", "other/x.png", "home/fields/more", "home/..%2Ffields", "%00"]
    {
        public.get(&format!("/pictures/{address}")).await.expect(404);
    }
}

#[tokio::test]
async fn a_picture_and_its_file_say_the_same() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    let csv = Table::read(&public.get("/pictures/home/map.csv").await.expect(200).text());
    assert_eq!(csv.values("municipality_code").len(), 40);
    let page = public.get("/pictures/home/map").await.expect(200).page();
    assert_eq!(page.rows().iter().filter(|row| row.len() == 7).count(), 40 + 1);
}

#[tokio::test]
async fn files_have_years_and_codes_of_municipalities_in_columns_of_their_own() {
    let server = Installation::demo().serve();
    let (public, officer) = (server.anonymous(), server.visitor("officer").await);
    for address in ["home/course.csv", "results/2025/engaged.industry/years.csv"] {
        let csv = public.get(&format!("/pictures/{address}")).await.expect(200);
        let table = Table::read(&csv.text());
        assert_eq!(table.columns[..2], ["fiscal_year", "fiscal_year_wareki"], "{address}");
        let last = table.rows.last().expect("a row");
        assert_eq!((&*last["fiscal_year"], &*last["fiscal_year_wareki"]), ("2025", "令和7年度"), "{address}");
        assert_eq!(csv.header("shirabe-rows"), table.rows.len().to_string(), "{address}");
        assert_eq!(csv.header("shirabe-columns"), table.columns.len().to_string(), "{address}");
        assert_eq!(csv.header("shirabe-sha256").len(), 64, "{address}");
    }
    let changes = public.get("/pictures/results/2025/engaged.industry/changes.csv").await.expect(200).text();
    let changes = Table::read(&changes);
    assert_eq!(
        (changes.values("since_fiscal_year"), changes.values("fiscal_year")),
        (["2024"].into(), ["2025"].into())
    );
    let maturity = officer.get("/pictures/compare/maturity.csv?municipality=022021").await.expect(200).text();
    let maturity = Table::read(&maturity);
    assert_eq!(maturity.rows[0]["municipality_code"], "022021");
    assert_eq!(maturity.rows.len(), maturity.values("municipality_code").len());
}

/// Every CSV that the pictures of a page offer, beside what the API says of the same table.
async fn keep_tables(client: &Client, page: &str, folder: &std::path::Path) -> usize {
    let links = client.get(page).await.expect(200).page().links();
    let is_table = |link: &String| link.starts_with("/pictures/") && link.contains(".csv");
    let tables: BTreeSet<String> = links.into_iter().filter(is_table).collect();
    let before = std::fs::read_dir(folder).unwrap().count();
    for (place, link) in tables.iter().enumerate() {
        let csv = client.get(link).await.expect(200);
        let api = link.replacen("/pictures/", "/api/v1/exhibits/", 1).replacen(".csv", "", 1);
        let described = client.get(&api).await.expect(200);
        std::fs::write(folder.join(format!("{}.csv", before + place)), &csv.bytes).unwrap();
        std::fs::write(folder.join(format!("{}.json", before + place)), &described.bytes).unwrap();
    }
    tables.len()
}

#[tokio::test]
async fn the_table_of_every_picture_keeps_the_rules_of_files_and_is_the_one_of_the_api() {
    let server = Installation::demo().serve();
    let (public, respondent, officer) =
        (server.anonymous(), server.visitor("m022021").await, server.visitor("officer").await);
    let folder = tempfile::tempdir().unwrap();
    let mut tables = keep_tables(&public, "/", folder.path()).await;
    assert_eq!(tables, NAMES.len());
    for concept in ["engaged.industry", "industry.tourism.data"] {
        tables += keep_tables(&public, &format!("/results/2025/{concept}"), folder.path()).await;
    }
    for concept in ["trigger.industry", "organization.staff"] {
        tables += keep_tables(&officer, &format!("/results/2025/{concept}"), folder.path()).await;
    }
    tables += keep_tables(&respondent, "/compare", folder.path()).await;
    for query in ["municipality=022021", "municipality=022021&rows=question", "municipality=022021&scale=z"] {
        tables += keep_tables(&officer, &format!("/compare?{query}"), folder.path()).await;
    }
    let mut command = Command::new(python());
    command.arg(repository().join("tests/readers/pictures.py")).arg(folder.path()).stdin(Stdio::null());
    let output = command.output().unwrap_or_else(|e| panic!("Python (cargo xtask test installs it): {e}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), tables.to_string());
}

#[tokio::test]
async fn numbers_of_a_comparison_are_numbers_with_units() {
    let server = Installation::demo().serve();
    let officer = server.visitor("officer").await;
    let columns = async |address: &str| -> Vec<(String, String, String)> {
        let table = officer.get(&format!("/api/v1/exhibits/compare/{address}")).await.expect(200).json();
        let words = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let columns = table["columns"].as_array().unwrap();
        columns.iter().map(|column| (words(&column["name"]), words(&column["type"]), words(&column["unit"]))).collect()
    };
    let has = |columns: &[(String, String, String)], name: &str, kind: &str, unit: &str| {
        let wanted = (name.to_owned(), kind.to_owned(), unit.to_owned());
        assert!(columns.contains(&wanted), "{wanted:?} in {columns:?}");
    };
    let strips = columns("strips?municipality=022021").await;
    has(&strips, "own", "number", "％");
    has(&strips, "gap", "number", "ポイント");
    has(&strips, "rank", "integer", "位");
    has(&strips, "rank_of", "integer", "団体");
    has(&columns("strips?municipality=022021&rows=question").await, "gap", "number", "段階");
    let maturity = columns("maturity?municipality=022021").await;
    for name in ["score_low", "score_high"] {
        has(&maturity, name, "number", "点");
    }
    has(&maturity, "rank_best", "integer", "位");
}
