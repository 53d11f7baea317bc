//! Tables as JSON.

use shared::tabulation::frequency::Base;
use shared::tabulation::{Count, Exact, Frequency, NumberSummary, State, Variable, VariableKind};
use shared::wire::{ChoiceOfResult, CountOfResult, NumbersOfResult, ResultLine, ShareValue};

/// The choices of all years, in the order of the counts.
pub fn choices(variable: &Variable) -> Vec<ChoiceOfResult> {
    let choice = |choice: &shared::tabulation::variable::VariableChoice| ChoiceOfResult {
        name: choice.name.clone(),
        label: choice.label.clone(),
    };
    variable.choices.iter().map(choice).collect()
}

/// A frequency as a line.
pub fn line(variable: &Variable, label: String, table: &Frequency, numbers: Option<&NumberSummary>) -> ResultLine {
    let count = |name: &str, count: Count| CountOfResult {
        name: name.to_owned(),
        count: count.shown(),
        share: table.share(count, Base::Register).map(ShareValue::from),
        missing: match count {
            Count::Shown(_) => None,
            Count::Suppressed => Some("suppressed".to_owned()),
            Count::NotOffered => Some("not_offered".to_owned()),
        },
    };
    ResultLine {
        label,
        year: table.year.year(),
        not_comparable: None,
        register: table.register,
        respondents: table.respondents(),
        answered: count("answered", table.answered),
        choices: variable.choices.iter().zip(&table.choices).map(|(choice, one)| count(&choice.name, *one)).collect(),
        states: State::ALL.into_iter().map(|state| count(state.key(), table.state(state))).collect(),
        numbers: numbers.map(figures),
    }
}

fn figures(summary: &NumberSummary) -> NumbersOfResult {
    let text = |number: Option<Exact>| number.map(|number| number.to_string());
    let quartile = |place: usize| text(summary.quartiles.map(|quartiles| quartiles[place]));
    NumbersOfResult {
        sum: text(summary.sum),
        minimum: text(summary.min),
        lower_quartile: quartile(0),
        median: quartile(1),
        upper_quartile: quartile(2),
        maximum: text(summary.max),
        suppressed: summary.suppressed,
    }
}

/// The code of a kind of answer.
pub fn kind(kind: VariableKind) -> &'static str {
    match kind {
        VariableKind::Single => "single",
        VariableKind::Multiple => "multiple",
        VariableKind::Number => "number",
        VariableKind::Text => "text",
    }
}
