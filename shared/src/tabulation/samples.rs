//! Small snapshots and cubes for tests.

use super::cube::Cube;
use super::suppression::SmallCells;
use crate::fiscal_year::FiscalYear;
use crate::municipality::{Kind, Municipality, MunicipalityCode, Region};
use crate::publication::{PublishedMunicipality, PublishedQuestion, Snapshot};
use crate::questionnaire::{Choice, Lineage};
use crate::response::{AnswerValue, Cell, ResponseState};
use crate::time::Timestamp;
use crate::visibility::{QuestionVisibility, Visibility};

pub fn year(year: u16) -> FiscalYear {
    FiscalYear::new(year).unwrap()
}

pub fn choice(name: &str) -> Choice {
    Choice { name: name.to_owned(), label: format!("選択肢{name}"), short: None, exclusive: false, state: None }
}

pub fn question(name: &str, choices: &[&str]) -> PublishedQuestion {
    PublishedQuestion {
        name: name.to_owned(),
        number: name.to_owned(),
        concept: name.to_owned(),
        label: format!("設問{name}"),
        choices: choices.iter().map(|name| choice(name)).collect(),
        unit: None,
        visibility: QuestionVisibility { aggregate: Visibility::Public, named: Visibility::Council },
        lineage: Lineage::default(),
        withheld: None,
        place: None,
    }
}

pub fn derived(name: &str, choices: &[&str], from: &[&str]) -> PublishedQuestion {
    let derived_from = from.iter().map(|concept| (*concept).to_owned()).collect();
    PublishedQuestion { lineage: Lineage { derived_from, not_comparable: false }, ..question(name, choices) }
}

/// The code of the municipality of that number, below 1000.
pub fn code(number: usize) -> MunicipalityCode {
    (0..10).find_map(|digit| format!("02{number:03}{digit}").parse().ok()).unwrap()
}

pub fn municipality(number: usize, region: Option<Region>, population: Option<u32>) -> Municipality {
    let kind = [Kind::City, Kind::Town, Kind::Village][number % 3];
    Municipality {
        code: code(number),
        name: format!("第{number}{}", kind.label()),
        kana: String::new(),
        kind,
        region,
        population,
        area: None,
        tile: None,
    }
}

/// A snapshot of these questions that nobody answered.
pub fn snapshot(of: u16, questions: &[PublishedQuestion]) -> Snapshot {
    Snapshot {
        year: year(of),
        reference_date: Timestamp(0),
        questionnaire: ("form".to_owned(), "1".to_owned()),
        questions: questions.to_vec(),
        municipalities: Vec::new(),
        indicators: Vec::new(),
        demonstration: false,
        small_cells: SmallCells::default(),
    }
}

pub fn published(municipality: Municipality, cells: Vec<Cell>) -> PublishedMunicipality {
    PublishedMunicipality { municipality, state: ResponseState::Accepted, fields: std::iter::empty().collect(), cells }
}

/// A snapshot of one question of one choice; `None` is blank.
pub fn with_answers(of: u16, question: &PublishedQuestion, answers: &[Option<&str>]) -> Snapshot {
    let mut snapshot = snapshot(of, std::slice::from_ref(question));
    snapshot.municipalities = answers
        .iter()
        .enumerate()
        .map(|(number, answer)| published(municipality(number, None, None), vec![chosen(*answer)]))
        .collect();
    snapshot
}

fn chosen(answer: Option<&str>) -> Cell {
    answer.map_or(Cell::Blank, |name| Cell::Value(AnswerValue::Choice(name.to_owned())))
}

/// Years from 2026 of `level` (a, b, c) and `triggers` (p wherever there is an answer, q beside a); a last year asks
/// `later` alone.
pub fn small_cube(years: &[Vec<Option<&str>>]) -> Cube {
    let questions = [question("level", &["a", "b", "c"]), question("triggers", &["p", "q"])];
    let mut snapshots: Vec<Snapshot> = Vec::new();
    for (of, answers) in (2026..).zip(years) {
        let mut one = snapshot(of, &questions);
        let cells = |answer: Option<&str>| {
            let names: &[&str] = if answer == Some("a") { &["p", "q"] } else { &["p"] };
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            vec![chosen(answer), answer.map_or(Cell::Blank, |_| Cell::Value(AnswerValue::Choices(names)))]
        };
        one.municipalities = answers
            .iter()
            .enumerate()
            .map(|(number, answer)| published(municipality(number, None, None), cells(*answer)))
            .collect();
        snapshots.push(one);
    }
    snapshots.push(snapshot(2099, &[question("later", &["a"])]));
    Cube::from_snapshots(&snapshots.iter().collect::<Vec<_>>()).unwrap()
}

