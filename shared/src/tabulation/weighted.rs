//! Weights by population: how many people live in the municipalities that gave each answer.

use serde::Serialize;

use super::code::{CHOSEN, OFF, State};
use super::cube::YearSlab;
use super::filter::Selection;
use super::kernel;
use super::variable::{Variable, VariableKind};
use crate::fiscal_year::FiscalYear;

/// A frequency in people instead of municipalities: exact sums of the populations on the register.
///
/// A sum of few populations names the municipalities behind it: show it only where named values may be seen, or as a
/// rounded share of the whole register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Weighted {
    /// Which year.
    pub year: FiscalYear,
    /// People in all municipalities selected.
    pub population: u64,
    /// By code; `None` where the choice was not offered.
    pub choices: Vec<Option<u64>>,
    /// By [`State::place`].
    pub states: [u64; 6],
    /// Municipalities whose population is not known: they weigh nothing.
    pub without_population: u32,
}

impl Weighted {
    /// Adds up the populations of the selected municipalities.
    pub fn count(slab: &YearSlab, variable: &Variable, selection: &Selection) -> Self {
        let column = selection.of(slab.column(variable));
        let edition = variable.edition(slab.year());
        let offered = |code: u8| edition.is_some_and(|e| e.offered.get(usize::from(code)).is_some_and(Option::is_some));
        let multiple = edition.is_some_and(|edition| edition.kind == VariableKind::Multiple);
        let weight = |code: u8| {
            if multiple {
                let chosen = selection.of(slab.choice_column(variable, code));
                kernel::weight_of(&chosen, slab.populations(), CHOSEN)
            } else {
                kernel::weight_of(&column, slab.populations(), code)
            }
        };
        let known = slab.populations().iter().map(|population| u64::from(*population)).sum::<u64>();
        let unknown = |(m, cell): (&Option<_>, &u8)| *cell != OFF && matches!(m, Some(m) if population_unknown(m));
        Self {
            year: slab.year(),
            population: known - kernel::weight_of(&column, slab.populations(), OFF),
            choices: (0..=u8::MAX)
                .take(variable.choices.len())
                .map(|code| offered(code).then(|| weight(code)))
                .collect(),
            states: State::ALL.map(|state| kernel::weight_of(&column, slab.populations(), state.code())),
            without_population: u32::try_from(
                slab.register().iter().zip(column.iter()).filter(|pair| unknown((pair.0, pair.1))).count(),
            )
            .unwrap_or(u32::MAX),
        }
    }

    /// Tenths of a per cent of `population`, rounded half up; `None` where there is nobody.
    pub fn permille(&self, people: u64) -> Option<u32> {
        permille(people, self.population)
    }
}

/// Tenths of a per cent, rounded half up; `None` of a whole of 0.
pub fn permille(part: u64, whole: u64) -> Option<u32> {
    let (part, whole) = (u128::from(part), u128::from(whole));
    u32::try_from((2000 * part + whole).checked_div(2 * whole)?).ok()
}

fn population_unknown(municipality: &crate::municipality::Municipality) -> bool {
    municipality.population.is_none()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::samples::naive;
    use super::*;

    #[test]
    fn a_weighted_share_is_rounded_half_up_from_exact_integers() {
        assert_eq!(permille(1, 400), Some(3));
        assert_eq!(permille(124_000_000, 124_000_000), Some(1000));
        assert_eq!(permille(0, 0), None);
    }

    proptest! {
        #[test]
        fn weights_are_the_populations_of_those_counted(cube in naive::cubes()) {
            for slab in cube.cube.years() {
                for variable in cube.cube.variables() {
                    let table = Weighted::count(slab, variable, &Selection::everybody());
                    for (choice, weight) in variable.choices.iter().zip(&table.choices) {
                        let expected = cube.population(slab.year(), &variable.concept, &choice.name);
                        prop_assert_eq!(weight.unwrap_or(0), expected);
                    }
                    let states: u64 = table.states.iter().sum();
                    let multiple = variable.edition(slab.year()).is_some_and(|e| e.kind == VariableKind::Multiple);
                    if !multiple && !variable.choices.is_empty() {
                        let values: u64 = table.choices.iter().flatten().sum();
                        prop_assert_eq!(values + states, table.population);
                    }
                }
            }
        }
    }
}
