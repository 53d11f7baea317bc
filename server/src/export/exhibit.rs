//! The table of an exhibit, to be written in any [form](super::format).
//!
//! A column some of whose cells have no number has a column `…_state` beside it. Shares are per cent to one decimal, points
//! too; what they are shares of stands in the table's own columns.

use app::exhibit::Exhibit;
use app::exhibit::table::Value;

use super::dataset::note;
use super::table::{Column, Held, HeldTable, Kind};

/// The table; its last columns say where it comes from.
pub fn table(exhibit: &Exhibit) -> HeldTable {
    let given = &exhibit.table;
    let has_states =
        |place: usize| given.rows.iter().any(|row| row.get(place).is_some_and(|value| !value.state().is_empty()));
    let states: Vec<bool> = (0..given.columns.len()).map(has_states).collect();
    let mut columns = Vec::new();
    for (column, states) in given.columns.iter().zip(&states) {
        columns.push(Column::new(&column.name, &column.label, Kind::Text, ""));
        columns.extend(states.then(|| Column::new(format!("{}_state", column.name), "状態", Kind::Code, "")));
    }
    columns.push(Column::new("source", "出典", Kind::Text, ""));
    columns.push(Column::new("note", "注意", Kind::Text, ""));
    let row = |row: &Vec<Value>| {
        let mut held = Vec::new();
        for (value, states) in row.iter().zip(&states) {
            held.push(match value {
                Value::Text(text) | Value::Link(text, _) => Held::from(text.as_str()),
                number => Some(number.plain()).filter(|digits| !digits.is_empty()).map_or(Held::Empty, Held::Decimal),
            });
            held.extend(states.then(|| Held::from(value.state())));
        }
        held.extend([Held::from(exhibit.source.as_str()), Held::from(note(exhibit.demonstration))]);
        held
    };
    HeldTable::new(columns, given.rows.iter().map(row).collect())
}

#[cfg(test)]
mod tests {
    use app::exhibit::table::{Column, DataTable};
    use shared::share::{Points, Share};
    use shared::tabulation::Count;

    use super::*;
    use crate::export::format::{Encoding, csv};

    #[test]
    fn a_table_is_written_as_analysts_read_it() {
        let columns = [("地域", "region"), ("団体", "engaged"), ("割合", "share"), ("差", "change")];
        let exhibit = Exhibit {
            id: "map".to_owned(),
            finding: vec!["地域ごとの割合".to_owned()],
            subtitle: String::new(),
            chart: None,
            table: DataTable {
                caption: String::new(),
                columns: columns.map(|(label, name)| Column::new(label, name)).to_vec(),
                rows: vec![
                    vec![
                        Value::Text("=東青".to_owned()),
                        Value::Count(Count::Shown(1_234)),
                        Value::Share(Share::new(1, 3)),
                        Value::Points(Points(-25)),
                    ],
                    vec![
                        Value::Text("下北".to_owned()),
                        Value::Count(Count::Suppressed),
                        Value::Nothing,
                        Value::Nothing,
                    ],
                ],
            },
            notes: Vec::new(),
            source: "県企画政策部調べ".to_owned(),
            address: None,
            demonstration: true,
        };
        let mut bytes = Vec::new();
        csv::write(&table(&exhibit), Encoding::Utf8Bom, &mut bytes).unwrap();
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            "\u{feff}region,engaged,engaged_state,share,change,source,note\r\n\
             '=東青,1234,,33.3,-2.5,県企画政策部調べ,デモデータ（架空の回答）\r\n\
             下北,,suppressed,,,県企画政策部調べ,デモデータ（架空の回答）\r\n"
        );
    }
}
