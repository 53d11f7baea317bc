//! The columns of the answers, side by side: a column a question or choice, and one for each question's state.
//!
//! Of one year they are named after the questions. Of all years they are named after the joined concept, with the number of
//! its series where there are several: what stands in a column may always be compared.

use std::collections::{BTreeMap, BTreeSet};

use shared::fiscal_year::FiscalYear;
use shared::publication::PublishedQuestion;
use shared::questionnaire::Choice;
use shared::response::ResponseState;
use shared::visibility::Visibility;

use super::material::{Joined, Joining};
use super::{Round, STATES, status_columns, year_columns};
use crate::export::columns::AnswerKind;
use crate::export::table::{Column, Kind};

/// The columns before the questions.
pub const BEFORE: usize = 5;

/// The columns, and whose they are.
pub struct Layout {
    /// All, with those before and after the questions.
    pub columns: Vec<Column>,
    /// The questions, in the order of the latest year that asks them.
    pub asked: Vec<Asked>,
}

/// A question, or the same question of several years.
pub struct Asked {
    /// As the latest year asks it.
    pub question: PublishedQuestion,
    /// What its answers are.
    pub kind: AnswerKind,
    /// Its place among the questions of each year whose named values the reader may see.
    pub places: BTreeMap<FiscalYear, usize>,
    /// The years that ask it without showing the reader its named values.
    pub hidden: BTreeSet<FiscalYear>,
    /// The place of its first column; its state is the last one.
    pub first: usize,
    /// How many columns it has, without the state.
    pub width: usize,
}

impl Layout {
    /// The columns of what the reader may see of those rounds; `joined` where they are all years.
    pub fn of(rounds: &[Round], reader: Visibility, joined: Option<&Joined>) -> Self {
        let mut asked = gathered(rounds, reader, joined);
        asked.retain(|(_, asked)| !asked.places.is_empty());
        let mut columns = Vec::from(year_columns());
        let states = ResponseState::ALL.map(|state| (state.code(), state.label()));
        columns.extend([
            Column::new("municipality_code", "団体コード", Kind::Code, "全国地方公共団体コード（6桁）"),
            Column::new("municipality_name", "市町村名", Kind::Text, "市町村の正式名称"),
            Column::new("response_state", "回答の段階", Kind::Code, "市町村の回答がどこまで進んだか").coded(states),
        ]);
        for place in 0..asked.len() {
            let name = name_of(&asked, place);
            let (_, asked) = &mut asked[place];
            let own = of_question(&asked.question, asked.kind, &name);
            (asked.first, asked.width) = (columns.len(), own.len() - 1);
            columns.extend(own);
        }
        columns.extend(status_columns());
        tell_apart(&mut columns);
        Self { columns, asked: asked.into_iter().map(|(_, asked)| asked).collect() }
    }

    /// The name of the column that holds a choice of a year's question, or its value where `choice` has no column of its own.
    pub fn column_of(&self, year: FiscalYear, place: usize, choice: Option<&Choice>) -> Option<&str> {
        let asked = self.asked.iter().find(|asked| asked.places.get(&year) == Some(&place))?;
        let own = match (asked.kind, choice) {
            (AnswerKind::Multiple | AnswerKind::Ranked, Some(choice)) => {
                offered(&asked.question).position(|offered| offered.name == choice.name)?
            }
            _ => 0,
        };
        (own < asked.width).then(|| self.columns[asked.first + own].name.as_str())
    }
}

