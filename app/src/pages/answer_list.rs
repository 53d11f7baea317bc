//! `/answer`: the task list.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::questionnaire::SectionName;
use shared::response::ResponseState;
use shared::time::Timestamp;

/// What `/answer` shows.
#[derive(Debug, Clone)]
pub struct AnswerList {
    /// The round.
    pub year: FiscalYear,
    /// The municipality's name.
    pub municipality: String,
    /// Until when answers are taken.
    pub deadline: Option<Deadline>,
    /// State of the response.
    pub state: ResponseState,
    /// Why nothing can be changed, in a sentence; `None` while answers are taken.
    pub read_only: Option<String>,
    /// The sections, in the order of the paper form.
    pub sections: Vec<SectionItem>,
    /// Where 「つづきから入力」 leads: the first section with something missing or wrong.
    pub next: Option<SectionName>,
    /// 受付番号, when it was handed in.
    pub receipt: Option<String>,
}

/// Until when answers are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// The moment.
    pub at: Timestamp,
    /// Whole days from today ([`Timestamp::days_until`]); negative when it has passed.
    pub days_left: i64,
}

/// A section in the task list, and in the list beside a section.
#[derive(Debug, Clone)]
pub struct SectionItem {
    /// Part of the address.
    pub name: SectionName,
    /// Heading.
    pub title: String,
    /// How far it is.
    pub progress: SectionProgress,
    /// Expected minutes to fill.
    pub minutes: u16,
}

/// How far a section is. Counts are of questions that are asked at present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionProgress {
    /// 未着手
    NotStarted,
    /// 入力中 n/m
    InProgress {
        /// Questions with an answer.
        answered: usize,
        /// Questions asked.
        asked: usize,
    },
    /// 確認が必要 n件
    NeedsAttention {
        /// Answers that break a constraint.
        count: usize,
    },
    /// 済: every required question is answered and nothing is wrong.
    Done,
}

impl SectionItem {
    /// `/answer/{year}/{section}`
    pub fn href(&self, year: FiscalYear) -> String {
        section_href(year, &self.name)
    }
}

/// `/answer/{year}/{section}`
pub fn section_href(year: FiscalYear, section: &SectionName) -> String {
    format!("/answer/{}/{section}", year.year(), section = section.as_str())
}

impl SectionProgress {
    /// 「済」「入力中 7/11」「未着手」「確認が必要 2件」
    pub fn label(self) -> String {
        match self {
            Self::NotStarted => "未着手".to_owned(),
            Self::InProgress { answered, asked } => format!("入力中 {answered}/{asked}"),
            Self::NeedsAttention { count } => format!("確認が必要 {count}件"),
            Self::Done => "済".to_owned(),
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::NotStarted => "progress",
            Self::InProgress { .. } => "progress progress--open",
            Self::NeedsAttention { .. } => "progress progress--attention",
            Self::Done => "progress progress--done",
        }
    }
}

/// How far a section is, in words.
#[component]
pub fn ProgressWords(
    /// How far.
    progress: SectionProgress,
) -> impl IntoView {
    view! { <span class=progress.class()>{progress.label()}</span> }
}

/// 「締切 2026年11月30日（月） 17:00（あと8日）」
#[component]
pub fn DeadlineWords(
    /// Until when.
    deadline: Deadline,
) -> impl IntoView {
    let left = match deadline.days_left {
        ..0 => "締切を過ぎています".to_owned(),
        0 => "今日が締切です".to_owned(),
        days => format!("あと{days}日"),
    };
    view! { <span class="deadline">"締切 " {deadline.at.date_time()} "（" {left} "）"</span> }
}

