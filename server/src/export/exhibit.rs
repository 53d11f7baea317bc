//! The table of an exhibit, to be written in any [form](super::format).
//!
//! A column some of whose cells have no number has a column `…_state` beside it. Shares are per cent to one decimal, points
//! too; what they are shares of stands in the table's own columns. Nothing of a page's way of saying numbers (separators,
//! units, signs of its own) enters a file: a column says its type and its unit, and its cells are digits. What a page says
//! in one cell has columns of its own ([`Place`]).

use app::exhibit::Exhibit;
use app::exhibit::table::{self, Holds, Place, Value};

use super::dataset::note;
use super::table::{Column, Held, HeldTable, Kind};

/// Why a cell has no number.
const STATES: [(&str, &str); 2] = [("suppressed", "秘匿"), ("not_offered", "選択肢なし")];

/// The table; its last columns say where it comes from.
pub fn table(exhibit: &Exhibit) -> HeldTable {
    let given = &exhibit.table;
    let has_states =
        |place: usize| given.rows.iter().any(|row| row.get(place).is_some_and(|value| !value.state().is_empty()));
    let states: Vec<bool> = (0..given.columns.len()).map(has_states).collect();
    let in_files = |column: &table::Column| column.place != Place::Pages;
    let mut columns: Vec<Column> = Vec::new();
    for (column, states) in given.columns.iter().zip(&states).filter(|(column, _)| in_files(column)) {
        let name = unique(&columns, &column.name);
        let state = || {
            let meaning = format!("「{}」の数がない理由", column.label);
            Column::new(format!("{name}_state"), format!("{}の状態", column.label), Kind::Code, meaning).coded(STATES)
        };
        let state = states.then(state);
        columns.push(described(&given.caption, name, column));
        columns.extend(state);
    }
    columns.push(Column::new("source", "出典", Kind::Text, "調査、年度、公表の版とデータのハッシュ"));
    columns.push(Column::new("note", "注意", Kind::Text, "架空のデータなど、行を使うときに必ず知るべきこと"));
    let row = |row: &Vec<Value>| {
        let mut held = Vec::new();
        let cells = row.iter().zip(&given.columns).zip(&states);
        for ((value, column), states) in cells.filter(|((_, column), _)| in_files(column)) {
            held.push(cell(column, value));
            held.extend(states.then(|| Held::from(value.state())));
        }
        held.extend([Held::from(exhibit.source.as_str()), Held::from(note(exhibit.demonstration))]);
        held
    };
    HeldTable::new(columns, given.rows.iter().map(row).collect())
}

fn described(caption: &str, name: String, column: &table::Column) -> Column {
    let (kind, unit) = match &column.holds {
        Holds::Words => (Kind::Text, ""),
        Holds::Whole(unit) => (Kind::Integer, unit.as_str()),
        Holds::Decimal(unit) => (Kind::Decimal, unit.as_str()),
    };
    let meaning = if caption.is_empty() { column.label.clone() } else { format!("{caption}の「{}」", column.label) };
    Column::new(name, &column.label, kind, meaning).in_unit(Some(unit).filter(|unit| !unit.is_empty()))
}

/// The name as files allow it (rule L3-08): codes of choices and areas are the questionnaire's, and may be anything.
fn unique(before: &[Column], name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let taken = |name: &str| before.iter().any(|column| column.name == name);
    let numbered = (2..).map(|number| format!("{plain}_{number}"));
    std::iter::once(plain.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(plain)
}

/// Words stay words whatever is in them; what a column of numbers holds is digits or nothing.
fn cell(column: &table::Column, value: &Value) -> Held {
    let plain = value.plain();
    if plain.is_empty() {
        return Held::Empty;
    }
    match &column.holds {
        Holds::Words => Held::Text(plain),
        Holds::Whole(_) => plain.parse().map_or(Held::Empty, Held::Integer),
        Holds::Decimal(_) => {
            debug_assert!(plain.parse::<f64>().is_ok(), "{}: {plain}", column.name);
            Held::Decimal(plain)
        }
    }
}

#[cfg(test)]
mod tests {
    use app::exhibit::table::{Column, DataTable};
    use shared::share::{Points, Share};
    use shared::tabulation::Count;

    use super::*;
    use crate::export::format::{Encoding, csv};
    use crate::export::table::Table as _;

    #[test]
    fn a_table_is_written_as_analysts_read_it() {
        let columns = vec![
            Column::words("地域", "region"),
            Column::words("地域と年度", "region_and_year").on_pages(),
            Column::whole("年度（西暦）", "fiscal_year", "").in_files(),
            Column::count("団体", "engaged"),
            Column::share("割合", "share"),
            Column::points("差", "change"),
        ];
        let exhibit = Exhibit {
            id: "map".to_owned(),
            finding: vec!["地域ごとの割合".to_owned()],
            subtitle: String::new(),
            chart: None,
            table: DataTable {
                caption: String::new(),
                columns,
                rows: vec![
                    vec![
                        Value::Text("=東青".to_owned()),
                        Value::Text("東青（令和7年度）".to_owned()),
                        Value::Whole(2025),
                        Value::Count(Count::Shown(1_234)),
                        Value::Share(Share::new(1, 3)),
                        Value::Points(Points(-25)),
                    ],
                    vec![
                        Value::Text("下北".to_owned()),
                        Value::Text("下北（令和7年度）".to_owned()),
                        Value::Whole(2025),
                        Value::Count(Count::Suppressed),
                        Value::Nothing,
                        Value::Nothing,
                    ],
                ],
            },
            notes: Vec::new(),
            source: "県企画政策部調べ".to_owned(),
            computation: Some("/indicators/any-field/2025".to_owned()),
            address: None,
            demonstration: true,
        };
        let written = table(&exhibit);
        let kinds: Vec<_> = written.columns()[2..6].iter().map(|c| (c.kind, c.unit.as_deref())).collect();
        let (percent, points) = ((Kind::Decimal, Some("％")), (Kind::Decimal, Some("ポイント")));
        assert_eq!(kinds, [(Kind::Integer, Some("市町村")), (Kind::Code, None), percent, points]);
        let mut bytes = Vec::new();
        csv::write(&written, Encoding::Utf8Bom, &mut bytes).unwrap();
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            "\u{feff}region,fiscal_year,engaged,engaged_state,share,change,source,note\r\n\
             '=東青,2025,1234,,33.3,-2.5,県企画政策部調べ,デモデータ（架空の回答）\r\n\
             下北,2025,,suppressed,,,県企画政策部調べ,デモデータ（架空の回答）\r\n"
        );
    }

    #[test]
    fn names_of_columns_are_plain_and_unique() {
        let before = [super::Column::new("choice_a_b", "", Kind::Text, "")];
        assert_eq!(unique(&before, "choice_a-b"), "choice_a_b_2");
        assert_eq!(unique(&before, "choice_窓口"), "choice___");
    }
}
