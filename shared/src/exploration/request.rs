//! What was chosen, from the query of an address.

use crate::fiscal_year::FiscalYear;
use crate::statistics::{Alternative, ChanceModel};
use crate::tabulation::attribute::Attribute;

/// Most subjects compared at once.
pub const MOST_SUBJECTS: usize = 4;

/// A request as far as it was understood; what was not stands in [`Self::problems`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Request {
    /// `compare`
    pub compare: Option<Comparison>,
    /// `of`, repeated
    pub of: Vec<Subject>,
    /// `as`: how single choices are read.
    pub reading: Option<Reading>,
    /// `choice`, repeated, as `concept:name`: what counts as yes.
    pub choices: Vec<(String, String)>,
    /// `by`
    pub by: Option<By>,
    /// `since`
    pub since: Option<Since>,
    /// `chance`: nothing is computed without it.
    pub chance: Option<ChanceModel>,
    /// `sides`
    pub alternative: Alternative,
    /// `adjust`
    pub adjustment: Adjustment,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// What a request lacks, or why it is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Name in the query.
    pub field: &'static str,
    /// What happened and what to do.
    pub message: String,
}

/// Which comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// Between groups of municipalities.
    Groups,
    /// The same municipalities in two years or in all.
    Years,
    /// Along the bands of population.
    Trend,
    /// Of two ordered subjects.
    Agreement,
    /// Of several yes/no subjects of the same municipalities.
    Subjects,
}

/// What is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// `i.ID`: engagement under a definition.
    Indicator(String),
    /// `q.CONCEPT`: a question.
    Question(String),
}

/// How the choices of a question with one answer are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// In their order.
    Order,
    /// Those chosen against the others.
    Yes,
    /// As kinds without order.
    Category,
}

/// What makes the groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// A property of the municipalities.
    Attribute(Attribute),
    /// `q.CONCEPT`: the answers to a question with one answer.
    Question(String),
}

/// The other year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// That one.
    Year(FiscalYear),
    /// Every year in which the subject is the same.
    All,
}

/// How p-values are adjusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Adjustment {
    /// Against any false finding.
    #[default]
    Holm,
    /// Against too large a share of false findings.
    BenjaminiHochberg,
}