/// The task list.
#[component]
pub fn AnswerListPage(
    /// What it shows.
    model: AnswerList,
) -> impl IntoView {
    let AnswerList { year, municipality, deadline, state, read_only, sections, next, receipt } = model;
    let check = format!("/answer/{}/check", year.year());
    let editable = read_only.is_none();
    let all_done = next.is_none();
    let go_on = next.filter(|_| editable).map(|name| {
        view! { <a class="button button--primary" href=section_href(year, &name)>"つづきから入力する"</a> }
    });
    let (check_class, check_words) = match (editable, all_done) {
        (true, true) => ("button button--primary", "内容を確認して提出する"),
        (true, false) => ("button", "内容を確認して提出する"),
        (false, _) => ("button", "回答の内容を見る"),
    };
    let receipt = receipt.map(|number| {
        let href = format!("/answer/{}/receipt", year.year());
        view! { <p class="notice notice--success">"提出を受け付けました。" <a href=href>"受付番号 " {number}</a></p> }
    });
    let items = sections.into_iter().map(|section| view! { <Item section year /> }).collect_view();
    view! {
        <p class="page-context">{municipality} "の回答"</p>
        <h1>{year.to_string()} "の調査に回答する"</h1>
        <p class="answer-list-state">
            "回答の状態：" <strong>{state.label()}</strong> {deadline.map(|deadline| view! { "　" <DeadlineWords deadline /> })}
        </p>
        {receipt}
        {read_only.map(|reason| view! { <p class="notice">{reason}</p> })}
        <p class="actions">
            {go_on} <a class=check_class href=check>{check_words}</a>
        </p>
        <h2 class="visually-hidden" id="sections">"調査票の構成"</h2>
        <ol class="task-list" aria-labelledby="sections">{items}</ol>
    }
    .into_any()
}

#[component]
fn Item(section: SectionItem, year: FiscalYear) -> impl IntoView {
    let href = section.href(year);
    view! {
        <li class="task">
            <a class="task-title" href=href>{section.title}</a>
            <span class="task-minutes">"目安 " {section.minutes} "分"</span>
            <ProgressWords progress=section.progress />
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    fn model() -> AnswerList {
        let section = |name: &str, title: &str, progress| SectionItem {
            name: SectionName(name.into()),
            title: title.into(),
            progress,
            minutes: 8,
        };
        AnswerList {
            year: FiscalYear::new(2026).unwrap(),
            municipality: "おいらせ町".into(),
            deadline: Some(Deadline { at: Timestamp::parse_jst("2026-11-30T17:00").unwrap(), days_left: 8 }),
            state: ResponseState::InProgress,
            read_only: None,
            sections: vec![
                section("basic", "基本情報・推進体制", SectionProgress::Done),
                section("industry", "産業・しごと", SectionProgress::InProgress { answered: 7, asked: 11 }),
                section("life", "暮らし・まち", SectionProgress::NotStarted),
                section("base", "各分野を支える基盤整備", SectionProgress::NeedsAttention { count: 2 }),
            ],
            next: Some(SectionName("industry".into())),
            receipt: None,
        }
    }

    #[test]
    fn a_task_list_leads_to_every_section_and_onwards() {
        let html = plain(view! { <AnswerListPage model=model() /> });
        for words in ["済", "入力中 7/11", "未着手", "確認が必要 2件", "2026年11月30日（月） 17:00", "あと8日", "8分"]
        {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(html.contains("href=\"/answer/2026/base\""));
        assert!(html.contains("href=\"/answer/2026/industry\" class=\"button button--primary\""));
        assert_eq!(html.matches("button--primary").count(), 1);
        assert!(!html.contains(" style="));
    }

    #[test]
    fn once_everything_is_answered_checking_is_the_next_act() {
        let html = plain(view! { <AnswerListPage model=AnswerList { next: None, ..model() } /> });
        assert!(html.contains("href=\"/answer/2026/check\" class=\"button button--primary\""));
    }

    #[test]
    fn a_response_that_was_handed_in_is_only_read() {
        let handed_in = AnswerList {
            state: ResponseState::Submitted,
            read_only: Some("提出済みのため、変更できません。".into()),
            receipt: Some("R8-022012-1".into()),
            ..model()
        };
        let html = plain(view! { <AnswerListPage model=handed_in /> });
        assert!(html.contains("提出済みのため、変更できません。") && html.contains("R8-022012-1"));
        assert!(html.contains("href=\"/answer/2026/receipt\""));
        assert!(!html.contains("つづきから") && !html.contains("確認して提出"));
    }
}