/// 2026 with the number `staff`.
pub fn numbers_cube(typed: &[Option<&str>]) -> Cube {
    let mut one = snapshot(2026, &[question("staff", &[])]);
    let cell = |typed: Option<&str>| {
        typed.map_or(Cell::Blank, |text| Cell::Value(AnswerValue::Decimal(text.parse().unwrap())))
    };
    one.municipalities = typed
        .iter()
        .enumerate()
        .map(|(number, typed)| published(municipality(number, None, None), vec![cell(*typed)]))
        .collect();
    Cube::from_snapshots(&[&one]).unwrap()
}

/// Random snapshots, and counts of them that do not use the cube.
pub mod naive {
    use proptest::prelude::*;

    use super::super::cube::Cube;
    use super::{municipality, published, question, snapshot};
    use crate::fiscal_year::FiscalYear;
    use crate::municipality::Region;
    use crate::publication::Snapshot;
    use crate::response::{AnswerValue, Cell, Decimal};

    #[derive(Debug)]
    pub struct Counted {
        pub cube: Cube,
        pub snapshots: Vec<Snapshot>,
    }

    impl Counted {
        fn cells(&self, year: FiscalYear, concept: &str) -> Vec<(u64, &Cell)> {
            let snapshot = self.snapshots.iter().find(|s| s.year == year).unwrap();
            let place = snapshot.questions.iter().position(|q| q.concept == concept);
            snapshot
                .municipalities
                .iter()
                .map(|m| {
                    (u64::from(m.municipality.population.unwrap_or(0)), place.map_or(&Cell::NotAsked, |p| &m.cells[p]))
                })
                .collect()
        }

        fn matching(&self, year: FiscalYear, concept: &str, key: &str) -> Vec<u64> {
            let is = |cell: &Cell| match cell {
                Cell::Value(AnswerValue::Choice(name)) => name == key,
                Cell::Value(AnswerValue::Choices(names)) => names.iter().any(|name| name == key),
                Cell::Value(_) => false,
                state => state.code() == key,
            };
            self.cells(year, concept).into_iter().filter(|(_, cell)| is(cell)).map(|(people, _)| people).collect()
        }

        /// Municipalities that chose the choice, or are in the state.
        pub fn count(&self, year: FiscalYear, concept: &str, key: &str) -> u32 {
            u32::try_from(self.matching(year, concept, key).len()).unwrap()
        }

        /// People in them.
        pub fn population(&self, year: FiscalYear, concept: &str, key: &str) -> u64 {
            self.matching(year, concept, key).iter().sum()
        }
    }

    fn state() -> impl Strategy<Value = Cell> {
        prop::sample::select(vec![
            Cell::Unknown,
            Cell::NotApplicable,
            Cell::Skipped,
            Cell::Blank,
            Cell::NotSubmitted,
            Cell::NotAsked,
        ])
    }

    fn single() -> impl Strategy<Value = Cell> {
        let names = prop::sample::select(vec!["a", "b", "c"]);
        prop_oneof![3 => names.prop_map(|name| Cell::Value(AnswerValue::Choice(name.to_owned()))), 1 => state()]
    }

    fn multiple() -> impl Strategy<Value = Cell> {
        let names = prop::sample::subsequence(vec!["p".to_owned(), "q".to_owned(), "r".to_owned()], 1..=3);
        prop_oneof![3 => names.prop_map(|names| Cell::Value(AnswerValue::Choices(names))), 1 => state()]
    }

    fn number() -> impl Strategy<Value = Cell> {
        prop_oneof![3 => any::<i32>().prop_map(|n| Cell::Value(AnswerValue::Decimal(Decimal::from(i64::from(n))))), 1 => state()]
    }

    /// Two years of up to 12 municipalities, some only in one of them.
    pub fn cubes() -> impl Strategy<Value = Counted> {
        let row = (
            prop::option::of(0_usize..6),
            prop::option::of(0_u32..400_000),
            single(),
            multiple(),
            number(),
            any::<bool>(),
        );
        let year = prop::collection::vec(row, 0..12).boxed();
        (year.clone(), year).prop_map(|(first, second)| {
            let questions =
                [question("level", &["a", "b", "c"]), question("triggers", &["p", "q", "r"]), question("staff", &[])];
            let filled = |of: u16, rows: Vec<_>| {
                let mut one: Snapshot = snapshot(of, &questions);
                for (number, (region, population, level, triggers, staff, there)) in rows.into_iter().enumerate() {
                    let region: Option<usize> = region;
                    let place = municipality(number, region.map(|r| Region::ALL[r]), population);
                    if there {
                        one.municipalities.push(published(place, vec![level, triggers, staff]));
                    }
                }
                one
            };
            let mut snapshots = vec![filled(2026, first), filled(2027, second)];
            // The later year asks one question less.
            snapshots[1].questions.pop();
            snapshots[1].municipalities.iter_mut().for_each(|m| {
                m.cells.pop();
            });
            let cube = Cube::from_snapshots(&snapshots.iter().collect::<Vec<_>>()).unwrap();
            Counted { cube, snapshots }
        })
    }
}
