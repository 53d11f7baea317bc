//! 工程表 (roadmap): the plan's measures with their steps, and how far each has come, half-year by half-year.
//!
//! - [`step`]: what is to be done until when
//! - [`typed`]: an item and its reviews as somebody typed them

pub mod step;
pub mod typed;

use serde::{Deserialize, Serialize};

pub use step::Step;
pub use typed::{NewReview, TypedItem, TypedReview};

use crate::visibility::Visibility;

/// One measure of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Stable id.
    pub id: String,
    /// The field, in the plan's words.
    pub field: String,
    /// The area, in the plan's words.
    pub area: String,
    /// The survey's questions on it: what their concepts begin with, e.g. `industry.commerce`.
    pub survey_area: String,
    /// 取組方針, in the plan's words.
    pub measure: String,
    /// What is to be done, in order.
    pub steps: Vec<Step>,
    /// Ids of the KPI rows that it is to move.
    pub kpis: Vec<String>,
    /// For everybody, or for the prefecture alone.
    pub visibility: Visibility,
    /// Remark.
    pub note: String,
}

/// How far an item has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// 未着手
    NotStarted,
    /// 準備中
    Preparing,
    /// 計画どおり
    OnTrack,
    /// 遅れ
    Delayed,
    /// 完了
    Done,
    /// 中止
    Stopped,
}

impl Status {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::NotStarted, Self::Preparing, Self::OnTrack, Self::Delayed, Self::Done, Self::Stopped];

    /// The code in forms, files and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotStarted => "not-started",
            Self::Preparing => "preparing",
            Self::OnTrack => "on-track",
            Self::Delayed => "delayed",
            Self::Done => "done",
            Self::Stopped => "stopped",
        }
    }

    /// The status of that code, or of its word.
    pub fn of_code(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| text == status.code() || text == status.label())
    }

    /// 「計画どおり」
    pub fn label(self) -> &'static str {
        match self {
            Self::NotStarted => "未着手",
            Self::Preparing => "準備中",
            Self::OnTrack => "計画どおり",
            Self::Delayed => "遅れ",
            Self::Done => "完了",
            Self::Stopped => "中止",
        }
    }
}
