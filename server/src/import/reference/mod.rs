//! 公表資料: a table of municipalities' public figures, wide (a column an item) or long (a row an item).
//!
//! - `columns`: which column is what

mod columns;

use std::collections::{BTreeMap, BTreeSet};

use shared::municipality::MunicipalityCode;

use columns::Columns;

use super::ImportError;
use super::fault::{Faults, faultless};
use super::register::Register;
use super::sheet::{FORMULA, Row, Sheet, is_formula};

/// Longest figure, in characters: it stands beside a question.
const LONGEST_VALUE: usize = 200;
/// So many different figures of an item are counted one by one.
const COUNTED_VALUES: usize = 5;
/// Between the parts of an item's name.
const SEPARATOR: &str = "：";

/// How the figures stand in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Layout {
    /// A row a municipality, a column an item.
    Wide,
    /// A row an item of a municipality.
    Long {
        /// Headings of the columns that name the item, in order.
        items: Vec<String>,
        /// Heading of the column that holds the figure.
        value: String,
    },
}

/// What a table holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Heading of the column of codes.
    pub code_column: Option<String>,
    /// Heading of the column of names.
    pub name_column: Option<String>,
    /// Rows with figures.
    pub rows: usize,
    /// Whose figures they are.
    pub municipalities: BTreeSet<MunicipalityCode>,
    /// The items in the table's order.
    pub items: Vec<Item>,
    /// Municipality, item, figure as printed; none for an empty cell.
    pub figures: Vec<(MunicipalityCode, String, String)>,
}

/// An item and how it is filled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// Its name: the column's heading.
    pub name: String,
    /// Cells with a figure.
    pub filled: usize,
    /// Empty cells.
    pub blank: usize,
    /// Each figure with how often it stands there; `None` when there are too many different ones.
    pub values: Option<BTreeMap<String, usize>>,
}

/// Reads the table, or says everything that is wrong with it.
pub fn read(file: &str, text: &str, layout: &Layout, register: &Register) -> Result<Reading, ImportError> {
    faultless(file, |faults| read_all(text, layout, register, faults))
}

fn read_all(text: &str, layout: &Layout, register: &Register, faults: &mut Faults) -> Option<Reading> {
    let mut sheet = Sheet::read(text, faults)?;
    let columns = Columns::find(&sheet.headings, layout, faults)?;
    let mut reader =
        Reader { columns, items: Vec::new(), places: BTreeMap::new(), seen: BTreeMap::new(), figures: vec![] };
    let mut rows = 0;
    while let Some(row) = sheet.next_row(faults) {
        rows += 1;
        if let Some(code) = reader.columns.whose.municipality(&sheet.headings, &row, register, faults) {
            match layout {
                Layout::Wide => reader.wide(&sheet.headings, &row, code, faults),
                Layout::Long { value, .. } => reader.long(value, &row, code, faults),
            }
        }
    }
    if rows == 0 {
        faults.whole("見出しの下に行がありません。");
    } else if reader.figures.is_empty() && faults.is_empty() {
        faults.whole("値が1つもありません。");
    }
    let heading = |place: Option<usize>| place.and_then(|place| sheet.headings.get(place)).cloned();
    Some(Reading {
        code_column: heading(reader.columns.whose.code),
        name_column: heading(reader.columns.whose.name),
        rows,
        municipalities: reader.figures.iter().map(|(code, ..)| *code).collect(),
        items: reader.items,
        figures: reader.figures,
    })
}

struct Reader {
    columns: Columns,
    items: Vec<Item>,
    /// An item's place in `items`.
    places: BTreeMap<String, usize>,
    /// Where a municipality (long: its item) stood before.
    seen: BTreeMap<(MunicipalityCode, String), u64>,
    figures: Vec<(MunicipalityCode, String, String)>,
}

