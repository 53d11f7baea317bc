//! What a reader gets: every table that leaves the house goes through here.

use super::attribute::{Attribute, Grouping};
use super::code::CodeSet;
use super::crossing::Crossing;
use super::crosstab::Crosstab;
use super::cube::{Cube, YearSlab};
use super::filter::{Filter, Selection};
use super::frequency::{Count, Frequency};
use super::number::NumberSummary;
use super::suppression::grid::Grid;
use super::suppression::withheld::Already;
use super::suppression::{tables, tells_value};
use super::transition::Transition;
use super::variable::{Comparability, Variable};
use super::weighted::Weighted;
use crate::visibility::{QuestionVisibility, Visibility};

/// How much of a question's results a reader may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Disclosure {
    /// Nothing.
    Nothing,
    /// Aggregates only: 秘匿 applies.
    Aggregates,
    /// Named values too: there is nothing to protect.
    Named,
}

/// Why a reader does not get a table. The text is shown in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The reader may not see the results at all.
    #[error("この設問の結果は、公開範囲の設定により表示できません。")]
    NotVisible,
    /// The table would tell single municipalities' values, or could be used to find them.
    #[error("市町村ごとの回答が分かってしまうおそれがあるため、この条件では表示できません。条件を減らしてください。")]
    TooFine,
    /// The two years cannot be compared.
    #[error("{}", .0.sentence())]
    NotComparable(Comparability),
}

impl Disclosure {
    /// What somebody cleared up to `reader` may see.
    pub fn of(visibility: QuestionVisibility, reader: Visibility) -> Self {
        if visibility.named.allows(reader) && visibility.aggregate.allows(reader) {
            Self::Named
        } else if visibility.aggregate.allows(reader) {
            Self::Aggregates
        } else {
            Self::Nothing
        }
    }

    /// What they may see of a variable in a year. Of a year that did not ask it they may see that.
    pub fn of_variable(variable: &Variable, slab: &YearSlab, reader: Visibility) -> Self {
        variable.edition(slab.year()).map_or(Self::Named, |edition| Self::of(edition.visibility, reader))
    }
}

/// Makes tables for one reader.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    /// Up to which visibility they are cleared.
    pub cleared: Visibility,
}

impl Reader {
    /// A reader cleared up to `cleared`.
    pub fn new(cleared: Visibility) -> Self {
        Self { cleared }
    }

    fn disclosure(self, slab: &YearSlab, variable: &Variable) -> Result<Disclosure, Refusal> {
        match Disclosure::of_variable(variable, slab, self.cleared) {
            Disclosure::Nothing => Err(Refusal::NotVisible),
            disclosure => Ok(disclosure),
        }
    }

    /// 単純集計. Where named values are hidden, a filter may name one group of one attribute: that group's row of the
    /// suppressed cross-tabulation. Anything finer could be subtracted from something coarser.
    pub fn frequency(self, slab: &YearSlab, variable: &Variable, filter: &Filter) -> Result<Frequency, Refusal> {
        match self.disclosure(slab, variable)? {
            Disclosure::Named => Ok(Frequency::count(slab, variable, &filter.select(slab))),
            Disclosure::Nothing | Disclosure::Aggregates => {
                if filter.is_everybody() {
                    let table = Frequency::count(slab, variable, &Selection::everybody());
                    let already = Already::of(slab, variable, None);
                    return Ok(tables::frequency(&table, slab.small_cells().whole, &already.whole));
                }
                let (attribute, label) = filter.only_group().ok_or(Refusal::TooFine)?;
                let table = self.crosstab(slab, variable, attribute, &Filter::default())?;
                // A group without a row has no municipality: there is nothing to protect.
                let nobody = || Frequency::count(slab, variable, &filter.select(slab));
                Ok(table.group(&label).cloned().unwrap_or_else(nobody))
            }
        }
    }

    /// クロス集計 by a property of the municipalities.
    pub fn crosstab(
        self,
        slab: &YearSlab,
        variable: &Variable,
        attribute: Attribute,
        filter: &Filter,
    ) -> Result<Crosstab, Refusal> {
        let disclosure = self.disclosure(slab, variable)?;
        let table = || Crosstab::count(slab, variable, &Grouping::by(slab, attribute), &filter.select(slab));
        match disclosure {
            Disclosure::Named => Ok(table()),
            Disclosure::Aggregates if filter.is_everybody() => {
                let blocks = slab.blocks().by(attribute).ok_or(Refusal::TooFine)?;
                let already = Already::of(slab, variable, Some(attribute));
                Ok(tables::crosstab(&table(), slab.small_cells(), blocks, &already))
            }
            Disclosure::Aggregates | Disclosure::Nothing => Err(Refusal::TooFine),
        }
    }

