//! `/desk/{year}/check`, `/desk/{year}/check.csv`, `/desk/{year}/{code}/changes`: what in the responses should be looked at
//! again, and what changed in one of them.

use std::collections::BTreeSet;

use tests::{Client, Installation, Response, Table};

const CODE: &str = "022012";
const CHECK: &str = "/desk/2026/check";

/// The rows of the page without the heading: place, municipality and state, kind, question, what was found, what to do.
async fn rows(officer: &Client, query: &str) -> Vec<Vec<String>> {
    let rows = officer.get(&format!("{CHECK}{query}")).await.expect(200).page().rows();
    rows.into_iter().filter(|row| row.len() == 6 && row[0] != "順").collect()
}

async fn file(officer: &Client, query: &str) -> Table {
    let answer = officer.get(&format!("{CHECK}.csv{query}")).await.expect(200);
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    assert!(answer.header("shirabe-rounds").starts_with("2026;state="));
    Table::read(answer.text().trim_start_matches('\u{feff}'))
}

#[tokio::test]
async fn what_contradicts_the_questionnaire_comes_first() {
    let server = Installation::opened().await.serve();
    let (aomori, officer) = (server.visitor("aomori").await, server.visitor("officer").await);
    assert!(officer.get(CHECK).await.expect(200).page().text().contains("当てはまるものはありません"), "nobody began");
    let response = Response::of(&aomori, CODE);
    response.save("org_6a", &["3"]).await;
    response.save("org_6b", &["5"]).await;
    let all = rows(&officer, "").await;
    let first = &all[0];
    assert_eq!((first[0].as_str(), first[2].as_str()), ("1", "矛盾"), "{first:?}");
    assert!(first[1].contains("青森市") && first[1].contains("入力中") && first[3].contains("体-6-1"), "{first:?}");
    for words in ["回答は「5人」です。", "DX推進を担当する職員の数以下", "体-6 DX推進を担当する職員の数は「3人」"]
    {
        assert!(first[4].contains(words), "{words}: {first:?}");
    }
    assert!(first[5].contains("確認する") && !first[5].contains("差し戻す"), "not handed in: {first:?}");
    // Required blanks before optional ones, and nothing about what is not asked.
    let kinds: Vec<&str> = all[1..].iter().map(|row| row[2].as_str()).collect();
    assert!(kinds.contains(&"必須の未回答") && kinds.is_sorted_by_key(|kind| *kind != "必須の未回答"), "{kinds:?}");

    let table = file(&officer, "?kind=contradiction").await;
    let [row] = table.rows.as_slice() else { panic!("{:?}", table.rows) };
    for (column, value) in [
        ("municipality_code", CODE),
        ("response_state", "in_progress"),
        ("kind", "contradiction"),
        ("weight", "600"),
        ("section", "推進体制"),
        ("question_name", "org_6b"),
        ("answer", "5人"),
        ("previous_answer", ""),
        ("note", ""),
    ] {
        assert_eq!(row[column], value, "{column}");
    }
    assert!(file(&officer, "?section=industry").await.values("section").into_iter().eq(["産業・しごと"]));
    assert_eq!(rows(&officer, "?municipality=弘前").await.len(), 0);
    assert_eq!(rows(&officer, &format!("?municipality={CODE}")).await.len(), all.len());
}

