//! What the task list promises.

use shared::questionnaire::SectionName;
use shared::response::SectionTaskState;
use shared::time::Timestamp;

use super::*;
use crate::components::question::samples::plain;

fn entry(name: &str, title: &str, progress: SectionProgress) -> SectionEntry {
    let (name, href) = (SectionName(name.into()), format!("/answer/2026/{name}"));
    let section = SectionItem { name, href, title: title.into(), progress, minutes: 8 };
    SectionEntry { section, task: None }
}

fn model() -> AnswerList {
    AnswerList {
        year: FiscalYear::new(2026).unwrap(),
        municipality: "おいらせ町".into(),
        code: "024121".parse().unwrap(),
        deadline: Some(Deadline {
            at: Timestamp::parse_jst("2026-11-30T17:00").unwrap(),
            days_left: 8,
            extended: false,
        }),
        state: ResponseState::InProgress,
        read_only: None,
        returned: None,
        sent_back: None,
        awaiting: None,
        sections: vec![
            entry("basic", "基本情報・推進体制", SectionProgress::Done),
            entry("industry", "産業・しごと", SectionProgress::InProgress { answered: 7, asked: 11 }),
            entry("life", "暮らし・まち", SectionProgress::NotStarted),
            entry("base", "各分野を支える基盤整備", SectionProgress::NeedsAttention { count: 2 }),
        ],
        may_share: true,
        next: Some("/answer/2026/industry".into()),
        receipt: None,
        approval: ApprovalSetting::default(),
        inquiries_awaited: 0,
        extension: ExtensionLink::Page,
        advice: Vec::new(),
        earlier_receipt: None,
        languages: Languages::default(),
    }
}

fn rendered(model: AnswerList) -> String {
    let html = plain(view! { <AnswerListPage model /> });
    assert!(!html.contains(" style="), "{html}");
    assert!(html.matches("button--primary").count() <= 1, "{html}");
    html
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse_jst(text).unwrap()
}

#[test]
fn a_task_list_leads_to_every_section_and_onwards() {
    let html = rendered(model());
    for words in ["済", "入力中 7/11", "未着手", "確認が必要 2件", "2026年11月30日（月） 17:00", "あと8日", "8分"]
    {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(html.contains("href=\"/answer/2026/base\""));
    assert!(html.contains("href=\"/answer/2026/industry\" class=\"button button--primary\""));
    for page in ["workbook", "check", "tasks", "inquiries", "extension", "print"] {
        assert!(html.contains(&format!("href=\"/answer/2026/{page}\"")), "{page}: {html}");
    }
    assert!(!html.contains("庁内の承認"), "nobody could approve");
}

#[test]
fn once_everything_is_answered_checking_is_the_next_act() {
    let html = rendered(AnswerList { next: None, ..model() });
    assert!(html.contains("href=\"/answer/2026/check\" class=\"button button--primary\""));
}

#[test]
fn a_response_that_was_handed_in_is_only_read() {
    let html = rendered(AnswerList {
        state: ResponseState::Submitted,
        read_only: Some("提出済みのため、変更できません。".into()),
        receipt: Some("R8-022012-1".into()),
        ..model()
    });
    assert!(html.contains("提出済みのため、変更できません。") && html.contains("R8-022012-1"));
    assert!(html.contains("href=\"/answer/2026/receipt\""));
    assert!(!html.contains("つづきから") && !html.contains("確認して提出") && !html.contains("Excelで"));
}

#[test]
fn what_was_sent_back_stands_first_with_its_reasons() {
    let item = |name: &str, corrected| ReturnedItem {
        words: format!("体-6 {name}"),
        href: format!("/answer/2026/organization#q-{name}"),
        reason: "前年の10倍です。".into(),
        corrected,
    };
    let list = ReturnedList {
        at: at("2026-12-01T09:00"),
        note: "ご確認ください。".into(),
        items: vec![item("staff", false), item("other", true)],
    };
    let html = rendered(AnswerList {
        state: ResponseState::Returned,
        returned: Some(list),
        receipt: Some("R8-022012-1".into()),
        ..model()
    });
    assert!(html.contains("差し戻された設問が 2 件") && html.contains("href=\"/answer/2026/organization#q-staff\""));
    assert!(html.contains("ご確認ください。") && html.contains("前年の10倍です。"));
    assert!(html.contains("まだ変更していません") && html.contains("変更済み"));
    assert!(html.find("id=\"returned\"").unwrap() < html.find("task-list").unwrap());
    assert!(!html.contains("提出を受け付けました"), "it is to be handed in again");
}

#[test]
fn an_awaited_approval_is_the_approvers_next_act() {
    let awaiting = AwaitedApproval {
        since: at("2026-11-22T16:42"),
        asked_by: "企画課 佐藤".into(),
        approvers: vec!["企画課長 木村".into()],
    };
    let approval = ApprovalSetting { required: true, approvers: vec!["企画課長 木村".into()], is_approver: true };
    let waiting = AnswerList {
        state: ResponseState::AwaitingApproval,
        read_only: Some("承認待ちのため、変更できません。".into()),
        awaiting: Some(awaiting),
        approval: approval.clone(),
        ..model()
    };
    let html = rendered(waiting.clone());
    assert!(html.contains("企画課 佐藤さんが 2026年11月22日（日） 16:42 に承認を依頼しました"), "{html}");
    assert!(
        html.contains("class=\"button button--primary\">内容を確認して承認する") && html.contains("value=\"waive\"")
    );
    let of_respondent = ApprovalSetting { is_approver: false, ..approval };
    let html = rendered(AnswerList { approval: of_respondent, ..waiting });
    assert!(html.contains("回答の内容を見る") && !html.contains("value=\"waive\""));
    assert!(html.contains("承認者：企画課長 木村"));
}

#[test]
fn an_approvers_reason_is_told() {
    let reason = "人数を確認してください。<b>".to_owned();
    let sent_back = SentBack { at: at("2026-11-22T16:42"), by: "企画課長 木村".into(), reason };
    let html = rendered(AnswerList { sent_back: Some(sent_back), ..model() });
    assert!(html.contains("庁内で差し戻されました") && html.contains("人数を確認してください。&lt;b"), "{html}");
}

#[test]
fn who_fills_a_section_stands_beside_it_and_one_press_says_it_is_complete() {
    let mut shared = model();
    shared.sections[1].task = Some(TaskWords {
        revision: 3,
        assignee: "商工観光課".into(),
        state: SectionTaskState::Open,
        comment: "25日まで".into(),
        own: false,
    });
    let html = rendered(shared.clone());
    assert!(html.contains("担当：商工観光課（依頼中）") && html.contains("25日まで"), "{html}");
    assert!(!html.contains("あなたの担当です"));
    assert!(html.contains("name=\"revision\" value=\"3\"") && html.contains("name=\"state\" value=\"done\""));
    let html = rendered(AnswerList { may_share: false, ..shared });
    assert!(html.contains("担当：商工観光課（依頼中）") && !html.contains("<form"));
}
