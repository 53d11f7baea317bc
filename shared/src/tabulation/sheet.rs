//! The bytes of one year: a contiguous column a variable (or a choice of a multiple answer), one byte a municipality.

use super::code::OFF;

/// Columns of equal height. A cell that was not given is [`OFF`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    height: usize,
    cells: Vec<u8>,
}

impl Sheet {
    /// No columns yet, for `height` municipalities.
    pub fn new(height: usize) -> Self {
        Self { height, cells: Vec::new() }
    }

    /// How many municipalities.
    pub fn height(&self) -> usize {
        self.height
    }

    /// How many columns.
    pub fn columns(&self) -> usize {
        self.cells.len().checked_div(self.height).unwrap_or(0)
    }

    /// Adds columns without cells until there are `columns`.
    pub fn widen(&mut self, columns: usize) {
        if columns > self.columns() {
            self.cells.resize(columns * self.height, OFF);
        }
    }

    /// The cells of a column, by municipality.
    pub fn column(&self, column: usize) -> Option<&[u8]> {
        self.cells.get(column * self.height..)?.get(..self.height)
    }

    /// Writes a cell and says what stood there; the column is added when it is not there yet.
    ///
    /// `None` when `row` is not below [`Self::height`].
    pub fn set(&mut self, column: usize, row: usize, code: u8) -> Option<u8> {
        if row >= self.height {
            return None;
        }
        let place = column * self.height + row;
        if place >= self.cells.len() {
            self.widen(column + 1);
        }
        self.cells.get_mut(place).map(|cell| std::mem::replace(cell, code))
    }

    /// Takes over every cell of another sheet of the same height; the (column, row) of a cell that both have otherwise.
    pub fn merge(&mut self, other: &Self) -> Result<(), (usize, usize)> {
        self.widen(other.columns());
        for (place, (cell, new)) in self.cells.iter_mut().zip(&other.cells).enumerate() {
            if *cell != OFF && *new != OFF {
                return Err((place / self.height, place % self.height));
            }
            *cell &= new;
        }
        Ok(())
    }

    /// The first (column, row) without a cell.
    pub fn first_gap(&self) -> Option<(usize, usize)> {
        let place = self.cells.iter().position(|cell| *cell == OFF)?;
        Some((place / self.height, place % self.height))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_grow_as_cells_come_and_halves_merge() {
        let mut one = Sheet::new(3);
        assert_eq!(one.set(1, 2, 4), Some(OFF));
        assert_eq!(one.set(1, 2, 5), Some(4));
        assert_eq!(one.set(0, 3, 1), None);
        assert_eq!(one.columns(), 2);
        let mut other = Sheet::new(3);
        other.set(2, 0, 7);
        other.set(0, 0, 1);
        one.merge(&other).unwrap();
        assert_eq!(one.column(0), Some([1, OFF, OFF].as_slice()));
        assert_eq!(one.column(1), Some([OFF, OFF, 5].as_slice()));
        assert_eq!(one.column(2), Some([7, OFF, OFF].as_slice()));
        assert_eq!(one.column(3), None);
        assert_eq!(one.merge(&other), Err((0, 0)));
        assert_eq!(one.first_gap(), Some((0, 1)));
    }

    #[test]
    fn a_sheet_of_no_municipality_has_no_columns() {
        let mut sheet = Sheet::new(0);
        assert_eq!(sheet.set(0, 0, 1), None);
        assert_eq!((sheet.columns(), sheet.column(0).map(<[u8]>::len)), (0, Some(0)));
    }
}
