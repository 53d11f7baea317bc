//! Whoever puts all published tables together and tries every possible set of answers must not find what is suppressed.

use proptest::prelude::*;

use super::super::attribute::{Attribute, Grouping};
use super::super::cube::Cube;
use super::super::filter::Selection;
use super::super::frequency::{Count, Frequency};
use super::super::samples;
use super::super::{Crosstab, State};
use super::{SmallCells, outcomes, tables};
use crate::indicator::Outcome;
use crate::municipality::Region;
use crate::publication::{PublishedQuestion, Snapshot};
use crate::response::{AnswerValue, Cell};

/// Everything that is published about one question: the total, by region, by kind.
#[derive(Debug, Clone, PartialEq)]
struct Published {
    total: Frequency,
    by: Vec<Crosstab>,
}

impl Published {
    fn of(snapshot: &Snapshot) -> Self {
        let cube = Cube::from_snapshots(&[snapshot]).unwrap();
        let (slab, variable) = (&cube.years()[0], &cube.variables()[0]);
        let everybody = Selection::everybody();
        let by = |attribute| Crosstab::count(slab, variable, &Grouping::by(slab, attribute), &everybody);
        Self {
            total: Frequency::count(slab, variable, &everybody),
            by: vec![by(Attribute::Region), by(Attribute::Kind)],
        }
    }

    fn protected(&self, small: SmallCells) -> Self {
        Self {
            total: tables::frequency(&self.total, small.whole),
            by: self.by.iter().map(|table| tables::crosstab(table, small)).collect(),
        }
    }

    /// Every row of every table, with the number of its table.
    fn rows(&self) -> Vec<(usize, &Frequency)> {
        let groups = (1..)
            .zip(&self.by)
            .flat_map(|(number, table)| table.groups.iter().map(move |group| (number, &group.frequency)));
        [(0, &self.total)].into_iter().chain(groups).collect()
    }

    /// Every count, in one order.
    fn counts(&self) -> Vec<Count> {
        let rows = self.rows().into_iter();
        rows.flat_map(|(_, f)| f.choices.iter().chain(&f.states).chain([&f.answered]).copied()).collect()
    }

    /// For each count whether every choice in its table is suppressed.
    fn withheld(&self) -> Vec<bool> {
        let suppressed = |(_, f): &(usize, &Frequency)| f.choices.iter().all(|count| *count == Count::Suppressed);
        let table = |number: usize| self.rows().iter().filter(|(table, _)| *table == number).all(suppressed);
        self.rows().iter().flat_map(|(number, f)| vec![table(*number); f.choices.len() + 7]).collect()
    }

    /// Which of them tell something by themselves: a value that nobody has or everybody who answered.
    fn telling(&self) -> Vec<bool> {
        let one = |(_, f): (usize, &Frequency)| {
            let shown = |count: Count| count.shown().unwrap_or(0);
            let states = [State::Unknown, State::NotApplicable, State::Skipped].map(|state| shown(f.state(state)));
            let answered = shown(f.answered) + if f.multiple { 0 } else { states.iter().sum() };
            let choices = f.choices.iter().map(|count| answered > 0 && [0, answered].contains(&shown(*count)));
            choices.chain([false; 7]).collect::<Vec<bool>>()
        };
        self.rows().into_iter().flat_map(one).collect()
    }
}

/// Municipalities in two regions and three kinds, each with one of these cells.
fn snapshot(question: &PublishedQuestion, options: &[Cell], picks: &[usize]) -> Snapshot {
    let mut snapshot = samples::snapshot(2026, std::slice::from_ref(question));
    snapshot.municipalities = picks
        .iter()
        .enumerate()
        .map(|(number, pick)| {
            let region = [Region::Tosei, Region::Chunan][usize::from(number >= 3)];
            samples::published(samples::municipality(number, Some(region), None), vec![options[*pick].clone()])
        })
        .collect();
    snapshot
}

fn every_pick(options: usize, length: usize) -> Vec<Vec<usize>> {
    (0..length).fold(vec![Vec::new()], |picks, _| {
        let longer = |pick: &Vec<usize>| {
            let pick = pick.clone();
            (0..options).map(move |option| [pick.as_slice(), &[option]].concat())
        };
        picks.iter().flat_map(longer).collect()
    })
}

fn small_cells() -> impl Strategy<Value = SmallCells> {
    (0_u32..3, 0_u32..3).prop_map(|(whole, groups)| SmallCells { whole, groups })
}

