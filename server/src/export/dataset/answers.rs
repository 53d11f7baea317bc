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
use crate::export::table::{Column, Encode, EncodedSink, Held, Kind, Sink, Table, Value};
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
        let make = |values: &[Value<'_>]| values.iter().map(|value| Held::from(*value)).collect::<Vec<_>>();
        self.parts(&make, &mut |parts| sink(&parts.into_iter().flatten().map(Held::value).collect::<Vec<_>>()))
    }

    fn encoded_rows(&self, encode: &Encode<'_>, sink: &mut EncodedSink<'_>) -> io::Result<()> {
        let make = |values: &[Value<'_>]| {
            let mut bytes = Vec::new();
            encode(values, &mut bytes);
            bytes
        };
        self.parts(&make, &mut |parts| sink(&parts.map(Vec::as_slice)))
    }

    fn row_count(&self) -> io::Result<u64> {
        let of_round = |round: &Round| -> u64 {
            round.head.visible(self.reader).into_iter().map(|question| round.head.heights[question]).sum()
        };
        Ok(self.rounds.iter().map(of_round).sum())
    }
}

impl Long {
    /// The rows in parts: of the year, the municipality, the question, the answer, the round, and what joins the years.
    /// Each part is made once.
    fn parts<P>(
        &self,
        make: &impl Fn(&[Value<'_>]) -> P,
        sink: &mut impl FnMut([&P; 6]) -> io::Result<()>,
    ) -> io::Result<()> {
        for round in &self.rounds {
            let columns = round.columns()?;
            let snapshot = &columns.head.snapshot;
            let (wareki, status) = (snapshot.year.wareki(), status(columns.head.revision));
            let year = make(&[Value::Integer(i64::from(snapshot.year.year())), Value::Text(&wareki)]);
            let standing = make(&[Value::Text(&status), Value::text(note(snapshot.demonstration))]);
            let visible = columns.head.visible(self.reader);
            let asked: Vec<Asked<P>> = visible.iter().map(|question| self.asked(&columns, *question, make)).collect();
            for (place, municipality) in snapshot.municipalities.iter().enumerate() {
                let municipality = &municipality.municipality;
                let municipality = make(&[Value::Text(municipality.code.as_str()), Value::Text(&municipality.name)]);
                for (question, asked) in visible.iter().zip(&asked) {
                    for answer in &asked.answers[columns.codes(*question)[place] as usize] {
                        sink([&year, &municipality, &asked.question, answer, &standing, &asked.joined])?;
                    }
                }
            }
        }
        Ok(())
    }

    fn asked<P>(&self, columns: &Columns, place: usize, make: &impl Fn(&[Value<'_>]) -> P) -> Asked<P> {
        let snapshot = &columns.head.snapshot;
        let (question, kind) = (&snapshot.questions[place], columns.head.kinds[place]);
        let compared = columns.head.comparable.get(&question.name);
        let joined = self.joined.as_ref().map(|all| all.get(&(snapshot.year, question.name.clone())));
        let unit = Value::text(question.unit.as_deref().unwrap_or_default());
        let answer = |cell: &Cell, one: &One<'_>| {
            make(&[
                Value::Text(cell.code()),
                Value::Text(cell.label()),
                Value::text(one.choice),
                Value::text(one.choice_label),
                one.number.as_deref().map_or(Value::Empty, Value::Decimal),
                unit,
                Value::text(one.text),
                Value::count(one.rank),
            ])
        };
        Asked {
            question: make(&[
                Value::text(&question.name),
                Value::text(&question.number),
                Value::text(&question.concept),
                Value::text(&question.label),
                compared.map_or(Value::Empty, |yes| Value::Text(super::yes_no(*yes))),
            ]),
            answers: columns
                .cells(place)
                .iter()
                .map(|cell| values(question, kind, cell).iter().map(|one| answer(cell, one)).collect())
                .collect(),
            joined: match joined {
                None => make(&[]),
                Some(None) => make(&[Value::Empty; 2]),
                Some(Some(joined)) => make(&[Value::text(&joined.concept), Value::Integer(i64::from(joined.series))]),
            },
        }
    }
}

/// A question with all that its rows say: for each of its different cells, each value.
struct Asked<P> {
    question: P,
    answers: Vec<Vec<P>>,
    joined: P,
}

#[derive(Default)]
struct One<'c> {
    choice: &'c str,
    choice_label: &'c str,
    rank: Option<u32>,
    number: Option<String>,
    text: &'c str,
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
