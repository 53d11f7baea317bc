//! 設問の系譜: a question that was renamed, one that was split and two that were merged, from the section's page to the
//! published files.

use serde_json::{Value, json};
use tests::{Client, Installation, Page, Response, Server, Table};

const CODE: &str = "022012";
const SECTION: &str = "/answer/2026/all";
const CHOICES: &str = "list_name,name,label\nlevel,0,未着手\nlevel,1,検討中\n";
const BEFORE: &str = "\
type,name,number,concept,label,unit,aggregate_visibility,named_visibility,minutes
begin_group,all,,,全部,,,,5
select_one level,old,1,t.old,窓口の予約,,public,public,
select_one level,whole,2,t.whole,窓口と電話,,public,public,
select_one level,rpa,3,t.rpa,RPAの導入,,public,public,
select_one level,ai,4,t.ai,AIの導入,,public,public,
integer,staff,5,t.staff,担当の職員,人,public,public,
integer,cost,6,t.cost,経費,千円,public,public,
end_group,all,,,,,,,
";
const AFTER: &str = "\
type,name,number,concept,derived_from,label,unit,change_threshold,aggregate_visibility,named_visibility,minutes
begin_group,all,,,,全部,,,,,5
select_one level,new,1,t.new,t.old,来庁の予約,,,public,public,
select_one level,desk,2-1,t.desk,t.whole,窓口,,,public,public,
select_one level,phone,2-2,t.phone,t.whole,電話,,,public,public,
select_one level,automation,3,t.automation,t.rpa t.ai,自動化,,,public,public,
integer,officials,5,t.officials,t.staff,担当の職員,人,50%,public,public,
integer,software,6-1,t.software,t.cost,経費のうちソフトウェア,千円,50%,public,public,
integer,hardware,6-2,t.hardware,t.cost,経費のうち機器,千円,50%,public,public,
end_group,all,,,,,,,,,
";

/// Brings a questionnaire in as that version and opens the year's round with it.
async fn open(server: &Server, year: u16, version: &str, survey: &str) {
    let installation = server.installation();
    let settings = format!("form_title,form_id,version\n系譜,lineage,{version}\n");
    for (name, sheet) in [("survey.csv", survey), ("choices.csv", CHOICES), ("settings.csv", settings.as_str())] {
        std::fs::write(installation.file(name), sheet).unwrap();
    }
    installation.run(&["questionnaire", "import", installation.directory().to_str().unwrap()]).done();
    let (definition, concept) = if year == 2025 { (2, "t.old") } else { (3, "t.new") };
    installation.read_officially(year, definition, concept);
    installation.run(&["round", "add", &year.to_string(), "--questionnaire", "lineage", version]).done();
    let officer = server.visitor("officer").await;
    let reference_date = format!("{year}-04-01T00:00");
    let dates = [("to", "open"), ("reference_date", reference_date.as_str()), ("deadline", "2099-11-30T17:00")];
    officer.post(&format!("/desk/{year}/state"), &dates).await.leads_to(&format!("/desk/{year}"));
}

async fn publish(server: &Server, respondent: &Client, year: u16) {
    let officer = server.visitor("officer").await;
    Response::of_year(respondent, year, CODE).submit().await.expect(200);
    Response::of_year(&officer, year, CODE).accept().await.expect(204);
    for state in ["closed", "finalized", "published"] {
        officer.post(&format!("/desk/{year}/state"), &[("to", state)]).await.expect(303);
    }
}

/// Two years of one municipality; the second is open.
async fn second_year() -> (Server, Client) {
    let installation = Installation::empty();
    installation.run(&["migrate"]).done();
    installation.add_user("officer", "県担当", "officer", None);
    installation.add_user("aomori", "企画課", "respondent", Some(CODE));
    let server = installation.serve();
    open(&server, 2025, "1", BEFORE).await;
    let aomori = server.visitor("aomori").await;
    let response = Response::of_year(&aomori, 2025, CODE);
    for (question, value) in [("old", "1"), ("whole", "1"), ("rpa", "0"), ("ai", "1"), ("staff", "10"), ("cost", "100")]
    {
        response.put(question, &[value], 0).await.expect(200);
    }
    publish(&server, &aomori, 2025).await;
    open(&server, 2026, "2", AFTER).await;
    (server, aomori)
}

async fn page(client: &Client, path: &str) -> Page {
    client.get(path).await.expect(200).page()
}

#[tokio::test]
async fn the_year_before_is_shown_of_all_and_taken_over_of_the_same_question_only() {
    let (_server, aomori) = second_year().await;
    let section = page(&aomori, SECTION).await;
    for (question, words) in [
        ("new", "前年（令和7年度）の回答：検討中"),
        ("desk", "前年（令和7年度）の回答：検討中"),
        ("phone", "前年（令和7年度）の回答：検討中"),
        ("automation", "前年（令和7年度）の回答：「3 RPAの導入」未着手　「4 AIの導入」検討中"),
        ("officials", "前年（令和7年度）の回答：10人"),
        ("software", "前年（令和7年度）の回答：100千円"),
    ] {
        let text = section.text_of(&format!("q-{question}"));
        assert!(text.contains(words), "{question}: {text}");
        let same = matches!(question, "new" | "officials");
        assert_eq!(!text.contains("前年と問い方が変わりました"), same, "{question}: {text}");
        assert_eq!(text.contains("前年と同じ"), same, "{question}: {text}");
    }
    let mut form = section.form(SECTION);
    form.set("same", &["*"]);
    aomori.post(SECTION, &form.fields).await.leads_to("/answer/2026/all?copied=2");
    let answers = Response::of(&aomori, CODE).get().await["answers"].take();
    let mut answers: Vec<(&str, &Value)> =
        answers.as_array().unwrap().iter().map(|a| (a["question"].as_str().unwrap(), &a["value"])).collect();
    answers.sort_by_key(|(question, _)| *question);
    assert_eq!(answers, [("new", &json!({ "choice": "1" })), ("officials", &json!({ "integer": 10 }))]);
}

