//! Further suppression in a table by groups, so that nothing is found from it, its total and the tables by other
//! groupings together.
//!
//! What stands in a block ([`super::blocks`]) follows from several tables. So blocks are protected first, from their
//! counts alone: every table that has them hides the same. A column that is hidden in one block is hidden in all, and in
//! every group, as one that is hidden in the total is. Then the groups of each block are protected among themselves,
//! which changes no other table.

use super::grid::{Grid, Standing};

/// What stands above rows: the total of all, or of a block.
#[derive(Debug, Clone)]
pub struct Above {
    /// Which of its cells are hidden, and those of every row with them.
    pub hidden: Vec<bool>,
    /// Which of them tell something by themselves.
    pub tells: Vec<bool>,
}

/// A table by groups.
#[derive(Debug, Clone, Copy)]
pub struct Groups<'t> {
    /// The counts, one row a group.
    pub cells: &'t [Vec<u32>],
    /// Whether a whole row is hidden already.
    pub withheld: &'t [bool],
    /// Which cells an earlier revision hid.
    pub already: &'t [Vec<bool>],
    /// The block of each group.
    pub blocks: &'t [usize],
}

#[derive(Clone, Copy)]
struct Row<'t> {
    cells: &'t [u32],
    withheld: bool,
    already: &'t [bool],
}

impl Above {
    /// Makes a grid hide what is hidden here.
    pub fn stand(&self, grid: &mut Grid, rows: usize) {
        for (column, tells) in self.tells.iter().enumerate().filter(|(column, _)| self.hidden[*column]) {
            for row in 0..=rows {
                grid.stand(row, column, Standing::Hidden);
            }
            if *tells {
                grid.hide(rows, column);
            }
        }
    }
}

impl Groups<'_> {
    /// Which cells are hidden. `tells` says which cells of a row do.
    pub fn hidden(self, total: &Above, tells: impl Fn(&[u32]) -> Vec<bool>) -> Vec<Vec<bool>> {
        let columns = total.hidden.len();
        let blocks = self.blocks.iter().max().map_or(0, |last| last + 1);
        if blocks < 2 {
            let rows: Vec<Row<'_>> = self.rows(|_| true).map(|(_, row)| row).collect();
            return close(&rows, total, &tells).0;
        }
        let mut sums = vec![vec![0; columns]; blocks];
        for (cells, block) in self.cells.iter().zip(self.blocks) {
            sums[*block].iter_mut().zip(cells).for_each(|(sum, count)| *sum += count);
        }
        let rows: Vec<Row<'_>> = sums.iter().map(|sum| Row { cells: sum, withheld: false, already: &[] }).collect();
        let (of_blocks, _) = close(&rows, total, &tells);
        let hidden: Vec<bool> = (0..columns).map(|column| of_blocks.iter().any(|block| block[column])).collect();
        let mut shown = vec![vec![true; columns]; self.cells.len()];
        for (block, sum) in sums.iter().enumerate() {
            let (lines, rows): (Vec<usize>, Vec<Row<'_>>) = self.rows(|line| self.blocks[line] == block).unzip();
            let above = Above { hidden: hidden.clone(), tells: tells(sum) };
            let (of_groups, closed) = close(&rows, &above, &tells);
            if !closed {
                return vec![vec![true; columns]; self.cells.len()];
            }
            for (line, cells) in lines.into_iter().zip(of_groups) {
                shown[line] = cells;
            }
        }
        shown
    }

    fn rows(&self, of: impl Fn(usize) -> bool) -> impl Iterator<Item = (usize, Row<'_>)> {
        let rows = self.cells.iter().zip(self.withheld).zip(self.already);
        let rows = rows.map(|((cells, withheld), already)| Row { cells, withheld: *withheld, already });
        rows.enumerate().filter(move |(line, _)| of(*line))
    }
}

/// Which cells of the rows are hidden, and whether that protects them; where it cannot, all of them are.
fn close(rows: &[Row<'_>], above: &Above, tells: &impl Fn(&[u32]) -> Vec<bool>) -> (Vec<Vec<bool>>, bool) {
    let columns = above.hidden.len();
    let cells: Vec<u32> = rows.iter().flat_map(|row| row.cells.iter().copied()).collect();
    let mut grid = Grid::new(rows.len(), columns, &cells);
    above.stand(&mut grid, rows.len());
    for (line, row) in rows.iter().enumerate() {
        for (column, tells) in tells(row.cells).into_iter().enumerate() {
            if row.withheld {
                grid.stand(line, column, Standing::Hidden);
            }
            if tells || row.already.get(column).is_some_and(|already| *already) {
                grid.hide(line, column);
            }
        }
    }
    let closed = grid.close(false);
    (grid.hidden(), closed)
}
