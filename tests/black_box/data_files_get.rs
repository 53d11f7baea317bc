//! `GET /data/{period}/{file}`: every dataset in every form, read back by other people's readers.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Stdio};

use tests::workbook::python;
use tests::{Answer, Client, Installation, Response, Server, program::repository};

const FORMS: [&str; 6] = ["csv", "xlsx", "json", "ndjson", "parquet", "zip"];
/// Datasets that the public has, in one period each, from the list of the API.
async fn published(public: &Client) -> Vec<(String, String)> {
    latest(&offered(public, "public").await)
}

/// Ids and periods of everything in a client's list for an audience, in its order.
async fn offered(client: &Client, audience: &str) -> Vec<(String, String)> {
    let listed = client.get("/api/v1/datasets?per_page=1000").await.expect(200).json();
    let own = listed.as_array().unwrap().iter().filter(|dataset| dataset["audience"] == audience);
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    own.map(|dataset| (text(&dataset["id"]), text(&dataset["period"]))).collect()
}

/// The latest year of each dataset; all years where it has no single ones.
fn latest(offered: &[(String, String)]) -> Vec<(String, String)> {
    let mut periods = BTreeMap::new();
    for (id, period) in offered {
        let kept: &mut String = periods.entry(id.clone()).or_insert_with(|| period.clone());
        if kept == "all" || (period != "all" && *period > *kept) {
            kept.clone_from(period);
        }
    }
    periods.into_iter().collect()
}

/// Downloads a file and what is known of it.
async fn download(client: &Client, folder: &Path, period: &str, file: &str, query: &str) -> Answer {
    let answer = client.get(&format!("/data/{period}/{file}{query}")).await.expect(200);
    let manifest = client.get(&format!("/data/{period}/{file}-metadata.json{query}")).await.expect(200);
    let name = format!("{period}{}-{file}", query.replace(['?', '=', '&'], "-"));
    std::fs::write(folder.join(&name), &answer.bytes).unwrap();
    std::fs::write(folder.join(format!("{name}-metadata.json")), &manifest.bytes).unwrap();
    answer
}

/// Earlier revisions, as CSV.
const REVISED: [&str; 3] = ["answers", "tabulations", "indicators"];
/// Read back in the other encodings too.
const ENCODED: [(&str, &str); 5] = [
    ("answers", "2025"),
    ("answers-wide", "all"),
    ("crosstabs", "2025"),
    ("codebook", "2025"),
    ("municipalities", "all"),
];

