//! Whoever puts all published tables together and tries every possible set of answers must not find what is suppressed.

use proptest::prelude::*;

use super::super::attribute::Attribute;
use super::super::cube::Cube;
use super::super::filter::Filter;
use super::super::frequency::{Count, Frequency};
use super::super::release::{Reader, Refusal};
use super::super::samples;
use super::super::{Crosstab, State};
use super::withheld::Already;
use super::{SmallCells, outcomes, tables};
use crate::indicator::Outcome;
use crate::municipality::Region;
use crate::publication::{PublishedQuestion, Snapshot};
use crate::response::{AnswerValue, Cell};
use crate::visibility::Visibility;

const PUBLIC: Reader = Reader { cleared: Visibility::Public };
/// Who may see named values sees every count.
const COUNCIL: Reader = Reader { cleared: Visibility::Council };

/// What makes the groups of a table.
#[derive(Debug, Clone, Copy)]
enum By {
    Property(Attribute),
    /// The answers to the second question.
    Answers,
    /// The second question by the answers to the first.
    Turned,
}

/// The tables whose groups overlap.
const PLACES: [By; 2] = [By::Property(Attribute::Region), By::Property(Attribute::Kind)];

/// Everything that a reader gets about the first question: the total and tables by groups; the total of the second
/// question, where there is one.
#[derive(Debug, Clone, PartialEq)]
struct Published {
    total: Frequency,
    by: Vec<Crosstab>,
    other: Option<Frequency>,
}

impl Published {
    fn read(snapshot: &Snapshot, by: &[By], reader: Reader) -> Result<Self, Refusal> {
        let cube = Cube::from_snapshots(&[snapshot]).unwrap();
        let (slab, variable, other) = (&cube.years()[0], cube.variable("q").unwrap(), cube.variable("r"));
        let everybody = Filter::default();
        let table = |by: &By| match by {
            By::Property(attribute) => reader.crosstab(slab, variable, *attribute, &everybody),
            By::Answers => reader.crosstab_by_answers(slab, variable, other.unwrap(), &everybody),
            By::Turned => reader.crosstab_by_answers(slab, other.unwrap(), variable, &everybody),
        };
        Ok(Self {
            total: reader.frequency(slab, variable, &everybody)?,
            by: by.iter().map(table).collect::<Result<_, _>>()?,
            other: other.map(|other| reader.frequency(slab, other, &everybody)).transpose()?,
        })
    }

