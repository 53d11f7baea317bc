//! Counts as bars and as the table below them.

use shared::tabulation::frequency::Base;
use shared::tabulation::{Count, Frequency, State, Variable};

use crate::chart::Chart;
use crate::chart::stacked::{Look, Part, StackedBars, StackedRow};
use crate::exhibit::table::{Column, DataTable, Value};

/// A row of a bar chart and of its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its heading.
    pub label: String,
    /// Where the heading leads; `None` for nowhere.
    pub href: Option<String>,
    /// Its counts.
    pub table: Frequency,
    /// Stands out in the picture.
    pub emphasis: bool,
}

/// What the columns and the segments are: choices and states that any line has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts<'a> {
    variable: &'a Variable,
    choices: Vec<usize>,
    states: Vec<State>,
    multiple: bool,
}

impl<'a> Parts<'a> {
    /// Of these lines.
    pub fn of(variable: &'a Variable, lines: &[Line]) -> Self {
        let any = |test: &dyn Fn(&Frequency) -> bool| lines.iter().any(|line| test(&line.table));
        let offered =
            |code: &usize| any(&|table| table.choices.get(*code).is_some_and(|count| *count != Count::NotOffered));
        Self {
            variable,
            choices: (0..variable.choices.len()).filter(offered).collect(),
            states: State::ALL
                .into_iter()
                .filter(|state| any(&|table| table.state(*state) != Count::Shown(0)))
                .collect(),
            multiple: any(&|table| table.multiple),
        }
    }

    fn counts(&self, table: &Frequency) -> Vec<Count> {
        let values = if self.choices.is_empty() {
            vec![table.answered]
        } else {
            self.choices.iter().map(|code| table.choices.get(*code).copied().unwrap_or(Count::NotOffered)).collect()
        };
        values.into_iter().chain(self.states.iter().map(|state| table.state(*state))).collect()
    }

    /// The bars.
    pub fn bars(&self, lines: &[Line]) -> StackedBars {
        let level = self.variable.is_level();
        let of = u8::try_from(self.choices.len()).unwrap_or(u8::MAX);
        let choice = |(place, code): (u8, &usize)| Part {
            label: self.variable.choices.get(*code).map(|choice| choice.short.clone()).unwrap_or_default(),
            look: if level { Look::Stage { place, of } } else { Look::Distinct(place) },
        };
        let mut parts: Vec<Part> = (0..).zip(&self.choices).map(choice).collect();
        if parts.is_empty() {
            parts.push(Part { label: "回答あり".to_owned(), look: Look::Distinct(0) });
        }
        parts.extend(
            self.states.iter().map(|state| Part { label: state.label().to_owned(), look: missing_look(*state) }),
        );
        let row = |line: &Line| StackedRow {
            label: line.label.clone(),
            register: line.table.register,
            counts: self.counts(&line.table),
            emphasis: line.emphasis,
        };
        StackedBars { parts, rows: lines.iter().map(row).collect(), multiple: self.multiple }
    }

    /// The bars as a chart; `None` where nobody is counted.
    pub fn chart(&self, lines: &[Line]) -> Option<Chart> {
        lines.iter().any(|line| line.table.register > 0).then(|| Chart::Stacked(self.bars(lines)))
    }

    /// The table: for every choice its count and its share of the register, for every state its count.
    pub fn table(&self, caption: String, first: &str, lines: &[Line]) -> DataTable {
        let mut columns = vec![Column::words(first, "group"), Column::count("市町村数", "register")];
        let mut with_share = |label: &str, name: &str| {
            columns.push(Column::count(label, name));
            columns.push(Column::share(format!("{label}（割合）"), format!("{name}_percent")));
        };
        for code in &self.choices {
            if let Some(choice) = self.variable.choices.get(*code) {
                with_share(&choice.short, &format!("choice_{}", choice.name));
            }
        }
        if self.choices.is_empty() {
            with_share("回答あり", "answered");
        }
        columns.extend(self.states.iter().map(|state| Column::count(state.label(), state.key())));
        let values = self.choices.len().max(1);
        let row = |line: &Line| {
            let heading = match &line.href {
                Some(href) => Value::Link(line.label.clone(), href.clone()),
                None => Value::Text(line.label.clone()),
            };
            let mut row = vec![heading, Value::Whole(i64::from(line.table.register))];
            for (place, count) in self.counts(&line.table).into_iter().enumerate() {
                row.push(Value::Count(count));
                if place < values {
                    row.push(share(&line.table, count));
                }
            }
            row
        };
        DataTable { caption, columns, rows: lines.iter().map(row).collect() }
    }

    /// How to read the bars and the table, as far as it applies.
    pub fn notes(&self, lines: &[Line]) -> Vec<String> {
        let any = |test: &dyn Fn(&Frequency) -> bool| lines.iter().any(|line| test(&line.table));
        let mut notes = vec!["割合は、回答のない市町村も含めた市町村数に対するものです。".to_owned()];
        if self.multiple {
            notes.push("複数回答のため、割合の合計は100％を超えることがあります。".to_owned());
        }
        if any(&|table| table.adds_up(Base::Register) == Some(false)) {
            notes.push("端数処理のため合計が100%にならない場合があります。".to_owned());
        }
        if any(&Frequency::has_suppressed) {
            notes.push("「秘匿」は、市町村の回答が分かるおそれがあるため示さない数です。0とは限りません。".to_owned());
        }
        if any(&|table| self.choices.iter().any(|code| table.choices.get(*code) == Some(&Count::NotOffered))) {
            notes.push("「選択肢なし」は、その年度の設問にこの選択肢がなかったことを示します。".to_owned());
        }
        notes
    }
}

fn share(table: &Frequency, count: Count) -> Value {
    match count {
        Count::Suppressed => Value::Suppressed,
        Count::NotOffered => Value::Nothing,
        Count::Shown(_) => table.share(count, Base::Register).map_or(Value::Nothing, Value::Share),
    }
}

fn missing_look(state: State) -> Look {
    Look::Missing(match state {
        State::NotSubmitted => 0,
        State::Blank => 1,
        State::Unknown => 2,
        State::NotApplicable => 3,
        State::Skipped => 4,
        State::NotAsked => 5,
    })
}
