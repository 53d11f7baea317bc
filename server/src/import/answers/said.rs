//! What a row says of a question: a value, or the state of having none.

use shared::questionnaire::{ChoiceState, Question, QuestionKind};
use shared::response::answer::RawAnswer;
use shared::response::{AnswerValue, Cell, cell_of};

use super::columns::{CHOICE, CHOICE_LABEL, NUMBER, RANK, STATE, TEXT, UNIT};
use crate::export::format::cp932;

/// What the column `state` tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    Value,
    State(ChoiceState),
    Skipped,
    Blank,
    NotSubmitted,
}

impl Told {
    /// Every code. What was not asked has no row.
    pub(super) const CODES: [(&str, Self); 6] = [
        ("value", Self::Value),
        ("unknown", Self::State(ChoiceState::Unknown)),
        ("not_applicable", Self::State(ChoiceState::NotApplicable)),
        ("skipped", Self::Skipped),
        ("blank", Self::Blank),
        ("not_submitted", Self::NotSubmitted),
    ];

    pub(super) fn of_code(code: &str) -> Option<Self> {
        Self::CODES.into_iter().find(|(known, _)| *known == code).map(|(_, told)| told)
    }
}

/// The value columns of a row.
pub(super) struct Typed<'r> {
    pub(super) choice: &'r str,
    pub(super) choice_label: &'r str,
    pub(super) number: &'r str,
    pub(super) unit: &'r str,
    pub(super) text: &'r str,
    /// `None` where the file has no such column: then the order of the rows is that of the ranks.
    pub(super) rank: Option<&'r str>,
}

/// What the rows of a question say.
#[derive(Debug, Clone)]
pub(super) struct Said {
    /// The first row's line.
    pub(super) line: u64,
    pub(super) told: Told,
    /// One value, or one a row for a multiple answer.
    pub(super) values: Vec<String>,
    /// The ranks of a ranking's choices, in the order of the values; empty where the file tells none.
    pub(super) ranks: Vec<u32>,
}

impl Said {
    /// Takes a further row of the question: a multiple answer has one a choice.
    pub(super) fn join(&mut self, question: &Question, other: Self) -> Result<(), String> {
        let multiple = matches!(question.kind, QuestionKind::SelectMultiple { .. } | QuestionKind::Rank { .. });
        if !multiple || self.told != Told::Value || other.told != Told::Value {
            return Err(format!("{}行目にもあります。", self.line));
        }
        if let Some(value) = other.values.iter().find(|value| self.values.contains(value)) {
            return Err(format!("選択肢 {value} が2回あります（初めは{}行目から）。", self.line));
        }
        self.values.extend(other.values);
        self.ranks.extend(other.ranks);
        Ok(())
    }

    /// The answer that the rows give; the column and the reason where they give none.
    pub(super) fn answer(&self, question: &Question) -> Result<Option<AnswerValue>, (&'static str, String)> {
        match self.told {
            Told::Value => {
                let raw = RawAnswer { values: self.in_order()?, unknown: false };
                let column = value_column(&question.kind);
                let answer = AnswerValue::parse(&question.kind, false, &raw).map_err(|e| (column, e.to_string()))?;
                let missing = || (column, "状態が value ですが、値がありません。".to_owned());
                Ok(Some(answer.ok_or_else(missing)?))
            }
            Told::State(state) => Ok(Some(of_state(question, state)?)),
            Told::Skipped | Told::Blank | Told::NotSubmitted => Ok(None),
        }
    }

    /// The values, by their ranks where they have any.
    fn in_order(&self) -> Result<Vec<String>, (&'static str, String)> {
        if self.ranks.is_empty() {
            return Ok(self.values.clone());
        }
        let mut ranked: Vec<(u32, &String)> = self.ranks.iter().copied().zip(&self.values).collect();
        ranked.sort_unstable();
        if ranked.iter().zip(1..).any(|((rank, _), place)| *rank != place) {
            return Err((RANK, "順位は、1から順に1つずつ付けてください。".to_owned()));
        }
        Ok(ranked.into_iter().map(|(_, value)| value.clone()).collect())
    }

