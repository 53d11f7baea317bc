//! Suppression in frequencies and cross-tabulations.

use super::super::attribute::UNGROUPED;
use super::super::code::State;
use super::super::crosstab::{Crosstab, Group};
use super::super::frequency::{Count, Frequency};
use super::grid::{Grid, Standing};
use super::groups::{Above, Groups};
use super::withheld::Already;
use super::{SmallCells, tells_state, tells_value};

/// A column of a table whose cells may be suppressed. Together they add up to those that responded and were asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// A choice, by its code.
    Choice(usize),
    /// Those with a value, where the values are no choices of which one holds.
    Answered,
    /// A state.
    State(State),
}

/// A variable's counts as they may be published; `already` was suppressed by an earlier revision.
pub fn frequency(table: &Frequency, threshold: u32, already: &[Column]) -> Frequency {
    let columns = columns(table);
    let counts = counts(table, &columns);
    let mut grid = one_row(&counts, &either(tells(&counts, &columns, threshold), &within(&columns, already)));
    grid.close(false);
    let mut shown = row(table, &columns, &grid.hidden().concat());
    if table.multiple {
        for (code, chosen) in choices(table) {
            let hidden = shown.answered == Count::Suppressed
                || already.contains(&Column::Choice(code))
                || choice_hidden(table, chosen, threshold);
            shown.choices[code] = if hidden { Count::Suppressed } else { Count::Shown(chosen) };
        }
    }
    shown
}

/// A cross-tabulation as it may be published, given the block of each group ([`super::blocks`]). Its total is what
/// [`frequency`] makes of it, so that tables by different groupings agree.
pub fn crosstab(table: &Crosstab, small: SmallCells, blocks: &[usize], already: &Already) -> Crosstab {
    let columns = columns(&table.total);
    let total = frequency(&table.total, small.whole, &already.whole);
    let cells: Vec<Vec<u32>> = table.groups.iter().map(|group| counts(&group.frequency, &columns)).collect();
    let before: Vec<Vec<bool>> =
        table.groups.iter().map(|group| within(&columns, already.group(&group.label))).collect();
    let groups = Groups { cells: &cells, withheld: &vec![false; cells.len()], already: &before, blocks };
    let above = above(table, &total, &columns, small.whole, &already.whole);
    let hidden = groups.hidden(&above, |counts: &[u32]| tells(counts, &columns, small.groups));
    published(table, total, &columns, &hidden, small.groups, blocks, already)
}

/// Two questions crossed as they may be published: `table` is the first by the answers to the second, `turned` the
/// second by those to the first. Both are tables of the same cells, so that what either would tell is hidden in both;
/// with `turn` the cells are gone through as for `turned`. The second question's total must be published whole.
///
/// `None` where somebody did not submit, or was not asked, one of the two alone.
pub fn crossed(table: &Crosstab, turned: &Crosstab, small: SmallCells, turn: bool) -> Option<Crosstab> {
    let (rows, columns) = (columns(&turned.total), columns(&table.total));
    let places = places(&rows, table)?;
    let of_columns = self::places(&columns, turned)?;
    if !(submitted_alike(table, &places) && submitted_alike(turned, &of_columns)) {
        return None;
    }
    let total = frequency(&table.total, small.whole, &[]);
    let cell_of = if turn && !total.has_suppressed() {
        let hidden = hidden_answers((turned, &of_columns, &columns), (table, &places, &rows), small);
        transposed(&hidden, rows.len())
    } else {
        hidden_answers((table, &places, &rows), (turned, &of_columns, &columns), small)
    };
    // Groups of nobody that responded: everything in them is known to be 0.
    let nothing: Vec<bool> = columns.iter().map(|column| cell(&total, *column) == Count::Suppressed).collect();
    let mut hidden = vec![nothing; table.groups.len()];
    for (place, cells) in places.into_iter().zip(cell_of) {
        hidden[place] = cells;
    }
    let blocks = vec![0; table.groups.len()];
    Some(published(table, total, &columns, &hidden, small.groups, &blocks, &Already::default()))
}

/// A question by the answers to another: the groups' places by that one's columns, and these columns.
type ByAnswers<'t> = (&'t Crosstab, &'t [usize], &'t [Column]);