#[tokio::test]
async fn a_change_is_unusual_only_where_the_same_was_asked() {
    let (_server, aomori) = second_year().await;
    let response = Response::of(&aomori, CODE);
    let warned = async |question: &str| {
        let section = page(&aomori, SECTION).await;
        section.tag(&format!("s-{question}")).expect("its words").attribute("hidden").is_none()
    };
    response.save("officials", &["16"]).await;
    assert!(warned("officials").await, "60 per cent more");
    response.save("officials", &["14"]).await;
    assert!(!warned("officials").await);
    // A part is smaller than the whole.
    response.save("software", &["20"]).await;
    assert!(!warned("software").await);
}

#[tokio::test]
async fn results_and_files_join_what_was_renamed_and_tell_of_splits_and_merges() {
    let (server, aomori) = second_year().await;
    let response = Response::of(&aomori, CODE);
    for (question, value) in
        [("new", "0"), ("desk", "1"), ("phone", "0"), ("automation", "1"), ("officials", "12"), ("software", "60")]
    {
        response.put(question, &[value], 0).await.expect(200);
    }
    publish(&server, &aomori, 2026).await;
    let public = server.anonymous();
    for (concept, words) in [
        ("t.new", "令和8年度に概念IDが「t.old」から「t.new」に変わりました。"),
        ("t.desk", "令和8年度に「窓口と電話」を分けた設問です。"),
        ("t.automation", "令和8年度に「RPAの導入」と「AIの導入」をまとめた設問です。"),
    ] {
        let text = page(&public, &format!("/results/2026/{concept}")).await.text();
        assert!(text.contains(words), "{concept}: {text}");
    }
    let renamed = public.get("/api/v1/results/2026/questions/t.new").await.expect(200).json();
    let years: Vec<&str> =
        renamed["lines"].as_array().unwrap().iter().filter_map(|line| line["label"].as_str()).collect();
    assert_eq!(years, ["令和7年度", "令和8年度"]);

    let table = Table::read(&public.get("/data/all/answers.csv?encoding=utf-8").await.expect(200).text());
    let joined = |year: &str, question: &str| {
        let found = table.rows.iter().find(|row| row["fiscal_year"] == year && row["question_name"] == question);
        let row = found.unwrap_or_else(|| panic!("{year} {question}"));
        (row["joined_concept"].clone(), row["comparable_with_previous"].clone())
    };
    for (year, question, concept, comparable) in [
        ("2025", "old", "t.new", ""),
        ("2026", "new", "t.new", "yes"),
        ("2025", "whole", "t.whole", ""),
        ("2026", "desk", "t.desk", "no"),
        ("2026", "phone", "t.phone", "no"),
        ("2025", "ai", "t.ai", ""),
        ("2026", "automation", "t.automation", "no"),
        ("2025", "staff", "t.officials", ""),
        ("2026", "officials", "t.officials", "yes"),
    ] {
        assert_eq!(joined(year, question), (concept.to_owned(), comparable.to_owned()), "{year} {question}");
    }
    let lineage = Table::read(&public.get("/data/2026/lineage.csv?encoding=utf-8").await.expect(200).text());
    let derived = |question: &str| {
        let rows = lineage.rows.iter().filter(|row| row["question_name"] == question);
        rows.map(|row| row["derived_from"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(derived("new"), ["t.old"]);
    assert_eq!((derived("desk"), derived("phone")), (vec!["t.whole".to_owned()], vec!["t.whole".to_owned()]));
    assert_eq!(derived("automation"), ["t.rpa", "t.ai"], "one a row");
    side_by_side(&public).await;
}

/// The wide table of all years: a column a joined concept, and what a year did not ask.
async fn side_by_side(public: &Client) {
    let wide = Table::read(&public.get("/data/all/answers-wide.csv?encoding=utf-8").await.expect(200).text());
    let codebook = Table::read(&public.get("/data/all/codebook.csv?encoding=utf-8").await.expect(200).text());
    let row = |year: &str| {
        let found = wide.rows.iter().find(|row| row["fiscal_year"] == year && row["municipality_code"] == CODE);
        found.unwrap_or_else(|| panic!("{year}"))
    };
    let (before, now) = (row("2025"), row("2026"));
    assert_eq!((before["t_officials_state"].as_str(), now["t_officials"].as_str()), ("value", "12"));
    for (column, states) in [
        ("t_new_state", ["value", "value"]),
        ("t_whole_state", ["value", "not_asked"]),
        ("t_desk_state", ["not_asked", "value"]),
        ("t_automation_state", ["not_asked", "value"]),
    ] {
        assert_eq!([before[column].as_str(), now[column].as_str()], states, "{column}");
    }
    // The codebook names the column of every question and year.
    for (year, question, column) in
        [("2025", "old", "t_new"), ("2026", "new", "t_new"), ("2025", "staff", "t_officials")]
    {
        let found = codebook.rows.iter().find(|row| row["fiscal_year"] == year && row["question_name"] == question);
        let found = found.unwrap_or_else(|| panic!("{year} {question}"));
        assert_eq!((found["wide_column"].as_str(), found["series"].as_str()), (column, "1"), "{year} {question}");
    }
}
