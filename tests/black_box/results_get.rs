//! `GET /`, `GET /indicators`, `GET /api/v1/rounds/{year}/indicators`: the demonstration's published figures.

use std::collections::BTreeMap;

use serde_json::Value;
use tests::{Client, Installation, Table};

const YEARS: [u16; 3] = [2023, 2024, 2025];

async fn indicators(public: &Client, year: u16) -> Vec<Value> {
    let results = public.get(&format!("/api/v1/rounds/{year}/indicators")).await.expect(200).json();
    assert_eq!(results["demonstration"], true);
    results["indicators"].as_array().unwrap().clone()
}

#[tokio::test]
async fn exactly_one_definition_is_official() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    for year in YEARS {
        let official: Vec<_> = indicators(&public, year).await.into_iter().filter(|i| i["official"] == true).collect();
        assert_eq!(official.len(), 1);
        assert_eq!(official[0]["title"], "DXに取り組んでいる市町村の割合");
    }
    let is_mark = |tag: &tests::page::Tag| tag.attribute("class") == Some("mark-official");
    let home = public.get("/").await.expect(200).page();
    let marked: Vec<_> = home.rows().into_iter().filter(|row| row[0].ends_with("公式")).collect();
    assert!(
        matches!(marked.as_slice(), [row] if row[0].starts_with("DXに取り組んでいる市町村の割合（第1版）")),
        "{marked:?}"
    );
    assert!(home.texts_of(is_mark).iter().all(|mark| mark == "公式"));
    assert!(home.text().contains("別の定義による参考値") && home.text().contains("公式の値ではありません"));

    let page = public.get("/indicators").await.expect(200).page();
    let headings = page.texts_of(|tag| tag.name == "h3");
    let marked: Vec<_> = headings.iter().filter(|heading| heading.ends_with("公式")).collect();
    assert_eq!(marked, ["DXに取り組んでいる市町村の割合（第1版）公式"]);
}

#[tokio::test]
async fn the_figures_can_be_recomputed_from_the_download() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    for year in YEARS {
        let csv = Table::read(&public.get(&format!("/data/{year}/answers.csv")).await.expect(200).text());
        let codes = csv.values("municipality_code");
        assert_eq!(codes.len(), 40);
        let engaged = |code: &str, question: &str| match csv.cells(code, question)[0]["state"].as_str() {
            "value" => Some(csv.cells(code, question)[0]["choice"] == "1"),
            _ => None,
        };
        let fields = ["ind_00_1", "lif_00_1", "gov_00_1"];
        let answers: Vec<Vec<Option<bool>>> =
            codes.iter().map(|code| fields.iter().map(|question| engaged(code, question)).collect()).collect();
        let count = |at_least: usize, fields: &[usize]| {
            let of = |wanted: bool, row: &Vec<Option<bool>>| fields.iter().filter(|f| row[**f] == Some(wanted)).count();
            let engaged = answers.iter().filter(|row| of(true, row) >= at_least).count();
            let not = answers.iter().filter(|row| of(false, row) > fields.len() - at_least).count();
            (engaged as u64, not as u64)
        };
        let expected = BTreeMap::from([
            ("engaged-any", count(1, &[0, 1, 2])),
            ("engaged-two", count(2, &[0, 1, 2])),
            ("engaged-all", count(3, &[0, 1, 2])),
            ("engaged-industry", count(1, &[0])),
            ("engaged-living", count(1, &[1])),
            ("engaged-administration", count(1, &[2])),
        ]);
        let published = indicators(&public, year).await;
        let by_own_question =
            published.iter().filter(|indicator| expected.contains_key(indicator["id"].as_str().unwrap()));
        assert_eq!(by_own_question.clone().count(), expected.len());
        for indicator in by_own_question {
            let (engaged, not_engaged) = expected[indicator["id"].as_str().unwrap()];
            assert_eq!((&indicator["engaged"], &indicator["not_engaged"]), (&engaged.into(), &not_engaged.into()));
            assert_eq!(indicator["undetermined"], 40 - engaged - not_engaged);
            assert_eq!(
                (&indicator["share"]["permille"], &indicator["upper"]["permille"]),
                (&(engaged * 25).into(), &((40 - not_engaged) * 25).into())
            );
        }
    }
}

