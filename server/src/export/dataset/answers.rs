//! 回答（縦持ち）: one row a value (rule L3-09). A multiple answer has a row for each choice. What a year did not ask has no
//! row in it, not even of all years: the wide table says of every year what it did not ask.

use std::io;

use async_trait::async_trait;
use shared::publication::PublishedQuestion;
use shared::response::{AnswerValue, Cell};
use shared::visibility::Visibility;

use super::material::Joined;
use super::{
    About, Audience, Dataset, Made, Material, Round, Span, codebook, joined_columns, note, status_columns, year_columns,
};
use crate::export::columns::{AnswerKind, Columns};
use crate::export::provenance::{self, status};
use crate::export::table::{Column, Kind, Sink, Table, Value};
use crate::service::Result;

/// The dataset.
pub struct Answers;

#[async_trait]
impl Dataset for Answers {
    fn about(&self) -> About {
        About {
            id: "answers",
            title: "市町村別の回答（縦持ち）",
            description: "市町村ごと、設問ごとの回答です。1行に1つの値があり、複数選択の回答は選択肢ごとに1行です。",
            span: Span::YearOrAll,
            audience: Audience::ByVisibility,
            by_reader: false,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let joined = material.joined()?;
        let table = Long {
            columns: columns(joined.is_some()),
            rounds: material.rounds.clone(),
            reader: material.scope.reader,
            joined,
        };
        Ok(Made {
            codebook: Some(Box::new(codebook::of(material)?)),
            ..Made::new(table, &[provenance::STATES, NOT_ASKED, provenance::FREE_TEXT])
        })
    }
}

/// What has no row.
const NOT_ASKED: &str = "聞いていない年度の設問の行はありません。聞いていないこと（当年度設問なし）は、全年度の横持ち（answers-wide）の状態の列にあります。";

fn columns(joined: bool) -> Vec<Column> {
    let text = |name, label, description| Column::new(name, label, Kind::Text, description);
    let code = |name, label, description| Column::new(name, label, Kind::Code, description);
    let mut columns = Vec::from(year_columns());
    columns.extend([
        code("municipality_code", "団体コード", "全国地方公共団体コード（6桁）"),
        text("municipality_name", "市町村名", "市町村の正式名称"),
        code("question_name", "設問名", "調査票の中の設問の名前"),
        text("question_number", "設問番号", "調査票に印刷される番号"),
        code("concept", "概念ID", "年度をまたいで同じことを聞く設問に共通のID"),
        text("question_label", "設問文", "設問の文"),
        code("comparable_with_previous", "前の調査との比較", "前の調査の結果と比較できるか。続く設問がなければ空欄")
            .coded(super::YES_NO),
        code("state", "状態", "回答の状態。value以外の行では値の列が空欄").coded(super::STATES),
        text("state_label", "状態の名称", "状態の日本語の名称"),
        code("choice", "選択肢", "選ばれた選択肢のコード（コード表を参照）"),
        text("choice_label", "選択肢の文", "選ばれた選択肢の文"),
        Column::new("number", "数値", Kind::Decimal, "数値の回答。単位は列unit"),
        text("unit", "単位", "数値の単位"),
        Column::new("text", "文字", Kind::FreeText, "文字又は日付の回答"),
        Column::new("rank", "順位", Kind::Integer, "順位を聞く設問で、選択肢に付けられた順位（1から）"),
    ]);
    columns.extend(status_columns());
    if joined {
        columns.extend(joined_columns());
    }
    columns
}

struct Long {
    columns: Vec<Column>,
    rounds: Vec<Round>,
    reader: Visibility,
    joined: Option<Joined>,
}

impl Table for Long {
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
        let of_round = |round: &Round| -> u64 {
            round.head.visible(self.reader).into_iter().map(|question| round.head.heights[question]).sum()
        };
        Ok(self.rounds.iter().map(of_round).sum())
    }
}

