//! `GET /data/{year}/answers.csv`

use std::collections::{BTreeMap, BTreeSet};

use tests::program::repository;
use tests::{Answer, Installation, Response, Server, Table};

const COLUMNS: [&str; 19] = [
    "fiscal_year",
    "fiscal_year_wareki",
    "municipality_code",
    "municipality_name",
    "question_name",
    "question_number",
    "concept",
    "question_label",
    "comparable_with_previous",
    "state",
    "state_label",
    "choice",
    "choice_label",
    "number",
    "unit",
    "text",
    "rank",
    "status",
    "note",
];
const STATES: [(&str, &str); 6] = [
    ("value", "回答あり"),
    ("unknown", "不明"),
    ("not_applicable", "該当なし"),
    ("skipped", "分岐により対象外"),
    ("blank", "無回答"),
    ("not_submitted", "未提出"),
];

/// Checks the file's form and reads it.
fn read(answer: &Answer, name: &str) -> Table {
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(answer.header("content-disposition"), format!("attachment; filename=\"{name}\""));
    let text = answer.text();
    let csv = text.strip_prefix('\u{feff}').expect("a byte order mark");
    assert!(csv.ends_with("\r\n"));
    assert_eq!(csv.matches('\n').count(), csv.matches("\r\n").count(), "a line end within a cell");
    let table = Table::read(csv);
    assert_eq!(table.columns, COLUMNS);
    assert_eq!(csv.matches("\r\n").count(), table.rows.len() + 1);
    table
}

/// The questions of the FY2026 questionnaire; with `Some`, those whose named values have that visibility.
fn questions(named: Option<&str>) -> BTreeSet<String> {
    let path = repository().join("seeds/questionnaires/2026/survey.csv");
    let survey = Table::read(&std::fs::read_to_string(path).expect("the questionnaire"));
    let mut found = BTreeSet::new();
    // A repeated question has a number from the second time on; an unusual answer's reason is the prefecture's alone.
    let mut times = 1;
    for row in &survey.rows {
        match row["type"].as_str() {
            "begin_repeat" => times = row["repeat_count"].parse().expect("a number of times"),
            "end_repeat" => times = 1,
            _ => {}
        }
        if row["named_visibility"].is_empty() {
            continue;
        }
        let explained = !row["soft_constraint"].is_empty() || !row["change_threshold"].is_empty();
        for time in 1..=times {
            let name = if time == 1 { row["name"].clone() } else { format!("{}.{time}", row["name"]) };
            if explained && named.is_none_or(|v| v == "prefecture") {
                found.insert(format!("{name}.reason"));
            }
            if named.is_none_or(|v| row["named_visibility"] == v) {
                found.insert(name);
            }
        }
    }
    found
}

#[tokio::test]
async fn every_cell_has_a_value_or_exactly_one_state() {
    let server = Installation::demo().serve();
    let analyst = server.visitor("analyst").await;
    for (year, name) in [(2025, "shirabe-2025-answers-all-demo.csv"), (2026, "shirabe-2026-answers-all-demo.csv")] {
        let table = read(&analyst.get(&format!("/data/{year}/answers.csv?scope=all")).await.expect(200), name);
        let mut values = BTreeMap::<_, Vec<&str>>::new();
        for row in &table.rows {
            assert!(STATES.contains(&(row["state"].as_str(), row["state_label"].as_str())), "{row:?}");
            let filled = ["choice", "number", "text"].into_iter().filter(|column| !row[*column].is_empty()).count();
            assert_eq!(filled, usize::from(row["state"] == "value"), "{row:?}");
            assert_eq!(row["choice"].is_empty(), row["choice_label"].is_empty(), "{row:?}");
            assert!(row["number"].is_empty() || row["number"].parse::<f64>().is_ok(), "{row:?}");
            assert_eq!(row["note"], "デモデータ（架空の回答）");
            values.entry((&row["municipality_code"], &row["question_name"])).or_default().push(&row["choice"]);
        }
        // Every municipality and question once; only several choices have a row each.
        assert_eq!(values.len(), 40 * questions(None).len());
        for (cell, choices) in values {
            let different: BTreeSet<_> = choices.iter().collect();
            assert!(choices.len() == 1 || choices.len() == different.len(), "{cell:?}");
        }
        assert_eq!(table.values("comparable_with_previous"), ["yes"].into(), "the same was asked every year");
        for state in ["value", "not_applicable", "skipped", "blank", "not_submitted"] {
            assert!(table.values("state").contains(state), "{state} does not occur in {year}");
        }
    }
}