    /// The cell that an export would show of it.
    pub(super) fn cell(&self, question: &Question, answer: Option<&AnswerValue>) -> Cell {
        match self.told {
            Told::Value | Told::State(_) => cell_of(question, true, answer),
            Told::Skipped => Cell::Skipped,
            Told::Blank => Cell::Blank,
            Told::NotSubmitted => Cell::NotSubmitted,
        }
    }
}

/// The answer that means a state: the choice for it, or 「不明」 beside the field.
fn of_state(question: &Question, state: ChoiceState) -> Result<AnswerValue, (&'static str, String)> {
    if let QuestionKind::SelectOne { choices } = &question.kind
        && let Some(choice) = choices.iter().find(|choice| choice.state == Some(state))
    {
        return Ok(AnswerValue::Choice(choice.name.clone()));
    }
    if state == ChoiceState::Unknown && question.may_be_unknown {
        return Ok(AnswerValue::State(state));
    }
    Err((STATE, "この設問では選べない状態です。".to_owned()))
}

/// The column that holds a kind's value.
fn value_column(kind: &QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Integer | QuestionKind::Decimal => NUMBER,
        QuestionKind::SelectOne { .. }
        | QuestionKind::SelectMultiple { .. }
        | QuestionKind::Rank { .. }
        | QuestionKind::Acknowledge => CHOICE,
        QuestionKind::Text { .. }
        | QuestionKind::Date
        | QuestionKind::Calculate
        | QuestionKind::Hidden
        | QuestionKind::Note => TEXT,
    }
}

/// The row's value, none for a state. Whatever stands beside it must fit, so that nothing is read as something else.
pub(super) fn value(question: &Question, told: Told, typed: &Typed<'_>) -> Result<Vec<String>, (&'static str, String)> {
    let own = value_column(&question.kind);
    let wanted = (told == Told::Value).then_some(own);
    for (column, cell) in [(CHOICE, typed.choice), (NUMBER, typed.number), (TEXT, typed.text)] {
        if wanted != Some(column) && !cell.is_empty() {
            let message = if told == Told::Value {
                format!("この設問の値は {own} の列に入れます。この列は空欄にしてください。")
            } else {
                "値があります。状態を value にするか、値を消してください。".to_owned()
            };
            return Err((column, message));
        }
    }
    if told != Told::Value {
        return Ok(Vec::new());
    }
    let choice = question.kind.choices().iter().find(|choice| choice.name == typed.choice);
    if let Some(choice) =
        choice.filter(|choice| !typed.choice_label.is_empty() && !alike(&choice.label, typed.choice_label))
    {
        let message = format!("選択肢 {} は、この調査票では「{}」です。", choice.name, choice.label);
        return Err((CHOICE_LABEL, message));
    }
    let unit = question.unit.as_deref().unwrap_or_default();
    if own == NUMBER && !typed.unit.is_empty() && !alike(unit, typed.unit) {
        return Err((UNIT, format!("この調査票の単位は「{unit}」です。")));
    }
    let value = match own {
        CHOICE => typed.choice,
        NUMBER => typed.number,
        _ => typed.text,
    };
    Ok(vec![value.to_owned()])
}

/// The rank that the row gives its choice, where the file tells ranks.
pub(super) fn rank(question: &Question, told: Told, typed: &Typed<'_>) -> Result<Option<u32>, (&'static str, String)> {
    let ranked = told == Told::Value && matches!(question.kind, QuestionKind::Rank { .. });
    match typed.rank {
        None => Ok(None),
        Some("") if !ranked => Ok(None),
        Some(_) if !ranked => Err((RANK, "順位を聞く設問の値ではありません。この列は空欄にしてください。".to_owned())),
        Some(rank) => match rank.parse() {
            Ok(rank) if rank > 0 => Ok(Some(rank)),
            _ => Err((RANK, format!("「{rank}」は順位ではありません。1からの整数を入れてください。"))),
        },
    }
}

/// Whether both are the same words, also where one of them went through CP932 or lost the spaces around it.
fn alike(ours: &str, theirs: &str) -> bool {
    cp932::encoded(ours.trim()) == cp932::encoded(theirs.trim())
}