impl Reader {
    fn wide(&mut self, headings: &[String], row: &Row, code: MunicipalityCode, faults: &mut Faults) {
        if let Some(before) = self.seen.insert((code, String::new()), row.line) {
            let message = format!(
                "市町村 {code} は{before}行目にもあります。1行に1つの項目がある表なら、--item と --value で列を指定してください。"
            );
            faults.row(row.line, message);
            return;
        }
        for column in self.columns.items.clone() {
            if let Some(heading) = headings.get(column) {
                self.figure(code, heading, heading, row, column, faults);
            }
        }
    }

    fn long(&mut self, value: &str, row: &Row, code: MunicipalityCode, faults: &mut Faults) {
        let parts: Vec<&str> = self.columns.items.iter().map(|column| row.cell(*column)).collect();
        if parts.iter().any(|part| part.is_empty()) {
            faults.row(row.line, "項目の名前が空です。");
            return;
        }
        let item = parts.join(SEPARATOR);
        if let Some(before) = self.seen.insert((code, item.clone()), row.line) {
            faults.row(row.line, format!("市町村 {code} の「{item}」は{before}行目にもあります。"));
            return;
        }
        if let Some(column) = self.columns.value {
            self.figure(code, &item, value, row, column, faults);
        }
    }

    fn figure(
        &mut self,
        code: MunicipalityCode,
        item: &str,
        heading: &str,
        row: &Row,
        column: usize,
        faults: &mut Faults,
    ) {
        let value = row.cell(column);
        let place = *self.places.entry(item.to_owned()).or_insert_with(|| {
            self.items.push(Item { name: item.to_owned(), values: Some(BTreeMap::new()), ..Item::default() });
            self.items.len() - 1
        });
        let Some(summary) = self.items.get_mut(place) else { return };
        if value.is_empty() {
            summary.blank += 1;
            return;
        }
        if let Some(message) = fault_of(value) {
            faults.cell(row.line, heading, message);
            return;
        }
        summary.filled += 1;
        if let Some(values) = &mut summary.values {
            *values.entry(value.to_owned()).or_default() += 1;
            if values.len() > COUNTED_VALUES {
                summary.values = None;
            }
        }
        self.figures.push((code, item.to_owned(), value.to_owned()));
    }
}

