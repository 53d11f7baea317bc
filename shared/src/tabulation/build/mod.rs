//! The cube from the snapshots of the years.
//!
//! - [`concepts`]: questions joined across the years
//! - [`cells`]: one year's answers as bytes

mod cells;
mod concepts;

use std::collections::BTreeSet;

use super::code::MOST_CHOICES;
use super::cube::{Cube, YearSlab};
use crate::fiscal_year::FiscalYear;
use crate::municipality::MunicipalityCode;
use crate::publication::Snapshot;
use concepts::Concepts;

/// A snapshot contradicts itself or another one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// Two snapshots of one year.
    #[error("{0}の結果が2つ以上あります。1つの年度につき1つの版を指定してください。")]
    SameYear(FiscalYear),
    /// A municipality stands twice in a snapshot.
    #[error("{year}の結果に、市町村コード{code}が2回以上あります。")]
    SameMunicipality {
        /// Which year.
        year: FiscalYear,
        /// Whose code.
        code: MunicipalityCode,
    },
    /// Two questions of one year have one concept.
    #[error("{year}の結果に、概念ID「{concept}」の設問が2つ以上あります。")]
    SameConcept {
        /// Which year.
        year: FiscalYear,
        /// Which concept.
        concept: String,
    },
    /// A municipality has not exactly one cell for each question.
    #[error("{year}の結果で、市町村コード{code}の回答欄の数が設問の数と違います。")]
    Cells {
        /// Which year.
        year: FiscalYear,
        /// Whose code.
        code: MunicipalityCode,
    },
    /// A cell names a choice that its question does not have.
    #[error("{year}の結果の設問「{question}」に、選択肢にない値「{choice}」があります。")]
    Choice {
        /// Which year.
        year: FiscalYear,
        /// The question's name.
        question: String,
        /// The value.
        choice: String,
    },
    /// A concept has more choices than a byte holds.
    #[error("概念ID「{concept}」の選択肢が多すぎます（全年度で{MOST_CHOICES}個まで）。")]
    TooManyChoices {
        /// Which concept.
        concept: String,
    },
}