#[tokio::test]
async fn a_finding_leads_to_an_inquiry_or_a_return_with_a_text_to_begin_from() {
    let server = Installation::opened().await.serve();
    let (aomori, officer) = (server.visitor("aomori").await, server.visitor("officer").await);
    let response = Response::of(&aomori, CODE);
    response.fill(&[("org_5", "1"), ("org_6a", "0")]).await;
    response.submit().await.expect(200);
    let page = officer.get(&format!("{CHECK}?kind=contradiction")).await.expect(200).page();
    let found = page.rows().into_iter().find(|row| row.len() == 6 && row[3].contains("体-6 ")).expect("a finding");
    assert!(found[4].contains("回答は「0人」です。") && found[4].contains("理由は記入されていません。"), "{found:?}");
    let links: Vec<&str> = page.tags().filter_map(|tag| tag.attribute("href")).collect();
    let inquiry = format!("/desk/2026/{CODE}/inquiries/new?question=org_6a&finding=contradiction");
    let returning = format!("/desk/2026/{CODE}?question=org_6a&finding=contradiction");
    assert!(links.contains(&inquiry.as_str()), "{links:?}");
    let together = links.iter().find(|link| link.contains("?question=") && link.ends_with("#a-org_6a"));
    assert!(together.is_some_and(|link| link.contains("question=org_6a&finding=contradiction")), "{links:?}");

    let action = format!("/desk/2026/{CODE}/inquiries/new?question=org_6a");
    let form = officer.get(&inquiry).await.expect(200).page().form(&action);
    let text = form.values("text")[0];
    assert!(text.contains("DX推進を担当する職員の数") && text.contains("0人"), "{text}");
    officer.post(&action, &form.fields).await.expect(303);
    assert!(aomori.get("/answer/2026/inquiries").await.page().text().contains("体-6"));

    let action = format!("/desk/2026/{CODE}/return");
    let form = officer.get(&returning).await.expect(200).page().form(&action);
    assert_eq!(form.values("return"), ["org_6a"]);
    assert!(form.values("reason.org_6a")[0].contains("回答は「0人」です。"), "{form:?}");
    officer.post(&action, &form.fields).await.leads_to(&format!("/desk/2026/{CODE}"));
    assert!(aomori.get("/answer/2026").await.page().text_of("returned").contains("回答は「0人」です。"));
    // What is found no more, or never was, proposes nothing.
    for query in ["question=org_6a&finding=jump", "question=org_1&finding=contradiction", "question=x&finding=x"] {
        officer.get(&format!("/desk/2026/{CODE}?{query}")).await.expect(200);
    }
    // A reason that was written is shown, and what is explained weighs less.
    let before = file(&officer, "?kind=contradiction").await;
    response.save("org_6a.reason", &["兼務で対応しているため"]).await;
    let after = file(&officer, "?kind=contradiction").await;
    let of = |table: &Table| {
        let row = table.rows.iter().find(|row| row["question_name"] == "org_6a").expect("a finding").clone();
        (row["weight"].clone(), row["finding"].clone())
    };
    assert_eq!((of(&before).0.as_str(), of(&after).0.as_str()), ("500", "200"));
    assert!(of(&after).1.contains("兼務で対応しているため"));
}

#[tokio::test]
async fn all_that_is_shown_of_a_municipality_goes_back_at_once_and_a_box_can_be_cleared() {
    let server = Installation::opened().await.serve();
    let (aomori, officer) = (server.visitor("aomori").await, server.visitor("officer").await);
    let response = Response::of(&aomori, CODE);
    response.fill(&[("org_5", "1"), ("org_6a", "0")]).await;
    response.submit().await.expect(200);
    let page = officer.get(&format!("{CHECK}?municipality={CODE}")).await.expect(200).page();
    let link = page.links().into_iter().find(|link| link.starts_with(&format!("/desk/2026/{CODE}?question=")));
    let link = link.expect("a way to send it back");
    let questions: BTreeSet<&str> = link.split("question=").skip(1).filter_map(|rest| rest.split('&').next()).collect();
    assert!(questions.contains("org_6a") && questions.len() > 1, "{link}");
    let words = format!("{}問をまとめて差し戻す", questions.len());
    let mut found = page.rows().into_iter().filter(|row| row.len() == 6 && row[0] != "順");
    assert!(found.all(|row| row[5].contains(&words)), "{words}: {}", page.text());

    let action = format!("/desk/2026/{CODE}/return");
    let mut form = officer.get(&link).await.expect(200).page().form(&action);
    let chosen: Vec<String> = form.values("return").into_iter().map(str::to_owned).collect();
    assert_eq!(chosen.iter().map(String::as_str).collect::<BTreeSet<_>>(), questions);
    for name in &chosen {
        assert!(form.values(&format!("reason.{name}"))[0].contains("必要なときは直してください。"), "{name}");
    }
    // The first box is cleared, its reason is left as it was proposed.
    let kept: Vec<&str> = chosen[1..].iter().map(String::as_str).collect();
    form.set("return", &kept);
    officer.post(&action, &form.fields).await.leads_to(&format!("/desk/2026/{CODE}"));
    let returned = response.get().await["returned"].take();
    assert_eq!(returned.as_array().expect("a list").len(), kept.len(), "{returned}");
}