/// Runs `tests/readers/read_back.py` on a folder; returns how many files it read.
fn read_back(folder: &Path) -> usize {
    let mut command = Command::new(python());
    command.arg(repository().join("tests/readers/read_back.py")).arg(folder).stdin(Stdio::null());
    let output = command.output().unwrap_or_else(|e| panic!("Python (cargo xtask test installs it): {e}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8_lossy(&output.stdout).trim().parse().expect("a number of files")
}

#[tokio::test]
async fn every_dataset_is_the_same_in_every_form_and_keeps_the_rules_for_whoever_may_have_it() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    let folder = tempfile::tempdir().unwrap();
    let everything = offered(&public, "public").await;
    let in_every_form = latest(&everything);
    let mut files = 0;
    for (dataset, period) in &in_every_form {
        for form in FORMS {
            let answer = download(&public, folder.path(), period, &format!("{dataset}.{form}"), "").await;
            assert_eq!(answer.header("cache-control"), "no-cache");
            let described = format!("</data/{period}/{dataset}.{form}-metadata.json>");
            assert!(answer.header("link").starts_with(&described), "{}", answer.header("link"));
            files += 1;
        }
    }
    for (dataset, period) in everything.iter().filter(|one| !in_every_form.contains(one)) {
        download(&public, folder.path(), period, &format!("{dataset}.csv"), "").await;
        files += 1;
    }
    for dataset in REVISED {
        download(&public, folder.path(), "2025", &format!("{dataset}.csv"), "?revision=1").await;
        files += 1;
    }
    for (dataset, period) in ENCODED {
        for query in ["?encoding=utf-8", "?encoding=cp932&on_unmappable=replace"] {
            download(&public, folder.path(), period, &format!("{dataset}.csv"), query).await;
            files += 1;
        }
    }
    // What members and officers have besides: of the latest year and of all, in every form where the public has none.
    for (visitor, audience, query) in
        [("councilmember", "council", "?scope=council"), ("officer", "prefecture", "?scope=all")]
    {
        let client = server.visitor(visitor).await;
        let offered = offered(&client, audience).await;
        assert!(offered.len() > 20, "{visitor}: {offered:?}");
        let latest = latest(&offered);
        for one in offered.iter().filter(|one| one.1 == "all" || latest.contains(one)) {
            let (dataset, period) = one;
            let own = latest.contains(one) && in_every_form.iter().all(|(public, _)| public != dataset);
            for form in FORMS.into_iter().take(if own { FORMS.len() } else { 1 }) {
                let answer = download(&client, folder.path(), period, &format!("{dataset}.{form}"), query).await;
                assert_eq!(answer.header("cache-control"), "no-store", "{dataset}");
                files += 1;
            }
        }
    }
    receipt(&server, folder.path()).await;
    assert_eq!(read_back(folder.path()), files + 1);
}

/// The answers of a receipt, which have the columns of the dataset and no manifest of their own.
async fn receipt(server: &Server, folder: &Path) {
    let csv = server.visitor("m022021").await.get("/answer/2026/receipt/answers.csv").await.expect(200);
    let whole = server.visitor("analyst").await.get("/data/2026/answers.csv-metadata.json?scope=all").await;
    let mut manifest = whole.expect(200).json();
    manifest["rows"] = (csv.text().lines().count() - 1).into();
    manifest["file"]["sha256"] = serde_json::Value::Null;
    std::fs::write(folder.join("receipt.csv"), &csv.bytes).unwrap();
    std::fs::write(folder.join("receipt.csv-metadata.json"), manifest.to_string()).unwrap();
}

#[tokio::test]
async fn what_was_typed_survives_in_every_form() {
    let typed = [
        ("free_1_name", "=HYPERLINK(\"http://evil.example\",\"押す\")"),
        ("free_1_outline", "一行目, \"引用\"\n二行目 C:\\new\\名\n\\n は改行ではない"),
        ("free_1_effect", "−1+1 ㈱①髙 ～ ― ‖ 𠮷"),
        ("free_1_contact", "'=1+1"),
        ("free_2_text", "＋81-17-000-0000\t表"),
    ];
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    response.fill(&typed).await;
    response.submit().await.expect(200);
    let analyst = server.visitor("analyst").await;
    let folder = tempfile::tempdir().unwrap();
    for form in FORMS {
        for dataset in ["answers", "answers-wide"] {
            download(&analyst, folder.path(), "2026", &format!("{dataset}.{form}"), "?scope=all").await;
        }
    }
    for dataset in ["answers", "answers-wide"] {
        let query = "?scope=all&encoding=cp932&on_unmappable=replace";
        download(&analyst, folder.path(), "2026", &format!("{dataset}.csv"), query).await;
    }
    let officer = server.visitor("officer").await;
    for form in FORMS {
        for (period, dataset) in [("2026", "progress"), ("2026", "check"), ("all", "audit")] {
            let answer = download(&officer, folder.path(), period, &format!("{dataset}.{form}"), "?scope=all").await;
            assert_eq!(answer.header("cache-control"), "no-store");
        }
    }
    for dataset in ["progress", "check"] {
        let manifest =
            officer.get(&format!("/data/2026/{dataset}.csv-metadata.json?scope=all")).await.expect(200).json();
        assert_eq!(manifest["period"], "令和8年度（2026年度）", "{dataset}");
        assert_eq!(manifest["rounds"][0]["status"], "受付中", "{dataset}");
        assert_eq!(manifest["rounds"][0]["questionnaire"]["version"], "2026.1", "{dataset}");
    }
    assert_eq!(read_back(folder.path()), 5 * FORMS.len() + 2);
    let rows = std::fs::read_to_string(folder.path().join("2026-scope-all-answers.ndjson")).unwrap();
    for (question, text) in typed {
        let row = rows
            .lines()
            .find(|row| {
                row.contains(&format!("\"question_name\":\"{question}\""))
                    && row.contains("\"municipality_code\":\"022012\"")
            })
            .expect("a row");
        let row: serde_json::Value = serde_json::from_str(row).unwrap();
        assert_eq!(row["text"], text, "{question}");
    }
}

#[tokio::test]
async fn libreoffice_opens_every_workbook_and_finds_the_same_values() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    for (dataset, period) in published(&public).await {
        let workbook = public.get(&format!("/data/{period}/{dataset}.xlsx")).await.expect(200).bytes;
        let saved = tests::workbook::through_libreoffice(&workbook);
        // Both as texts, so that the comparison is of what stands in the cells.
        assert!(tests::workbook::texts(&saved) == tests::workbook::texts(&workbook), "{dataset}");
    }
}