    fn exact(snapshot: &Snapshot, by: &[By]) -> Self {
        Self::read(snapshot, by, COUNCIL).unwrap()
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

/// Municipalities in two regions, three kinds and two bands, each with one of these rows of cells.
fn snapshot(questions: &[PublishedQuestion], options: &[Vec<Cell>], picks: &[usize]) -> Snapshot {
    let mut snapshot = samples::snapshot(2026, questions);
    snapshot.municipalities = picks
        .iter()
        .enumerate()
        .map(|(number, pick)| {
            let region = [Region::Tosei, Region::Chunan][usize::from(number >= 3)];
            let population = [3_000, 150_000][number % 2];
            let place = samples::municipality(number, Some(region), Some(population));
            samples::published(place, options[*pick].clone())
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
    questions: &[PublishedQuestion],
    options: &[Vec<Cell>],
    picks: &[usize],
    by: &[By],
    small: SmallCells,
) -> Result<(), TestCaseError> {
    let given = Snapshot { small_cells: small, ..snapshot(questions, options, picks) };
    let exact = Published::exact(&given, by);
    let protected = match Published::read(&given, by, PUBLIC) {
        Ok(protected) => protected,
        // Nothing is published: the other question's counts would be suppressed.
        Err(refusal) => {
            prop_assert_eq!(refusal, Refusal::TooFine);
            return Ok(());
        }
    };
    let (shown, withheld) = (protected.counts(), protected.withheld());
    let telling = exact.telling();
    let all = every_pick(options.len(), picks.len());
    let all = all.iter().map(|picks| Published::exact(&snapshot(questions, options, picks), by));
    // Where a table is crossed with another question, that one's counts are all known.
    let all = all.filter(|published| published.other == protected.other).map(|published| published.counts());
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

fn single(cells: &[Cell]) -> Vec<Vec<Cell>> {
    cells.iter().map(|cell| vec![cell.clone()]).collect()
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
        check(&[question], &single(&[value("a"), value("b"), value("c")]), &picks, &PLACES, small)?;
        let question = samples::question("q", &["a", "b"]);
        check(&[question], &single(&[value("a"), value("b")]), &more, &PLACES, small)?;
    }

    #[test]
    fn nor_with_blanks_and_states_beside_them(picks in prop::collection::vec(0_usize..4, 5), small in small_cells()) {
        let question = samples::question("q", &["a", "b"]);
        let options = single(&[value("a"), value("b"), Cell::Blank, Cell::Unknown]);
        check(&[question], &options, &picks, &PLACES, small)?;
    }

    #[test]
    fn nor_can_multiple_answers(picks in prop::collection::vec(0_usize..4, 5), small in small_cells()) {
        let question = samples::question("q", &["a", "b"]);
        let options = single(&[values(&["a"]), values(&["b"]), values(&["a", "b"]), Cell::Blank]);
        // Without any answer a snapshot does not tell that several could be chosen.
        prop_assume!(picks.iter().any(|pick| *pick < 3));
        check(&[question], &options, &picks, &PLACES, small)?;
    }

    #[test]
    fn nor_can_they_from_bands_of_population(picks in prop::collection::vec(0_usize..4, 5), small in small_cells()) {
        let question = samples::question("q", &["a", "b", "c"]);
        let options = single(&[value("a"), value("b"), value("c"), Cell::Blank]);
        check(&[question], &options, &picks, &[By::Property(Attribute::Band)], small)?;
    }

    #[test]
    fn nor_from_the_answers_to_another_question(picks in prop::collection::vec(0_usize..4, 5), small in small_cells()) {
        let questions = [samples::question("q", &["a", "b"]), samples::question("r", &["a", "b"])];
        let pair = |(q, r)| vec![value(q), value(r)];
        let options = [("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")].map(pair);
        check(&questions, &options, &picks, &[By::Answers], small)?;
    }

    #[test]
    fn nor_from_both_tables_of_two_questions(picks in prop::collection::vec(0_usize..6, 4), small in small_cells()) {
        let questions = [samples::question("q", &["a", "b"]), samples::question("r", &["a", "b"])];
        let pair = |(q, r)| vec![value(q), value(r)];
        let mut options = [("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")].map(pair).to_vec();
        options.extend(["a", "b"].map(|q| vec![value(q), Cell::Blank]));
        check(&questions, &options, &picks, &[By::Answers, By::Turned], small)?;
    }
}

#[test]
fn what_one_table_of_two_questions_hides_the_other_hides_too() {
    // Those blank on r all answered a: a row of the one table, a cell that tells nothing of the other.
    let (q, r) = (samples::question("q", &["a", "b"]), samples::question("r", &["a", "b"]));
    let answers = [("a", Some("a"), 10), ("b", Some("a"), 8), ("a", Some("b"), 6), ("b", Some("b"), 7), ("a", None, 2)];
    let cells = |(q, r, count): (&str, Option<&str>, usize)| vec![vec![value(q), r.map_or(Cell::Blank, value)]; count];
    let options: Vec<Vec<Cell>> = answers.into_iter().flat_map(cells).collect();
    let picks: Vec<usize> = (0..options.len()).collect();
    let small_cells = SmallCells { whole: 0, groups: 0 };
    let given = Snapshot { small_cells, ..snapshot(&[q, r], &options, &picks) };
    let shown = Published::read(&given, &[By::Answers, By::Turned], PUBLIC).unwrap();
    let [by_r, by_q] = shown.by.as_slice() else { panic!("{shown:?}") };
    let choices = ["選択肢a", "選択肢b"];
    let blank = State::Blank.label();
    for (code, q) in choices.into_iter().enumerate() {
        assert_eq!(by_r.group(blank).unwrap().choices[code], Count::Suppressed);
        assert_eq!(by_q.group(q).unwrap().state(State::Blank), Count::Suppressed);
        for (other, r) in choices.into_iter().enumerate() {
            assert_eq!(by_r.group(r).unwrap().choices[code], by_q.group(q).unwrap().choices[other], "{q} {r}");
        }
    }
}

#[test]
fn where_nothing_tells_nothing_is_suppressed() {
    let every_count = SmallCells { whole: 0, groups: 0 };
    let questions = [samples::question("q", &["a", "b"])];
    let cells = single(&[value("a"), value("b")]);
    // Regions: a b a | b a; kinds: a b | b a | a - one municipality alone tells its value, so look at the total only.
    let exact = Published::exact(&snapshot(&questions, &cells, &[0, 1, 0, 1, 0]), &PLACES);
    assert_eq!(tables::frequency(&exact.total, 2, &[]), exact.total);
    assert_eq!(tables::crosstab(&exact.by[0], every_count, &[0; 2], &Already::default()), exact.by[0]);
    let kinds = tables::crosstab(&exact.by[1], every_count, &[0; 3], &Already::default());
    assert!(kinds.groups.iter().any(|group| group.frequency.has_suppressed()));
}

#[test]
fn who_responded_is_never_suppressed() {
    let questions = [samples::question("q", &["a", "b"])];
    let cells = single(&[value("a"), Cell::NotSubmitted]);
    let small_cells = SmallCells { whole: 3, groups: 3 };
    let given = Snapshot { small_cells, ..snapshot(&questions, &cells, &[0, 0, 1, 1, 0]) };
    let shown = Published::read(&given, &PLACES, PUBLIC).unwrap();
    assert_eq!(shown.total.state(State::NotSubmitted), Count::Shown(2));
    assert_eq!((shown.total.register, shown.total.respondents()), (5, 3));
    assert!(shown.total.choices.iter().all(|count| *count == Count::Suppressed));
}

proptest! {
    #[test]
    fn suppressed_regions_cannot_be_found_by_subtraction(
        counts in prop::collection::vec((0_u32..6, 0_u32..6, 0_u32..3), 1..7),
        threshold in 0_u32..4,
    ) {
        let all: Vec<Outcome> = counts
            .iter()
            .filter(|(engaged, not, open)| engaged + not + open > 0)
            .map(|(engaged, not_engaged, open)| {
                let register = engaged + not_engaged + open;
                Outcome { engaged: *engaged, not_engaged: *not_engaged, register, respondents: register }
            })
            .collect();
        let shown = outcomes(&all, &vec![0; all.len()], threshold, &vec![false; all.len()]);
        let hidden: Vec<&Outcome> = all.iter().zip(&shown).filter(|(_, shown)| shown.is_none()).map(|(o, _)| o).collect();
        let sum = |of: fn(&Outcome) -> u32| hidden.iter().map(|o| of(o)).sum::<u32>();
        let (engaged, not, register) = (sum(|o| o.engaged), sum(|o| o.not_engaged), sum(|o| o.register));
        // The total minus what is shown is what is hidden: it must tell nobody's value, or everything is hidden.
        let everything = hidden.len() == all.len();
        let nothing_told = engaged > 0 && not > 0 && engaged < register && not < register;
        prop_assert!(hidden.is_empty() || everything || (hidden.len() > 1 && nothing_told), "{:?}", shown);
        for outcome in shown.into_iter().flatten() {
            prop_assert!(outcome.engaged.min(outcome.not_engaged) >= threshold.max(1));
        }
    }
}

#[test]
fn groups_whose_sum_another_table_tells_are_protected_among_themselves() {
    let outcome = |engaged: u32| Outcome { engaged, not_engaged: 8 - engaged, register: 8, respondents: 8 };
    let hidden = |engaged: &[u32], blocks: &[usize]| -> Vec<bool> {
        let all: Vec<Outcome> = engaged.iter().map(|engaged| outcome(*engaged)).collect();
        outcomes(&all, blocks, 0, &[false; 4]).iter().map(Option::is_none).collect()
    };
    // 市 is the municipalities of two bands: the band beside the telling one in its block is hidden, none in the other.
    assert_eq!(hidden(&[0, 3, 4, 5], &[0, 0, 1, 1]), [true, true, false, false]);
    assert_eq!(hidden(&[0, 3, 4, 5], &[0, 1, 0, 1]), [true, false, true, false]);
    // A block that tells by itself tells in every table.
    assert_eq!(hidden(&[0, 3, 4, 5], &[0, 1, 1, 1]), [true; 4]);
}
