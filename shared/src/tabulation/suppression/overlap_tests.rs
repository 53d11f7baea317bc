//! Whoever adds and subtracts what the tables by all attributes show must not come to anything that is suppressed.

use proptest::prelude::*;

use super::super::State;
use super::super::attribute::{Attribute, Grouping};
use super::super::cube::{Cube, YearSlab};
use super::super::filter::Filter;
use super::super::frequency::{Count, Frequency};
use super::super::release::Reader;
use super::super::samples;
use super::SmallCells;
use super::span::Span;
use crate::municipality::{Kind, Municipality, Region};
use crate::publication::{PublishedQuestion, Snapshot};
use crate::response::{AnswerValue, Cell};
use crate::visibility::Visibility;

const PUBLIC: Reader = Reader { cleared: Visibility::Public };
const CHOICES: usize = 2;
/// 不明, 該当なし, 対象外, 無回答: what a municipality that responded may be in.
const STATES: usize = 4;

/// As in Aomori: the cities are the municipalities of 30,000 and more.
fn municipality(number: usize) -> Municipality {
    let (kind, population) = match number {
        0..3 => (Kind::City, 150_000),
        3..9 => (Kind::City, 40_000),
        9..15 => (Kind::Town, 12_000),
        15..20 => (Kind::Town, 8_000),
        20..23 => (Kind::Village, 8_000),
        _ => (Kind::Village, 3_000),
    };
    let region = [Region::Tosei, Region::Chunan, Region::Sanpachi][number % 3];
    Municipality { kind, ..samples::municipality(number, Some(region), Some(population)) }
}

/// What a reader finds by adding and subtracting. Unknown are, for each municipality, whether it gave a value, each
/// choice and each state; known is that each responded.
struct Found<'s> {
    slab: &'s YearSlab,
    multiple: bool,
    span: Span,
}

impl<'s> Found<'s> {
    fn new(slab: &'s YearSlab, multiple: bool) -> Self {
        let mut found = Self { slab, multiple, span: Span::default() };
        for place in 0..slab.register().len() {
            let parts = if multiple { vec![0] } else { (1..=CHOICES).collect() };
            let states = 1 + CHOICES..1 + CHOICES + STATES;
            found.add(&[place], &parts.into_iter().chain(states).collect::<Vec<_>>());
        }
        found
    }

    /// The sum over these municipalities and these of their unknowns.
    fn sum(&self, places: &[usize], parts: &[usize]) -> Vec<u64> {
        let each = 1 + CHOICES + STATES;
        let mut row = vec![0; self.slab.register().len() * each];
        for place in places {
            for part in parts {
                row[place * each + part] = 1;
            }
        }
        row
    }

    fn add(&mut self, places: &[usize], parts: &[usize]) {
        self.span.add(self.sum(places, parts));
    }

    /// What each count of a table's row is the sum of.
    fn counts(&self, frequency: &Frequency) -> Vec<(Count, Vec<usize>)> {
        let answered = if self.multiple { vec![0] } else { (1..=CHOICES).collect() };
        let choices = frequency.choices.iter().enumerate().map(|(code, count)| (*count, vec![1 + code]));
        let states = frequency.states.iter().take(STATES).enumerate();
        let states = states.map(|(place, count)| (*count, vec![1 + CHOICES + place]));
        choices.chain(states).chain([(frequency.answered, answered)]).collect()
    }
}

/// Each row of each table that the public gets, with who is in it and the number of its table.
fn published(cube: &Cube, attributes: &[Attribute]) -> Vec<(usize, Vec<usize>, Frequency)> {
    let (slab, variable, everybody) = (&cube.years()[0], cube.variable("q").unwrap(), Filter::default());
    let total = PUBLIC.frequency(slab, variable, &everybody).unwrap();
    let mut rows = vec![(0, (0..slab.register().len()).collect(), total)];
    for (number, attribute) in (1..).zip(attributes) {
        let grouping = Grouping::by(slab, *attribute);
        let table = PUBLIC.crosstab(slab, variable, *attribute, &everybody).unwrap();
        for (group, row) in table.groups.into_iter().enumerate() {
            let member = |place: &usize| usize::from(grouping.codes()[*place]) == group;
            rows.push((number, (0..slab.register().len()).filter(member).collect(), row.frequency));
        }
    }
    rows
}

