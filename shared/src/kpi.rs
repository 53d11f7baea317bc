//! KPI台帳: the plan's indicators, entered by the prefecture.

use serde::{Deserialize, Serialize};

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
    /// How often it is measured.
    pub frequency: String,
    /// Remark.
    pub note: String,
    /// Id of the definition that computes it; empty when it is entered by hand.
    pub computed: String,
}

impl Kpi {
    /// What the prefecture may edit: name of the field and its value.
    pub fn editable(&self) -> [(&'static str, &str); 8] {
        [
            ("label", &self.label),
            ("unit", &self.unit),
            ("baseline", &self.baseline),
            ("baseline_period", &self.baseline_period),
            ("target_2028", &self.target_2028),
            ("source", &self.source),
            ("frequency", &self.frequency),
            ("note", &self.note),
        ]
    }
}
