//! What can be found by subtraction in a table with totals, and which further cells must be hidden against it.
//!
//! The table with its totals is a network: lines are nodes, cells are edges between their row and their column. Two
//! tables of non-negative counts that agree in everything published differ by cycles of hidden cells, along which counts
//! go up and down by turns; a count of 0 cannot go down. So a hidden cell can be found exactly when no such cycle goes
//! through it (Gusfield, D. (1988) "A Graph Theoretic Approach to Statistical Data Security", SIAM Journal on Computing
//! 17(3)), and it is protected by hiding the cells of a cheapest cycle.

use std::collections::BTreeSet;

/// Whether a cell is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Published here or elsewhere: it cannot be hidden.
    Known,
    /// Published unless it must be hidden.
    Open,
    /// Not published.
    Hidden,
}

/// A table of counts with its totals: the last row and the last column.
#[derive(Debug, Clone)]
pub struct Grid {
    rows: usize,
    columns: usize,
    counts: Vec<u32>,
    standing: Vec<Standing>,
    /// Hidden because of what it tells; the others are hidden only to protect these.
    sensitive: BTreeSet<usize>,
}

/// The direction of travel through a cell from one of its lines to the other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    Row,
    Column,
}

impl Grid {
    /// A table by rows. The cells are open, the totals known.
    pub fn new(rows: usize, columns: usize, cells: &[u32]) -> Self {
        let width = columns + 1;
        let mut counts = vec![0; (rows + 1) * width];
        for (place, count) in cells.iter().take(rows * columns).enumerate() {
            let (row, column) = (place / columns, place % columns);
            for total in [row * width + column, row * width + columns, rows * width + column, rows * width + columns] {
                counts[total] += count;
            }
        }
        let standing = (0..counts.len()).map(|place| {
            let total = place / width == rows || place % width == columns;
            if total { Standing::Known } else { Standing::Open }
        });
        Self { rows, columns, standing: standing.collect(), counts, sensitive: BTreeSet::new() }
    }

    fn place(&self, row: usize, column: usize) -> usize {
        row * (self.columns + 1) + column
    }

    /// The count; the row and the column after the last are the totals.
    pub fn count(&self, row: usize, column: usize) -> u32 {
        self.counts[self.place(row, column)]
    }

    /// Whether the cell is published.
    pub fn standing(&self, row: usize, column: usize) -> Standing {
        self.standing[self.place(row, column)]
    }

    /// Whether the cell is hidden.
    pub fn is_hidden(&self, row: usize, column: usize) -> bool {
        self.standing(row, column) == Standing::Hidden
    }

    /// Which cells are hidden, by rows, without the totals.
    pub fn hidden(&self) -> Vec<Vec<bool>> {
        let row = |row| (0..self.columns).map(|column| self.is_hidden(row, column)).collect();
        (0..self.rows).map(row).collect()
    }

    /// Says how a cell stands, for cells that are published or hidden elsewhere.
    pub fn stand(&mut self, row: usize, column: usize, standing: Standing) {
        let place = self.place(row, column);
        self.standing[place] = standing;
    }

    /// Hides a cell for what it tells.
    pub fn hide(&mut self, row: usize, column: usize) {
        let place = self.place(row, column);
        self.standing[place] = Standing::Hidden;
        self.sensitive.insert(place);
    }

    /// Hides the open cells of a row that has a hidden one.
    fn hide_rows(&mut self) {
        for row in 0..self.rows {
            if (0..self.columns).any(|column| self.is_hidden(row, column)) {
                for column in 0..self.columns {
                    let place = self.place(row, column);
                    if self.standing[place] == Standing::Open {
                        self.standing[place] = Standing::Hidden;
                    }
                }
            }
        }
    }

