//! KPI台帳: the plan's indicators, entered by the prefecture or computed from the survey.
//!
//! - [`period`]: how often a row is measured, and its periods
//! - [`change`]: what changed with a row's last value
//! - [`typed`]: a row and its values as somebody typed them

pub mod change;
pub mod period;
pub mod typed;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use change::Change;
pub use period::{Frequency, Half, Period, Schedule};
pub use typed::{NewValue, TypedKpi, TypedValue};

use crate::date;

/// One row of the plan's KPI ledger. Unknown values stay empty; nothing is invented.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kpi {
    /// Stable id.
    pub id: String,
    /// 基本目標 or the field.
    pub category: String,
    /// The indicator's name.
    pub label: String,
    /// Unit, where known.
    pub unit: String,
    /// 基準値, as published, where known.
    pub baseline: String,
    /// Period of the baseline.
    pub baseline_period: String,
    /// 目標値（2028年度）, where known.
    pub target_2028: String,
    /// Source.
    pub source: String,
    /// 担当課: who enters the values, where known.
    pub section: String,
    /// How often it is measured, where known.
    pub frequency: Option<Frequency>,
    /// 基準日: the day that one of its values holds for; the others follow from the frequency.
    pub reference_date: Option<NaiveDate>,
    /// Remark.
    pub note: String,
    /// Id of the definition that computes it; empty when it is entered by hand.
    pub computed: String,
}

/// Names of what the prefecture may edit: of form fields and of columns in files.
pub const FIELDS: [&str; 10] = [
    "label",
    "unit",
    "baseline",
    "baseline_period",
    "target_2028",
    "source",
    "section",
    "frequency",
    "reference_date",
    "note",
];

impl Kpi {
    /// What the prefecture may edit, in the order of [`FIELDS`].
    pub fn editable(&self) -> [(&'static str, String); FIELDS.len()] {
        let values = [
            self.label.clone(),
            self.unit.clone(),
            self.baseline.clone(),
            self.baseline_period.clone(),
            self.target_2028.clone(),
            self.source.clone(),
            self.section.clone(),
            self.frequency.map(Frequency::code).unwrap_or_default().to_owned(),
            self.reference_date.map(date::iso).unwrap_or_default(),
            self.note.clone(),
        ];
        let mut names = FIELDS.into_iter();
        values.map(|value| (names.next().unwrap_or_default(), value))
    }

    /// When it is measured, where that is known.
    pub fn schedule(&self) -> Option<Schedule> {
        Some(Schedule { frequency: self.frequency?, reference: self.reference_date })
    }

    /// Whether a definition computes it.
    pub fn is_computed(&self) -> bool {
        !self.computed.is_empty()
    }
}