impl Long {
    fn round(&self, columns: &Columns, sink: &mut Sink<'_>) -> io::Result<()> {
        let snapshot = &columns.head.snapshot;
        let (wareki, status) = (snapshot.year.wareki(), status(columns.head.revision));
        let (year, note) = (i64::from(snapshot.year.year()), note(snapshot.demonstration));
        let asked: Vec<Asked<'_>> =
            columns.head.visible(self.reader).into_iter().map(|question| self.asked(columns, question)).collect();
        let mut row = [Value::Empty; 21];
        let width = self.columns.len();
        row[0] = Value::Integer(year);
        row[1] = Value::Text(&wareki);
        row[17] = Value::Text(&status);
        row[18] = Value::text(note);
        for (place, municipality) in snapshot.municipalities.iter().enumerate() {
            row[2] = Value::Text(municipality.municipality.code.as_str());
            row[3] = Value::Text(&municipality.municipality.name);
            for asked in &asked {
                row[4..9].copy_from_slice(&asked.question);
                row[14] = asked.unit;
                row[19..21].copy_from_slice(&asked.joined);
                let cell = &asked.cells[asked.codes[place] as usize];
                row[9..11].copy_from_slice(&cell.state);
                for value in &cell.values {
                    row[11] = Value::text(value.choice);
                    row[12] = Value::text(value.choice_label);
                    row[13] = value.number.as_deref().map_or(Value::Empty, Value::Decimal);
                    row[15] = Value::text(value.text);
                    row[16] = Value::count(value.rank);
                    sink(&row[..width])?;
                }
            }
        }
        Ok(())
    }

    fn asked<'c>(&'c self, columns: &'c Columns, place: usize) -> Asked<'c> {
        let snapshot = &columns.head.snapshot;
        let (question, kind) = (&snapshot.questions[place], columns.head.kinds[place]);
        let compared = columns.head.comparable.get(&question.name);
        let joined = self.joined.as_ref().and_then(|all| all.get(&(snapshot.year, question.name.clone())));
        Asked {
            question: [
                Value::text(&question.name),
                Value::text(&question.number),
                Value::text(&question.concept),
                Value::text(&question.label),
                compared.map_or(Value::Empty, |yes| Value::Text(super::yes_no(*yes))),
            ],
            unit: Value::text(question.unit.as_deref().unwrap_or_default()),
            joined: joined.map_or([Value::Empty; 2], |joined| {
                [Value::text(&joined.concept), Value::Integer(i64::from(joined.series))]
            }),
            cells: columns.cells(place).iter().map(|cell| Written::of(question, kind, cell)).collect(),
            codes: columns.codes(place),
        }
    }
}

/// A question with all that its rows say.
struct Asked<'c> {
    question: [Value<'c>; 5],
    unit: Value<'c>,
    joined: [Value<'c>; 2],
    cells: Vec<Written<'c>>,
    codes: &'c [u32],
}

/// A cell as rows.
struct Written<'c> {
    state: [Value<'c>; 2],
    values: Vec<One<'c>>,
}

#[derive(Default)]
struct One<'c> {
    choice: &'c str,
    choice_label: &'c str,
    rank: Option<u32>,
    number: Option<String>,
    text: &'c str,
}

impl<'c> Written<'c> {
    fn of(question: &'c PublishedQuestion, kind: AnswerKind, cell: &'c Cell) -> Self {
        Self { state: [Value::Text(cell.code()), Value::Text(cell.label())], values: values(question, kind, cell) }
    }
}

fn values<'c>(question: &'c PublishedQuestion, kind: AnswerKind, cell: &'c Cell) -> Vec<One<'c>> {
    let Cell::Value(value) = cell else { return vec![One::default()] };
    let choice = |name: &'c String| One {
        choice: name,
        choice_label: question.choices.iter().find(|c| c.name == *name).map_or("", |c| &c.label),
        ..One::default()
    };
    match value {
        AnswerValue::Choice(name) => vec![choice(name)],
        AnswerValue::Choices(names) if kind == AnswerKind::Ranked => {
            (1..).zip(names).map(|(rank, name)| One { rank: Some(rank), ..choice(name) }).collect()
        }
        AnswerValue::Choices(names) => names.iter().map(choice).collect(),
        AnswerValue::Integer(number) => vec![One { number: Some(number.to_string()), ..One::default() }],
        AnswerValue::Decimal(number) => vec![One { number: Some(number.to_string()), ..One::default() }],
        AnswerValue::Text(text) | AnswerValue::Date(text) => vec![One { text, ..One::default() }],
        AnswerValue::State(_) => vec![One::default()],
    }
}