/// For each suppressed count that tells something: either another possible set of answers has another count there, or
/// everything that could be hidden is hidden.
fn check(
    question: &PublishedQuestion,
    options: &[Cell],
    picks: &[usize],
    small: SmallCells,
) -> Result<(), TestCaseError> {
    let exact = Published::of(&snapshot(question, options, picks));
    let protected = exact.protected(small);
    let (shown, withheld) = (protected.counts(), protected.withheld());
    let telling = exact.telling();
    let all = every_pick(options.len(), picks.len());
    let all = all.iter().map(|picks| Published::of(&snapshot(question, options, picks)).counts());
    let possible: Vec<Vec<Count>> = all
        .filter(|counts| counts.iter().zip(&shown).all(|(count, shown)| *shown == Count::Suppressed || count == shown))
        .collect();
    prop_assert!(possible.contains(&exact.counts()));
    for (code, total) in protected.total.choices.iter().enumerate().filter(|(_, total)| **total == Count::Suppressed) {
        let everywhere = protected.rows().iter().all(|(_, row)| row.choices[code] == *total);
        prop_assert!(everywhere, "choice {} is suppressed in the total but not in every group", code);
    }
    for place in (0..telling.len()).filter(|place| telling[*place]) {
        prop_assert_eq!(shown[place], Count::Suppressed, "{} of {:?}", place, exact);
        let found = possible.iter().all(|counts| counts[place] == exact.counts()[place]);
        prop_assert!(!found || withheld[place], "{} of {:?} follows from {:?}", place, exact, shown);
    }
    Ok(())
}

fn value(name: &str) -> Cell {
    Cell::Value(AnswerValue::Choice(name.to_owned()))
}

fn values(names: &[&str]) -> Cell {
    Cell::Value(AnswerValue::Choices(names.iter().map(|name| (*name).to_owned()).collect()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn single_choices_cannot_be_found_from_all_tables_together(
        picks in prop::collection::vec(0_usize..3, 5),
        more in prop::collection::vec(0_usize..2, 8),
        small in small_cells(),
    ) {
        let question = samples::question("q", &["a", "b", "c"]);
        check(&question, &[value("a"), value("b"), value("c")], &picks, small)?;
        let question = samples::question("q", &["a", "b"]);
        check(&question, &[value("a"), value("b")], &more, small)?;
    }

    #[test]
    fn nor_with_blanks_and_states_beside_them(picks in prop::collection::vec(0_usize..4, 5), small in small_cells()) {
        let question = samples::question("q", &["a", "b"]);
        check(&question, &[value("a"), value("b"), Cell::Blank, Cell::Unknown], &picks, small)?;
    }

    #[test]
    fn nor_can_multiple_answers(picks in prop::collection::vec(0_usize..4, 5), small in small_cells()) {
        let question = samples::question("q", &["a", "b"]);
        let options = [values(&["a"]), values(&["b"]), values(&["a", "b"]), Cell::Blank];
        // Without any answer a snapshot does not tell that several could be chosen.
        prop_assume!(picks.iter().any(|pick| *pick < 3));
        check(&question, &options, &picks, small)?;
    }
}

#[test]
fn where_nothing_tells_nothing_is_suppressed() {
    let every_count = SmallCells { whole: 0, groups: 0 };
    let question = samples::question("q", &["a", "b"]);
    let cells = [value("a"), value("b")];
    // Regions: a b a | b a; kinds: a b | b a | a - one municipality alone tells its value, so look at the total only.
    let exact = Published::of(&snapshot(&question, &cells, &[0, 1, 0, 1, 0]));
    assert_eq!(tables::frequency(&exact.total, 2), exact.total);
    assert_eq!(tables::crosstab(&exact.by[0], every_count), exact.by[0]);
    assert!(tables::crosstab(&exact.by[1], every_count).groups.iter().any(|group| group.frequency.has_suppressed()));
}

#[test]
fn who_responded_is_never_suppressed() {
    let question = samples::question("q", &["a", "b"]);
    let cells = [value("a"), Cell::NotSubmitted];
    let exact = Published::of(&snapshot(&question, &cells, &[0, 0, 1, 1, 0]));
    let shown = exact.protected(SmallCells { whole: 3, groups: 3 });
    assert_eq!(shown.total.state(State::NotSubmitted), Count::Shown(2));
    assert_eq!((shown.total.register, shown.total.respondents()), (5, 3));
    assert!(shown.total.choices.iter().all(|count| *count == Count::Suppressed));
}

proptest! {
    #[test]
    fn suppressed_regions_cannot_be_found_by_subtraction(
        counts in prop::collection::vec((0_u32..6, 0_u32..6, 0_u32..3), 1..7)
    ) {
        let all: Vec<Outcome> = counts
            .iter()
            .filter(|(engaged, not, open)| engaged + not + open > 0)
            .map(|(engaged, not_engaged, open)| {
                let register = engaged + not_engaged + open;
                Outcome { engaged: *engaged, not_engaged: *not_engaged, register, respondents: register }
            })
            .collect();
        let shown = outcomes(&all);
        let hidden: Vec<&Outcome> = all.iter().zip(&shown).filter(|(_, shown)| shown.is_none()).map(|(o, _)| o).collect();
        let sum = |of: fn(&Outcome) -> u32| hidden.iter().map(|o| of(o)).sum::<u32>();
        let (engaged, not, register) = (sum(|o| o.engaged), sum(|o| o.not_engaged), sum(|o| o.register));
        // The total minus what is shown is what is hidden: it must tell nobody's value, or everything is hidden.
        let everything = hidden.len() == all.len();
        let nothing_told = engaged > 0 && not > 0 && engaged < register && not < register;
        prop_assert!(hidden.is_empty() || everything || (hidden.len() > 1 && nothing_told), "{:?}", shown);
        for outcome in shown.into_iter().flatten() {
            prop_assert!(outcome.engaged > 0 && outcome.not_engaged > 0);
        }
    }
}
