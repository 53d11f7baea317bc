//! クロス集計: one variable in one year, by groups of municipalities.

use serde::Serialize;

use super::attribute::Grouping;
use super::code::{CHOSEN, OFF};
use super::cube::YearSlab;
use super::filter::Selection;
use super::frequency::{Count, Frequency};
use super::kernel;
use super::variable::{Variable, VariableKind};

/// A table of frequencies: one a group, and their total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Crosstab {
    /// The groups in order; they add up to `total`.
    pub groups: Vec<Group>,
    /// Everybody selected.
    pub total: Frequency,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Its heading.
    pub label: String,
    /// Its counts.
    pub frequency: Frequency,
}

impl Crosstab {
    /// Counts the selected municipalities by group.
    pub fn count(slab: &YearSlab, variable: &Variable, grouping: &Grouping, selection: &Selection) -> Self {
        let column = selection.of(slab.column(variable));
        let mut tallies = vec![[0; 256]; grouping.labels().len()];
        kernel::cross(&column, grouping.codes(), &mut tallies);
        let multiple = variable.edition(slab.year()).is_some_and(|edition| edition.kind == VariableKind::Multiple);
        let choices = if multiple { variable.choices.len() } else { 0 };
        // By choice, then by group.
        let chosen: Vec<Vec<u32>> = (0..=u8::MAX)
            .take(choices)
            .map(|code| {
                let mut counts = vec![[0; 256]; grouping.labels().len()];
                kernel::cross(&selection.of(slab.choice_column(variable, code)), grouping.codes(), &mut counts);
                counts.iter().map(|row| row[usize::from(CHOSEN)]).collect()
            })
            .collect();
        let group = |(place, label): (usize, &String)| {
            let tally = &tallies[place];
            let register = tally[..usize::from(OFF)].iter().sum();
            let chosen = |code: u8| chosen.get(usize::from(code)).and_then(|c| c.get(place)).copied().unwrap_or(0);
            let frequency = Frequency::of_tally(slab.year(), variable, tally, register, chosen);
            Group { label: label.clone(), frequency }
        };
        let groups: Vec<Group> = grouping.labels().iter().enumerate().map(group).collect();
        let total = total(&groups).unwrap_or_else(|| Frequency::count(slab, variable, selection));
        Self { groups, total }
    }

    /// The group of that heading.
    pub fn group(&self, label: &str) -> Option<&Frequency> {
        self.groups.iter().find(|group| group.label == label).map(|group| &group.frequency)
    }
}

/// Groups added up; `None` where there is none.
fn total(groups: &[Group]) -> Option<Frequency> {
    let (first, rest) = groups.split_first()?;
    let mut total = first.frequency.clone();
    let add = |sum: &mut Count, count: &Count| {
        if let (Count::Shown(sum), Count::Shown(count)) = (sum, count) {
            *sum += count;
        }
    };
    for Group { frequency, .. } in rest {
        total.register += frequency.register;
        add(&mut total.answered, &frequency.answered);
        total.choices.iter_mut().zip(&frequency.choices).for_each(|(sum, count)| add(sum, count));
        total.states.iter_mut().zip(&frequency.states).for_each(|(sum, count)| add(sum, count));
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::attribute::Attribute;
    use super::super::filter::Filter;
    use super::super::samples::naive;
    use super::*;

    proptest! {
        #[test]
        fn groups_add_up_to_the_total_whatever_they_are(cube in naive::cubes()) {
            let everybody = Selection::everybody();
            for slab in cube.cube.years() {
                for variable in cube.cube.variables() {
                    let alone = Frequency::count(slab, variable, &everybody);
                    let by_answers = cube.cube.variables().iter().map(|other| Grouping::by_answers(slab, other));
                    let groupings = Attribute::ALL.map(|attribute| Grouping::by(slab, attribute));
                    for grouping in groupings.into_iter().chain(by_answers) {
                        let table = Crosstab::count(slab, variable, &grouping, &everybody);
                        prop_assert_eq!(&table.total, &alone);
                    }
                }
            }
        }

        #[test]
        fn a_group_is_what_its_filter_counts(cube in naive::cubes()) {
            for slab in cube.cube.years() {
                for variable in cube.cube.variables() {
                    let table =
                        Crosstab::count(slab, variable, &Grouping::by(slab, Attribute::Region), &Selection::everybody());
                    for region in crate::municipality::Region::ALL {
                        let filter = Filter { region: Some(region), ..Filter::default() };
                        let filtered = Frequency::count(slab, variable, &filter.select(slab));
                        if let Some(group) = table.group(region.label()) {
                            prop_assert_eq!(group, &filtered);
                        } else {
                            prop_assert_eq!(filtered.register, 0);
                        }
                    }
                }
            }
        }
    }
}
