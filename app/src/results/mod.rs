//! 結果: one question of one year as exhibits, for one reader. Every number comes through
//! [`shared::tabulation::release::Reader`].
//!
//! - [`finding`], [`change`], [`lineage`]: what is said
//! - [`parts`]: counts as bars and as tables
//! - [`by_year`], [`by_group`], [`numbers`], [`transition`], [`weighted`]: the exhibits
//! - [`computation`]: how the figures follow from the answers
//! - [`search`]: finding questions

pub mod by_group;
pub mod by_year;
pub mod change;
pub mod computation;
pub mod finding;
pub mod lineage;
pub mod numbers;
pub mod parts;
pub mod search;
#[cfg(test)]
mod tests;
pub mod transition;
pub mod weighted;

use shared::fiscal_year::FiscalYear;
use shared::tabulation::{
    Attribute, Crossing, Cube, Disclosure, Filter, Frequency, NumberSummary, Reader, Refusal, Variable, VariableKind,
    YearSlab,
};

use crate::exhibit::years::MarkedYear;
use crate::exhibit::{Address, Exhibit};

/// One question of one year, as one reader asks for it.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// All years.
    pub cube: &'a Cube,
    /// The year.
    pub slab: &'a YearSlab,
    /// The question.
    pub variable: &'a Variable,
    /// Another question, or one choice of it, to cross it with.
    pub by: Option<Crossing<'a>>,
    /// Who asks.
    pub reader: Reader,
    /// Whom the tables count.
    pub filter: &'a Filter,
    /// 速報: years that are not published.
    pub provisional: &'a [FiscalYear],
    /// Survey, revision and hash.
    pub source: &'a str,
    /// Generated data.
    pub demonstration: bool,
}

/// An exhibit of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// The years side by side.
    Years,
    /// Stages around the middle, by year.
    Stages,
    /// Sum, median and quartiles by year.
    Numbers,
    /// Distributions by population band.
    Boxes,
    /// By a property of the municipalities.
    By(Attribute),
    /// By the answers to another question.
    Cross,
    /// Who started and who stopped.
    Changes,
    /// In people instead of municipalities.
    Population,
}

impl Name {
    /// All, in the order of the page.
    pub const ALL: [Self; 11] = [
        Self::Years,
        Self::Stages,
        Self::Numbers,
        Self::Boxes,
        Self::By(Attribute::Region),
        Self::By(Attribute::Band),
        Self::By(Attribute::Kind),
        Self::By(Attribute::Prefecture),
        Self::Cross,
        Self::Changes,
        Self::Population,
    ];

    /// The last part of its address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Years => "years",
            Self::Stages => "stages",
            Self::Numbers => "numbers",
            Self::Boxes => "boxes",
            Self::By(attribute) => attribute.code(),
            Self::Cross => "cross",
            Self::Changes => "changes",
            Self::Population => "population",
        }
    }

    /// The exhibit of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.code() == code)
    }

    /// What it shows, for where it cannot be shown.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Years => "年度ごとの結果",
            Self::Stages => "段階の分布",
            Self::Numbers => "数値の合計と中央値",
            Self::Boxes => "人口規模ごとの数値の分布",
            Self::By(Attribute::Region) => "地域ごとの結果",
            Self::By(Attribute::Kind) => "市・町・村ごとの結果",
            Self::By(Attribute::Band) => "人口規模ごとの結果",
            Self::By(Attribute::Prefecture) => "都道府県ごとの結果",
            Self::Cross => "別の設問との組合せ",
            Self::Changes => "前の年度からの変化",
            Self::Population => "人口で見た割合",
        }
    }
}