/// Which cells are hidden, by the columns of the other question, then by its own.
fn hidden_answers(by: ByAnswers<'_>, turned: ByAnswers<'_>, small: SmallCells) -> Vec<Vec<bool>> {
    let ((table, places, rows), (turned, of_columns, columns)) = (by, turned);
    let of = |table: &Crosstab, place: usize, columns: &[Column]| counts(&table.groups[place].frequency, columns);
    let cells: Vec<Vec<u32>> = places.iter().map(|place| of(table, *place, columns)).collect();
    let mut grid = Grid::new(rows.len(), columns.len(), &cells.concat());
    let total = frequency(&table.total, small.whole, &[]);
    above(table, &total, columns, small.whole, &[]).stand(&mut grid, rows.len());
    for (line, cells) in cells.iter().enumerate() {
        for (place, _) in tells(cells, columns, small.groups).into_iter().enumerate().filter(|(_, tells)| *tells) {
            grid.hide(line, place);
        }
    }
    for (place, group) in of_columns.iter().enumerate() {
        let tells = tells(&of(turned, *group, rows), rows, small.groups);
        for (line, _) in tells.into_iter().enumerate().filter(|(_, tells)| *tells) {
            grid.hide(line, place);
        }
    }
    grid.close(false);
    grid.hidden()
}

fn transposed(cells: &[Vec<bool>], width: usize) -> Vec<Vec<bool>> {
    (0..width).map(|column| cells.iter().map(|row| row[column]).collect()).collect()
}

/// Where [`Grouping::by_answers`](super::super::Grouping::by_answers) puts each of a question's columns; `None` where it has too many choices for that.
fn places(columns: &[Column], table: &Crosstab) -> Option<Vec<usize>> {
    let values = table.groups.len().checked_sub(State::ALL.len())?;
    table.groups.iter().all(|group| group.label != UNGROUPED).then_some(())?;
    let place = |column: &Column| match column {
        Column::Choice(code) => *code,
        Column::Answered => 0,
        Column::State(state) => values + state.place(),
    };
    Some(columns.iter().map(place).collect())
}

/// Whether those in the groups of `places`, and nobody else, responded and were asked.
fn submitted_alike(table: &Crosstab, places: &[usize]) -> bool {
    let alike = |(place, group): (usize, &Group)| {
        let respondents = group.frequency.respondents();
        if places.contains(&place) { respondents == group.frequency.register } else { respondents == 0 }
    };
    table.groups.iter().enumerate().all(alike)
}

/// What is hidden in the total, and what of it tells.
fn above(table: &Crosstab, total: &Frequency, columns: &[Column], threshold: u32, already: &[Column]) -> Above {
    Above {
        hidden: columns.iter().map(|column| cell(total, *column) == Count::Suppressed).collect(),
        tells: either(tells(&counts(&table.total, columns), columns, threshold), &within(columns, already)),
    }
}

/// The table with what is hidden, by group, then by column. Each choice of a multiple answer is protected by itself.
fn published(
    table: &Crosstab,
    total: Frequency,
    columns: &[Column],
    hidden: &[Vec<bool>],
    threshold: u32,
    blocks: &[usize],
    already: &Already,
) -> Crosstab {
    let rows = table.groups.iter().zip(hidden);
    let mut groups: Vec<Frequency> = rows.map(|(group, hidden)| row(&group.frequency, columns, hidden)).collect();
    if table.total.multiple {
        for (code, _) in choices(&table.total) {
            let hidden = if total.choices[code] == Count::Suppressed {
                vec![true; groups.len()]
            } else {
                choice_of_groups(table, &groups, code, threshold, blocks, already)
            };
            for ((shown, group), hidden) in groups.iter_mut().zip(&table.groups).zip(hidden) {
                shown.choices[code] = if hidden { Count::Suppressed } else { group.frequency.choices[code] };
            }
        }
    }
    let labelled = table.groups.iter().zip(groups);
    Crosstab {
        groups: labelled.map(|(group, frequency)| Group { label: group.label.clone(), frequency }).collect(),
        total,
    }
}

