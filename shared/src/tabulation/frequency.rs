//! 単純集計: one variable in one year.

use serde::Serialize;

use super::code::{ANSWERED, CHOSEN, OFF, State};
use super::cube::YearSlab;
use super::filter::Selection;
use super::kernel;
use super::variable::{Edition, Variable, VariableKind};
use crate::fiscal_year::FiscalYear;
use crate::share::Share;

/// A number of municipalities in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Count {
    /// Counted.
    Shown(u32),
    /// 秘匿
    Suppressed,
    /// The year did not offer this choice: there is nothing to count, which is not 0.
    NotOffered,
}

impl Count {
    /// The number, where it is shown.
    pub fn shown(self) -> Option<u32> {
        match self {
            Self::Shown(count) => Some(count),
            Self::Suppressed | Self::NotOffered => None,
        }
    }
}

/// What a share is taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Base {
    /// N: everybody on the register (of the group or selection). The headline.
    Register,
    /// n: those that responded and were asked. Known whatever is suppressed.
    Respondents,
    /// Those with a value, without any state.
    Answered,
}

/// The counts of one variable in one year. Every municipality is in exactly one of `answered` and `states`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frequency {
    /// Which year.
    pub year: FiscalYear,
    /// Shares may add up to more than 100 %, because several choices could be chosen.
    pub multiple: bool,
    /// N: on the register.
    pub register: u32,
    /// With a value.
    pub answered: Count,
    /// By code: for one choice they add up to `answered`.
    pub choices: Vec<Count>,
    /// By [`State::place`].
    pub states: [Count; 6],
}

impl Frequency {
    /// Counts the selected municipalities.
    pub fn count(slab: &YearSlab, variable: &Variable, selection: &Selection) -> Self {
        let edition = variable.edition(slab.year());
        let column = selection.of(slab.column(variable));
        let mut tally = [0; 256];
        let counted = states_and_off().chain(values(edition));
        for code in counted {
            tally[usize::from(code)] = kernel::count_equal(&column, code);
        }
        let total = u32::try_from(column.len()).unwrap_or(u32::MAX);
        let chosen = |code| kernel::count_equal(&selection.of(slab.choice_column(variable, code)), CHOSEN);
        Self::of_tally(slab.year(), variable, &tally, total - tally[usize::from(OFF)], chosen)
    }

    /// From a count of every byte of the variable's column, and of what was chosen.
    pub(super) fn of_tally(
        year: FiscalYear,
        variable: &Variable,
        tally: &[u32; 256],
        register: u32,
        chosen: impl Fn(u8) -> u32,
    ) -> Self {
        let edition = variable.edition(year);
        let multiple = edition.is_some_and(|edition| edition.kind == VariableKind::Multiple);
        let count = |code: u8| match edition.and_then(|e| e.offered.get(usize::from(code))) {
            Some(Some(_)) if multiple => Count::Shown(chosen(code)),
            Some(Some(_)) => Count::Shown(tally[usize::from(code)]),
            Some(None) | None => Count::NotOffered,
        };
        let codes = (0..=u8::MAX).take(variable.choices.len());
        let states = State::ALL.map(|state| tally[usize::from(state.code())]);
        Self {
            year,
            multiple,
            register,
            answered: Count::Shown(register - states.iter().sum::<u32>()),
            choices: codes.map(count).collect(),
            states: states.map(Count::Shown),
        }
    }

    /// How many are in that state.
    pub fn state(&self, state: State) -> Count {
        self.states[state.place()]
    }

    /// n: those that responded and were asked, whether or not they gave a value.
    pub fn respondents(&self) -> u32 {
        // These two are never suppressed: who responded is no answer.
        let without = [State::NotSubmitted, State::NotAsked].map(|state| self.state(state).shown().unwrap_or(0));
        self.register.saturating_sub(without.iter().sum())
    }

    /// The number that shares of this base are taken of, unless it would tell what is suppressed.
    pub fn base(&self, base: Base) -> Option<u32> {
        match base {
            Base::Register => Some(self.register),
            Base::Respondents => Some(self.respondents()),
            Base::Answered => self.answered.shown(),
        }
    }

    /// A count as a share of the base; `None` where it is suppressed or was not offered. A base of 0 shows 「－」.
    pub fn share(&self, count: Count, base: Base) -> Option<Share> {
        Some(Share::new(count.shown()?, self.base(base)?))
    }

    /// Whether the shares as shown, of everything that makes up the base, add up to exactly 100.0 %; `None` where they
    /// need not (several choices), cannot (base of 0) or are not all shown. Where it is `Some(false)`, the table says
    /// 「端数処理のため合計が100%にならない場合がある」.
    pub fn adds_up(&self, base: Base) -> Option<bool> {
        let states: &[State] = match base {
            Base::Register => &State::ALL,
            Base::Respondents => &State::ALL[..State::NotSubmitted.place()],
            Base::Answered => &[],
        };
        if self.multiple || self.base(base)? == 0 {
            return None;
        }
        let values = if self.choices.is_empty() { std::slice::from_ref(&self.answered) } else { &self.choices };
        let parts = values.iter().filter(|count| **count != Count::NotOffered).copied();
        let parts = parts.chain(states.iter().map(|state| self.state(*state)));
        let permille: Option<Vec<u32>> = parts.map(|count| self.share(count, base)?.permille()).collect();
        Some(permille?.iter().sum::<u32>() == 1000)
    }