impl Cube {
    /// Codes every cell of the snapshots, one of each year, in any order.
    pub fn from_snapshots(snapshots: &[&Snapshot]) -> Result<Self, BuildError> {
        let mut snapshots = snapshots.to_vec();
        snapshots.sort_by_key(|snapshot| snapshot.year);
        if let Some(pair) = snapshots.windows(2).find(|pair| pair[0].year == pair[1].year) {
            return Err(BuildError::SameYear(pair[0].year));
        }
        let registers = snapshots.iter().flat_map(|snapshot| &snapshot.municipalities);
        let codes: BTreeSet<MunicipalityCode> = registers.map(|m| m.municipality.code).collect();
        let codes: Vec<MunicipalityCode> = codes.into_iter().collect();
        let mut concepts = Concepts::default();
        for snapshot in &snapshots {
            concepts.join(snapshot)?;
        }
        concepts.lay_out();
        let slabs: Result<Vec<YearSlab>, BuildError> =
            snapshots.iter().map(|snapshot| cells::slab(snapshot, &codes, &concepts)).collect();
        let slabs = slabs?;
        Ok(Self::new(codes, concepts.in_order(snapshots.last().copied()), slabs))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::number::NumberSummary;
    use super::super::samples::{self, year};
    use super::super::{Comparability, Filter, Frequency, Selection};
    use super::*;

    #[test]
    fn a_renamed_question_is_the_same_variable_and_a_split_is_not() {
        let first =
            samples::snapshot(2026, &[samples::question("old", &["a", "b"]), samples::question("whole", &["a"])]);
        let second = samples::snapshot(
            2027,
            &[
                samples::derived("new", &["a", "b"], &["old"]),
                samples::derived("part_1", &["a"], &["whole"]),
                samples::derived("part_2", &["a"], &["whole"]),
            ],
        );
        let cube = Cube::from_snapshots(&[&second, &first]).unwrap();
        let concepts: Vec<&str> = cube.variables().iter().map(|variable| variable.concept.as_str()).collect();
        assert_eq!(concepts, ["new", "part_1", "part_2", "whole"]);
        let renamed = cube.variable("old").unwrap();
        assert_eq!(renamed.comparability(year(2027), year(2026)), Comparability::Comparable);
        let part = cube.variable("part_2").unwrap();
        assert_eq!(part.comparability(year(2026), year(2027)), Comparability::NotAsked);
        assert_eq!(part.edition(year(2027)).unwrap().continues, ["whole"]);
    }

    #[test]
    fn choices_are_matched_by_name_and_a_changed_list_is_not_comparable() {
        let first = samples::snapshot(2026, &[samples::question("q", &["a", "b"])]);
        let second = samples::snapshot(2027, &[samples::question("q", &["b", "c", "a"])]);
        let cube = Cube::from_snapshots(&[&first, &second]).unwrap();
        let variable = cube.variable("q").unwrap();
        assert_eq!([variable.code("a"), variable.code("b"), variable.code("c")], [Some(0), Some(1), Some(2)]);
        assert_eq!(variable.comparability(year(2026), year(2027)), Comparability::ChoicesDiffer);
    }

    #[test]
    fn an_author_can_forbid_the_comparison_with_everything_before() {
        let plain = || samples::question("q", &["a"]);
        let mut changed = plain();
        changed.lineage.not_comparable = true;
        let years = [
            samples::snapshot(2026, &[plain()]),
            samples::snapshot(2027, &[changed]),
            samples::snapshot(2028, &[plain()]),
        ];
        let cube = Cube::from_snapshots(&years.each_ref()).unwrap();
        let variable = cube.variable("q").unwrap();
        assert_eq!(variable.comparability(year(2026), year(2028)), Comparability::Forbidden);
        assert_eq!(variable.comparability(year(2027), year(2028)), Comparability::Comparable);
    }

    #[test]
    fn contradictions_are_named() {
        let one = samples::snapshot(2026, &[samples::question("q", &["a"])]);
        assert_eq!(Cube::from_snapshots(&[&one, &one]).unwrap_err(), BuildError::SameYear(year(2026)));
        let twice = samples::snapshot(2026, &[samples::question("q", &["a"]), samples::question("q", &["b"])]);
        assert!(matches!(Cube::from_snapshots(&[&twice]), Err(BuildError::SameConcept { .. })));
        let mut foreign = samples::with_answers(2026, &samples::question("q", &["a"]), &[Some("a")]);
        foreign.questions[0].choices.clear();
        foreign.questions[0].choices.push(samples::choice("b"));
        let error = Cube::from_snapshots(&[&foreign]).unwrap_err();
        assert_eq!(error.to_string(), "令和8年度（2026年度）の結果の設問「q」に、選択肢にない値「a」があります。");
        foreign.municipalities[0].cells.clear();
        assert!(matches!(Cube::from_snapshots(&[&foreign]), Err(BuildError::Cells { .. })));
        let names: Vec<String> = (0..=MOST_CHOICES).map(|n| n.to_string()).collect();
        let many = samples::question("q", &names.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(matches!(
            Cube::from_snapshots(&[&samples::snapshot(2026, &[many])]),
            Err(BuildError::TooManyChoices { .. })
        ));
    }

    proptest! {
        #[test]
        fn joining_years_changes_no_count_of_any_of_them(counted in samples::naive::cubes()) {
            for snapshot in &counted.snapshots {
                let alone = Cube::from_snapshots(&[snapshot]).unwrap();
                let slab = |cube: &Cube| cube.year(snapshot.year).unwrap().clone();
                let (one, both) = (slab(&alone), slab(&counted.cube));
                for variable in alone.variables() {
                    let joined = counted.cube.variable(&variable.concept).unwrap();
                    let here = Frequency::count(&one, variable, &Selection::everybody());
                    let there = Frequency::count(&both, joined, &Selection::everybody());
                    prop_assert_eq!(here.register, there.register);
                    prop_assert_eq!(here.states, there.states);
                    for (code, choice) in variable.choices.iter().enumerate() {
                        let place = usize::from(joined.code(&choice.name).unwrap());
                        prop_assert_eq!(here.choices[code], there.choices[place]);
                    }
                }
            }
        }
    }

    #[test]
    fn who_left_the_register_is_counted_nowhere_in_the_years_without_it() {
        let question = samples::question("q", &["a", "b"]);
        let first = samples::with_answers(2026, &question, &[Some("a"), Some("b"), None]);
        let second = samples::with_answers(2027, &question, &[Some("a"), Some("b")]);
        let cube = Cube::from_snapshots(&[&first, &second]).unwrap();
        assert_eq!(cube.codes().len(), 3);
        let table = Frequency::count(&cube.years()[1], &cube.variables()[0], &Selection::everybody());
        assert_eq!(table.register, 2);
        let everybody = Filter { codes: Some(cube.codes().iter().copied().collect()), ..Filter::default() };
        let selected = Frequency::count(&cube.years()[1], &cube.variables()[0], &everybody.select(&cube.years()[1]));
        assert_eq!(selected, table);
    }

    #[test]
    fn merging_years_keeps_counts() {
        let question = samples::question("q", &["a", "b"]);
        let years = [
            samples::with_answers(2026, &question, &[Some("a"), Some("b"), None, Some("a")]),
            samples::with_answers(2027, &samples::question("q", &["c", "b", "a"]), &[Some("c"), Some("a"), Some("a")]),
        ];
        let merged = Cube::from_snapshots(&years.each_ref()).unwrap();
        for snapshot in &years {
            let alone = Cube::from_snapshots(&[snapshot]).unwrap();
            let count = |cube: &Cube, name: &str| {
                let variable = cube.variable("q").unwrap();
                let table = Frequency::count(cube.year(snapshot.year).unwrap(), variable, &Selection::everybody());
                (variable.code(name).map(|code| table.choices[usize::from(code)]), table.answered, table.states)
            };
            for choice in &snapshot.questions[0].choices {
                assert_eq!(count(&merged, &choice.name), count(&alone, &choice.name));
            }
        }
    }

    proptest! {
        #[test]
        fn merging_any_years_keeps_every_count_state_and_number_of_each(counted in samples::naive::cubes()) {
            for snapshot in &counted.snapshots {
                let alone = Cube::from_snapshots(&[snapshot]).unwrap();
                let everybody = Selection::everybody();
                for (concept, names) in [("level", ["a", "b", "c"]), ("triggers", ["p", "q", "r"])] {
                    let of = |cube: &Cube| {
                        let variable = cube.variable(concept).unwrap();
                        let table = Frequency::count(cube.year(snapshot.year).unwrap(), variable, &everybody);
                        let count = |name: &str| variable.code(name).map(|code| table.choices[usize::from(code)]);
                        (names.map(count), table.answered, table.states, table.register)
                    };
                    prop_assert_eq!(of(&counted.cube), of(&alone));
                }
                let numbers = |cube: &Cube| {
                    let slab = cube.year(snapshot.year).unwrap();
                    NumberSummary::count(slab, cube.variable("staff").unwrap(), &everybody)
                };
                // The later year does not ask it.
                if alone.variable("staff").is_some() {
                    prop_assert_eq!(numbers(&counted.cube), numbers(&alone));
                }
            }
        }
    }
}
