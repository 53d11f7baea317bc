//! One value a municipality, from the cube, as far as the reader may see it.
//!
//! A test needs every municipality's value, so everything here asks for named values
//! ([`Disclosure::Named`]).

use std::collections::BTreeMap;

use super::explore::Sources;
use super::request::{By, Problem, Reading, Request, Subject};
use crate::fiscal_year::FiscalYear;
use crate::indicator::{Definition, Engagement};
use crate::publication::{PublishedIndicator, Snapshot};
use crate::tabulation::attribute::{Attribute, Grouping, UNGROUPED};
use crate::tabulation::code::{ANSWERED, CHOSEN, MOST_CHOICES};
use crate::tabulation::cube::YearSlab;
use crate::tabulation::release::Disclosure;
use crate::tabulation::variable::{Edition, Variable, VariableKind};
use crate::visibility::Visibility;

/// A value a municipality, by place of the cube.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// What it is, as it stands in sentences between brackets.
    pub label: String,
    /// How its values may be compared.
    pub scale: Scale,
    /// Headings of coded values, by code; empty for numbers.
    pub columns: Vec<String>,
    /// The code or the number; `None` where undetermined or not on the register.
    pub values: Vec<Option<f64>>,
    /// Who is on the register.
    pub register: Vec<bool>,
}

/// How values may be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// 0 no, 1 yes.
    Flag,
    /// Places in an order.
    Order,
    /// Kinds without an order.
    Category,
    /// Numbers.
    Number,
}

/// Municipalities in groups, by place of the cube.
#[derive(Debug, Clone, PartialEq)]
pub struct Groups {
    /// What makes them.
    pub of: String,
    /// Their headings.
    pub labels: Vec<String>,
    /// Each place's group; `None` for nowhere.
    pub places: Vec<Option<usize>>,
}

impl Measure {
    /// The subject in that year.
    pub fn of(sources: &Sources<'_>, year: FiscalYear, subject: &Subject, request: &Request) -> Result<Self, Problem> {
        match subject {
            Subject::Indicator(id) => {
                let (slab, snapshot) = sources.year(year).ok_or_else(|| unknown("of"))?;
                let published = snapshot.indicator(id).ok_or_else(|| unknown("of"))?;
                Self::engagement(sources, slab, snapshot, published)
            }
            Subject::Question(concept) => {
                let (slab, variable, edition) = question(sources, year, concept, "of")?;
                Self::answers(slab, variable, edition, request)
            }
        }
    }

    fn engagement(
        sources: &Sources<'_>,
        slab: &YearSlab,
        snapshot: &Snapshot,
        published: &PublishedIndicator,
    ) -> Result<Self, Problem> {
        let definition = &published.definition;
        if !names(snapshot, definition, sources.reader) {
            return Err(not_named("of", &definition.title));
        }
        let register = on_register(slab);
        let evaluation = snapshot.evaluate(definition);
        let by_code: BTreeMap<_, _> = snapshot.municipalities.iter().map(|m| (m.municipality.code, m)).collect();
        let value = |code| match evaluation.decide(by_code.get(&code)?)? {
            Engagement::Engaged => Some(1.0),
            Engagement::NotEngaged => Some(0.0),
            Engagement::Undetermined => None,
        };
        Ok(Self {
            label: definition.title.clone(),
            scale: Scale::Flag,
            columns: vec!["取り組んでいない".to_owned(), "取り組んでいる".to_owned()],
            values: sources.cube.codes().iter().map(|code| value(*code)).collect(),
            register,
        })
    }

