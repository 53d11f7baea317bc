//! 回答（横持ち）: one row a municipality, a column a question and another one for its state.

use std::collections::BTreeSet;
use std::io;

use async_trait::async_trait;
use shared::publication::PublishedQuestion;
use shared::questionnaire::Choice;
use shared::response::{AnswerValue, Cell, ResponseState};
use shared::visibility::Visibility;

use super::{About, Audience, Dataset, Made, Material, Round, Span, codebook, note, status_columns, year_columns};
use crate::export::columns::{AnswerKind, Columns, Head};
use crate::export::provenance::{self, status};
use crate::export::table::{Column, Held, Kind, Sink, Table, Value};
use crate::service::Result;

/// The dataset.
pub struct Wide;

#[async_trait]
impl Dataset for Wide {
    fn about(&self) -> About {
        About {
            id: "answers-wide",
            title: "市町村別の回答（横持ち）",
            description: "1行に1つの市町村があり、設問ごとに値の列と状態の列があります。複数選択の設問は選択肢ごとに列があります。",
            span: Span::Year,
            audience: Audience::ByVisibility,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let round = material.round()?;
        let table = Sheet {
            columns: columns(&round.head, material.scope.reader),
            round: round.clone(),
            reader: material.scope.reader,
        };
        Ok(Made {
            codebook: Some(Box::new(codebook::table(&material.rounds, material.scope.reader))),
            ..Made::new(table, &[provenance::STATES, provenance::FREE_TEXT])
        })
    }
}

/// Before the questions.
const BEFORE: usize = 5;

fn columns(head: &Head, reader: Visibility) -> Vec<Column> {
    let mut columns = Vec::from(year_columns());
    let states = ResponseState::ALL.map(|state| (state.code(), state.label()));
    columns.extend([
        Column::new("municipality_code", "団体コード", Kind::Code, "全国地方公共団体コード（6桁）"),
        Column::new("municipality_name", "市町村名", Kind::Text, "市町村の正式名称"),
        Column::new("response_state", "回答の段階", Kind::Code, "市町村の回答がどこまで進んだか").coded(states),
    ]);
    for (place, question) in head.snapshot.questions.iter().enumerate() {
        if question.visibility.named.allows(reader) {
            columns.extend(of_question(question, head.kinds[place]));
        }
    }
    columns.extend(status_columns());
    let mut taken = BTreeSet::new();
    for column in &mut columns {
        let mut name = column.name.clone();
        for number in 2.. {
            if taken.insert(name.clone()) {
                break;
            }
            name = format!("{}_{number}", column.name);
        }
        column.name = name;
    }
    columns
}

/// A question's columns: its values, then its state.
fn of_question(question: &PublishedQuestion, kind: AnswerKind) -> Vec<Column> {
    let name = physical(&question.name);
    let label = format!("{} {}", question.number, question.label).trim().to_owned();
    let one = |kind| Column::new(&name, &label, kind, kind_description(kind));
    let mut columns = match kind {
        AnswerKind::Single => {
            let codes = offered(question).map(|choice| (choice.name.as_str(), choice.label.as_str()));
            vec![Column::new(&name, &label, Kind::Code, "選ばれた選択肢のコード").coded(codes)]
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
    let state = Column::new(format!("{name}_state"), format!("{label}の状態"), Kind::Code, "回答の状態");
    columns.push(state.coded(super::STATES));
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
fn offered(question: &PublishedQuestion) -> impl Iterator<Item = &Choice> {
    question.choices.iter().filter(|choice| choice.state.is_none())
}

/// ASCII letters, digits and underscores (rule L3-08).
fn physical(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}

struct Sheet {
    columns: Vec<Column>,
    round: Round,
    reader: Visibility,
}

impl Table for Sheet {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn rows(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        let columns = self.round.columns()?;
        let snapshot = &columns.head.snapshot;
        let (wareki, status) = (snapshot.year.wareki(), status(columns.head.revision));
        let (year, note) = (i64::from(snapshot.year.year()), note(snapshot.demonstration));
        let asked: Vec<(Vec<Vec<Held>>, &[u32])> = columns
            .visible(self.reader)
            .into_iter()
            .map(|question| (written(&columns, question), columns.codes(question)))
            .collect();
        for (place, municipality) in snapshot.municipalities.iter().enumerate() {
            let mut row = Vec::with_capacity(self.columns.len());
            row.extend([
                Value::Integer(year),
                Value::Text(&wareki),
                Value::Text(municipality.municipality.code.as_str()),
                Value::Text(&municipality.municipality.name),
                Value::Text(municipality.state.code()),
            ]);
            debug_assert_eq!(row.len(), BEFORE);
            for (cells, codes) in &asked {
                row.extend(cells[codes[place] as usize].iter().map(Held::value));
            }
            row.extend([Value::Text(&status), Value::text(note)]);
            sink(&row)?;
        }
        Ok(())
    }

    fn row_count(&self) -> io::Result<u64> {
        Ok(self.round.head.snapshot.municipalities.len() as u64)
    }
}

/// Each different cell of a question as the places of its columns.
fn written(columns: &Columns, place: usize) -> Vec<Vec<Held>> {
    let question = &columns.head.snapshot.questions[place];
    let kind = columns.head.kinds[place];
    columns.cells(place).iter().map(|cell| cell_values(question, kind, cell)).collect()
}

fn cell_values(question: &PublishedQuestion, kind: AnswerKind, cell: &Cell) -> Vec<Held> {
    let several = matches!(kind, AnswerKind::Multiple | AnswerKind::Ranked);
    let mut places = match cell {
        Cell::Value(AnswerValue::Choices(names)) if several => {
            let chosen = |choice: &Choice| names.iter().position(|name| *name == choice.name);
            offered(question)
                .map(|choice| match (kind, chosen(choice)) {
                    (AnswerKind::Ranked, place) => place.and_then(|p| u32::try_from(p + 1).ok()).into(),
                    (_, place) => Held::from(u32::from(place.is_some())),
                })
                .collect()
        }
        Cell::Value(value) if !several => vec![single(value)],
        _ if several => vec![Held::Empty; offered(question).count()],
        _ => vec![Held::Empty],
    };
    places.push(Held::from(cell.code()));
    places
}

fn single(value: &AnswerValue) -> Held {
    match value {
        AnswerValue::Choice(text) | AnswerValue::Text(text) | AnswerValue::Date(text) => Held::from(text.as_str()),
        AnswerValue::Integer(number) => Held::Integer(*number),
        AnswerValue::Decimal(number) => Held::Decimal(number.to_string()),
        AnswerValue::Choices(_) | AnswerValue::State(_) => Held::Empty,
    }
}
