//! The official indicator by groups of municipalities.

use shared::indicator::Outcome;

use super::fields::{HATCHING, outcome_row, outcome_table};
use super::{Published, source};
use crate::chart::Chart;
use crate::chart::bars::Bar;
use crate::exhibit::Exhibit;
use crate::exhibit::table::Value;

/// A group's counts under the official definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupFigure {
    /// The group.
    pub label: String,
    /// Its counts; `None` prints 秘匿.
    pub outcome: Option<Outcome>,
}

/// The groups as bars; `first` says what they are groups by.
pub fn groups(published: &Published, id: &str, first: &str, groups: &[GroupFigure]) -> Exhibit {
    let year = published.year;
    let suppressed = groups.iter().any(|group| group.outcome.is_none());
    let open = groups.iter().any(|group| group.outcome.is_some_and(|outcome| outcome.undetermined() > 0));
    let bars = groups.iter().map(|group| Bar {
        label: group.label.clone(),
        field: None,
        outcome: group.outcome,
        remark: String::new(),
    });
    let rows = groups.iter().map(|group| outcome_row(Value::Text(group.label.clone()), group.outcome, None));
    let notes = [
        open.then(|| HATCHING.to_owned()),
        suppressed.then(|| "「秘匿」は、市町村ごとの回答が分かってしまうため表示していない値です。".to_owned()),
    ];
    Exhibit {
        id: id.to_owned(),
        finding: vec![format!("{first}ごとの割合")],
        subtitle: format!("DXに取り組んでいる市町村の割合。{}、分母は{first}ごとの市町村数。", year.wareki()),
        chart: Some(Chart::Bars(bars.collect())),
        table: outcome_table(format!("{first}ごとの結果（{year}、団体数）"), first, rows.collect()),
        notes: notes.into_iter().flatten().collect(),
        source: source(published),
        address: None,
        demonstration: published.demonstration,
    }
}