impl Asked<'_> {
    /// What the answers are; `None` where the year did not ask it.
    pub fn kind(&self) -> Option<VariableKind> {
        self.variable.edition(self.slab.year()).map(|edition| edition.kind)
    }

    /// How much of it the reader may see.
    pub fn disclosure(&self) -> Disclosure {
        self.reader.disclosure_of(self.slab, self.variable)
    }

    /// The counts of everybody the filter admits.
    pub fn frequency(&self) -> Result<Frequency, Refusal> {
        self.reader.frequency(self.slab, self.variable, self.filter)
    }

    /// The numbers of everybody the filter admits; `None` where the answers are none.
    pub fn numbers(&self) -> Option<Result<NumberSummary, Refusal>> {
        (self.kind() == Some(VariableKind::Number)).then(|| self.reader.numbers(self.slab, self.variable, self.filter))
    }

    /// 「東青・町の」; empty for everybody.
    pub fn group(&self) -> String {
        let words = self.filter.words();
        if words.is_empty() { words } else { format!("{words}の") }
    }

    /// The whole result in a sentence, in phrases.
    pub fn finding(&self) -> Result<Vec<String>, Refusal> {
        let table = self.frequency()?;
        let numbers = self.numbers().and_then(Result::ok);
        Ok(finding::finding(self.variable, &table, numbers.as_ref(), &self.group()))
    }

    /// The whole result, where an exhibit has no finding of its own: which exhibit it is stands before it.
    fn finding_or(&self, name: Name) -> Vec<String> {
        let heading = name.heading();
        match self.finding() {
            Ok(finding) => std::iter::once(format!("{heading}：")).chain(finding).collect(),
            Err(_) => vec![heading.to_owned()],
        }
    }

    /// The exhibits that the question has, whether or not the reader may see them.
    pub fn names(&self) -> Vec<Name> {
        let kind = self.kind();
        let has = |name: &Name| match name {
            Name::Years => true,
            Name::Stages => self.variable.is_level(),
            Name::Numbers | Name::Boxes => kind == Some(VariableKind::Number),
            Name::By(attribute) => kind.is_some() && attribute.selectable(self.slab).len() > 1,
            Name::Cross => kind.is_some() && self.by.is_some(),
            Name::Changes => {
                matches!(kind, Some(VariableKind::Single | VariableKind::Multiple))
                    && self
                        .cube
                        .year_before(self.slab.year())
                        .is_some_and(|before| self.variable.edition(before.year()).is_some())
            }
            Name::Population => matches!(kind, Some(VariableKind::Single | VariableKind::Multiple)),
        };
        Name::ALL.into_iter().filter(has).collect()
    }

    /// One of them.
    pub fn exhibit(&self, name: Name) -> Result<Exhibit, Refusal> {
        match name {
            Name::Years => by_year::years(self),
            Name::Stages => by_year::stages(self),
            Name::Numbers => numbers::by_year(self),
            Name::Boxes => numbers::by_band(self),
            Name::By(attribute) => by_group::by_attribute(self, attribute),
            Name::Cross => by_group::by_question(self),
            Name::Changes => transition::since_before(self),
            Name::Population => weighted::weighted(self),
        }
    }

    /// Where it is shown how its figures were computed, for the same municipalities.
    pub fn computation(&self) -> String {
        let query = self.filter.query();
        let query = if query.is_empty() { query } else { format!("?{query}") };
        format!("/results/{}/{}/computation{query}", self.slab.year().year(), encoded(&self.variable.concept))
    }

    /// Where an exhibit is reached by itself.
    fn address(&self, name: Name) -> Address {
        let by = self.by.filter(|_| name == Name::Cross).map(|by| format!("cross={}", encoded(&by.written())));
        let query = [Some(self.filter.query()).filter(|query| !query.is_empty()), by];
        Address {
            path: format!(
                "/pictures/results/{}/{}/{}",
                self.slab.year().year(),
                encoded(&self.variable.concept),
                name.code()
            ),
            query: query.into_iter().flatten().collect::<Vec<_>>().join("&"),
        }
    }

    /// The year with its marks.
    fn marked(&self, year: FiscalYear, incomparable: bool) -> MarkedYear {
        MarkedYear { year, provisional: self.provisional.contains(&year), incomparable }
    }
}

/// 「令和7年度（速報）」, as pages say it.
fn year_label(MarkedYear { year, provisional, incomparable }: MarkedYear) -> String {
    let provisional = if provisional { "（速報）" } else { "" };
    let incomparable = if incomparable { "（比較不可）" } else { "" };
    format!("{}{provisional}{incomparable}", year.wareki())
}

/// The text as a part of an address: everything but letters, digits, `-`, `.`, `_` and `~` percent-encoded (RFC 3986).
pub fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}
