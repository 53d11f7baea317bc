//! What was found, and how much it weighs.

use super::outliers::Outlier;
use crate::questionnaire::evaluation::Breach;
use crate::questionnaire::{QuestionIndex, Threshold};
use crate::response::AnswerValue;

/// An answer that should be looked at a second time.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The question.
    pub question: QuestionIndex,
    /// The answer; `None` where there is none.
    pub now: Option<AnswerValue>,
    /// The answer of the year before, where both may be compared.
    pub then: Option<AnswerValue>,
    /// Why.
    pub evidence: Evidence,
}

/// What an answer was held against.
#[derive(Debug, Clone, PartialEq)]
pub enum Evidence {
    /// It breaks a rule that must hold.
    Breach {
        /// Which.
        breach: Breach,
        /// The other answers that the rule mentions.
        related: Vec<Related>,
    },
    /// The questionnaire calls it unusual (its soft check fails).
    Unusual {
        /// The other answers that the check mentions.
        related: Vec<Related>,
        /// What was written to explain it.
        reason: Option<String>,
    },
    /// The number changed by more than the questionnaire lets pass.
    Change {
        /// How much it lets pass.
        threshold: Threshold,
        /// What was written to explain it.
        reason: Option<String>,
    },
    /// A practice moved by two stages or more.
    Stages {
        /// The stage of the year before.
        from: u8,
        /// The stage now.
        to: u8,
    },
    /// It lies far from everybody else's.
    Outlier(Outlier),
    /// There is none.
    Blank {
        /// Whether there must be one.
        required: bool,
    },
}

/// Another answer that a rule mentions.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// The question.
    pub question: QuestionIndex,
    /// Its answer.
    pub answer: Option<AnswerValue>,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// 矛盾
    Contradiction,
    /// 前年からの変化
    Jump,
    /// 外れ値
    Outlier,
    /// 必須の未回答
    Missing,
    /// 任意の未回答
    Blank,
}

impl Kind {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Contradiction, Self::Jump, Self::Outlier, Self::Missing, Self::Blank];

    /// The code used in addresses and files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Contradiction => "contradiction",
            Self::Jump => "jump",
            Self::Outlier => "outlier",
            Self::Missing => "missing",
            Self::Blank => "blank",
        }
    }

    /// The kind of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The words for it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Contradiction => "矛盾",
            Self::Jump => "前年からの変化",
            Self::Outlier => "外れ値",
            Self::Missing => "必須の未回答",
            Self::Blank => "任意の未回答",
        }
    }
}

/// The sizes of two findings that weigh alike otherwise are told apart up to here.
const LARGEST: f64 = 99.0;

impl Finding {
    /// What it is about.
    pub fn kind(&self) -> Kind {
        match self.evidence {
            Evidence::Breach { .. } | Evidence::Unusual { .. } => Kind::Contradiction,
            Evidence::Change { .. } | Evidence::Stages { .. } => Kind::Jump,
            Evidence::Outlier(_) => Kind::Outlier,
            Evidence::Blank { required: true } => Kind::Missing,
            Evidence::Blank { required: false } => Kind::Blank,
        }
    }

    /// How soon it should be looked at, 0 to 699: first by hundreds what it is, then how large. A rule that must hold
    /// comes before one that asks for a reason, that before statistics; what is explained comes late, blanks last.
    pub fn weight(&self) -> u32 {
        let (tier, size) = match &self.evidence {
            Evidence::Breach { .. } => (6, 0.0),
            Evidence::Unusual { reason: None, .. } | Evidence::Change { reason: None, .. } => (5, 0.0),
            Evidence::Outlier(outlier) => (4, outlier.nearest_score()),
            Evidence::Stages { from, to } => (3, f64::from(from.abs_diff(*to))),
            Evidence::Unusual { reason: Some(_), .. } | Evidence::Change { reason: Some(_), .. } => (2, 0.0),
            Evidence::Blank { required: true } => (1, 0.0),
            Evidence::Blank { required: false } => (0, 0.0),
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 99")]
        let size = size.clamp(0.0, LARGEST) as u32;
        100 * tier + size
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plausibility::outliers::Place;
    use crate::response::Decimal;

    #[test]
    fn what_must_be_changed_comes_before_what_is_only_far_away() {
        let finding = |evidence| Finding { question: QuestionIndex(0), now: None, then: None, evidence };
        let place = |score| Place { value: 1.0, median: 0.0, score, n: 40 };
        let outlier = |score| Evidence::Outlier(Outlier { plain: place(score), per_inhabitants: None });
        let threshold = Threshold::Absolute(Decimal::from(1));
        let in_order = [
            Evidence::Breach { breach: Breach::Constraint, related: Vec::new() },
            Evidence::Change { threshold, reason: None },
            outlier(f64::MAX),
            outlier(-7.2),
            outlier(4.0),
            Evidence::Stages { from: 4, to: 0 },
            Evidence::Stages { from: 1, to: 3 },
            Evidence::Unusual { related: Vec::new(), reason: Some("統合したため".to_owned()) },
            Evidence::Blank { required: true },
            Evidence::Blank { required: false },
        ];
        let weights: Vec<u32> = in_order.into_iter().map(|evidence| finding(evidence).weight()).collect();
        assert_eq!(weights, [600, 500, 499, 407, 404, 304, 302, 200, 100, 0]);
    }

    #[test]
    fn every_kind_is_found_by_its_code() {
        for kind in Kind::ALL {
            assert_eq!(Kind::of_code(kind.code()), Some(kind));
        }
        assert_eq!(Kind::of_code("x"), None);
    }
}