#[tokio::test]
async fn the_list_is_narrowed_to_a_state_and_tells_what_is_talked_over() {
    let server = Installation::opened().await.serve();
    let (aomori, hirosaki) = (server.visitor("aomori").await, server.visitor("hirosaki").await);
    let officer = server.visitor("officer").await;
    let response = Response::of(&aomori, CODE);
    response.save("org_6a", &["3"]).await;
    response.save("org_6b", &["5"]).await;
    let submitted = Response::of(&hirosaki, "022021");
    submitted.fill(&[]).await;
    submitted.submit().await.expect(200);
    for (state, word) in [("in_progress", "入力中"), ("submitted", "提出済み")] {
        let rows = rows(&officer, &format!("?state={state}")).await;
        assert!(!rows.is_empty() && rows.iter().all(|row| row[1].contains(word)), "{state}: {rows:?}");
    }
    assert!(rows(&officer, "?state=accepted").await.is_empty());
    assert!(file(&officer, "?state=in_progress").await.values("municipality_code").into_iter().eq([CODE]));
    let page = officer.get(&format!("{CHECK}?state=in_progress")).await.expect(200).page();
    assert!(page.links().contains(&format!("{CHECK}?kind=contradiction&state=in_progress")), "{:?}", page.links());

    let asking = format!("/desk/2026/{CODE}/inquiries/new?question=org_6b");
    let thread = officer.post(&asking, &[("text", "人数を確認してください。")]).await.expect(303);
    let thread = thread.header("location").to_owned();
    let talked_over = async || {
        let page = officer.get(&format!("{CHECK}?kind=contradiction")).await.expect(200).page();
        let row = page.rows().into_iter().find(|row| row.len() == 6 && row[3].contains("体-6-1")).expect("a finding");
        (row[5].contains("やりとり中"), page.links().contains(&thread))
    };
    assert_eq!(talked_over().await, (true, true));
    officer.post(&thread, &[("after", "1"), ("text", ""), ("closes", "1")]).await.leads_to(&thread);
    assert_eq!(talked_over().await, (false, false));
}

#[tokio::test]
async fn what_moved_by_stages_since_last_year_is_told_and_the_list_is_read_page_by_page() {
    let server = Installation::demo().serve();
    let (officer, hachinohe) = (server.visitor("officer").await, server.visitor("m022039").await);
    let earlier = Response::of_year(&officer, 2025, "022039");
    let mut moved = None;
    for question in ["ind_01_1", "ind_01_2", "ind_01_3", "ind_02_1"] {
        let answer = earlier.answer(question).await;
        let stage: Option<u8> = answer["value"]["choice"].as_str().and_then(|choice| choice.parse().ok());
        if let Some(stage) = stage.filter(|stage| *stage <= 4) {
            let to = if stage <= 2 { "4" } else { "0" };
            Response::of(&hachinohe, "022039").save(question, &[to]).await;
            moved = Some((question, stage.abs_diff(to.parse().expect("a stage"))));
            break;
        }
    }
    let (question, stages) = moved.expect("a stage of last year");
    let jumps = file(&officer, "?municipality=022039&kind=jump").await;
    let told = jumps.rows.iter().find(|row| row["question_name"] == question).expect("the change");
    assert!(told["finding"].contains(&format!("{stages}段階")) && told["finding"].contains("前年の「"), "{told:?}");
    assert!(!told["previous_answer"].is_empty() && told["note"].contains("デモデータ"), "{told:?}");

    let all = file(&officer, "").await;
    assert!(all.rows.len() > 100, "{}", all.rows.len());
    let weights: Vec<u32> = all.rows.iter().map(|row| row["weight"].parse().expect("a number")).collect();
    assert!(weights.is_sorted_by(|a, b| a >= b));
    let (first, second) = (rows(&officer, "").await, rows(&officer, "?page=2").await);
    assert_eq!((first.len(), first[99][0].as_str(), second[0][0].as_str()), (100, "100", "101"));
    let page = officer.get(CHECK).await.page();
    assert!(page.text().contains(&format!("{} 件のうち 100 件", all.rows.len())), "{}", page.text());
    let last = rows(&officer, "?page=9999").await;
    assert_eq!(last.last().expect("the last page")[0], all.rows.len().to_string());
    // A round whose checking is over can still be read, without its acts.
    let past = officer.get("/desk/2025/check").await.expect(200).page();
    assert!(past.rows().len() > 1 && !past.text().contains("確認する："), "{}", past.text());
}