    fn answers(slab: &YearSlab, variable: &Variable, edition: &Edition, request: &Request) -> Result<Self, Problem> {
        let label = format!("{} {}", edition.number, edition.label);
        let register = on_register(slab);
        let column = slab.column(variable);
        let names: Vec<String> = variable.choices.iter().map(|choice| choice.short.clone()).collect();
        let chosen = chosen(variable, request);
        match (edition.kind, request.reading.unwrap_or(Reading::Order)) {
            (VariableKind::Number, _) => {
                let numbers = slab.numbers(variable).unwrap_or_default();
                let value =
                    |(number, cell): (&crate::response::Decimal, &u8)| (*cell == ANSWERED).then(|| number.to_f64());
                let values = numbers.iter().zip(column).map(value).collect();
                Ok(Self { label, scale: Scale::Number, columns: Vec::new(), values, register })
            }
            (VariableKind::Single, Reading::Yes) => {
                if chosen.is_empty() {
                    return Err(choose(&label, "「はい」と数える選択肢を1つ以上選んでください。"));
                }
                let value = |cell: &u8| coded(*cell).map(|code| if chosen.contains(&code) { 1.0 } else { 0.0 });
                let values = column.iter().map(value).collect();
                Ok(Self { label, scale: Scale::Flag, columns: of_chosen(variable, &chosen), values, register })
            }
            (VariableKind::Single, reading) => {
                let scale = if reading == Reading::Order { Scale::Order } else { Scale::Category };
                let values = column.iter().map(|cell| coded(*cell).map(f64::from)).collect();
                Ok(Self { label, scale, columns: names, values, register })
            }
            (VariableKind::Multiple, _) => {
                let [code] = chosen.as_slice() else {
                    return Err(choose(&label, "複数回答の設問です。比べる選択肢を1つだけ選んでください。"));
                };
                let cells = slab.choice_column(variable, *code);
                let value = |cell: &u8| coded(*cell).map(|code| if code == CHOSEN { 1.0 } else { 0.0 });
                let values = cells.iter().map(value).collect();
                Ok(Self { label, scale: Scale::Flag, columns: of_chosen(variable, &chosen), values, register })
            }
            (VariableKind::Text, _) => Err(Problem {
                field: "of",
                message: format!("「{label}」は文章で答える設問のため、比べられません。"),
            }),
        }
    }

    /// How many are on the register.
    pub fn registered(&self) -> u32 {
        count(self.register.iter().filter(|there| **there).count())
    }
}

impl Groups {
    /// The groups that were chosen, in that year.
    pub fn of(sources: &Sources<'_>, year: FiscalYear, by: &By) -> Result<Self, Problem> {
        match by {
            By::Attribute(attribute) => {
                let (slab, _) = sources.year(year).ok_or_else(|| unknown("by"))?;
                Ok(Self::by(slab, *attribute))
            }
            By::Question(concept) => {
                let (slab, variable, edition) = question(sources, year, concept, "by")?;
                let of = format!("{} {}", edition.number, edition.label);
                if edition.kind != VariableKind::Single {
                    let message = format!("「{of}」では組を分けられません。1つを選んで答える設問を指定してください。");
                    return Err(Problem { field: "by", message });
                }
                let labels = variable.choices.iter().map(|choice| choice.short.clone()).collect();
                let places = slab.column(variable).iter().map(|cell| coded(*cell).map(usize::from)).collect();
                Ok(Self { of, labels, places })
            }
        }
    }

    /// By a property, in its order.
    pub fn by(slab: &YearSlab, attribute: Attribute) -> Self {
        let grouping = Grouping::by(slab, attribute);
        let labels: Vec<String> = grouping.labels().iter().filter(|label| *label != UNGROUPED).cloned().collect();
        let place = |(code, there): (&u8, bool)| Some(usize::from(*code)).filter(|code| there && *code < labels.len());
        let places = grouping.codes().iter().zip(on_register(slab)).map(place).collect();
        Self { of: attribute.label().to_owned(), places, labels }
    }
}

/// A subject that the reader may compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// Which.
    pub subject: Subject,
    /// What it is called.
    pub label: String,
    /// Whether its answers make groups.
    pub groups: bool,
}

