//! What the officer's page of a response promises.

use super::*;
use crate::components::question::samples::plain;
use crate::components::sheet::samples::{asked, sheet};
use shared::response::Side;
use shared::wire::FieldProblem;

fn at(text: &str) -> Timestamp {
    Timestamp::parse_jst(text).unwrap()
}

fn model() -> DeskResponse {
    let skipped = SheetQuestion { relevant: false, ..asked("skipped", None) };
    DeskResponse {
        year: FiscalYear::new(2026).unwrap(),
        code: "024121".parse().unwrap(),
        municipality: "おいらせ町".into(),
        region: Some(Region::Kamikita),
        state: ResponseState::Submitted,
        revision: 41,
        receipt: Some("2026-024121-1".into()),
        signatures: vec![("回答者", "企画課 佐藤".into()), ("承認者", "企画課長 木村".into())],
        approval: "必要（承認者：企画課長 木村）".into(),
        sha256: Some("ab".repeat(32)),
        may_accept: true,
        may_ask: true,
        inquiries: Vec::new(),
        return_form: Some(TypedReturn::default()),
        corrections: None,
        deadline: None,
        events: vec![ResponseEvent {
            at: at("2026-11-22T16:42"),
            actor: "政策推進課".into(),
            what: "提出しました".into(),
        }],
        sheet: sheet(vec![asked("engaged", Some("4")), skipped]),
    }
}

fn rendered(model: DeskResponse) -> String {
    let html = plain(view! { <DeskResponsePage model /> });
    assert!(!html.contains(" style="), "{html}");
    assert!(html.matches("button--primary").count() <= 1, "{html}");
    html
}

#[test]
fn only_what_was_handed_in_can_be_accepted_or_sent_back() {
    let html = rendered(model());
    assert!(html.contains("action=\"/desk/2026/024121/accept\""), "{html}");
    for words in ["2026年11月22日（日） 16:42", "提出しました", "政策推進課", "上北", "2026-024121-1", "企画課長 木村"]
    {
        assert!(html.contains(words), "{words}: {html}");
    }
    let html = rendered(DeskResponse { may_accept: false, return_form: None, ..model() });
    assert!(!html.contains("<form") && html.contains("実施している（本格運用）"));
}

#[test]
fn the_municipality_is_asked_about_a_question_or_the_whole_while_there_are_inquiries() {
    let inquiry = InquiryItem {
        href: "/desk/2026/inquiries/7".into(),
        municipality: None,
        about: "産-1 取り組んでいますか。".into(),
        last: "RPAは含みますか。".into(),
        at: at("2026-11-22T16:42"),
        awaits: Some(Side::Prefecture),
    };
    let talking = DeskResponse { inquiries: vec![inquiry], ..model() };
    let whole = "href=\"/desk/2026/024121/inquiries/new\"";
    let one = "href=\"/desk/2026/024121/inquiries/new?question=engaged\"";
    for model in [talking.clone(), DeskResponse { return_form: None, may_accept: false, ..talking.clone() }] {
        let html = rendered(model);
        for words in [whole, one, "href=\"/desk/2026/inquiries/7\"", "RPAは含みますか。", "県の回答待ち"] {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(!html.contains("question=skipped"), "{html}");
    }
    let html = rendered(DeskResponse { return_form: None, may_ask: false, ..talking });
    assert!(!html.contains("inquiries/new") && html.contains("href=\"/desk/2026/inquiries/7\""), "{html}");
    assert!(rendered(model()).contains("まだやりとりはありません。"));
}

#[test]
fn every_question_that_is_asked_can_be_sent_back_with_its_reason() {
    let html = rendered(model());
    assert!(html.contains("action=\"/desk/2026/024121/return\"") && html.contains("name=\"revision\" value=\"41\""));
    assert!(html.contains("name=\"return\" value=\"engaged\"") && html.contains("name=\"reason.engaged\""), "{html}");
    assert!(!html.contains("value=\"skipped\""), "what is not asked cannot be answered again");
    assert!(html.contains("value=\"questions\" checked") && !html.contains("<details open"), "{html}");
}

#[test]
fn a_refused_return_keeps_what_was_typed() {
    let problem = |field: &str, message: &str| FieldProblem { field: field.into(), message: message.into() };
    let typed = TypedReturn {
        chosen: ["engaged".to_owned()].into(),
        reasons: [("engaged".to_owned(), "</textarea>確認".to_owned())].into(),
        proposed: [("engaged".to_owned(), "確認".to_owned())].into(),
        note: "全体として".into(),
        whole: false,
        problems: vec![problem("reason.engaged", "長すぎます。"), problem("", "状態が変わりました。")],
    };
    let html = rendered(DeskResponse { return_form: Some(typed), ..model() });
    assert!(html.contains("href=\"#reason.engaged\"") && html.contains("＊長すぎます。"), "{html}");
    assert!(html.contains("value=\"engaged\" checked") && html.contains("&lt;/textarea&gt;確認</textarea>"));
    assert!(html.contains("name=\"proposed.engaged\" value=\"確認\""), "{html}");
    assert!(html.contains("全体として</textarea>") && html.contains("状態が変わりました。"));
}

#[test]
fn what_changed_since_the_return_stands_beside_what_did_not() {
    let row = CorrectedRow {
        name: "engaged".into(),
        words: "産-1 取り組んでいますか。".into(),
        reason: Some("ほかの回答と合いません。".into()),
        before: "検討中".into(),
        after: "実施している".into(),
        by: "企画課 佐藤".into(),
        at: at("2026-12-02T10:00"),
    };
    let corrections = CorrectionsWords {
        returned_at: at("2026-12-01T09:00"),
        note: "ご確認ください。".into(),
        again_at: Some(at("2026-12-02T11:00")),
        changed: vec![row],
        untouched: vec![("staff".into(), "体-6 職員の数".into(), "前年の10倍です。".into())],
    };
    let html = rendered(DeskResponse { corrections: Some(corrections.clone()), ..model() });
    for words in [
        "検討中",
        "<strong>実施している</strong>",
        "企画課 佐藤",
        "2026年12月2日（水） 11:00 に再提出されました",
        "変わっていないもの",
        "href=\"#a-staff\"",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    let running = CorrectionsWords { again_at: None, changed: Vec::new(), ..corrections };
    let html = rendered(DeskResponse { corrections: Some(running), ..model() });
    assert!(html.contains("修正中") && html.contains("変わった回答はありません"), "{html}");
}
