//! From the opening of a round to its published figures, over HTTP only; once on each database.

use serde_json::{Value, json};
use tests::{Client, Installation, Response, Table};

/// What each municipality answers to 「取り組んでいますか」 in 産業・しごと, 暮らし・まち and 行政経営: 1 is yes.
const ENGAGED: [(&str, &str, [&str; 3]); 4] = [
    ("aomori", "022012", ["1", "4", "1"]),
    ("hirosaki", "022021", ["2", "3", "4"]),
    ("hachinohe", "022039", ["1", "1", "1"]),
    // Answers, but does not hand in.
    ("kuroishi", "022047", ["1", "1", "1"]),
];
const QUESTIONS: [&str; 3] = ["ind_00_1", "lif_00_1", "gov_00_1"];

/// Counted by hand from [`ENGAGED`]: definition, municipalities that are engaged and that are not, of the three that
/// were accepted; the other 37 of 40 are undetermined. Bounds: engaged / 40 and (40 − not engaged) / 40, in ‰.
const EXPECTED: [(&str, u64, u64, u64, u64); 6] = [
    ("engaged-any", 2, 1, 50, 975),
    ("engaged-two", 2, 1, 50, 975),
    ("engaged-all", 1, 2, 25, 950),
    ("engaged-industry", 2, 1, 50, 975),
    ("engaged-living", 1, 2, 25, 950),
    ("engaged-administration", 2, 1, 50, 975),
];

#[tokio::test]
async fn a_round_runs_from_opening_to_publication_on_sqlite() {
    a_year(&Installation::prepared()).await;
}

#[tokio::test]
async fn a_round_runs_from_opening_to_publication_on_postgresql() {
    a_year(&Installation::prepared_on_postgres()).await;
}

async fn a_year(installation: &Installation) {
    let server = installation.serve();
    let (officer, public) = (server.visitor("officer").await, server.anonymous());
    server.open_round().await;

    for (name, code, engaged) in ENGAGED {
        let respondent = server.visitor(name).await;
        let response = Response::of(&respondent, code);
        let chosen: Vec<_> = QUESTIONS.into_iter().zip(engaged).collect();
        response.fill(&chosen).await;
        if name != "kuroishi" {
            response.submit().await.expect(200);
        }
    }
    accepting(&officer).await;
    let kuroishi = server.visitor("kuroishi").await;
    closing(&officer, &kuroishi).await;

    for path in ["/api/v1/rounds/2026/indicators", "/data/2026/answers.csv"] {
        public.get(path).await.expect(404);
    }
    assert!(public.get("/").await.expect(200).page().text().contains("令和8年度"));
    step(&officer, "published", 303).await;
    step(&officer, "published", 409).await;

    // What is published does not depend on what the server remembers.
    drop(server);
    let server = installation.serve();
    figures(&server.anonymous()).await;
    download(&server.anonymous(), &server.visitor("analyst").await).await;
}

async fn step(officer: &Client, to: &str, status: u16) {
    officer.post("/desk/2026/state", &[("to", to)]).await.expect(status);
}

/// Accepts two of the three; the third waits until after the closing.
async fn accepting(officer: &Client) {
    Response::of(officer, "022012").accept().await.expect(204);
    officer.press("/desk/2026/022021/accept").await.leads_to("/desk/2026/022021");
    // Again is no error and no second event; what was not handed in cannot be accepted.
    Response::of(officer, "022012").accept().await.expect(204);
    let history = officer.get("/desk/2026/022012").await.expect(200).page().text();
    assert_eq!(history.matches("受理しました").count(), 1);
    Response::of(officer, "022047").accept().await.problem(409);
    Response::of(officer, "022055").accept().await.problem(409);
    Response::of(officer, "131016").accept().await.problem(404);
}

async fn closing(officer: &Client, kuroishi: &Client) {
    step(officer, "closed", 303).await;
    let late = Response::of(kuroishi, "022047");
    let before = late.get().await;
    assert_eq!(
        (&before["state"], &before["read_only"]),
        (&json!("in_progress"), &json!("受付が終了したため、変更できません。"))
    );
    late.put("org_1", &["4"], 1).await.problem(409);
    late.submit().await.problem(409);
    kuroishi.post("/answer/2026/organization", &[("org_1", "4"), ("org_1.revision", "1")]).await.expect(409);
    assert_eq!(late.get().await, before);

    let refused = officer.post("/desk/2026/state", &[("to", "finalized")]).await.expect(409);
    assert!(refused.page().text().contains("提出済みで受理していない回答が1件あります"));
    assert_eq!(officer.get("/api/v1/rounds").await.json()[0]["state"], "closed");
    Response::of(officer, "022039").accept().await.expect(204);
    step(officer, "finalized", 303).await;
}

