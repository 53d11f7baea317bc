//! Everything that can be had. A dataset is a file here and a line in [`ALL`].
//!
//! - [`answers`], [`wide`]: what the municipalities answered
//! - [`tabulations`], [`crosstabs`], [`numbers`], [`transitions`]: counted from it, through `tabulation::release`
//! - [`comparisons`]: every municipality among its peers
//! - [`indicators`], [`indicator_groups`]: the definitions' results, and by groups of municipalities
//! - [`codebook`], [`lineage`]: questions and choices, and which earlier questions they continue
//! - [`municipalities`], [`kpis`], [`kpi_values`]: register and ledger
//! - [`roadmap`], [`roadmap_steps`], [`roadmap_kpis`], [`roadmap_reviews`]: the plan's measures
//! - [`progress`], [`check`], [`audit`]: how far a round has come, what to look at again, and who did what
//! - [`material`]: what datasets are made of; [`counted`]: what the counted ones share; `layout`: the columns of answers

pub mod answers;
pub mod audit;
pub mod check;
pub mod codebook;
pub mod comparisons;
mod counted;
pub mod crosstabs;
pub mod indicator_groups;
pub mod indicators;
pub mod kpi_values;
pub mod kpis;
mod layout;
pub mod lineage;
pub mod material;
pub mod municipalities;
pub mod numbers;
pub mod progress;
pub mod roadmap;
pub mod roadmap_kpis;
pub mod roadmap_reviews;
pub mod roadmap_steps;
pub mod tabulations;
pub mod transitions;
pub mod wide;

use async_trait::async_trait;

use super::table::{Column, Kind, Table};
use crate::service::Result;
pub use material::{Material, Round, Scope, Years};

/// A dataset: what it is, and how it is made.
#[async_trait]
pub trait Dataset: Send + Sync {
    /// What it is.
    fn about(&self) -> About;
    /// Makes it. Whatever takes time is left to the table's rows.
    async fn make(&self, material: &Material<'_>) -> Result<Made>;
}

/// What a dataset is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// Its name in addresses and on the command line.
    pub id: &'static str,
    /// Its name in Japanese.
    pub title: &'static str,
    /// What it holds, in a sentence or two.
    pub description: &'static str,
    /// Which years a file may cover.
    pub span: Span,
    /// For whom it is.
    pub audience: Audience,
    /// What stands now ([`Span::All`]) is more for the prefecture than for everybody.
    pub by_reader: bool,
}

/// Which years a file may cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// One round.
    Year,
    /// One round, or all joined.
    YearOrAll,
    /// All rounds joined only: it is about what lies between them.
    Joined,
    /// No round at all: what stands now.
    All,
}

impl Span {
    /// Whether a file may be of one year.
    pub fn has_years(self) -> bool {
        matches!(self, Self::Year | Self::YearOrAll)
    }

    /// Whether a file may be of those years.
    pub fn fits(self, years: Years) -> bool {
        match years {
            Years::One(_) => self.has_years(),
            Years::All => self != Self::Year,
        }
    }
}

/// For whom a dataset is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody, each as far as questions are visible to them.
    ByVisibility,
    /// Those who may see named values that are not public: members of the council, and the prefecture.
    Members,
    /// The prefecture's officers.
    Officers,
}

/// A dataset that was made.
pub struct Made {
    /// Its rows.
    pub table: Box<dyn Table>,
    /// The questions and codes behind it.
    pub codebook: Option<Box<dyn Table>>,
    /// What a reader must know, each a sentence.
    pub notes: Vec<&'static str>,
    /// When its contents last changed, where that is not when a round was published.
    pub updated: Option<shared::time::Timestamp>,
    /// What its rows follow from besides the rounds, as a text that differs where it differs.
    pub besides: String,
}

impl Made {
    /// A table that says all by itself.
    pub fn new(table: impl Table + 'static, notes: &[&'static str]) -> Self {
        Self { table: Box::new(table), codebook: None, notes: notes.to_vec(), updated: None, besides: String::new() }
    }
}

