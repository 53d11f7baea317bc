//! 訂正: what an earlier revision of a publication suppressed stays suppressed.
//!
//! All revisions stay readable, and most of what they count is the same. A cell that only the earlier revision suppresses
//! could be read in the later one, and what it protects be found from the earlier tables. So the later revision takes over
//! what was suppressed of a question whose answers it corrects, and protects it like a cell that tells by itself.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::super::attribute::Attribute;
use super::super::code::State;
use super::super::cube::YearSlab;
use super::super::filter::Filter;
use super::super::frequency::{Count, Frequency};
use super::super::release::{Disclosure, Reader};
use super::super::variable::Variable;
use super::tables::Column;
use crate::visibility::Visibility;

/// Cells of a question's tables that an earlier revision suppressed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {
    /// Of everybody.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    whole: BTreeSet<WithheldCell>,
    /// By the groups of each attribute, by their headings.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    groups: BTreeMap<Attribute, BTreeMap<String, BTreeSet<WithheldCell>>>,
}

/// A cell in a row of such a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WithheldCell {
    /// A choice, by its stored value.
    Choice(String),
    /// Those with a value.
    Answered,
    /// A state.
    State(State),
}

impl Withheld {
    /// What the tables of a year suppress of a variable for those who may see counts of it and no names.
    pub fn of(slab: &YearSlab, variable: &Variable) -> Self {
        let of_counts =
            |cleared: &Visibility| Disclosure::of_variable(variable, slab, *cleared) == Disclosure::Aggregates;
        let Some(reader) = Visibility::ALL.into_iter().find(of_counts).map(Reader::new) else { return Self::default() };
        let everybody = Filter::default();
        let whole = reader.frequency(slab, variable, &everybody);
        let groups = Attribute::ALL.into_iter().filter_map(|attribute| {
            let table = reader.crosstab(slab, variable, attribute, &everybody).ok()?;
            let groups = table.groups.iter().map(|group| (group.label.clone(), cells(&group.frequency, variable)));
            let groups: BTreeMap<_, _> = groups.filter(|(_, cells)| !cells.is_empty()).collect();
            (!groups.is_empty()).then_some((attribute, groups))
        });
        Self { whole: whole.map(|table| cells(&table, variable)).unwrap_or_default(), groups: groups.collect() }
    }
}

fn cells(table: &Frequency, variable: &Variable) -> BTreeSet<WithheldCell> {
    let choices = variable.choices.iter().zip(&table.choices).filter(|(_, count)| **count == Count::Suppressed);
    let choices = choices.map(|(choice, _)| WithheldCell::Choice(choice.name.clone()));
    let answered = (table.answered == Count::Suppressed).then_some(WithheldCell::Answered);
    let states = State::ALL.into_iter().filter(|state| table.state(*state) == Count::Suppressed);
    choices.chain(answered).chain(states.map(WithheldCell::State)).collect()
}

/// The same as columns of one table.
#[derive(Debug, Clone, Default)]
pub struct Already {
    /// In its total.
    pub whole: Vec<Column>,
    groups: BTreeMap<String, Vec<Column>>,
}

impl Already {
    /// In a variable's table of a year, by groups of an attribute or of everybody.
    pub fn of(slab: &YearSlab, variable: &Variable, attribute: Option<Attribute>) -> Self {
        let withheld = variable.edition(slab.year()).and_then(|edition| edition.withheld.as_ref());
        let Some(withheld) = withheld else { return Self::default() };
        let column = |cell: &WithheldCell| match cell {
            WithheldCell::Choice(name) => variable.code(name).map(|code| Column::Choice(usize::from(code))),
            WithheldCell::Answered => Some(Column::Answered),
            WithheldCell::State(state) => Some(Column::State(*state)),
        };
        let columns = |cells: &BTreeSet<WithheldCell>| cells.iter().filter_map(column).collect::<Vec<_>>();
        let groups = attribute.and_then(|attribute| withheld.groups.get(&attribute)).into_iter().flatten();
        Self {
            whole: columns(&withheld.whole),
            groups: groups.map(|(label, cells)| (label.clone(), columns(cells))).collect(),
        }
    }

    /// In the group of that heading.
    pub fn group(&self, label: &str) -> &[Column] {
        self.groups.get(label).map_or(&[], Vec::as_slice)
    }
}