    /// Complementary suppression: hides further cells until no cell hidden for what it tells can be found from what is
    /// published. With `whole_rows`, a row is shown or hidden as a whole.
    ///
    /// Where that is impossible (only one row and column are left to differ), everything that is not known is hidden and
    /// the answer is `false`.
    pub fn close(&mut self, whole_rows: bool) -> bool {
        if whole_rows {
            self.hide_rows();
        }
        // Hiding more never makes a hidden cell easier to find, so that one pass is enough.
        for place in self.sensitive.clone() {
            if let Some(cycle) = self.cycle(place, true) {
                for cell in cycle {
                    self.standing[cell] = Standing::Hidden;
                }
                if whole_rows {
                    self.hide_rows();
                }
            } else {
                for standing in &mut self.standing {
                    if *standing == Standing::Open {
                        *standing = Standing::Hidden;
                    }
                }
                return self.sensitive.iter().all(|place| self.cycle(*place, false).is_some());
            }
        }
        true
    }

    /// Whether a cell's count follows from what is published.
    pub fn is_determined(&self, row: usize, column: usize) -> bool {
        !self.is_hidden(row, column) || self.cycle(self.place(row, column), false).is_none()
    }

    /// The other cells of a cheapest cycle through a cell, of hidden cells only or of open ones too.
    fn cycle(&self, place: usize, open: bool) -> Option<Vec<usize>> {
        let up = self.upwards(place);
        let down = if up == From::Row { From::Column } else { From::Row };
        let raised = self.path(place, up, open);
        let lowered = if self.counts[place] > 0 { self.path(place, down, open) } else { None };
        [raised, lowered].into_iter().flatten().min_by_key(|(cost, _)| *cost).map(|(_, cells)| cells)
    }

    /// Travelling through a cell this way raises its count; the other way lowers it. Totals stand on the other side of
    /// their equation: row and column totals run against the cells, the grand total with them.
    fn upwards(&self, place: usize) -> From {
        let width = self.columns + 1;
        let totals = usize::from(place / width == self.rows) + usize::from(place % width == self.columns);
        if totals == 1 { From::Column } else { From::Row }
    }