#[tokio::test]
async fn a_response_stands_beside_what_was_handed_in_before() {
    let server = Installation::opened().await.serve();
    let (aomori, officer) = (server.visitor("aomori").await, server.visitor("officer").await);
    let path = format!("/desk/2026/{CODE}/changes");
    let response = Response::of(&aomori, CODE);
    response.fill(&[("org_6a", "10")]).await;
    response.submit().await.expect(200);
    let page = officer.get(&path).await.expect(200).page();
    assert!(page.text().contains("前に提出した内容はありません。") && page.text().contains("違う設問はありません。"));

    Response::of(&officer, CODE).give_back("", &[("org_6a", "人数を確認")]).await.expect(204);
    response.save("org_6a", &["12"]).await;
    let rows = async |query: &str| {
        let page = officer.get(&format!("{path}{query}")).await.expect(200).page();
        assert!(page.text().contains("2026-022012-1"), "{}", page.text());
        let rows = page.rows().into_iter().filter(|row| row.len() == 3 && row[0] != "設問");
        rows.collect::<Vec<_>>()
    };
    let different = rows("").await;
    let [row] = different.as_slice() else { panic!("{different:?}") };
    assert!(row[0].contains("体-6") && row[1] == "12人", "{row:?}");
    assert!(row[2].contains("違い") && row[2].contains("10人"), "{row:?}");
    assert!(rows("?all=1").await.len() > 50);
    // Handed in again, it still stands beside the submission before.
    response.submit().await.expect(200);
    assert_eq!(rows("").await, different);
}

#[tokio::test]
async fn the_dataset_holds_what_the_file_of_all_findings_holds_and_thresholds_are_numbers() {
    let server = Installation::demo().serve();
    let officer = server.visitor("officer").await;
    let whole = file(&officer, "").await;
    let dataset = officer.get("/data/2026/check.csv?scope=all").await.expect(200).text();
    assert_eq!(Table::read(dataset.trim_start_matches('\u{feff}')).rows, whole.rows);
    let rows = officer.get("/api/v1/datasets/check/2026?scope=all").await.expect(200);
    assert_eq!(rows.header("shirabe-total-count"), whole.rows.len().to_string());
    for row in &whole.rows {
        let threshold = &row["threshold"];
        assert!(threshold.is_empty() || threshold.parse::<f64>().is_ok(), "{threshold}");
        assert_eq!(threshold.is_empty(), row["threshold_basis"].is_empty());
    }
    server.visitor("analyst").await.get("/data/2026/check.csv?scope=all").await.expect(404);
}

#[tokio::test]
async fn only_an_officer_checks() {
    let server = Installation::opened().await.serve();
    for name in ["aomori", "analyst"] {
        let visitor = server.visitor(name).await;
        for path in [CHECK, "/desk/2026/check.csv", "/desk/2026/022012/changes"] {
            visitor.get(path).await.expect(403);
        }
    }
    let officer = server.visitor("officer").await;
    for path in ["/desk/2030/check", "/desk/2030/check.csv", "/desk/2026/131016/changes", "/desk/2026/x/changes"] {
        officer.get(path).await.expect(404);
    }
}
