//! 年度間の変化: who started and who stopped between two years.

use serde::Serialize;

use super::code::{CHOSEN, CodeSet, MOST_CHOICES, OFF};
use super::cube::{Cube, YearSlab};
use super::frequency::Count;
use super::kernel;
use super::variable::{Comparability, Variable, VariableKind};
use crate::municipality::MunicipalityCode;

/// What a municipality's cell says about being engaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Engagement {
    /// A value of the set.
    Positive,
    /// Another value.
    Negative,
    /// No value: any state.
    Undetermined,
}

impl Engagement {
    /// In the order of [`Transition::counts`].
    pub const ALL: [Self; 3] = [Self::Positive, Self::Negative, Self::Undetermined];
}

/// A variable in two years, among the municipalities on the register of both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Transition {
    /// Municipalities by [`Engagement`] in the earlier year, then in the later one.
    pub counts: [[Count; 3]; 3],
    /// On both registers: the sum of `counts`.
    pub register: u32,
    /// On only one of the two registers (merged or founded between them): not counted.
    pub elsewhere: u32,
    /// Which had another value before and have one of the set now, by code. Named.
    pub started: Vec<MunicipalityCode>,
    /// Which had a value of the set before and have another now.
    pub stopped: Vec<MunicipalityCode>,
}

impl Transition {
    /// Counts the change of a single choice, or of one choice of a multiple answer where `positive` names only it.
    ///
    /// `Err` where the two years may not be compared.
    pub fn count(
        cube: &Cube,
        variable: &Variable,
        earlier: &YearSlab,
        later: &YearSlab,
        positive: &CodeSet,
    ) -> Result<Self, Comparability> {
        match variable.comparability(earlier.year(), later.year()) {
            Comparability::Comparable => {}
            reason => return Err(reason),
        }
        let (before, after) = (Sides::of(earlier, variable, positive), Sides::of(later, variable, positive));
        let counts = before.flags().map(|one| after.flags().map(|other| kernel::count_both(one, other)));
        let named = |one: &[u8], other: &[u8]| {
            let both = one.iter().zip(other).zip(cube.codes()).filter(|((a, b), _)| **a == 1 && **b == 1);
            both.map(|(_, code)| *code).collect()
        };
        let on_one =
            earlier.register().iter().zip(later.register()).filter(|(a, b)| a.is_some() != b.is_some()).count();
        Ok(Self {
            register: counts.iter().flatten().sum(),
            counts: counts.map(|row| row.map(Count::Shown)),
            elsewhere: u32::try_from(on_one).unwrap_or(u32::MAX),
            started: named(&before.negative, &after.positive),
            stopped: named(&before.positive, &after.negative),
        })
    }

    /// How many started.
    pub fn starts(&self) -> Count {
        self.counts[1][0]
    }

    /// How many stopped.
    pub fn stops(&self) -> Count {
        self.counts[0][1]
    }
}

/// How many started and stopped, without anything else: the discordant pairs of the paired test.
pub fn discordant(variable: &Variable, earlier: &YearSlab, later: &YearSlab, positive: &CodeSet) -> (u32, u32) {
    let (before, after) = (Sides::of(earlier, variable, positive), Sides::of(later, variable, positive));
    let starts = kernel::count_both(&before.negative, &after.positive);
    (starts, kernel::count_both(&before.positive, &after.negative))
}

/// Three flags a municipality, of which exactly one is 1 where it is on the register.
struct Sides {
    positive: Vec<u8>,
    negative: Vec<u8>,
    undetermined: Vec<u8>,
}