/// All datasets, in the order in which they are offered.
pub const ALL: [&dyn Dataset; 21] = [
    &answers::Answers,
    &wide::Wide,
    &tabulations::Tabulations,
    &crosstabs::Crosstabs,
    &numbers::Numbers,
    &transitions::Transitions,
    &comparisons::Comparisons,
    &indicators::Indicators,
    &indicator_groups::IndicatorGroups,
    &codebook::Codebook,
    &lineage::Lineage,
    &municipalities::Municipalities,
    &kpis::Kpis,
    &kpi_values::KpiValues,
    &roadmap::Roadmap,
    &roadmap_steps::RoadmapSteps,
    &roadmap_kpis::RoadmapKpis,
    &roadmap_reviews::RoadmapReviews,
    &progress::Progress,
    &check::Checks,
    &audit::Audit,
];

/// The dataset of that name.
pub fn find(id: &str) -> Option<&'static dyn Dataset> {
    ALL.into_iter().find(|dataset| dataset.about().id == id)
}

/// The columns that begin every table of rounds.
fn year_columns() -> [Column; 2] {
    [
        Column::new("fiscal_year", "年度（西暦）", Kind::Integer, "年度が始まる年（西暦）"),
        Column::new("fiscal_year_wareki", "年度（和暦）", Kind::Text, "和暦による年度"),
    ]
}

/// The columns that end it.
fn status_columns() -> [Column; 2] {
    [
        Column::new("status", "公表の状態", Kind::Text, "「公表 第1版」など。公表前の内容は「速報（未公表）」"),
        Column::new("note", "注意", Kind::Text, "架空のデータなど、行を使うときに必ず知るべきこと"),
    ]
}

/// The columns that end tables of all years.
fn joined_columns() -> [Column; 2] {
    [
        Column::new(
            "joined_concept",
            "年度をつなぐ概念ID",
            Kind::Code,
            "名前が変わった設問もつなぐ、最新年度での概念ID",
        ),
        Column::new(
            "series",
            "比べられる年度の組",
            Kind::Integer,
            "同じ概念IDの中で、結果を比べられる年度に共通の番号。比べられない変更があるたびに1つ増える",
        ),
    ]
}

/// What the column `note` says.
pub fn note(demonstration: bool) -> &'static str {
    if demonstration { "デモデータ（架空の回答）" } else { "" }
}

/// 公開範囲 as codes.
const VISIBILITIES: [(&str, &str); 3] = [("public", "公開"), ("council", "協議会まで"), ("prefecture", "県まで")];
/// Answers to yes-or-no columns.
const YES_NO: [(&str, &str); 2] = [("yes", "はい"), ("no", "いいえ")];
/// States of a cell.
const STATES: [(&str, &str); 7] = [
    ("value", "回答あり"),
    ("unknown", "不明"),
    ("not_applicable", "該当なし"),
    ("skipped", "分岐により対象外"),
    ("blank", "無回答"),
    ("not_submitted", "未提出"),
    ("not_asked", "当年度設問なし"),
];

fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// Tenths as a decimal number: `-2.5`.
fn tenths(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    let size = tenths.unsigned_abs();
    format!("{sign}{}.{}", size / 10, size % 10)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn tenths_are_plain_numbers() {
        assert_eq!([-25, -3, 0, 12].map(tenths), ["-2.5", "-0.3", "0.0", "1.2"]);
    }

    #[test]
    fn every_dataset_has_an_address_of_its_own() {
        let ids: BTreeSet<&str> = ALL.iter().map(|dataset| dataset.about().id).collect();
        assert_eq!(ids.len(), ALL.len());
        for id in ids {
            assert!(id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{id}");
            assert_eq!(find(id).map(|dataset| dataset.about().id), Some(id));
        }
    }
}