fn check(question: &PublishedQuestion, cells: &[Cell], small_cells: SmallCells) -> Result<(), TestCaseError> {
    let mut snapshot = Snapshot { small_cells, ..samples::snapshot(2026, std::slice::from_ref(question)) };
    snapshot.municipalities = cells
        .iter()
        .enumerate()
        .map(|(number, cell)| samples::published(municipality(number), vec![cell.clone()]))
        .collect();
    let cube = Cube::from_snapshots(&[&snapshot]).unwrap();
    let rows = published(&cube, &[Attribute::Kind, Attribute::Band, Attribute::Region]);
    let multiple = rows[0].2.multiple;
    let mut found = Found::new(&cube.years()[0], multiple);
    for (_, places, row) in &rows {
        for (count, parts) in found.counts(row) {
            if let Count::Shown(_) = count {
                found.add(places, &parts);
            }
        }
    }
    for (table, places, row) in &rows {
        // Where nothing of a table is shown, nothing more could be hidden in it.
        let of_table = rows.iter().filter(|(other, _, _)| other == table);
        if of_table.flat_map(|(_, _, row)| &row.choices).all(|count| *count == Count::Suppressed) {
            continue;
        }
        for (count, parts) in found.counts(row).into_iter().take(CHOICES + STATES) {
            let rest = found.span.rest(found.sum(places, &parts));
            let follows = rest.iter().all(|coefficient| *coefficient == 0);
            prop_assert!(count != Count::Suppressed || !follows, "{parts:?} of {row:?} follows from {rows:?}");
        }
    }
    Ok(())
}

fn chosen(names: &[&str]) -> Cell {
    Cell::Value(AnswerValue::Choices(names.iter().map(|name| (*name).to_owned()).collect()))
}

fn small_cells() -> impl Strategy<Value = SmallCells> {
    (0_u32..3, 0_u32..4).prop_map(|(whole, groups)| SmallCells { whole, groups })
}

const NUMBER: usize = 26;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_choice_follows_from_the_tables_by_all_attributes(
        picks in prop::collection::vec(prop::sample::select(vec!["a", "a", "a", "b", "b", "b", "", "?"]), NUMBER),
        small in small_cells(),
    ) {
        let cell = |name: &&str| match *name {
            "" => Cell::Blank,
            "?" => Cell::Unknown,
            name => Cell::Value(AnswerValue::Choice(name.to_owned())),
        };
        check(&samples::question("q", &["a", "b"]), &picks.iter().map(cell).collect::<Vec<_>>(), small)?;
    }

    #[test]
    fn nor_does_one_of_a_multiple_answer(
        picks in prop::collection::vec(0_usize..8, NUMBER),
        small in small_cells(),
    ) {
        let options = [chosen(&["a"]), chosen(&["b"]), chosen(&["a", "b"]), Cell::Blank];
        let cells: Vec<Cell> = picks.iter().map(|pick| options[*pick % 5 % 4].clone()).collect();
        prop_assume!(cells.iter().any(|cell| *cell != Cell::Blank));
        check(&samples::question("q", &["a", "b"]), &cells, small)?;
    }
}

#[test]
fn a_band_is_not_found_by_taking_another_from_the_cities() {
    // Of the cities 5 said a and 4 b; of those below 100,000 people 3 and 3.
    let names = ["a", "a", "b", "a", "a", "a", "b", "b", "b"];
    let others = ["a", "b"].into_iter().cycle().take(NUMBER - names.len());
    let cells: Vec<Cell> =
        names.into_iter().chain(others).map(|name| Cell::Value(AnswerValue::Choice(name.to_owned()))).collect();
    check(&samples::question("q", &["a", "b"]), &cells, SmallCells { whole: 0, groups: 3 }).unwrap();
    assert_eq!(State::ALL[..STATES].last(), Some(&State::Blank));
}
