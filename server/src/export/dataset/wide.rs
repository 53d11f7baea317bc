//! 回答（横持ち）: one row a municipality and year, a column a question and another one for its state.

use std::io;

use async_trait::async_trait;
use shared::response::{AnswerValue, Cell};

use super::layout::{Asked, BEFORE, Layout, offered};
use super::{About, Audience, Dataset, Made, Material, Round, Span, codebook, note};
use crate::export::columns::{AnswerKind, Columns};
use crate::export::provenance::{self, status};
use crate::export::table::{Column, Held, Sink, Table, Value};
use crate::service::Result;

/// The dataset.
pub struct Wide;

/// What the columns of all years are.
const ALL_YEARS: &str = "全年度の横持ちの列は、年度をつなぐ概念IDごとです。比べられない変更があった概念IDは、比べられる年度ごとに列を分け、列の名前に series と番号を付けています。聞いていない年度は、状態が not_asked（当年度設問なし）です。";

#[async_trait]
impl Dataset for Wide {
    fn about(&self) -> About {
        About {
            id: "answers-wide",
            title: "市町村別の回答（横持ち）",
            description: "1行に1つの市町村（全年度では、市町村と年度）があり、設問ごとに値の列と状態の列があります。複数選択の設問は選択肢ごとに列があります。",
            span: Span::YearOrAll,
            audience: Audience::ByVisibility,
            by_reader: false,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let joined = material.joined()?;
        let Layout { columns, asked } = Layout::of(&material.rounds, material.scope.reader, joined.as_ref());
        let table = Sheet { columns, asked, rounds: material.rounds.clone() };
        let mut notes = vec![provenance::STATES, provenance::FREE_TEXT];
        notes.extend(joined.is_some().then_some(ALL_YEARS));
        Ok(Made { codebook: Some(Box::new(codebook::of(material)?)), ..Made::new(table, &notes) })
    }
}

struct Sheet {
    columns: Vec<Column>,
    asked: Vec<Asked>,
    rounds: Vec<Round>,
}

impl Table for Sheet {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn rows(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        for round in &self.rounds {
            let columns = round.columns()?;
            self.round(&columns, sink)?;
        }
        Ok(())
    }

    fn row_count(&self) -> io::Result<u64> {
        Ok(self.rounds.iter().map(|round| round.head.snapshot.municipalities.len() as u64).sum())
    }
}

impl Sheet {
    fn round(&self, columns: &Columns, sink: &mut Sink<'_>) -> io::Result<()> {
        let snapshot = &columns.head.snapshot;
        let (wareki, status) = (snapshot.year.wareki(), status(columns.head.revision));
        let (year, note) = (i64::from(snapshot.year.year()), note(snapshot.demonstration));
        let written: Vec<Written<'_>> = self.asked.iter().map(|asked| Written::of(columns, asked)).collect();
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
            for asked in &written {
                let cell = asked.codes.map_or(0, |codes| codes[place] as usize);
                row.extend(asked.cells[cell].iter().map(Held::value));
            }
            row.extend([Value::Text(&status), Value::text(note)]);
            sink(&row)?;
        }
        Ok(())
    }
}

/// A question's cells of a year, each different one as the places of its columns.
struct Written<'c> {
    cells: Vec<Vec<Held>>,
    /// Which of them each municipality has; `None` where all have the one there is.
    codes: Option<&'c [u32]>,
}

impl<'c> Written<'c> {
    fn of(columns: &'c Columns, asked: &Asked) -> Self {
        let year = columns.head.snapshot.year;
        let Some(place) = asked.places.get(&year) else {
            let mut nothing = vec![Held::Empty; asked.width];
            nothing.push(if asked.hidden.contains(&year) { Held::Empty } else { Held::from(Cell::NotAsked.code()) });
            return Self { cells: vec![nothing], codes: None };
        };
        let cells = columns.cells(*place).iter().map(|cell| values(asked, cell)).collect();
        Self { cells, codes: Some(columns.codes(*place)) }
    }
}

fn values(asked: &Asked, cell: &Cell) -> Vec<Held> {
    let mut places = match cell {
        Cell::Value(AnswerValue::Choices(names)) => offered(&asked.question)
            .map(|choice| {
                let chosen = names.iter().position(|name| *name == choice.name);
                match asked.kind {
                    AnswerKind::Ranked => chosen.and_then(|place| u32::try_from(place + 1).ok()).into(),
                    _ => Held::from(u32::from(chosen.is_some())),
                }
            })
            .collect(),
        Cell::Value(value) => vec![single(value)],
        _ => Vec::new(),
    };
    places.resize(asked.width, Held::Empty);
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
