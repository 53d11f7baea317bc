use super::choose::{Choice, Narrowing, QuestionChoices};
use super::elsewhere::{ElsewhereRow, PeerCase};
use super::what_if::WeightField;
use super::*;
use crate::components::question::samples::plain;

fn chooser(free: bool) -> Chooser {
    let choices = |labels: &[&str]| -> Vec<Choice> {
        labels.iter().enumerate().map(|(place, label)| Choice::new(format!("v{place}"), label, place == 0)).collect()
    };
    let if_free = |found: Vec<Choice>| if free { found } else { Vec::new() };
    Chooser {
        path: "/compare".into(),
        municipalities: if_free(choices(&["弘前市", "八戸市"])),
        narrowing: None,
        own: Some("弘前市".into()),
        years: choices(&["令和7年度", "令和6年度"]),
        earlier: choices(&["令和6年度"]),
        groups: choices(&["条件の近い団体", "同じ地域"]),
        near_by: if_free(choices(&["人口規模", "地域"])),
        count: 7,
        most: 60,
        peers: if_free(choices(&["八戸市", "黒石市"])),
        rows: choices(&["項目ごと", "設問ごと"]),
        sections: choices(&["すべての分野", "行政経営"]),
        questions: vec![QuestionChoices { title: "行政経営".into(), questions: choices(&["行-1 窓口"]) }],
        quartiles: choices(&["type 7", "type 6"]),
        kept: vec![("w.industry".into(), "3".into())],
    }
}

fn body() -> CompareBody {
    let row = |number: usize| ElsewhereRow {
        number: format!("行-{number}"),
        label: "AIの導入".into(),
        area: "質の高い自治体運営".into(),
        own: "検討中".into(),
        count: 3,
        doing: vec!["実施：八戸市、黒石市、むつ市".into()],
    };
    let case = |url: &str| PeerCase {
        municipality: "八戸市".into(),
        name: "窓口の申請".into(),
        area: "質の高い自治体運営".into(),
        url: Some(url.into()),
        contact: Some("総務課".into()),
    };
    CompareBody {
        strips: None,
        radar: None,
        areas: None,
        elsewhere: ElsewherePractices {
            responded: true,
            named: true,
            rows: (0..12).map(row).collect(),
            cases: vec![case("https://example.jp/"), case("javascript:alert(1)")],
        },
        course: None,
        changes: None,
        maturity: None,
        method: "/compare/method".into(),
        what_if: WhatIfForm {
            kept: vec![("group".into(), "band".into())],
            scales: Vec::new(),
            means: Vec::new(),
            ranks: Vec::new(),
            fields: vec![WeightField {
                code: "industry".into(),
                label: "産業・しごと".into(),
                weight: 3,
                areas: vec![("industry_work".into(), "働き方".into(), 1)],
            }],
            seed: 2026,
            most: 100,
            usual: "/compare?group=band".into(),
            changed: true,
        },
    }
}

fn show(free: bool, body: Result<CompareBody, String>) -> String {
    let model = Compare {
        context: Some("令和7年度（2025年度） 速報".into()),
        provisional: true,
        heading: vec!["弘前市は、".into(), "人口規模の近い7団体と比べて".into(), "差がありません".into()],
        peers: Some("比べる団体：八戸市。".into()),
        chooser: chooser(free),
        saved: Vec::new(),
        keep: free.then(|| (vec!["022039".into()], "group=band".into())),
        keep_problem: free.then(|| ("名前".into(), "名前は1〜60文字で入力してください。".into())),
        notices: vec!["年度「x」は読み取れないため、使っていません。".into()],
        handout: Some("/compare/handout?group=band".into()),
        body,
    };
    plain(view! { <ComparePage model /> })
}

#[test]
fn whom_and_what_is_compared_is_changed_by_plain_forms_that_keep_the_rest() {
    let html = show(true, Ok(body()));
    for words in [
        r#"<form method="get" action="/compare" class="compare-form screen-only""#,
        r#"name="municipality""#,
        r#"name="w.industry" value="3""#,
        r#"name="group" value="band""#,
        "年度「x」は読み取れないため",
        "＊",
        "/compare/handout?group=band",
        "残りの2の取組",
        "総務課",
        r#"href="/compare/method#method-elsewhere""#,
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(html.contains(r#"href="https://example.jp/""#) && !html.contains("javascript:"));
    assert!(!html.contains(" style=") && !html.contains("NaN"));
}

#[test]
fn of_a_whole_country_a_prefecture_or_a_search_says_who_is_listed() {
    let narrowing = Narrowing {
        prefectures: vec![Choice::new("", "すべての都道府県", false), Choice::new("02", "青森県", true)],
        find: "\"><b>".into(),
        note: Some("当てはまる市町村はありません。".into()),
    };
    let nobody = Chooser { municipalities: Vec::new(), narrowing: Some(narrowing), own: None, ..chooser(true) };
    let html = plain(view! { <ChooserForm chooser=nobody /> });
    for words in [
        r#"name="prefecture""#,
        r#"name="find""#,
        r#"name="municipality""#,
        "選んでください",
        "当てはまる市町村はありません。",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(!html.contains("<b>"));
}

#[test]
fn whoever_compares_only_the_own_municipality_is_offered_nothing_else() {
    let html = show(false, Err("比べる団体が選ばれていません。".into()));
    assert!(html.contains("比べる団体が選ばれていません。") && html.contains("弘前市"));
    for name in ["municipality", "peer", "by", "count"] {
        assert!(!html.contains(&format!("name=\"{name}\"")), "{name}");
    }
}
