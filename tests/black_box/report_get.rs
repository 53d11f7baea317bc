//! `/desk/{year}/report`, `/desk/{year}/report/workbook`: the year's report for 青森県DX推進本部.

use std::process::{Command, Stdio};

use tests::Installation;
use tests::program::repository;

const REPORT: &str = "/desk/2025/report";
const WORKBOOK: &str = "/desk/2025/report/workbook";

#[tokio::test]
async fn the_report_holds_every_part_and_the_workbook_the_same_tables() {
    let server = Installation::demo().serve();
    let officer = server.visitor("officer").await;
    let page = officer.get(REPORT).await.expect(200).page();
    let text = page.text();
    for part in [
        "青森県DX推進本部　令和7年度年次報告",
        "とりうる範囲",
        "地域ごとの結果",
        "人口規模ごとの結果",
        "KPI台帳",
        "工程表の状況",
        "計算の方法とデータ",
        "定義ごとの結果",
        "更新なし（前回調査",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(page.tags().filter(|tag| tag.name == "svg").count() >= 10, "every picture in both layouts");
    let workbook = officer.made(WORKBOOK, &page.form(WORKBOOK).borrowed()).await;
    assert!(workbook.header("content-disposition").contains("shirabe-2025-report-demo.xlsx"));
    let cells = tests::workbook::texts(&workbook.bytes);
    for words in ["シート", "東青", "コピー用紙使用量", "青森市", "デモデータ（架空の回答）", "取組方針", "公式"]
    {
        assert!(cells.contains(words), "{words}");
    }
    // What stands in the page's tables stands in the workbook.
    for row in page.rows().iter().filter(|row| row.first().is_some_and(|cell| cell == "三八")) {
        assert!(cells.contains(row[1].as_str()), "{row:?}");
    }
}

#[tokio::test]
async fn its_groups_are_those_of_the_dataset_and_add_up_to_the_whole() {
    let server = Installation::demo().serve();
    let officer = server.visitor("officer").await;
    let rows = officer.get(REPORT).await.expect(200).page().rows();
    let file = server.anonymous().get("/data/2025/indicator-groups.csv?encoding=utf-8").await.expect(200).text();
    let groups = tests::Table::read(&file).rows;
    let official = || groups.iter().filter(|row| row["official"] == "yes");
    for attribute in ["region", "kind", "population_band", "prefecture"] {
        let sum = |column: &str| -> u32 {
            official().filter(|row| row["group_by"] == attribute).map(|row| row[column].parse::<u32>().unwrap()).sum()
        };
        assert_eq!(
            ["engaged", "not_engaged", "undetermined", "register"].map(sum),
            [34, 4, 2, 40],
            "{attribute}: as the page of the figure says"
        );
    }
    for row in official().filter(|row| ["region", "population_band"].contains(&row["group_by"].as_str())) {
        let shown = rows.iter().find(|cells| cells.first() == Some(&row["group"]));
        let shown = shown.unwrap_or_else(|| panic!("{} is not in the report", row["group"]));
        assert_eq!(shown[1..4], ["engaged", "not_engaged", "undetermined"].map(|c| row[c].clone()), "{}", row["group"]);
        assert!(shown.contains(&format!("{}％", row["share"])), "{shown:?}");
    }
}

/// Every sheet keeps the rules of machine-readability that a sheet can break.
#[tokio::test]
async fn every_sheet_of_the_workbook_keeps_the_rules() {
    let server = Installation::demo().serve();
    let officer = server.visitor("officer").await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.xlsx");
    let page = officer.get("/desk/2025/report").await.expect(200).page();
    std::fs::write(&path, officer.made(WORKBOOK, &page.form(WORKBOOK).borrowed()).await.bytes).unwrap();
    let mut command = Command::new(tests::workbook::python());
    command.arg(repository().join("tests/readers/sheets.py")).arg(&path).stdin(Stdio::null());
    let output = command.output().unwrap_or_else(|error| panic!("Python (cargo xtask test installs it): {error}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let sheets: usize = String::from_utf8_lossy(&output.stdout).trim().parse().expect("a number of sheets");
    assert!(sheets > 5, "{sheets}");
}

#[tokio::test]
async fn the_report_is_of_a_published_year_and_for_officers() {
    let server = Installation::demo().serve();
    let officer = server.visitor("officer").await;
    let refused = officer.get("/desk/2026/report").await.expect(409);
    assert!(refused.page().text().contains("公表した後に作れます"));
    officer.press("/desk/2026/report/workbook").await.expect(409);
    officer.get("/desk/2030/report").await.expect(404);
    let earlier = officer.get("/desk/2023/report").await.expect(200).page().text();
    assert!(earlier.contains("令和5年度年次報告") && !earlier.contains("令和7年度（2025年度）調査"), "{earlier}");
    for name in ["analyst", "m022012"] {
        let other = server.visitor(name).await;
        other.get(REPORT).await.expect(403);
        other.press(WORKBOOK).await.expect(403);
    }
    assert_eq!(server.anonymous().get(REPORT).await.status, 303, "to the login");
}

#[tokio::test]
async fn what_is_for_the_prefecture_alone_is_in_the_report_only_when_asked_for() {
    let server = Installation::demo().serve();
    let officer = server.visitor("officer").await;
    let item = "/desk/roadmap/industry-commerce-1";
    let mut form = officer.get(item).await.expect(200).page().form(item);
    form.set("visibility", &["prefecture"]);
    form.set("measure", &["内部の準備"]);
    officer.post(item, &form.fields).await.expect(303);
    assert!(!officer.get(REPORT).await.page().text().contains("内部の準備"));
    assert!(officer.get("/desk/2025/report?scope=all").await.page().text().contains("内部の準備（県まで）"));
    let texts = async |page: &str| {
        let form = officer.get(page).await.page().form(WORKBOOK);
        tests::workbook::texts(&officer.made(WORKBOOK, &form.borrowed()).await.bytes)
    };
    assert!(!texts(REPORT).await.contains("内部の準備"));
    assert!(texts("/desk/2025/report?scope=all").await.contains("内部の準備"));
}
