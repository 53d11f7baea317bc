//! Tables of files as JSON.

use std::io;
use std::ops::Range;

use shared::wire::{ColumnOfTable, TableCell, TableRows};

use crate::export::table::{Column, Table, Value};

/// Those rows of a table.
pub fn rows(table: &dyn Table, wanted: Range<usize>) -> io::Result<TableRows> {
    let (mut rows, mut place, mut enough) = (Vec::new(), 0, wanted.is_empty());
    let columns = table.columns().iter().map(column).collect();
    if enough {
        return Ok(TableRows { columns, rows });
    }
    let read = table.rows(&mut |values| {
        if wanted.contains(&place) {
            rows.push(values.iter().map(cell).collect());
        }
        place += 1;
        enough = place >= wanted.end;
        // An error ends the reading.
        if enough { Err(io::Error::other("enough")) } else { Ok(()) }
    });
    match read {
        Err(error) if !enough => Err(error),
        Ok(()) | Err(_) => Ok(TableRows { columns, rows }),
    }
}

fn column(column: &Column) -> ColumnOfTable {
    ColumnOfTable {
        name: column.name.clone(),
        label: column.label.clone(),
        kind: column.kind.name().to_owned(),
        unit: column.unit.clone(),
        description: column.description.clone(),
    }
}

fn cell(value: &Value<'_>) -> TableCell {
    match value {
        Value::Empty => TableCell::Nothing,
        Value::Text(text) => TableCell::Text((*text).to_owned()),
        Value::Integer(number) => TableCell::Whole(*number),
        Value::Decimal(digits) => {
            digits.parse().map_or_else(|_| TableCell::Text((*digits).to_owned()), TableCell::Decimal)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::table::{Held, HeldTable, Kind};

    #[test]
    fn a_page_holds_its_rows_and_no_others() {
        let columns =
            vec![Column::new("n", "番号", Kind::Integer, ""), Column::new("share", "割合", Kind::Decimal, "")];
        let row = |n: u32| vec![Held::from(n), if n == 2 { Held::Empty } else { Held::Decimal("33.3".to_owned()) }];
        let table = HeldTable::new(columns, (0..5).map(row).collect());
        let page = rows(&table, 2..4).unwrap();
        assert_eq!(serde_json::to_value(&page.rows).unwrap(), serde_json::json!([[2, null], [3, 33.3]]));
        assert_eq!(page.columns[1].kind, "number");
        assert_eq!(rows(&table, 5..5).unwrap().rows, Vec::<Vec<TableCell>>::new());
        assert_eq!(rows(&table, 0..5).unwrap().rows.len(), 5);
    }
}