async fn figures(public: &Client) {
    let results = public.get("/api/v1/rounds/2026/indicators").await.expect(200).json();
    assert_eq!(
        (&results["year"], &results["revision"], &results["demonstration"]),
        (&json!(2026), &json!(1), &json!(false))
    );
    assert_eq!(results["sha256"].as_str().unwrap().len(), 64);
    let indicators = results["indicators"].as_array().unwrap();
    // The two that count by areas have tests of their own (`indicators_get`).
    assert_eq!(indicators.len(), EXPECTED.len() + 2);
    for (id, engaged, not_engaged, lower, upper) in EXPECTED {
        let found: Vec<&Value> = indicators.iter().filter(|indicator| indicator["id"] == id).collect();
        let [indicator] = found.as_slice() else { panic!("{id}: {found:?}") };
        assert_eq!(indicator["official"], id == "engaged-any");
        assert_eq!((&indicator["engaged"], &indicator["not_engaged"]), (&json!(engaged), &json!(not_engaged)), "{id}");
        assert_eq!((&indicator["undetermined"], &indicator["register"]), (&json!(37), &json!(40)));
        assert_eq!((&indicator["respondents"], &indicator["version"]), (&json!(3), &json!(1)));
        let share =
            |numerator: u64, permille: u64| json!({ "numerator": numerator, "denominator": 40, "permille": permille });
        assert_eq!(
            (&indicator["share"], &indicator["upper"]),
            (&share(engaged, lower), &share(40 - not_engaged, upper)),
            "{id}"
        );
    }

    let page = public.get("/").await.expect(200).page();
    let text = page.text();
    assert!(!text.contains("デモデータ"));
    for words in ["市町村は40のうち2（5.0％）", "40市町村のうち3団体が回答しました（未提出 37団体）", "5.0〜97.5％"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(text.contains(results["sha256"].as_str().unwrap()));
    let rows = page.rows();
    let row =
        |begin: &str| rows.iter().rfind(|row| row[0].starts_with(begin) && row.len() == 8).expect("a row").clone();
    assert_eq!(row("DXに取り組んでいる")[1..6], ["2", "1", "37", "5.0％", "5.0〜97.5％"]);
    assert_eq!(row("暮らし・まち")[1..6], ["1", "2", "37", "2.5％", "2.5〜95.0％"]);
    assert_eq!(row("3分野すべて")[1..6], ["1", "2", "37", "2.5％", "2.5〜95.0％"]);
    let places: Vec<_> = rows.iter().filter(|row| row.len() == 7 && row[2] == "東青").collect();
    assert!(
        places.iter().any(|row| row[..]
            == ["青森市", "022012", "東青", "取り組んでいる", "取り組んでいない", "取り組んでいる", "2分野"])
    );
    assert!(rows.iter().any(|row| row[..] == ["黒石市", "022047", "中南", "未提出", "未提出", "未提出", "未提出"]));
}

async fn download(public: &Client, analyst: &Client) {
    let published = Table::read(&public.get("/data/2026/answers.csv").await.expect(200).text());
    assert_eq!(published.values("municipality_code").len(), 40);
    assert_eq!(published.values("status"), ["公表 第1版"].into());
    assert_eq!(published.values("note"), [""].into());
    for (name, code, engaged) in ENGAGED {
        for (question, choice) in QUESTIONS.into_iter().zip(engaged) {
            let cells = published.cells(code, question);
            let [cell] = cells.as_slice() else { panic!("{code} {question}: {cells:?}") };
            let expected = if name == "kuroishi" { ("not_submitted", "") } else { ("value", choice) };
            assert_eq!((cell["state"].as_str(), cell["choice"].as_str()), expected, "{code} {question}");
        }
    }
    let all = Table::read(&analyst.get("/data/2026/answers.csv?scope=all").await.expect(200).text());
    assert_eq!(all.cells("022012", "num_1")[0]["number"], "1");
    assert_eq!(all.cells("022047", "num_1")[0]["state"], "not_submitted");
}
