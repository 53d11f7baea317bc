//! The table of an exhibit as CSV, by the conventions of [`super::answers`].
//!
//! A column some of whose cells have no number has a column `…_state` beside it. Shares are per cent to one decimal, points
//! too; what they are shares of stands in the table's own columns.

use std::io::Write;

use app::exhibit::Exhibit;
use app::exhibit::table::Value;

use super::answers::safe_text;

/// Writes the table; the last columns say where it comes from.
pub fn write_csv(exhibit: &Exhibit, mut out: impl Write) -> Result<(), csv::Error> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    let table = &exhibit.table;
    let has_states =
        |place: usize| table.rows.iter().any(|row| row.get(place).is_some_and(|value| !value.state().is_empty()));
    let states: Vec<bool> = (0..table.columns.len()).map(has_states).collect();
    let mut header: Vec<String> = Vec::new();
    for (column, states) in table.columns.iter().zip(&states) {
        header.push(column.name.clone());
        header.extend(states.then(|| format!("{}_state", column.name)));
    }
    header.extend(["source".to_owned(), "note".to_owned()]);
    csv.write_record(&header)?;
    let note = if exhibit.demonstration { "デモデータ（架空の回答）" } else { "" };
    for row in &table.rows {
        let mut record: Vec<String> = Vec::new();
        for (value, states) in row.iter().zip(&states) {
            record.push(match value {
                Value::Text(text) | Value::Link(text, _) => safe_text(text),
                number => number.plain(),
            });
            record.extend(states.then(|| value.state().to_owned()));
        }
        record.extend([safe_text(&exhibit.source), note.to_owned()]);
        csv.write_record(&record)?;
    }
    csv.flush()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use app::exhibit::table::{Column, DataTable};
    use shared::share::{Points, Share};
    use shared::tabulation::Count;

    use super::*;

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
        write_csv(&exhibit, &mut bytes).unwrap();
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            "\u{feff}region,engaged,engaged_state,share,change,source,note\r\n\
             '=東青,1234,,33.3,-2.5,県企画政策部調べ,デモデータ（架空の回答）\r\n\
             下北,,suppressed,,,県企画政策部調べ,デモデータ（架空の回答）\r\n"
        );
    }
}