/// The questions of all rounds, the latest round's first, by what joins them.
fn gathered(rounds: &[Round], reader: Visibility, joined: Option<&Joined>) -> Vec<(Joining, Asked)> {
    let mut all: Vec<(Joining, Asked)> = Vec::new();
    let mut known: BTreeMap<Joining, usize> = BTreeMap::new();
    for round in rounds.iter().rev() {
        let (snapshot, kinds) = (&round.head.snapshot, &round.head.kinds);
        for (place, (question, kind)) in snapshot.questions.iter().zip(kinds).enumerate() {
            let alone = || Joining { concept: question.name.clone(), series: 1 };
            let joining = match joined {
                Some(joined) => joined.get(&(snapshot.year, question.name.clone())).cloned().unwrap_or_else(alone),
                None => alone(),
            };
            let at = *known.entry(joining.clone()).or_insert_with(|| {
                let (question, places, hidden) = (question.clone(), BTreeMap::new(), BTreeSet::new());
                all.push((joining, Asked { question, kind: *kind, places, hidden, first: 0, width: 0 }));
                all.len() - 1
            });
            if question.visibility.named.allows(reader) {
                all[at].1.places.insert(snapshot.year, place);
            } else {
                all[at].1.hidden.insert(snapshot.year);
            }
        }
    }
    all
}

/// The concept or the question's name; with the series where the concept has several.
fn name_of(asked: &[(Joining, Asked)], place: usize) -> String {
    let Joining { concept, series } = &asked[place].0;
    let several = asked.iter().filter(|(other, _)| other.concept == *concept).count() > 1;
    physical(&if several { format!("{concept}_series{series}") } else { concept.clone() })
}

/// A question's columns: its values, then its state.
fn of_question(question: &PublishedQuestion, kind: AnswerKind, name: &str) -> Vec<Column> {
    let label = format!("{} {}", question.number, question.label).trim().to_owned();
    let one = |kind| Column::new(name, &label, kind, kind_description(kind));
    let mut columns = match kind {
        AnswerKind::Single => {
            let codes = offered(question).map(|choice| (choice.name.as_str(), choice.label.as_str()));
            vec![Column::new(name, &label, Kind::Code, "選ばれた選択肢のコード").coded(codes)]
        }
        AnswerKind::Multiple | AnswerKind::Ranked => {
            let (description, codes) = match kind {
                AnswerKind::Ranked => ("選ばれた順位（1から）。選ばれていなければ空欄", Vec::new()),
                _ => ("選ばれたか", vec![("1", "選んだ"), ("0", "選んでいない")]),
            };
            let column = |choice: &Choice| {
                let (name, label) =
                    (physical(&format!("{name}_{}", choice.name)), format!("{label}：{}", choice.label));
                Column::new(name, label, Kind::Integer, description).coded(codes.clone())
            };
            offered(question).map(column).collect()
        }
        AnswerKind::Integer => vec![one(Kind::Integer).in_unit(question.unit.as_deref())],
        AnswerKind::Decimal => vec![one(Kind::Decimal).in_unit(question.unit.as_deref())],
        AnswerKind::Date => vec![one(Kind::Date)],
        AnswerKind::Text => vec![one(Kind::FreeText)],
        AnswerKind::Acknowledged => vec![one(Kind::Code)],
    };
    let description = "回答の状態。公開していない年度は空欄";
    let state = Column::new(format!("{name}_state"), format!("{label}の状態"), Kind::Code, description);
    columns.push(state.coded(STATES));
    columns
}

fn kind_description(kind: Kind) -> &'static str {
    match kind {
        Kind::Code => "確認したときはOK",
        Kind::Text | Kind::FreeText => "入力された文字",
        Kind::Integer | Kind::Decimal => "入力された数値",
        Kind::Date => "入力された日付",
    }
}

/// The choices that are values, not states.
pub fn offered(question: &PublishedQuestion) -> impl Iterator<Item = &Choice> {
    question.choices.iter().filter(|choice| choice.state.is_none())
}

/// ASCII letters, digits and underscores (rule L3-08).
fn physical(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}

/// Columns of one name get a number.
fn tell_apart(columns: &mut [Column]) {
    let mut taken = BTreeSet::new();
    for column in columns {
        let mut name = column.name.clone();
        for number in 2.. {
            if taken.insert(name.clone()) {
                break;
            }
            name = format!("{}_{number}", column.name);
        }
        column.name = name;
    }
}