/// Codes in addresses with their words.
macro_rules! codes {
    ($kind:ident: $($variant:ident $code:literal $label:literal),+ $(,)?) => {
        impl $kind {
            /// All, in the order in which they are offered.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The code in addresses and in the API.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The words in Japanese.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }

            /// That of the code.
            pub fn of_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

codes!(Comparison:
    Groups "groups" "市町村の組のあいだの差",
    Years "years" "同じ市町村の年度のあいだの変化",
    Trend "trend" "人口規模に沿った傾向",
    Agreement "agreement" "順序のある2つの設問（又は数）の関係",
    Subjects "subjects" "同じ市町村の複数の設問のあいだの差",
);
codes!(Reading:
    Order "order" "選択肢の並びを順序とみなす",
    Yes "yes" "選んだ選択肢と、それ以外に分ける",
    Category "category" "順序のない種類として扱う",
);
codes!(Alternative:
    TwoSided "two_sided" "両側（大きいほうにも小さいほうにも差がありうる）",
    Greater "greater" "片側（前の組、後の年度、又は人口の多い区分のほうが大きい）",
    Less "less" "片側（前の組、後の年度、又は人口の多い区分のほうが小さい）",
);
codes!(Adjustment:
    Holm "holm" "ホルムの方法",
    BenjaminiHochberg "benjamini_hochberg" "ベンジャミニ・ホッホベルクの方法",
);

impl Subject {
    /// From an address.
    pub fn of_code(code: &str) -> Option<Self> {
        match code.split_once('.') {
            Some(("i", id)) if !id.is_empty() => Some(Self::Indicator(id.to_owned())),
            Some(("q", concept)) if !concept.is_empty() => Some(Self::Question(concept.to_owned())),
            _ => None,
        }
    }

    /// In an address.
    pub fn code(&self) -> String {
        match self {
            Self::Indicator(id) => format!("i.{id}"),
            Self::Question(concept) => format!("q.{concept}"),
        }
    }
}

/// The attributes' codes in addresses.
const ATTRIBUTES: [(Attribute, &str); 4] = [
    (Attribute::Region, "region"),
    (Attribute::Kind, "kind"),
    (Attribute::Band, "band"),
    (Attribute::Prefecture, "prefecture"),
];

impl By {
    /// From an address.
    pub fn of_code(code: &str) -> Option<Self> {
        let attribute = ATTRIBUTES.into_iter().find(|(_, name)| *name == code);
        attribute.map(|(attribute, _)| Self::Attribute(attribute)).or_else(|| match Subject::of_code(code)? {
            Subject::Question(concept) => Some(Self::Question(concept)),
            Subject::Indicator(_) => None,
        })
    }

    /// In an address.
    pub fn code(&self) -> String {
        match self {
            Self::Attribute(attribute) => {
                ATTRIBUTES.into_iter().find(|(one, _)| one == attribute).map_or("", |(_, name)| name).to_owned()
            }
            Self::Question(concept) => format!("q.{concept}"),
        }
    }
}

impl Request {
    /// Reads the pairs of a query. Empty values are as good as absent; names that are not known are left alone.
    pub fn read<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut request = Self::default();
        for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
            match name {
                "compare" => request.compare = request.known("compare", Comparison::of_code(value)),
                "of" => {
                    let subject = request.known("of", Subject::of_code(value));
                    request.of.extend(subject);
                }
                "as" => request.reading = request.known("as", Reading::of_code(value)),
                "choice" => {
                    let pair = value.rsplit_once(':').map(|(concept, name)| (concept.to_owned(), name.to_owned()));
                    let pair = request.known("choice", pair);
                    request.choices.extend(pair);
                }
                "by" => request.by = request.known("by", By::of_code(value)),
                "since" => {
                    let since = if value == "all" { Some(Since::All) } else { value.parse().ok().map(Since::Year) };
                    request.since = request.known("since", since);
                }
                "chance" => request.chance = request.known("chance", ChanceModel::of_code(value)),
                "sides" => {
                    request.alternative = request.known("sides", Alternative::of_code(value)).unwrap_or_default();
                }
                "adjust" => {
                    request.adjustment = request.known("adjust", Adjustment::of_code(value)).unwrap_or_default();
                }
                _ => {}
            }
        }
        // The same subject twice is one hypothesis, not two.
        let mut once: Vec<Subject> = Vec::new();
        for subject in request.of.drain(..) {
            if !once.contains(&subject) {
                once.push(subject);
            }
        }
        request.of = once;
        if request.of.len() > MOST_SUBJECTS {
            request.of.truncate(MOST_SUBJECTS);
            request.problem("of", format!("一度に比べられるのは{MOST_SUBJECTS}つまでです。"));
        }
        request
    }

    fn known<T>(&mut self, field: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.problem(field, "指定された項目がありません。一覧から選び直してください。".to_owned());
        }
        value
    }

    fn problem(&mut self, field: &'static str, message: String) {
        self.problems.push(Problem { field, message });
    }

    /// Whether anything was chosen at all: before, nothing is missing.
    pub fn has_begun(&self) -> bool {
        self.compare.is_some() || !self.of.is_empty() || self.chance.is_some() || !self.problems.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_and_what_is_unknown_is_said() {
        let request = Request::read([
            ("compare", "groups"),
            ("of", "i.engaged-any"),
            ("of", "q.a.b"),
            ("of", "i.engaged-any"),
            ("of", ""),
            ("choice", "a.b:3"),
            ("by", "region"),
            ("since", "2024"),
            ("chance", "exchangeable"),
            ("sides", "greater"),
            ("adjust", "benjamini_hochberg"),
            ("other", "x"),
        ]);
        assert_eq!(request.problems, []);
        assert_eq!(request.of.iter().map(Subject::code).collect::<Vec<_>>(), ["i.engaged-any", "q.a.b"]);
        assert_eq!(request.choices, [("a.b".to_owned(), "3".to_owned())]);
        assert_eq!(request.by, Some(By::Attribute(Attribute::Region)));
        assert_eq!(request.chance, Some(ChanceModel::Exchangeable));
        assert_eq!(request.adjustment, Adjustment::BenjaminiHochberg);
        assert_eq!(request.alternative, Alternative::Greater);

        let wrong = [
            ("compare", "x"),
            ("of", "z"),
            ("by", "i.x"),
            ("since", "soon"),
            ("chance", "luck"),
            ("as", "?"),
            ("sides", "x"),
        ];
        let problems = Request::read(wrong).problems;
        assert_eq!(
            problems.iter().map(|p| p.field).collect::<Vec<_>>(),
            ["compare", "of", "by", "since", "chance", "as", "sides"]
        );
        let many = ["q.1", "q.2", "q.3", "q.4", "q.5"].map(|of| ("of", of));
        assert_eq!(Request::read(many).problems.len(), 1);
        assert!(!Request::read([("of", "")]).has_begun());
    }

    #[test]
    fn codes_lead_back_to_what_they_stand_for() {
        for by in ["region", "kind", "band", "prefecture", "q.x"] {
            assert_eq!(By::of_code(by).unwrap().code(), by);
        }
        assert!(Comparison::ALL.iter().all(|one| Comparison::of_code(one.code()) == Some(*one)));
    }
}