#[tokio::test]
async fn the_public_file_holds_the_public_questions_only() {
    let server = Installation::demo().serve();
    let (public, analyst) = (server.anonymous(), server.visitor("analyst").await);
    for year in [2023, 2024, 2025] {
        let path = format!("/data/{year}/answers.csv");
        let published = read(&public.get(&path).await.expect(200), &format!("shirabe-{year}-answers-public-demo.csv"));
        let all = Table::read(&analyst.get(&format!("{path}?scope=all")).await.expect(200).text()[3..]);
        let names =
            |table: &Table| table.values("question_name").into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
        let public_names = names(&published);
        assert_eq!(public_names, questions(Some("public")));
        assert_eq!(names(&all), questions(None));
        let earlier = if year == 2023 { "" } else { "yes" };
        assert_eq!(published.values("comparable_with_previous"), [earlier].into(), "{year}");
        // What is in both says the same in both.
        let public_rows: Vec<_> = all.rows.iter().filter(|row| public_names.contains(&row["question_name"])).collect();
        assert_eq!(published.rows.iter().collect::<Vec<_>>(), public_rows);
        assert!(public.get("/data").await.page().links().contains(&path));
    }
    public.get("/data/2026/answers.csv").await.expect(404);
}

#[tokio::test]
async fn what_was_typed_can_be_restored_and_runs_as_no_formula() {
    let typed = [
        ("free_1_name", "=HYPERLINK(\"http://evil.example\",\"押す\")"),
        ("free_1_outline", "一行目, \"引用\"\n二行目 C:\\new\\名\n\\n は改行ではない"),
        ("free_1_effect", "㈱①髙 ～ − ― ‖ 𠮷"),
        ("free_1_contact", "@SUM(A1)"),
        ("free_2_text", "＋81-17-000-0000"),
    ];
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    response.fill(&typed).await;
    response.save("ind_01_1", &["9"]).await;
    response.save("ind_01_2", &["8"]).await;
    let unknown = serde_json::json!({ "values": [], "unknown": true, "revision": 0 });
    aomori.put(&format!("{}/answers/num_5", response.address()), &unknown).await.expect(200);
    response.submit().await.expect(200);
    let analyst = server.visitor("analyst").await;
    let answer = analyst.get("/data/2026/answers.csv?scope=all").await.expect(200);
    let table = read(&answer, "shirabe-2026-answers-all.csv");
    assert_eq!(table.values("status"), ["速報（未公表）"].into());
    for (question, text) in typed {
        let written = &table.cells("022012", question)[0]["text"];
        assert!(!written.starts_with(['=', '+', '-', '@', '\t', '＝', '＋', '－', '＠']), "{written}");
        assert_eq!(restored(written), text);
    }
    for (question, state) in [("ind_01_1", "unknown"), ("ind_01_2", "not_applicable"), ("num_5", "unknown")] {
        assert_eq!(table.cells("022012", question)[0]["state"], state);
    }
}

/// What was typed, from what is written: `\n`, `\\`, and the apostrophe before what looks like a formula.
fn restored(written: &str) -> String {
    let mut text = String::new();
    let mut letters = written.strip_prefix('\'').unwrap_or(written).chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => text.push(if letters.next() == Some('n') { '\n' } else { '\\' }),
            other => text.push(other),
        }
    }
    text
}

