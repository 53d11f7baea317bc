//! What the merge page promises.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::response::{AnswerValue, Base, Merge};
use shared::time::Timestamp;

use super::{Offered, Unread, WorkbookMerge, WorkbookMergePage};
use crate::components::question::samples::{plain, select};

fn choice(name: &str) -> AnswerValue {
    AnswerValue::Choice(name.into())
}

fn offer(name: &str, merge: Merge, now: Option<AnswerValue>) -> Offered {
    let at = Timestamp::parse_jst("2026-11-22T16:42").unwrap();
    Offered {
        question: select(name),
        merge,
        base: Base::Known(None),
        base_revision: Some(0),
        now_by: now.is_some().then(|| ("総務課 鈴木".to_owned(), at)),
        now,
        revision: 3,
        chosen: None,
        warning: None,
    }
}

fn model(offers: Vec<Offered>) -> WorkbookMerge {
    WorkbookMerge {
        year: FiscalYear::new(2026).unwrap(),
        municipality: "おいらせ町".into(),
        downloaded_at: Timestamp::parse_jst("2026-11-20T09:00"),
        same: 100,
        missing: 0,
        offers,
        kept: Vec::new(),
        problems: Vec::new(),
        saved: None,
        undecided: false,
    }
}

fn checked(html: &str, id: &str) -> bool {
    let tag = html.split("<input").find(|tag| tag.contains(&format!("id=\"{id}\""))).expect(id);
    tag.split('>').next().unwrap().contains("checked")
}

#[test]
fn new_answers_are_taken_deletions_are_not_and_conflicts_are_open() {
    let offers = vec![
        offer("new", Merge::TakeWorkbook { workbook: choice("1") }, None),
        offer("gone", Merge::Clear, Some(choice("2"))),
        offer("both", Merge::Conflict { workbook: Some(choice("1")) }, Some(choice("2"))),
    ];
    let html = plain(view! { <WorkbookMergePage model=model(offers) /> });
    assert!(checked(&html, "k-new-workbook") && !checked(&html, "k-new-now"), "{html}");
    assert!(checked(&html, "k-gone-now") && !checked(&html, "k-gone-workbook"));
    assert!(!checked(&html, "k-both-workbook") && !checked(&html, "k-both-now"));
    for words in ["新しい回答", "消去", "両方で変更", "総務課 鈴木さん、2026年11月22日（日） 16:42", "検討中", "100 件"]
    {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(html.contains("action=\"/answer/2026/workbook/merge\""));
    assert!(html.contains("name=\"both.value\" value=\"1\"") && html.contains("name=\"both.revision\" value=\"3\""));
    assert!(!html.contains(" style="));
}

#[test]
fn what_was_not_chosen_is_asked_for_by_name() {
    let offers = vec![offer("both", Merge::Conflict { workbook: None }, Some(choice("2")))];
    let html = plain(view! { <WorkbookMergePage model=WorkbookMerge { undecided: true, ..model(offers) } /> });
    assert!(
        html.contains("href=\"#k-both-workbook\"") && html.contains("＊どちらの回答にするか選んでください。"),
        "{html}"
    );
    assert!(html.contains("消去する"));
}

#[test]
fn a_workbook_without_a_difference_offers_nothing_to_save() {
    let html = plain(view! { <WorkbookMergePage model=model(Vec::new()) /> });
    assert!(html.contains("保存する違いはありません。") && !html.contains("<form"), "{html}");
}

#[test]
fn every_place_that_cannot_be_read_is_listed() {
    let problem = Unread {
        place: "回答!D17".into(),
        question: Some("産-3 件数".into()),
        what: "整数で入力してください。".into(),
    };
    let html =
        plain(view! { <WorkbookMergePage model=WorkbookMerge { problems: vec![problem], ..model(Vec::new()) } /> });
    assert!(
        html.contains("回答!D17") && html.contains("産-3 件数") && html.contains("整数で入力してください。"),
        "{html}"
    );
}

#[test]
fn a_text_of_a_workbook_stays_text() {
    let text = AnswerValue::Text("\"><script>alert(1)</script>".into());
    let offers = vec![offer("text", Merge::TakeWorkbook { workbook: text }, None)];
    let html = plain(view! { <WorkbookMergePage model=model(offers) /> });
    assert!(!html.contains("<script>"), "{html}");
}
