//! How far a section is, and until when.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::questionnaire::SectionName;
use shared::time::Timestamp;

/// Until when answers are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// The moment.
    pub at: Timestamp,
    /// Whole days from today ([`Timestamp::days_until`]); negative when it has passed.
    pub days_left: i64,
    /// It is later than the round's, for this municipality alone.
    pub extended: bool,
}

/// A section in the task list, and in the list beside a section.
#[derive(Debug, Clone)]
pub struct SectionItem {
    /// Its name in the questionnaire.
    pub name: SectionName,
    /// Its address, in the language that is read.
    pub href: String,
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

/// 「締切 2026年11月30日（月） 17:00（あと8日）」「延長後の締切 …」
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
    let word = if deadline.extended { "延長後の締切 " } else { "締切 " };
    view! { <span class="deadline">{word} {deadline.at.date_time()} "（" {left} "）"</span> }
}