/// Why a cell cannot be a figure.
fn fault_of(value: &str) -> Option<String> {
    if is_formula(value) {
        return Some(FORMULA.to_owned());
    }
    if value.chars().any(char::is_control) {
        return Some("改行などの制御文字があります。取り除いてください。".to_owned());
    }
    let length = value.chars().count();
    (length > LONGEST_VALUE).then(|| format!("長すぎます（{length}文字。{LONGEST_VALUE}文字まで）。"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeds::Seeds;

    fn register() -> Register {
        Register::new(Seeds::Embedded.municipalities().unwrap(), "02")
    }

    fn wide(text: &str) -> Result<Reading, String> {
        read("a.csv", text, &Layout::Wide, &register()).map_err(|error| error.to_string())
    }

    fn figure(code: &str, item: &str, value: &str) -> (MunicipalityCode, String, String) {
        (code.parse().unwrap(), item.to_owned(), value.to_owned())
    }

    #[test]
    fn a_wide_table_gives_a_figure_for_every_cell_that_has_one() {
        let read = wide("code6,name,架空の項目,率\n022012,青森市,実施,74%\n022021,弘前市,未実施,\n").unwrap();
        assert_eq!(
            read.figures,
            [
                figure("022012", "架空の項目", "実施"),
                figure("022012", "率", "74%"),
                figure("022021", "架空の項目", "未実施")
            ]
        );
        assert_eq!((read.code_column.as_deref(), read.name_column.as_deref()), (Some("code6"), Some("name")));
        assert_eq!((read.rows, read.municipalities.len()), (2, 2));
        let filled: Vec<_> = read.items.iter().map(|item| (item.name.as_str(), item.filled, item.blank)).collect();
        assert_eq!(filled, [("架空の項目", 2, 0), ("率", 1, 1)]);
        let counted = read.items[0].values.clone().unwrap();
        assert_eq!(counted, [("実施".to_owned(), 1), ("未実施".to_owned(), 1)].into());
    }

    #[test]
    fn names_alone_are_enough_and_a_column_of_prefectures_is_no_item() {
        let read = wide("都道府県名,市区町村名,値\n青森県,西津軽郡鯵ケ沢町,1\n山梨県,南部町,2\n").unwrap();
        assert_eq!(read.figures, [figure("023213", "値", "1"), figure("193666", "値", "2")]);
    }

    #[test]
    fn a_long_table_names_its_items_by_the_columns_given() {
        let text =
            "code6,name,group,procedure,rate\n022012,青森市,甲,a,1.5\n022012,青森市,甲,b,\n022021,弘前市,甲,a,2\n";
        let layout = Layout::Long { items: vec!["group".into(), "procedure".into()], value: "rate".into() };
        let read_long = |text: &str| read("a.csv", text, &layout, &register()).map_err(|error| error.to_string());
        let read = read_long(text).unwrap();
        assert_eq!(read.figures, [figure("022012", "甲：a", "1.5"), figure("022021", "甲：a", "2")]);
        assert_eq!(read.items.iter().map(|item| item.blank).collect::<Vec<_>>(), [0, 1]);
        let twice = text.replace("甲,b", "甲,a");
        assert_eq!(read_long(&twice).unwrap_err(), "a.csv 3行目: 市町村 022012 の「甲：a」は2行目にもあります。");
        let layout = Layout::Long { items: vec!["手続".into()], value: "率".into() };
        let error = super::read("a.csv", text, &layout, &register()).unwrap_err().to_string();
        assert_eq!(
            error,
            "a.csv 1行目: 「手続」という見出しの列がありません。\na.csv 1行目: 「率」という見出しの列がありません。"
        );
        assert!(wide(text).unwrap_err().contains("--item"));
    }

    #[test]
    fn every_fault_is_named_with_its_place_and_nothing_is_read() {
        for (text, fault) in [
            ("項目,値\n1,2\n", "a.csv 1行目: 市町村コードの列も市町村名の列もありません"),
            ("code\n022012\n", "a.csv 1行目: 項目の列がありません"),
            ("code,値\n", "a.csv: 見出しの下に行がありません"),
            ("code,値\n022012,\n", "a.csv: 値が1つもありません"),
            ("code,値\n022012,1\n022012,2\n", "a.csv 3行目: 市町村 022012 は2行目にもあります"),
            ("code,値\n022013,1\n", "a.csv 2行目 code列: 「022013」の検査数字"),
            ("code,値\n22012,1\n", "a.csv 2行目 code列: 「22012」は先頭の0が落ちた"),
            ("code,値\n020001,1\n", "a.csv 2行目 code列: 「020001」は都道府県"),
            ("name,値\n浪岡町,1\n", "a.csv 2行目 name列: 「浪岡町」という市町村は、青森県の名簿にありません"),
            (
                "code,name,値\n022012,弘前市,1\n",
                "a.csv 2行目 name列: コード 022012 は青森市ですが、名前は「弘前市」です",
            ),
            ("code,値\n022012,1\n022021\n", "a.csv 3行目: 列の数が見出しと合いません（見出し2列、この行1列）"),
            ("code,値\n022012,=1+1\n", "a.csv 2行目 値列: 数式のようです"),
            ("code,値\n022012,\"a\nb\"\n", "a.csv 2行目 値列: 改行などの制御文字"),
        ] {
            let said = wide(text).unwrap_err();
            assert!(said.starts_with(fault), "{text:?}: {said}");
        }
        let long = format!("code,値\n022012,{}\n", "あ".repeat(201));
        assert!(wide(&long).unwrap_err().contains("長すぎます（201文字"));
        // All of them, not the first.
        assert_eq!(wide("code,値\n022013,1\n022021,=1\n").unwrap_err().lines().count(), 2);
    }
}