#[tokio::test]
async fn the_public_page_shows_the_last_year_with_bounds_and_trend() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    let all = indicators(&public, 2025).await;
    let official = all.iter().find(|indicator| indicator["official"] == true).unwrap();
    let percent = |share: &Value| {
        let permille = share["permille"].as_u64().unwrap();
        format!("{}.{}", permille / 10, permille % 10)
    };
    let (lower, upper) = (percent(&official["share"]), percent(&official["upper"]));
    let page = public.get("/").await.expect(200).page();
    let text = page.text();
    for words in [
        format!("市町村は40のうち{}（{lower}％）", official["engaged"]),
        format!("40市町村のうち{}団体が回答しました", official["respondents"]),
        format!("{lower}〜{upper}％"),
        "令和7年度（2025年度）".to_owned(),
        "第1版".to_owned(),
        "DXの推進に関する市町村アンケート（県企画政策部調べ）".to_owned(),
    ] {
        assert!(text.contains(&words), "{words}");
    }
    let course = page.text_of("course");
    assert!(course.contains("ポイント"), "{course}");
    assert!(text.contains("令和4年度から令和10年度まで"));
    // The tile map and the table that says the same.
    let places =
        page.rows().into_iter().filter(|row| row.len() == 7 && (row[6].ends_with("分野") || row[6] == "未提出"));
    assert_eq!(places.count(), 40);
}

#[tokio::test]
async fn fiscal_2022_is_three_counts_and_intervals_with_their_condition() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    public.get("/api/v1/rounds/2022/indicators").await.problem(404);
    let page = public.get("/indicators").await.expect(200).page();
    let rows: Vec<_> = page.rows().into_iter().filter(|row| row.len() == 4).collect();
    for expected in [
        ["産業・しごと", "6／40", "15.0％", "公表された団体数"],
        ["暮らし・まち", "11／40", "27.5％", "公表された団体数"],
        ["行政経営", "20／40", "50.0％", "公表された団体数"],
    ] {
        assert!(rows.iter().any(|row| row[..] == expected), "{expected:?}: {rows:?}");
    }
    for (title, interval) in [
        ("DXに取り組んでいる市町村の割合", "50.0〜92.5％"),
        ("2分野以上でDXに取り組んでいる市町村の割合", "0.0〜42.5％"),
        ("3分野すべてでDXに取り組んでいる市町村の割合", "0.0〜15.0％"),
    ] {
        let row = rows.iter().find(|row| row[0] == title).unwrap_or_else(|| panic!("{title}: {rows:?}"));
        assert_eq!((row[1].as_str(), row[2].as_str()), ("公表なし", interval));
        assert!(row[3].contains("40市町村すべてが回答したと仮定した場合"), "{row:?}");
    }
    let text = page.text();
    assert!(text.contains("DXの推進に関する市町村アンケート（県企画調整課 令和5年2月）"));
    assert!(text.contains("回答団体数は公表されていません") && text.contains("増減は計算しません"));
    let home = public.get("/").await.expect(200).page().text();
    assert!(home.contains("50.0〜92.5％") && home.contains("40市町村すべてが回答したと仮定した場合"));
}

#[tokio::test]
async fn before_any_publication_the_public_page_says_so() {
    let server = Installation::prepared().serve();
    let public = server.anonymous();
    for path in ["/", "/indicators", "/data"] {
        let text = public.get(path).await.expect(200).page().text();
        assert!(!text.contains("デモデータ"), "{path}");
    }
    assert!(public.get("/data").await.page().text().contains("公表されたデータはまだありません"));
    assert!(public.get("/").await.page().text().contains("50.0〜92.5％"));
}