    /// The cheapest way from the far end of a cell back to its near end without the cell itself (Dijkstra). Hidden cells
    /// are free; an open one costs the information that hiding it takes away.
    fn path(&self, cell: usize, from: From, open: bool) -> Option<(u64, Vec<usize>)> {
        let width = self.columns + 1;
        let lines = self.rows + 1 + width;
        let ends = |place: usize| (place / width, self.rows + 1 + place % width);
        let (row, column) = ends(cell);
        let (start, end) = if from == From::Row { (column, row) } else { (row, column) };
        let mut best: Vec<Option<(u64, Option<usize>)>> = vec![None; lines];
        let mut done = vec![false; lines];
        best[start] = Some((0, None));
        loop {
            let reached = (0..lines).filter(|line| !done[*line]).filter_map(|line| Some((best[line]?.0, line)));
            let (cost, line) = reached.min()?;
            if line == end {
                break;
            }
            done[line] = true;
            let (side, cells): (From, Vec<usize>) = if line <= self.rows {
                (From::Row, (0..width).map(|column| line * width + column).collect())
            } else {
                (From::Column, (0..=self.rows).map(|row| row * width + line - self.rows - 1).collect())
            };
            for place in cells {
                let raises = self.upwards(place) == side;
                let step = match self.standing[place] {
                    Standing::Hidden => 0,
                    Standing::Open if open => u64::from(self.counts[place]) + 1,
                    Standing::Open | Standing::Known => continue,
                };
                if place == cell || !(raises || self.counts[place] > 0) {
                    continue;
                }
                let (row, column) = ends(place);
                let next = if side == From::Row { column } else { row };
                if !done[next] && best[next].is_none_or(|(known, _)| cost + step < known) {
                    best[next] = Some((cost + step, Some(place)));
                }
            }
        }
        let mut way = Vec::new();
        let mut line = end;
        while let Some((_, Some(place))) = best[line] {
            way.push(place);
            let (row, column) = ends(place);
            line = if line == row { column } else { row };
        }
        Some((best[end]?.0, way))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All tables of non-negative counts that agree with what a grid publishes.
    fn agreeing(grid: &Grid) -> Vec<Vec<u32>> {
        let (rows, columns) = (grid.rows, grid.columns);
        let bounds: Vec<(u32, u32)> = (0..rows * columns)
            .map(|place| {
                let (row, column) = (place / columns, place % columns);
                let of_row =
                    if grid.is_hidden(row, columns) { grid.count(rows, columns) } else { grid.count(row, columns) };
                let count = grid.count(row, column);
                if grid.is_hidden(row, column) { (0, of_row) } else { (count, count) }
            })
            .collect();
        let mut found = Vec::new();
        let mut cells: Vec<u32> = bounds.iter().map(|(least, _)| *least).collect();
        loop {
            let other = Grid::new(rows, columns, &cells);
            let totals = (0..=rows).map(|row| (row, columns)).chain((0..columns).map(|column| (rows, column)));
            if totals.into_iter().all(|(r, c)| grid.is_hidden(r, c) || other.count(r, c) == grid.count(r, c)) {
                found.push(cells.clone());
            }
            let Some(place) = (0..cells.len()).find(|place| cells[*place] < bounds[*place].1) else { return found };
            cells[place] += 1;
            for lower in 0..place {
                cells[lower] = bounds[lower].0;
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(150))]

        #[test]
        fn what_is_determined_is_what_every_agreeing_table_has(
            cells in prop::collection::vec(0_u32..2, 6),
            hidden in prop::collection::vec(any::<bool>(), 12),
        ) {
            let mut grid = Grid::new(2, 3, &cells);
            for (place, hidden) in hidden.iter().enumerate() {
                // The grand total stays known, which bounds the search.
                if *hidden && place != 11 {
                    grid.stand(place / 4, place % 4, Standing::Hidden);
                }
            }
            let tables: Vec<Grid> = agreeing(&grid).iter().map(|cells| Grid::new(2, 3, cells)).collect();
            for row in 0..=2 {
                for column in 0..=3 {
                    let one = tables.iter().all(|table| table.count(row, column) == grid.count(row, column));
                    prop_assert_eq!(grid.is_determined(row, column), one, "{:?} {},{}", grid, row, column);
                }
            }
        }

        #[test]
        fn closing_protects_what_was_hidden_or_says_that_it_cannot(
            cells in prop::collection::vec(0_u32..3, 6),
            hidden in prop::collection::vec(any::<bool>(), 6),
            whole_rows in any::<bool>(),
        ) {
            let mut grid = Grid::new(3, 2, &cells);
            let hidden: Vec<usize> = (0..6).filter(|place| hidden[*place]).collect();
            for place in &hidden {
                grid.hide(place / 2, place % 2);
            }
            let protected = grid.close(whole_rows);
            let tables = agreeing(&grid);
            prop_assert!(tables.contains(&cells));
            let found = hidden.iter().filter(|place| tables.iter().all(|table| table[**place] == cells[**place])).count();
            prop_assert_eq!(found == 0, protected);
            if !protected {
                prop_assert!((0..6).all(|place| grid.is_hidden(place / 2, place % 2)));
            }
            if whole_rows {
                prop_assert!((0..3).all(|row| grid.is_hidden(row, 0) == grid.is_hidden(row, 1)));
            }
        }
    }

    #[test]
    fn no_more_than_needed_is_hidden() {
        // 0 is hidden; the cheapest cycle is the 2 × 2 with the smallest counts.
        let mut grid = Grid::new(3, 3, &[0, 9, 1, 8, 9, 9, 2, 9, 1]);
        grid.hide(0, 0);
        assert!(grid.close(false));
        let hidden =
            (0..3).flat_map(|row| (0..3).map(move |column| (row, column))).filter(|(r, c)| grid.is_hidden(*r, *c));
        assert_eq!(hidden.collect::<Vec<_>>(), [(0, 0), (0, 2), (2, 0), (2, 2)]);
    }
}