impl Sides {
    fn of(slab: &YearSlab, variable: &Variable, set: &CodeSet) -> Self {
        let multiple = variable.edition(slab.year()).is_some_and(|edition| edition.kind == VariableKind::Multiple);
        // A choice of a multiple answer has a column of its own: not chosen is 0, chosen 1, and states above.
        let (column, codes, end): (&[u8], &[u8], u8) = match set.codes() {
            [code] if multiple => (slab.choice_column(variable, *code), &[CHOSEN], CHOSEN + 1),
            codes => (slab.column(variable), codes, u8::try_from(MOST_CHOICES).unwrap_or(u8::MAX)),
        };
        let mut positive = vec![0; column.len()];
        let mut negative = vec![0; column.len()];
        let mut undetermined = vec![0; column.len()];
        kernel::flags(column, codes, &mut positive);
        kernel::flags_below(column, end, &mut negative);
        kernel::flags_below(column, OFF, &mut undetermined);
        for ((undetermined, negative), positive) in undetermined.iter_mut().zip(&mut negative).zip(&positive) {
            *undetermined ^= *negative;
            *negative ^= positive;
        }
        Self { positive, negative, undetermined }
    }

    fn flags(&self) -> [&[u8]; 3] {
        [&self.positive, &self.negative, &self.undetermined]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::samples::{self, naive, year};
    use super::*;

    #[test]
    fn who_started_and_who_stopped_is_known_by_code() {
        let question = samples::question("q", &["yes", "no"]);
        let answers = [
            samples::with_answers(2026, &question, &[Some("no"), Some("yes"), Some("yes"), None, Some("no")]),
            samples::with_answers(2027, &question, &[Some("yes"), Some("no"), Some("yes"), Some("yes")]),
        ];
        let cube = Cube::from_snapshots(&answers.each_ref()).unwrap();
        let variable = cube.variable("q").unwrap();
        let yes = CodeSet::new(variable.code("yes"));
        let (before, after) = (cube.year(year(2026)).unwrap(), cube.year(year(2027)).unwrap());
        let table = Transition::count(&cube, variable, before, after, &yes).unwrap();
        assert_eq!(
            (table.started.as_slice(), table.stopped.as_slice()),
            ([samples::code(0)].as_slice(), [samples::code(1)].as_slice())
        );
        assert_eq!(table.counts[2][0], Count::Shown(1), "the blank one is no start");
        assert_eq!((table.register, table.elsewhere), (4, 1));
        assert_eq!(discordant(variable, before, after, &yes), (1, 1));
    }

    #[test]
    fn years_that_cannot_be_compared_have_no_transitions() {
        let answers = [
            samples::with_answers(2026, &samples::question("q", &["yes", "no"]), &[Some("no")]),
            samples::with_answers(2027, &samples::question("q", &["yes", "never"]), &[Some("yes")]),
        ];
        let cube = Cube::from_snapshots(&answers.each_ref()).unwrap();
        let variable = cube.variable("q").unwrap();
        let (before, after) = (&cube.years()[0], &cube.years()[1]);
        let refused = Transition::count(&cube, variable, before, after, &CodeSet::new([0]));
        assert_eq!(refused, Err(Comparability::ChoicesDiffer));
    }

    proptest! {
        #[test]
        fn everybody_on_both_registers_is_in_one_cell(cube in naive::cubes(), code in 0_u8..3) {
            let [before, after] = cube.cube.years() else { panic!("two years") };
            for variable in ["level", "triggers"].map(|concept| cube.cube.variable(concept).unwrap()) {
                // A year in which nobody answered does not tell whether several choices could be chosen.
                let Ok(table) = Transition::count(&cube.cube, variable, before, after, &CodeSet::new([code])) else {
                    continue;
                };
                let there = |slab: &YearSlab, place: usize| slab.register()[place].is_some();
                let both = (0..cube.cube.codes().len()).filter(|place| there(before, *place) && there(after, *place));
                prop_assert_eq!(table.register as usize, both.count());
                prop_assert_eq!(table.starts(), Count::Shown(u32::try_from(table.started.len()).unwrap()));
                prop_assert_eq!(table.stops(), Count::Shown(u32::try_from(table.stopped.len()).unwrap()));
            }
        }
    }
}