#[tokio::test]
async fn the_same_publication_gives_the_same_bytes() {
    let installation = Installation::demo();
    // Every form of the answers, and one of every other dataset.
    let own = FORMS.map(|form| format!("2025/answers.{form}"));
    let others = published(&installation.serve().anonymous()).await.into_iter().zip(FORMS.into_iter().cycle());
    let others = others.map(|((dataset, period), form)| format!("{period}/{dataset}.{form}"));
    let names: Vec<String> = own.into_iter().chain(others).collect();
    assert!(names.len() >= 20, "{names:?}");
    let fetch = async || {
        let server = installation.serve();
        let public = server.anonymous();
        let mut files = Vec::new();
        for name in &names {
            files.push(public.get(&format!("/data/{name}")).await.expect(200).bytes);
        }
        files
    };
    let first = fetch().await;
    // The columns kept of it are made anew when they are gone, and when they are damaged.
    let kept = installation.file("snapshots");
    let files = || std::fs::read_dir(&kept).unwrap().map(|entry| entry.unwrap().path()).collect::<BTreeSet<_>>();
    let before = files();
    assert!(before.iter().any(|path| path.file_name().unwrap().to_string_lossy().starts_with("2025-1-")), "{before:?}");
    for path in &before {
        let mut bytes = std::fs::read(path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(path, bytes).unwrap();
    }
    assert!(fetch().await == first, "after damage");
    // While a server runs, too.
    let server = installation.serve();
    let public = server.anonymous();
    for path in &before {
        public.get("/data/2025/answers.csv").await.expect(200);
        std::fs::write(path, "damaged").unwrap();
    }
    assert!(public.get("/data/2025/answers.csv").await.expect(200).bytes == first[0], "damaged under the server");
    drop(server);
    std::fs::remove_dir_all(&kept).unwrap();
    assert!(fetch().await == first, "after loss");
    assert_eq!(files(), before);
    // Where it cannot be kept, it is read from the database.
    std::fs::remove_dir_all(&kept).unwrap();
    std::fs::write(&kept, "no folder").unwrap();
    assert!(fetch().await == first, "without a folder");
    std::fs::remove_file(&kept).unwrap();
}

#[tokio::test]
async fn a_file_that_is_known_is_not_sent_again() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    let path = "/data/2025/tabulations.ndjson";
    let first = public.get(path).await.expect(200);
    assert!(!first.headers.contains_key("etag"), "nobody has made it before");
    let again = public.get(path).await.expect(200);
    assert_eq!(again.header("content-length"), first.bytes.len().to_string());
    let asked = public.request(reqwest::Method::GET, path).header("if-none-match", again.header("etag"));
    let unchanged = public.send(asked).await.expect(304);
    assert!(unchanged.bytes.is_empty());
    let other = public.request(reqwest::Method::GET, path).header("if-none-match", "W/\"other\"");
    public.send(other).await.expect(200);
}

#[tokio::test]
async fn what_stands_now_has_its_length_and_hash_at_once_and_after_every_change() {
    const KPI: &str = "/desk/kpi/municipalities-engaged";
    const ITEM: &str = "/desk/roadmap/industry-commerce-1";
    let server = Installation::demo().serve();
    let (public, officer) = (server.anonymous(), server.visitor("officer").await);
    // The page works out sizes.
    public.get("/data").await.expect(200);
    let mut label = officer.get(KPI).await.expect(200).page().form(KPI);
    label.set("label", &["DXに取り組んでいる市町村の割合（県内40市町村）"]);
    let mut hidden = officer.get(ITEM).await.expect(200).page().form(ITEM);
    hidden.set("visibility", &["prefecture"]);
    for (path, action, change) in [("kpi-values.csv", KPI, label), ("roadmap.json", ITEM, hidden)] {
        let path = format!("/data/all/{path}");
        let before = public.get(&path).await.expect(200);
        let unchanged = public.request(reqwest::Method::GET, &path).header("if-none-match", before.header("etag"));
        public.send(unchanged).await.expect(304);
        officer.post(action, &change.fields).await.expect(303);
        let asked = public.request(reqwest::Method::GET, &path).header("if-none-match", before.header("etag"));
        let after = public.send(asked).await.expect(200);
        assert_ne!(after.bytes, before.bytes);
        assert_eq!(after.header("content-length"), after.bytes.len().to_string());
        let manifest = public.get(&format!("{path}-metadata.json")).await.expect(200).json();
        assert_eq!(after.header("etag"), format!("W/\"{}\"", manifest["file"]["sha256"].as_str().unwrap()));
        assert_eq!(manifest["file"]["bytes"], after.bytes.len());
    }
}