/// All subjects of the year whose named values the reader may see.
pub fn subjects(sources: &Sources<'_>) -> Vec<Offered> {
    let Some((slab, snapshot)) = sources.year(sources.year) else { return Vec::new() };
    let mut offered: Vec<Offered> = Vec::new();
    for PublishedIndicator { definition, .. } in &snapshot.indicators {
        if names(snapshot, definition, sources.reader) {
            let subject = Subject::Indicator(definition.id.clone());
            offered.push(Offered { subject, label: definition.title.clone(), groups: false });
        }
    }
    for variable in sources.cube.variables() {
        let Some(edition) = variable.edition(sources.year).filter(|edition| edition.kind != VariableKind::Text) else {
            continue;
        };
        if Disclosure::of_variable(variable, slab, sources.reader) == Disclosure::Named {
            offered.push(Offered {
                subject: Subject::Question(variable.concept.clone()),
                label: format!("{} {}", edition.number, edition.label),
                groups: edition.kind == VariableKind::Single,
            });
        }
    }
    offered
}

/// The choices among which the chosen questions' 「はい」 is chosen: the question, then the value of `choice` and the text.
pub fn choices_of(request: &Request, sources: &Sources<'_>) -> Vec<(String, Vec<(String, String)>)> {
    let of = |subject: &Subject| {
        let Subject::Question(concept) = subject else { return None };
        let (_, variable, edition) = question(sources, sources.year, concept, "of").ok()?;
        let needed = match edition.kind {
            VariableKind::Multiple => true,
            VariableKind::Single => request.reading == Some(Reading::Yes),
            VariableKind::Number | VariableKind::Text => false,
        };
        let offered = variable.choices.iter().zip(&edition.offered).filter(|(_, offered)| offered.is_some());
        let choices =
            offered.map(|(choice, _)| (format!("{}:{}", variable.concept, choice.name), choice.label.clone()));
        needed.then(|| (format!("{} {}", edition.number, edition.label), choices.collect()))
    };
    request.of.iter().filter_map(of).collect()
}

fn question<'a>(
    sources: &Sources<'a>,
    year: FiscalYear,
    concept: &str,
    field: &'static str,
) -> Result<(&'a YearSlab, &'a Variable, &'a Edition), Problem> {
    let (slab, _) = sources.year(year).ok_or_else(|| unknown(field))?;
    let variable = sources.cube.variable(concept).ok_or_else(|| unknown(field))?;
    let Some(edition) = variable.edition(year) else {
        return Err(Problem {
            field, message: format!("選ばれた設問は{}には聞いていません。", year.wareki())
        });
    };
    if Disclosure::of_variable(variable, slab, sources.reader) != Disclosure::Named {
        return Err(not_named(field, &format!("{} {}", edition.number, edition.label)));
    }
    Ok((slab, variable, edition))
}

/// Whether the reader may see each municipality's engagement under a definition.
fn names(snapshot: &Snapshot, definition: &Definition, reader: Visibility) -> bool {
    snapshot.disclosed(definition, reader) == Disclosure::Named
}

/// The codes of that question's chosen choices.
fn chosen(variable: &Variable, request: &Request) -> Vec<u8> {
    let own = request.choices.iter().filter(|(concept, _)| *concept == variable.concept);
    let mut codes: Vec<u8> = own.filter_map(|(_, name)| variable.code(name)).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn of_chosen(variable: &Variable, chosen: &[u8]) -> Vec<String> {
    let names = chosen.iter().filter_map(|code| variable.choices.get(usize::from(*code)));
    let names: Vec<&str> = names.map(|choice| choice.short.as_str()).collect();
    vec!["それ以外".to_owned(), names.join("、")]
}

fn coded(cell: u8) -> Option<u8> {
    (usize::from(cell) < MOST_CHOICES).then_some(cell)
}

fn on_register(slab: &YearSlab) -> Vec<bool> {
    slab.register().iter().map(Option::is_some).collect()
}

fn unknown(field: &'static str) -> Problem {
    let message = "選ばれた設問又は指標は、この年度の結果にありません。一覧から選び直してください。";
    Problem { field, message: message.to_owned() }
}

fn not_named(field: &'static str, label: &str) -> Problem {
    let message = format!(
        "「{label}」は市町村別の値があなたの公開範囲にないため、比べられません。検定には市町村ごとの値が必要です。"
    );
    Problem { field, message }
}

fn choose(label: &str, what: &str) -> Problem {
    Problem { field: "choice", message: format!("「{label}」：{what}") }
}

/// A number of municipalities.
pub(super) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