    /// Whether [`Self::crosstab`] of everybody gives a table of the variable by that attribute.
    pub fn groups_by(self, slab: &YearSlab, variable: &Variable, attribute: Attribute) -> bool {
        match Disclosure::of_variable(variable, slab, self.cleared) {
            Disclosure::Named => true,
            Disclosure::Aggregates => slab.blocks().by(attribute).is_some(),
            Disclosure::Nothing => false,
        }
    }

    /// クロス集計 by the answers to another question, or by one choice of it. Where named values of both are hidden, the
    /// table is also the other question's by this one's answers; by one choice there is none then. Those of one alone make
    /// groups of known municipalities, from which those of the other could be found by way of the tables by attributes:
    /// that is refused.
    pub fn crosstab_by_answers<'b>(
        self,
        slab: &YearSlab,
        variable: &Variable,
        by: impl Into<Crossing<'b>>,
        filter: &Filter,
    ) -> Result<Crosstab, Refusal> {
        let Crossing { variable: by, choice } = by.into();
        let disclosures = (self.disclosure(slab, variable)?, self.disclosure(slab, by)?);
        let table = |variable: &Variable, by: Crossing<'_>| {
            Crosstab::count(slab, variable, &by.grouping(slab), &filter.select(slab))
        };
        let crossed = table(variable, Crossing { variable: by, choice });
        match disclosures {
            (Disclosure::Named, Disclosure::Named) => return Ok(crossed),
            // A correction takes over what tables by attributes suppressed, but not those of every two questions.
            (Disclosure::Aggregates, Disclosure::Aggregates)
                if filter.is_everybody()
                    && choice.is_none()
                    && !is_corrected(slab, variable)
                    && !is_corrected(slab, by) => {}
            _ => return Err(Refusal::TooFine),
        }
        let (turned, small) = (table(by, variable.into()), slab.small_cells());
        // The table's row totals are the other question's counts.
        if tables::frequency(&turned.total, small.whole, &[]).has_suppressed() {
            return Err(Refusal::TooFine);
        }
        let turn = by.concept < variable.concept;
        tables::crossed(&crossed, &turned, small, turn).ok_or(Refusal::TooFine)
    }

    /// Numbers. Where named values are hidden, only of everybody.
    pub fn numbers(self, slab: &YearSlab, variable: &Variable, filter: &Filter) -> Result<NumberSummary, Refusal> {
        let disclosure = self.disclosure(slab, variable)?;
        let summary = NumberSummary::count(slab, variable, &filter.select(slab));
        match disclosure {
            Disclosure::Named => Ok(summary),
            Disclosure::Aggregates if filter.is_everybody() => {
                Ok(summary.protected(slab.small_cells().whole, &Already::of(slab, variable, None)))
            }
            Disclosure::Aggregates | Disclosure::Nothing => Err(Refusal::TooFine),
        }
    }

    /// Weights by population, only where named values are visible: a sum of populations names who is in it.
    pub fn weighted(self, slab: &YearSlab, variable: &Variable, filter: &Filter) -> Result<Weighted, Refusal> {
        match self.disclosure(slab, variable)? {
            Disclosure::Named => Ok(Weighted::count(slab, variable, &filter.select(slab))),
            Disclosure::Aggregates | Disclosure::Nothing => Err(Refusal::TooFine),
        }
    }

    /// Who started and who stopped. Where named values are hidden in either year: how many, if that tells nobody's
    /// value, and no names.
    pub fn transition(
        self,
        cube: &Cube,
        variable: &Variable,
        (earlier, later): (&YearSlab, &YearSlab),
        positive: &CodeSet,
    ) -> Result<Transition, Refusal> {
        let disclosure = self.disclosure(earlier, variable)?.min(self.disclosure(later, variable)?);
        let table = Transition::count(cube, variable, earlier, later, positive).map_err(Refusal::NotComparable)?;
        if disclosure == Disclosure::Named {
            return Ok(table);
        }
        // The table's totals follow from both years' frequencies only if those are complete and of the same register.
        let complete = |slab: &YearSlab| {
            let counted = Frequency::count(slab, variable, &Selection::everybody());
            !is_corrected(slab, variable)
                && !tables::frequency(&counted, slab.small_cells().whole, &[]).has_suppressed()
        };
        if table.elsewhere > 0 || !complete(earlier) || !complete(later) {
            return Err(Refusal::TooFine);
        }
        Ok(hide_transitions(table, earlier.small_cells().groups.max(later.small_cells().groups)))
    }
}