#[tokio::test]
async fn what_cannot_be_compared_with_the_year_before_is_marked() {
    let installation = Installation::opened().await;
    let server = opened_in_2027(
        &installation,
        &[
            // Renamed without saying so, and with another meaning of a choice.
            ("survey.csv", &[(",organization.cio,", ",organization.new,")][..]),
            ("choices.csv", &[("plan_status,1,策定済", "plan_status,1,改定済")]),
        ],
    )
    .await;
    let analyst = server.visitor("analyst").await;
    for (year, marks) in [(2026, ["", "", ""]), (2027, ["no", "", "yes"])] {
        let answer = analyst.get(&format!("/data/{year}/answers.csv?scope=all")).await.expect(200);
        let table = read(&answer, &format!("shirabe-{year}-answers-all.csv"));
        for (question, mark) in ["org_1", "org_2", "org_3"].into_iter().zip(marks) {
            assert_eq!(table.cells("022012", question)[0]["comparable_with_previous"], mark, "{question} {year}");
        }
    }
    // Of all years, the number of the series tells them apart, whatever lies between two years.
    let all = async |dataset: &str| {
        let file = analyst.get(&format!("/data/all/{dataset}.csv?scope=all&encoding=utf-8")).await.expect(200);
        Table::read(&file.text())
    };
    let long = all("answers").await;
    let series = |question: &str| {
        let rows = long.cells("022012", question).into_iter();
        rows.map(|row| (row["fiscal_year"].clone(), row["series"].clone())).collect::<BTreeMap<_, _>>()
    };
    let numbers = |first: &str, second: &str| {
        BTreeMap::from([("2026", first), ("2027", second)].map(|(year, series)| (year.to_owned(), series.to_owned())))
    };
    assert_eq!((series("org_1"), series("org_3")), (numbers("1", "2"), numbers("1", "1")));
    let wide = all("answers-wide").await;
    let concept = long.cells("022012", "org_1")[0]["concept"].replace('.', "_");
    for row in &wide.rows {
        let (asked, not) = if row["fiscal_year"] == "2026" { (1, 2) } else { (2, 1) };
        assert_ne!(row[&format!("{concept}_series{asked}_state")], "not_asked");
        assert_eq!(row[&format!("{concept}_series{not}_state")], "not_asked");
    }
}

#[tokio::test]
async fn a_choice_may_have_any_name_and_never_runs() {
    let installation = Installation::opened().await;
    let renamed = [("choices.csv", &[("plan_status,1,策定済", "plan_status,=策定,策定済")][..])];
    let server = opened_in_2027(&installation, &renamed).await;
    let analyst = server.visitor("analyst").await;
    let codebook = analyst.get("/data/2027/codebook.csv?scope=all").await.expect(200).text();
    let table = Table::read(codebook.strip_prefix('\u{feff}').unwrap());
    assert!(table.values("choice").contains("'=策定"), "{:?}", table.values("choice"));
    let cp932 = analyst.get("/data/2027/codebook.csv?scope=all&encoding=cp932&on_unmappable=replace").await.expect(200);
    let written = [b",'=".as_slice(), &[0x8d, 0xf4, 0x92, 0xe8], b","].concat();
    assert!(cp932.bytes.windows(written.len()).any(|bytes| bytes == written), "a code in CP932");
}

/// The questionnaire of 2026 with those changes to its sheets, open in 2027.
async fn opened_in_2027(installation: &Installation, changes: &[(&str, &[(&str, &str)])]) -> Server {
    let folder = tempfile::tempdir().unwrap();
    for sheet in ["survey.csv", "choices.csv", "settings.csv"] {
        let mut text = std::fs::read_to_string(repository().join("seeds/questionnaires/2026").join(sheet)).unwrap();
        let own = changes.iter().filter(|(changed, _)| *changed == sheet).flat_map(|(_, changes)| changes.iter());
        for (from, to) in own.chain([("2026.1", "2027.1")].iter().filter(|_| sheet == "settings.csv")) {
            assert!(text.contains(from), "{from} is not in {sheet}");
            text = text.replacen(from, to, 1);
        }
        std::fs::write(folder.path().join(sheet), text).unwrap();
    }
    installation.run(&["questionnaire", "import", folder.path().to_str().unwrap()]).done();
    installation.run(&["round", "add", "2027", "--questionnaire", "dx_survey", "2027.1"]).done();
    let server = installation.serve();
    let officer = server.visitor("officer").await;
    let dates = [("to", "open"), ("reference_date", "2027-04-01T00:00"), ("deadline", "2099-11-30T17:00")];
    officer.post("/desk/2027/state", &dates).await.leads_to("/desk/2027");
    server
}
