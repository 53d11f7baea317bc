//! Sides of a test and ways to its p-value.

use super::distribution::normal_upper;

/// 対立仮説: which departures count against the null hypothesis. Chosen before looking at the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Alternative {
    /// 両側
    #[default]
    TwoSided,
    /// 片側: the first is smaller.
    Less,
    /// 片側: the first is greater.
    Greater,
}

impl Alternative {
    /// The p-value of a standard normal statistic.
    pub(super) fn of_z(self, z: f64) -> f64 {
        match self {
            Self::TwoSided => (2.0 * normal_upper(z.abs())).min(1.0),
            Self::Less => normal_upper(-z),
            Self::Greater => normal_upper(z),
        }
    }
}

/// How the distribution of a rank statistic under the null hypothesis is obtained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Exact where there are no ties and it can be computed, otherwise asymptotic with continuity correction.
    Auto,
    /// The exact distribution without ties.
    Exact,
    /// Normal approximation, corrected for ties.
    Asymptotic {
        /// Moves the statistic half a step towards its mean.
        continuity: bool,
    },
}