#[tokio::test]
async fn cp932_is_refused_or_replaced_and_never_silent() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    // 「5千〜1万人未満」: the wave dash is not in CP932.
    let path = "/data/2025/crosstabs.csv?encoding=cp932";
    let refused = public.get(path).await.expect(422).page();
    assert!(
        refused.text().contains("U+301C") && refused.text().contains("on_unmappable=replace"),
        "{}",
        refused.text()
    );
    let path = format!("{path}&on_unmappable=replace");
    assert!(refused.links().contains(&path), "{:?}", refused.links());
    let replaced = public.get(&path).await.expect(200);
    assert_eq!(replaced.header("content-type"), "text/csv; charset=shift_jis");
    assert!(replaced.header("shirabe-replaced-characters").starts_with("U+301C="));
    let manifest = public.get("/data/2025/crosstabs.csv-metadata.json?encoding=cp932&on_unmappable=replace").await;
    let report = manifest.expect(200).json()["file"]["replaced"].clone();
    assert_eq!((report[0]["code_point"].as_str(), report[0]["replacement"].as_str()), (Some("U+301C"), Some("～")));
    let text = public.get("/data/2025/crosstabs.csv?encoding=utf-8").await.expect(200).text().replace('〜', "～");
    let folder = tempfile::tempdir().unwrap();
    let (file, expected) = (folder.path().join("cp932.csv"), folder.path().join("expected.csv"));
    std::fs::write(&file, &replaced.bytes).unwrap();
    std::fs::write(&expected, text).unwrap();
    let compare =
        "import sys; a, b = sys.argv[1:]; assert open(a, 'rb').read().decode('cp932') == open(b, 'rb').read().decode()";
    let status = Command::new(python()).args(["-c", compare]).args([&file, &expected]).status().unwrap();
    assert!(status.success());
    public.get("/data/2025/answers.csv?encoding=euc-jp").await.expect(400);
    public.get("/data/2025/answers.csv?on_unmappable=ignore").await.expect(400);
}

#[tokio::test]
async fn all_years_are_joined_by_concept() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    let text = public.get("/data/all/answers.csv?encoding=utf-8").await.expect(200).text();
    let table = tests::Table::read(&text);
    assert_eq!(table.values("fiscal_year"), ["2023", "2024", "2025"].into());
    assert!(table.columns.ends_with(&["joined_concept".to_owned(), "series".to_owned()]), "{:?}", table.columns);
    assert_eq!(table.values("series"), ["1"].into(), "the demonstration asks the same every year");
    for row in &table.rows {
        assert_eq!(
            row["joined_concept"],
            if row["concept"].is_empty() { &row["question_name"] } else { &row["concept"] }.clone()
        );
    }
    let analyst = server.visitor("analyst").await;
    let all = analyst.get("/data/all/answers.csv?scope=all&encoding=utf-8").await.expect(200).text();
    assert_eq!(tests::Table::read(&all).values("fiscal_year"), ["2023", "2024", "2025", "2026"].into());
    let indicators = public.get("/data/all/indicators.csv?encoding=utf-8").await.expect(200).text();
    let indicators = tests::Table::read(&indicators);
    let reference: Vec<_> = indicators.rows.iter().filter(|row| row["fiscal_year"] == "2022").collect();
    assert!(reference.iter().all(|row| row["share"].is_empty() && !row["condition"].is_empty()));
    assert!(reference.iter().any(|row| (row["lower"].as_str(), row["upper"].as_str()) == ("50.0", "92.5")));
}

#[tokio::test]
async fn nobody_gets_what_is_not_theirs() {
    let server = Installation::demo().serve();
    let (public, analyst, officer) =
        (server.anonymous(), server.visitor("analyst").await, server.visitor("officer").await);
    for path in [
        "/data/2026/answers.csv",
        "/data/2025/answers.csv?scope=all",
        "/data/2025/answers.csv-metadata.json?scope=all",
        "/data/2025/progress.csv",
        "/data/2026/questionnaire.xlsx",
        "/data/2025/secrets.csv",
        "/data/2025/answers.exe",
        "/data/2025/secrets",
        "/data/1999/answers",
        "/data/2025/transitions.csv",
        "/data/1999/answers.csv",
        "/data/2025/municipalities.csv",
    ] {
        public.get(path).await.expect(404);
    }
    analyst.get("/data/2025/progress.csv?scope=all").await.expect(404);
    officer.get("/data/2026/progress.csv?scope=all").await.expect(200);
    analyst.get("/data/2026/tabulations.parquet?scope=all").await.expect(200);
    // What the public may not see in the aggregate is in no public table.
    let questions = |answer: Answer| {
        let text = answer.expect(200).text();
        tests::Table::read(&text).rows.iter().map(|row| row["question_name"].clone()).collect::<BTreeSet<_>>()
    };
    let seen = questions(public.get("/data/2025/tabulations.csv?encoding=utf-8").await);
    let all = questions(analyst.get("/data/2025/tabulations.csv?encoding=utf-8&scope=all").await);
    assert!(seen.is_subset(&all) && seen.len() < all.len());
}

#[tokio::test]
async fn the_questionnaire_can_be_had_as_xlsform() {
    let server = Installation::demo().serve();
    let answer = server.anonymous().get("/data/2025/questionnaire.xlsx").await.expect(200);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("questionnaire.xlsx");
    std::fs::write(&path, &answer.bytes).unwrap();
    tests::pyxform::converted(&path);
}
