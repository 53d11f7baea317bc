//! A variable: one concept (概念ID) with its questions of all years.

use std::collections::BTreeMap;

use super::code::CodeSet;
use super::suppression::withheld::Withheld;
use crate::fiscal_year::FiscalYear;
use crate::questionnaire::level;
use crate::visibility::QuestionVisibility;

/// A concept across the years. Its choices are matched by name, so that a code means the same choice in every year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// 概念ID, as the latest year names it.
    pub concept: String,
    /// The choices of all years by code; those that are states (不明, 該当なし) are none.
    pub choices: Vec<VariableChoice>,
    /// Its question in each year that asked it.
    pub editions: BTreeMap<FiscalYear, Edition>,
}

/// A choice across the years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariableChoice {
    /// The stored value.
    pub name: String,
    /// Its text in the latest year that offers it.
    pub label: String,
    /// Its short text there; the label where there is none.
    pub short: String,
}

/// A variable's question in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// The question's name in its questionnaire.
    pub name: String,
    /// Its number as printed.
    pub number: String,
    /// 概念ID in that year.
    pub concept: String,
    /// Its text.
    pub label: String,
    /// Unit of a number.
    pub unit: Option<String>,
    /// Who may see the results.
    pub visibility: QuestionVisibility,
    /// What an earlier revision of that year suppressed, where its answers were corrected since.
    pub withheld: Option<Withheld>,
    /// What was counted.
    pub kind: VariableKind,
    /// By code: the choice's text in that year; `None` where it was not offered.
    pub offered: Vec<Option<String>>,
    /// The author says that it must not be compared with earlier years.
    pub not_comparable: bool,
    /// Concepts of earlier years that it continues without being the same (a split or a merge).
    pub continues: Vec<String>,
    /// Its first column; a multiple answer has one more for each code.
    pub column: usize,
}

/// What a question's answers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VariableKind {
    /// One choice.
    Single,
    /// Any number of choices: shares may add up to more than 100 %.
    Multiple,
    /// A number.
    Number,
    /// Text or a date: only whether it was answered is counted.
    Text,
}

/// Whether a variable's results of two years may be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparability {
    /// The same question with the same choices.
    Comparable,
    /// One of the years did not ask it.
    NotAsked,
    /// The kind of answer or the unit changed.
    KindDiffers,
    /// Choices were added, removed or given another meaning.
    ChoicesDiffer,
    /// The author forbids it.
    Forbidden,
}

impl Comparability {
    /// Whether they may.
    pub fn is_comparable(self) -> bool {
        self == Self::Comparable
    }

    /// The sentence shown beside two years.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Comparable => "両年度の結果を比較できます。",
            Self::NotAsked => "一方の年度では聞いていないため、比較できません。",
            Self::KindDiffers => "回答の形式又は単位が変わったため、比較できません。",
            Self::ChoicesDiffer => "選択肢が変わったため、比較できません。",
            Self::Forbidden => "設問の内容が変わったため、比較できません。",
        }
    }
}

impl Variable {
    /// The question in that year.
    pub fn edition(&self, year: FiscalYear) -> Option<&Edition> {
        self.editions.get(&year)
    }

    /// Whether its choices are the five stages of a practice ([`level::NAMES`]).
    pub fn is_level(&self) -> bool {
        self.choices.iter().map(|choice| choice.name.as_str()).eq(level::NAMES)
    }

    /// The codes that count as doing it: the stages from [`level::DOING`] on, else the first choice, because lists begin
    /// with the most advanced one. `None` without choices.
    pub fn doing(&self) -> Option<CodeSet> {
        if self.is_level() {
            return Some(CodeSet::new((level::DOING..).take(level::NAMES.len() - usize::from(level::DOING))));
        }
        (!self.choices.is_empty()).then(|| CodeSet::new([0]))
    }

    /// The code of the choice of that name.
    pub fn code(&self, name: &str) -> Option<u8> {
        u8::try_from(self.choices.iter().position(|choice| choice.name == name)?).ok()
    }

    /// Whether two years may be compared; their order does not matter.
    pub fn comparability(&self, one: FiscalYear, other: FiscalYear) -> Comparability {
        let (earlier, later) = (one.min(other), one.max(other));
        let (Some(before), Some(after)) = (self.edition(earlier), self.edition(later)) else {
            return Comparability::NotAsked;
        };
        if before.kind != after.kind || before.unit != after.unit {
            return Comparability::KindDiffers;
        }
        if before.offered != after.offered {
            return Comparability::ChoicesDiffer;
        }
        if self.editions.iter().any(|(year, edition)| earlier < *year && *year <= later && edition.not_comparable) {
            return Comparability::Forbidden;
        }
        Comparability::Comparable
    }
}
