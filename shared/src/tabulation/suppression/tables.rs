//! Suppression in frequencies and cross-tabulations.

use super::super::code::State;
use super::super::crosstab::{Crosstab, Group};
use super::super::frequency::{Count, Frequency};
use super::grid::{Grid, Standing};
use super::{SmallCells, tells_state, tells_value};

/// A column of a table whose cells may be suppressed. Together they add up to those that responded and were asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Choice(usize),
    /// Those with a value, where the values are no choices of which one holds.
    Answered,
    State(State),
}

/// A variable's counts as they may be published.
pub fn frequency(table: &Frequency, threshold: u32) -> Frequency {
    let columns = columns(table);
    let mut grid = one_row(&[counts(table, &columns)], &tells(table, &columns, threshold));
    grid.close(false);
    let mut shown = row(table, &columns, &grid, 0);
    if table.multiple {
        for (code, chosen) in choices(table) {
            let hidden = shown.answered == Count::Suppressed || choice_hidden(table, chosen, threshold);
            shown.choices[code] = if hidden { Count::Suppressed } else { Count::Shown(chosen) };
        }
    }
    shown
}

/// A cross-tabulation as it may be published. Its total is what [`frequency`] makes of it, so that tables by different
/// groupings agree.
pub fn crosstab(table: &Crosstab, small: SmallCells) -> Crosstab {
    let columns = columns(&table.total);
    let total = frequency(&table.total, small.whole);
    let cells: Vec<u32> = table.groups.iter().flat_map(|group| counts(&group.frequency, &columns)).collect();
    let mut grid = Grid::new(table.groups.len(), columns.len(), &cells);
    let total_tells = tells(&table.total, &columns, small.whole);
    for (place, column) in columns.iter().enumerate() {
        if cell(&total, *column) == Count::Suppressed {
            for line in 0..=table.groups.len() {
                grid.stand(line, place, Standing::Hidden);
            }
            if total_tells[place] {
                grid.hide(table.groups.len(), place);
            }
        }
    }
    for (line, group) in table.groups.iter().enumerate() {
        for (place, tells) in tells(&group.frequency, &columns, small.groups).into_iter().enumerate() {
            if tells {
                grid.hide(line, place);
            }
        }
    }
    grid.close(false);
    let mut groups: Vec<Frequency> =
        table.groups.iter().enumerate().map(|(line, group)| row(&group.frequency, &columns, &grid, line)).collect();
    if table.total.multiple {
        for (code, _) in choices(&table.total) {
            let total_hidden = total.choices[code] == Count::Suppressed;
            let hidden = choice_of_groups(table, &groups, code, total_hidden, small.groups);
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
    total_hidden: bool,
    threshold: u32,
) -> Vec<bool> {
    if total_hidden {
        return vec![true; table.groups.len()];
    }
    let answered_and_chosen = table.groups.iter().map(|group| {
        let chosen = group.frequency.choices[code].shown().unwrap_or(0);
        (group.frequency.answered.shown().unwrap_or(0), chosen)
    });
    let pairs: Vec<(u32, u32)> = answered_and_chosen.collect();
    let cells: Vec<u32> = pairs.iter().flat_map(|(answered, chosen)| [*chosen, answered - chosen]).collect();
    let mut grid = Grid::new(pairs.len(), 2, &cells);
    for (line, (answered, chosen)) in pairs.iter().enumerate() {
        if shown[line].answered == Count::Suppressed {
            grid.stand(line, 0, Standing::Hidden);
            grid.stand(line, 1, Standing::Hidden);
        }
        if choice_tells(*chosen, *answered, threshold) {
            grid.hide(line, 0);
        }
    }
    grid.close(false);
    // Chosen or not chosen: either tells the other.
    (0..pairs.len()).map(|line| grid.is_hidden(line, 0) || grid.is_hidden(line, 1)).collect()
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
fn tells(table: &Frequency, columns: &[Column], threshold: u32) -> Vec<bool> {
    let counts = counts(table, columns);
    let telling = |column: &Column| match column {
        Column::Choice(_) | Column::Answered => true,
        Column::State(state) => state.tells(),
    };
    let answered = columns.iter().zip(&counts).filter(|(column, _)| telling(column)).map(|(_, count)| count).sum();
    let tell = |(column, count): (&Column, &u32)| match column {
        Column::Choice(_) => tells_value(*count, answered, threshold),
        Column::State(state) if state.tells() => tells_state(*count, answered, threshold),
        Column::State(_) | Column::Answered => false,
    };
    columns.iter().zip(&counts).map(tell).collect()
}

/// A table of one row: only the row's total is known.
fn one_row(cells: &[Vec<u32>; 1], tells: &[bool]) -> Grid {
    let mut grid = Grid::new(1, tells.len(), &cells[0]);
    for (place, tells) in tells.iter().enumerate() {
        grid.stand(1, place, Standing::Hidden);
        if *tells {
            grid.hide(0, place);
        }
    }
    grid
}

/// A row with what the grid hides. Choices of a multiple answer are left as they are.
fn row(table: &Frequency, columns: &[Column], grid: &Grid, line: usize) -> Frequency {
    let mut shown = table.clone();
    let (mut values_hidden, mut states_hidden) = (false, false);
    for (_, column) in columns.iter().enumerate().filter(|(place, _)| grid.is_hidden(line, *place)) {
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