/// Whether one choice of a multiple answer is hidden, by group: each is a table of chosen and not chosen.
fn choice_of_groups(
    table: &Crosstab,
    shown: &[Frequency],
    code: usize,
    threshold: u32,
    blocks: &[usize],
    already: &Already,
) -> Vec<bool> {
    let chosen_and_not = table.groups.iter().map(|group| {
        let chosen = group.frequency.choices[code].shown().unwrap_or(0);
        vec![chosen, group.frequency.answered.shown().unwrap_or(0) - chosen]
    });
    let cells: Vec<Vec<u32>> = chosen_and_not.collect();
    let withheld: Vec<bool> = shown.iter().map(|frequency| frequency.answered == Count::Suppressed).collect();
    let tells = |counts: &[u32]| vec![choice_tells(counts[0], counts[0] + counts[1], threshold), false];
    let total = Above { hidden: vec![false; 2], tells: vec![false; 2] };
    let before = table.groups.iter().map(|group| already.group(&group.label).contains(&Column::Choice(code)));
    let before: Vec<Vec<bool>> = before.map(|hidden| vec![hidden, false]).collect();
    let hidden = Groups { cells: &cells, withheld: &withheld, already: &before, blocks }.hidden(&total, tells);
    // Chosen or not chosen: either tells the other.
    hidden.iter().map(|cells| cells.contains(&true)).collect()
}

fn choice_hidden(table: &Frequency, chosen: u32, threshold: u32) -> bool {
    choice_tells(chosen, table.answered.shown().unwrap_or(0), threshold)
}

fn choice_tells(chosen: u32, answered: u32, threshold: u32) -> bool {
    tells_value(chosen, answered, threshold) || tells_value(answered - chosen.min(answered), answered, threshold)
}

/// The choices that the year offered, with their counts.
fn choices(table: &Frequency) -> impl Iterator<Item = (usize, u32)> + '_ {
    table.choices.iter().enumerate().filter_map(|(code, count)| Some((code, count.shown()?)))
}

fn columns(table: &Frequency) -> Vec<Column> {
    let single = !table.multiple && choices(table).next().is_some();
    let values: Vec<Column> =
        if single { choices(table).map(|(code, _)| Column::Choice(code)).collect() } else { vec![Column::Answered] };
    let states = State::ALL.into_iter().take_while(|state| *state != State::NotSubmitted);
    values.into_iter().chain(states.map(Column::State)).collect()
}

fn cell(table: &Frequency, column: Column) -> Count {
    match column {
        Column::Choice(code) => table.choices[code],
        Column::Answered => table.answered,
        Column::State(state) => table.state(state),
    }
}

fn counts(table: &Frequency, columns: &[Column]) -> Vec<u32> {
    columns.iter().map(|column| cell(table, *column).shown().unwrap_or(0)).collect()
}

/// Which cells of a row tell something by themselves.
fn tells(counts: &[u32], columns: &[Column], threshold: u32) -> Vec<bool> {
    let telling = |column: &Column| match column {
        Column::Choice(_) | Column::Answered => true,
        Column::State(state) => state.tells(),
    };
    let answered = columns.iter().zip(counts).filter(|(column, _)| telling(column)).map(|(_, count)| count).sum();
    let tell = |(column, count): (&Column, &u32)| match column {
        Column::Choice(_) => tells_value(*count, answered, threshold),
        Column::State(state) if state.tells() => tells_state(*count, answered, threshold),
        Column::State(_) | Column::Answered => false,
    };
    columns.iter().zip(counts).map(tell).collect()
}

/// Which of the columns are among those.
fn within(columns: &[Column], some: &[Column]) -> Vec<bool> {
    columns.iter().map(|column| some.contains(column)).collect()
}

fn either(one: Vec<bool>, other: &[bool]) -> Vec<bool> {
    one.into_iter().zip(other).map(|(one, other)| one || *other).collect()
}

/// A table of one row: only the row's total is known.
fn one_row(cells: &[u32], tells: &[bool]) -> Grid {
    let mut grid = Grid::new(1, tells.len(), cells);
    for (place, tells) in tells.iter().enumerate() {
        grid.stand(1, place, Standing::Hidden);
        if *tells {
            grid.hide(0, place);
        }
    }
    grid
}

/// A row with what is hidden of it. Choices of a multiple answer are left as they are.
fn row(table: &Frequency, columns: &[Column], hidden: &[bool]) -> Frequency {
    let mut shown = table.clone();
    let (mut values_hidden, mut states_hidden) = (false, false);
    for (column, _) in columns.iter().zip(hidden).filter(|(_, hidden)| **hidden) {
        match column {
            Column::Choice(code) => {
                shown.choices[*code] = Count::Suppressed;
                values_hidden = true;
            }
            Column::Answered => shown.answered = Count::Suppressed,
            Column::State(state) => {
                shown.states[state.place()] = Count::Suppressed;
                states_hidden = true;
            }
        }
        // The sum of the values would tell the sum of what is hidden among the states.
        if values_hidden && states_hidden {
            shown.answered = Count::Suppressed;
        }
    }
    shown
}