/// Whether another revision of the year counts something else of the variable.
fn is_corrected(slab: &YearSlab, variable: &Variable) -> bool {
    variable.edition(slab.year()).is_some_and(|edition| edition.withheld.is_some())
}

fn hide_transitions(mut table: Transition, threshold: u32) -> Transition {
    let counts = table.counts.map(|row| row.map(|count| count.shown().unwrap_or(0)));
    let mut grid = Grid::new(3, 3, counts.as_flattened());
    for (row, line) in counts.iter().enumerate() {
        for column in 0..2 {
            let answered_later = line[0] + line[1];
            let answered_earlier = counts[0][column] + counts[1][column];
            let tells = tells_value(line[column], answered_later, threshold)
                || (row < 2 && tells_value(line[column], answered_earlier, threshold));
            if tells {
                grid.hide(row, column);
            }
        }
    }
    grid.close(false);
    let place = |row: usize, column: usize| {
        if grid.is_hidden(row, column) { Count::Suppressed } else { Count::Shown(counts[row][column]) }
    };
    table.counts = [0, 1, 2].map(|row| [0, 1, 2].map(|column| place(row, column)));
    table.started.clear();
    table.stopped.clear();
    table
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, year};
    use super::super::suppression::SmallCells;
    use super::super::variable::Variable;
    use super::*;
    use crate::municipality::{Kind, Region};
    use crate::publication::Snapshot;
    use crate::response::{AnswerValue, Cell};

    const PUBLIC: Reader = Reader { cleared: Visibility::Public };
    const MEMBER: Reader = Reader { cleared: Visibility::Council };

    /// One question whose named values the council may see; regions of five by turns.
    fn answered(of: u16, answers: &str) -> Snapshot {
        let mut snapshot =
            samples::snapshot(of, &[samples::question("q", &["a", "b"]), samples::question("r", &["a", "b"])]);
        let cell = |answer: char| Cell::Value(AnswerValue::Choice(answer.to_string()));
        snapshot.small_cells = SmallCells { whole: 0, groups: 0 };
        snapshot.municipalities = answers
            .chars()
            .enumerate()
            .map(|(number, answer)| {
                let region = if number < 5 { Region::Tosei } else { Region::Chunan };
                let place = samples::municipality(number, Some(region), Some(1000));
                samples::published(place, vec![cell(answer), cell(answer)])
            })
            .collect();
        snapshot
    }

    fn cube(years: &[&str]) -> Cube {
        let snapshots: Vec<Snapshot> = (2026..).zip(years).map(|(of, answers)| answered(of, answers)).collect();
        Cube::from_snapshots(&snapshots.iter().collect::<Vec<_>>()).unwrap()
    }

    fn q(cube: &Cube) -> (&YearSlab, &Variable) {
        (cube.year(year(2026)).unwrap(), cube.variable("q").unwrap())
    }

    #[test]
    fn a_member_sees_what_the_public_does_not() {
        let cube = cube(&["aaaaaabbab"]);
        let (slab, variable) = q(&cube);
        let tosei = Filter { region: Some(Region::Tosei), ..Filter::default() };
        let public = PUBLIC.frequency(slab, variable, &tosei).unwrap();
        assert_eq!((public.register, public.choices[0], public.choices[1]), (5, Count::Suppressed, Count::Suppressed));
        let member = MEMBER.frequency(slab, variable, &tosei).unwrap();
        assert_eq!(member.choices, [Count::Shown(5), Count::Shown(0)]);
        // The other region would tell by subtraction from the total, which is shown.
        let chunan = Filter { region: Some(Region::Chunan), ..Filter::default() };
        assert!(PUBLIC.frequency(slab, variable, &chunan).unwrap().has_suppressed());
        let total = PUBLIC.frequency(slab, variable, &Filter::default()).unwrap();
        assert_eq!(total.choices, [Count::Shown(7), Count::Shown(3)]);
        assert_eq!(MEMBER.weighted(slab, variable, &Filter::default()).unwrap().population, 10_000);
        assert_eq!(PUBLIC.weighted(slab, variable, &Filter::default()), Err(Refusal::TooFine));
    }

    #[test]
    fn filters_that_could_be_subtracted_from_others_are_refused_to_the_public_only() {
        let cube = cube(&["abababbaab"]);
        let (slab, variable) = q(&cube);
        let one = std::iter::once(samples::code(0)).collect();
        for filter in [
            Filter { region: Some(Region::Tosei), kind: Some(Kind::Town), ..Filter::default() },
            Filter { codes: Some(one), ..Filter::default() },
        ] {
            assert_eq!(PUBLIC.frequency(slab, variable, &filter), Err(Refusal::TooFine));
            assert!(MEMBER.frequency(slab, variable, &filter).is_ok());
            assert_eq!(PUBLIC.crosstab(slab, variable, Attribute::Kind, &filter), Err(Refusal::TooFine));
            assert_eq!(PUBLIC.numbers(slab, variable, &filter), Err(Refusal::TooFine));
        }
        let nobody = Filter { region: Some(Region::Shimokita), ..Filter::default() };
        let empty = PUBLIC.frequency(slab, variable, &nobody).unwrap();
        assert_eq!((empty.register, empty.answered), (0, Count::Shown(0)));
    }

    #[test]
    fn nobody_below_the_visibility_of_aggregates_gets_anything() {
        let mut snapshot = answered(2026, "abab");
        snapshot.questions[0].visibility =
            QuestionVisibility { aggregate: Visibility::Council, named: Visibility::Prefecture };
        let cube = Cube::from_snapshots(&[&snapshot]).unwrap();
        let (slab, variable) = q(&cube);
        let everybody = Filter::default();
        assert_eq!(PUBLIC.frequency(slab, variable, &everybody), Err(Refusal::NotVisible));
        let other = cube.variable("r").unwrap();
        assert_eq!(PUBLIC.crosstab_by_answers(slab, other, variable, &everybody), Err(Refusal::NotVisible));
        assert!(MEMBER.frequency(slab, variable, &everybody).is_ok());
        assert!(PUBLIC.frequency(slab, other, &everybody).is_ok());
    }

    #[test]
    fn two_questions_are_crossed_without_telling_anybodys_answer() {
        let cube = cube(&["aaaabbbbab"]);
        let (slab, variable) = q(&cube);
        let other = cube.variable("r").unwrap();
        // Both questions were answered alike, so each row is all or nothing.
        let public = PUBLIC.crosstab_by_answers(slab, variable, other, &Filter::default()).unwrap();
        let telling =
            |label: &str| public.group(label).unwrap().choices.iter().all(|count| *count == Count::Suppressed);
        assert!(telling("選択肢a") && telling("選択肢b"));
        let member = MEMBER.crosstab_by_answers(slab, variable, other, &Filter::default()).unwrap();
        assert_eq!(member.group("選択肢a").unwrap().choices, [Count::Shown(5), Count::Shown(0)]);
    }

    #[test]
    fn a_question_is_not_crossed_with_one_whose_answers_are_known_by_name() {
        let mut snapshot = answered(2026, "aaaabbbbab");
        snapshot.questions[1].visibility.named = Visibility::Public;
        let cube = Cube::from_snapshots(&[&snapshot]).unwrap();
        let (slab, variable) = q(&cube);
        let other = cube.variable("r").unwrap();
        for (one, by) in [(variable, other), (other, variable)] {
            assert_eq!(PUBLIC.crosstab_by_answers(slab, one, by, &Filter::default()), Err(Refusal::TooFine));
            assert!(MEMBER.crosstab_by_answers(slab, one, by, &Filter::default()).is_ok());
        }
    }

    #[test]
    fn the_public_learns_how_many_started_but_not_who() {
        let cube = cube(&["aaaabbbbab", "aaabbbaaab"]);
        let variable = cube.variable("q").unwrap();
        let years = (&cube.years()[0], &cube.years()[1]);
        let positive = CodeSet::new(variable.code("a"));
        let public = PUBLIC.transition(&cube, variable, years, &positive).unwrap();
        assert_eq!((public.starts(), public.stops()), (Count::Shown(2), Count::Shown(1)));
        assert!(public.started.is_empty() && public.stopped.is_empty());
        let member = MEMBER.transition(&cube, variable, years, &positive).unwrap();
        assert_eq!(member.started, [samples::code(6), samples::code(7)]);
    }

    #[test]
    fn a_change_that_everybody_or_nobody_made_is_suppressed_with_what_would_tell_it() {
        let cube = cube(&["aaaabbbbbb", "aaaaabbbbb"]);
        let variable = cube.variable("q").unwrap();
        let years = (&cube.years()[0], &cube.years()[1]);
        let public = PUBLIC.transition(&cube, variable, years, &CodeSet::new(variable.code("a"))).unwrap();
        assert_eq!((public.starts(), public.stops()), (Count::Suppressed, Count::Suppressed));
    }
}