    /// Whether anything is suppressed.
    pub fn has_suppressed(&self) -> bool {
        let counts = self.choices.iter().chain(&self.states).chain([&self.answered]);
        counts.into_iter().any(|count| *count == Count::Suppressed)
    }
}

fn states_and_off() -> impl Iterator<Item = u8> {
    State::ALL.into_iter().map(State::code).chain([OFF])
}

/// The values that the variable's column can hold.
fn values(edition: Option<&Edition>) -> impl Iterator<Item = u8> {
    let end = edition.map_or(0, |edition| match edition.kind {
        VariableKind::Single => edition.offered.len(),
        VariableKind::Multiple | VariableKind::Number | VariableKind::Text => usize::from(ANSWERED) + 1,
    });
    (0..=u8::MAX).take(end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::samples::{naive, small_cube, year};
    use super::*;

    #[test]
    fn a_choice_that_was_not_offered_is_not_zero_and_nothing_of_nothing_is_no_share() {
        let cube = small_cube(&[vec![Some("a"), None], vec![Some("c"), Some("a")]]);
        let variable = cube.variable("level").unwrap();
        let first = Frequency::count(&cube.years()[0], variable, &Selection::everybody());
        assert_eq!(first.choices[variable.code("c").map(usize::from).unwrap()], Count::Shown(0));
        let never = cube.variable("later").unwrap();
        let not_asked = Frequency::count(&cube.years()[0], never, &Selection::everybody());
        assert_eq!(not_asked.state(State::NotAsked), Count::Shown(2));
        assert_eq!((not_asked.register, not_asked.respondents()), (2, 0));
        assert!(not_asked.choices.iter().all(|count| *count == Count::NotOffered));
        assert_eq!(not_asked.share(not_asked.answered, Base::Answered).unwrap().to_string(), "－");
        assert_eq!(not_asked.adds_up(Base::Answered), None);
    }

    #[test]
    fn a_multiple_answer_says_that_shares_may_exceed_a_hundred() {
        let cube = small_cube(&[vec![Some("a"), Some("b"), None]]);
        let variable = cube.variable("triggers").unwrap();
        let table = Frequency::count(cube.year(year(2026)).unwrap(), variable, &Selection::everybody());
        assert!(table.multiple);
        // The sample chooses "p" everywhere and "q" beside "a".
        assert_eq!(table.choices, [Count::Shown(2), Count::Shown(1)]);
        assert_eq!((table.answered, table.state(State::Blank)), (Count::Shown(2), Count::Shown(1)));
        assert_eq!(table.adds_up(Base::Answered), None);
    }

    proptest! {
        #[test]
        fn every_municipality_is_counted_once_and_as_a_naive_count_does(cube in naive::cubes()) {
            for slab in cube.cube.years() {
                for variable in cube.cube.variables() {
                    let table = Frequency::count(slab, variable, &Selection::everybody());
                    let states: u32 = table.states.iter().map(|c| c.shown().unwrap()).sum();
                    prop_assert_eq!(table.answered.shown().unwrap() + states, table.register);
                    for state in State::ALL {
                        let expected = cube.count(slab.year(), &variable.concept, state.key());
                        prop_assert_eq!(table.state(state), Count::Shown(expected));
                    }
                    for (choice, count) in variable.choices.iter().zip(&table.choices) {
                        let expected = cube.count(slab.year(), &variable.concept, &choice.name);
                        prop_assert_eq!(count.shown().unwrap_or(0), expected, "{}", choice.name);
                    }
                    if !table.multiple && !table.choices.is_empty() {
                        let values: u32 = table.choices.iter().filter_map(|c| c.shown()).sum();
                        prop_assert_eq!(Count::Shown(values), table.answered);
                    }
                }
            }
        }

        #[test]
        fn exact_shares_of_a_base_add_up_to_one(cube in naive::cubes()) {
            for slab in cube.cube.years() {
                for variable in cube.cube.variables() {
                    let table = Frequency::count(slab, variable, &Selection::everybody());
                    if table.multiple || table.choices.is_empty() { continue; }
                    let parts = |states: &[State]| -> u32 {
                        let states = states.iter().map(|state| table.state(*state));
                        table.choices.iter().copied().chain(states).filter_map(Count::shown).sum()
                    };
                    prop_assert_eq!(Some(parts(&State::ALL)), table.base(Base::Register));
                    prop_assert_eq!(Some(parts(&State::ALL[..4])), table.base(Base::Respondents));
                    prop_assert_eq!(Some(parts(&[])), table.base(Base::Answered));
                }
            }
        }
    }
}
