//! A table: a heading and rows that know their line, whether of a text or of a workbook.

use csv::{ReaderBuilder, StringRecord};
use csv_core::ReadFieldResult;

use super::book::Cells;
use super::fault::Faults;

/// Most columns.
pub const MOST_COLUMNS: usize = 300;

/// Most fields of one line of a text: a worksheet has no more columns. Those behind the last heading may be empty.
const MOST_FIELDS: usize = 16_384;

/// What is said of a cell that holds a formula.
pub const FORMULA: &str = "数式のようです。値として貼り付けてから保存し直してください。";

/// Whether a cell of a text would be run by a spreadsheet and is no number.
pub fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '＝', '@', '＠'])
}

/// A table, read row by row.
pub struct Sheet<'t> {
    rows: Rows<'t>,
    /// The headings, without spaces around them.
    pub headings: Vec<String>,
}

/// One row.
#[derive(Debug, Clone)]
pub struct Row {
    /// Where it begins, counted from 1.
    pub line: u64,
    cells: StringRecord,
}

impl Row {
    /// The cell of that column, without spaces around it.
    pub fn cell(&self, column: usize) -> &str {
        self.whole(column).trim()
    }

    /// The cell of that column to the letter.
    pub fn whole(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default()
    }
}

impl<'t> Sheet<'t> {
    /// Reads the heading of a text. Commas separate, or tabs where the first line has no comma (Excel's
    /// 「Unicodeテキスト」).
    pub fn read(text: &'t str, faults: &mut Faults) -> Option<Self> {
        let first = text.lines().next().unwrap_or_default();
        let delimiter = if first.contains('\t') && !first.contains(',') { b'\t' } else { b',' };
        Self::of(Rows::Text(Records::new(text, delimiter)), faults)
    }

    /// Reads the heading of a workbook's sheet.
    pub fn of_cells(cells: Cells<'t>, faults: &mut Faults) -> Option<Self> {
        Self::of(Rows::Cells(cells), faults)
    }

    fn of(mut rows: Rows<'t>, faults: &mut Faults) -> Option<Self> {
        let (line, heading) = rows.next(faults)?;
        let mut headings: Vec<String> = heading.iter().map(|cell| cell.trim().to_owned()).collect();
        // Columns without heading at the right end: rows are checked to have nothing in them.
        while headings.last().is_some_and(String::is_empty) {
            headings.pop();
        }
        if headings.len() > MOST_COLUMNS {
            faults.row(line, format!("列が多すぎます（{}列。読み取れるのは{MOST_COLUMNS}列まで）。", headings.len()));
            return None;
        }
        let mut wrong = false;
        for (place, name) in headings.iter().enumerate() {
            if name.is_empty() {
                faults.row(line, format!("{}列目の見出しが空です。見出しを付けてください。", place + 1));
                wrong = true;
            } else if headings[..place].contains(name) {
                faults.cell(line, name, "同じ見出しの列が2つ以上あります。見出しを別の語にしてください。");
                wrong = true;
            }
        }
        (!wrong).then_some(Self { rows, headings })
    }

    /// The next row with anything in it; a row of another width is a fault and left out.
    pub fn next_row(&mut self, faults: &mut Faults) -> Option<Row> {
        let width = self.headings.len();
        while let Some((line, mut cells)) = self.rows.next(faults) {
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if let Rows::Cells(_) = self.rows {
                // A sheet has no end of a row.
                cells.extend(std::iter::repeat_n("", width.saturating_sub(cells.len())));
            }
            if cells.len() < width || cells.iter().skip(width).any(|cell| !cell.trim().is_empty()) {
                let message = format!("列の数が見出しと合いません（見出し{width}列、この行{}列）。", cells.len());
                faults.row(line, message);
                continue;
            }
            return Some(Row { line, cells });
        }
        None
    }
}

/// Where rows come from.
enum Rows<'t> {
    Text(Records<'t>),
    Cells(Cells<'t>),
}

impl Rows<'_> {
    fn next(&mut self, faults: &mut Faults) -> Option<(u64, StringRecord)> {
        match self {
            Self::Text(records) => records.next(faults),
            Self::Cells(cells) => cells.next_row(),
        }
    }
}

/// Records with the line on which each begins. The reader's own count lags behind where lines end with CRLF and where
/// it passes over empty ones.
struct Records<'t> {
    text: &'t [u8],
    reader: csv::Reader<&'t [u8]>,
    /// Tells fields apart as the reader does.
    widths: Box<csv_core::Reader>,
    /// Bytes whose line ends are counted.
    counted: usize,
    line: u64,
}

impl<'t> Records<'t> {
    fn new(text: &'t str, delimiter: u8) -> Self {
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(delimiter);
        let reader = builder.from_reader(text.as_bytes());
        let widths = Box::new(csv_core::ReaderBuilder::new().delimiter(delimiter).build());
        Self { text: text.as_bytes(), reader, widths, counted: 0, line: 1 }
    }

    /// The next record; none at the end, and after what is no CSV or wider than any.
    fn next(&mut self, faults: &mut Faults) -> Option<(u64, StringRecord)> {
        let start = usize::try_from(self.reader.position().byte()).unwrap_or(self.text.len());
        if is_too_wide(&mut self.widths, self.text.get(start..).unwrap_or_default()) {
            let line = self.line_at(start);
            let message = format!(
                "列が多すぎます（{MOST_FIELDS}列を超えています。読み取れるのは{MOST_COLUMNS}列まで）。余分な区切りの文字を消して保存し直してください。"
            );
            faults.row(line, message);
            return None;
        }
        let mut record = StringRecord::new();
        match self.reader.read_record(&mut record) {
            Ok(false) => None,
            Ok(true) => {
                let start = record.position().map_or(0, csv::Position::byte);
                Some((self.line_at(usize::try_from(start).unwrap_or(self.text.len())), record))
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                faults.row(line, format!("CSVとして読み取れません: {error}"));
                None
            }
        }
    }

    /// The line of the first byte from `start` on that ends no line.
    fn line_at(&mut self, start: usize) -> u64 {
        let empty = self.text.iter().skip(start).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let end = start + empty;
        let passed = self.text.get(self.counted..end).unwrap_or_default();
        self.line += passed.split(|byte| *byte == b'\n').skip(1).count() as u64;
        self.counted = end;
        self.line
    }
}

/// Whether the first record has more than [`MOST_FIELDS`]; none of them is kept.
fn is_too_wide(reader: &mut csv_core::Reader, mut text: &[u8]) -> bool {
    reader.reset();
    let (mut fields, mut passed) = (0, [0; 4096]);
    while !text.is_empty() && fields <= MOST_FIELDS {
        let (result, read, _) = reader.read_field(text, &mut passed);
        text = &text[read..];
        match result {
            ReadFieldResult::Field { record_end: true } => return fields >= MOST_FIELDS,
            ReadFieldResult::Field { record_end: false } => fields += 1,
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
            ReadFieldResult::End => break,
        }
    }
    // The last field of a text without a line end.
    fields >= MOST_FIELDS
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row's line and its cells.
    type Read = (u64, Vec<String>);

    /// Headings, rows and faults.
    fn rows(text: &str) -> (Vec<String>, Vec<Read>, String) {
        let mut faults = Faults::new("a.csv");
        let Some(mut sheet) = Sheet::read(text, &mut faults) else { return (vec![], vec![], faults.to_string()) };
        let width = sheet.headings.len();
        let mut rows = Vec::new();
        while let Some(row) = sheet.next_row(&mut faults) {
            rows.push((row.line, (0..width).map(|column| row.cell(column).to_owned()).collect()));
        }
        (sheet.headings, rows, faults.to_string())
    }

    #[test]
    fn rows_know_their_line_and_empty_ones_are_nothing() {
        let (headings, rows, faults) = rows("a,b,,\r\n1,\"x\ny\",,\r\n,,,\r\n\r\n 2 , z\r\n");
        assert_eq!(headings, ["a", "b"]);
        assert_eq!(rows, [(2, vec!["1".into(), "x\ny".into()]), (6, vec!["2".into(), "z".into()])]);
        assert_eq!(faults, "");
    }

    #[test]
    fn tabs_separate_where_the_heading_has_no_comma() {
        assert_eq!(rows("a\tb\n1\t2,3\n").1, [(2, vec!["1".into(), "2,3".into()])]);
    }

    #[test]
    fn ragged_rows_and_bad_headings_are_faults() {
        let (_, read, faults) = rows("a,b\n1\n1,2,3\n1,2\n");
        assert_eq!(read.len(), 1);
        assert_eq!(
            faults,
            "a.csv 2行目: 列の数が見出しと合いません（見出し2列、この行1列）。\n\
             a.csv 3行目: 列の数が見出しと合いません（見出し2列、この行3列）。"
        );
        assert!(rows("a,a\n").2.starts_with("a.csv 1行目 a列: 同じ見出し"));
        assert!(rows("a,,b\n").2.starts_with("a.csv 1行目: 2列目の見出しが空"));
        let wide = (0..=MOST_COLUMNS).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
        assert!(rows(&wide).2.contains("列が多すぎます"));
        assert_eq!(rows(&format!("a,b{}\n1,2\n", ",".repeat(MOST_FIELDS - 2))).0, ["a", "b"]);
        let wider = ",".repeat(MOST_FIELDS);
        assert!(
            rows(&wider).2.starts_with("a.csv 1行目: 列が多すぎます（16384列を超えています。"),
            "{}",
            rows(&wider).2
        );
        let (_, read, faults) = rows(&format!("a,b\n1,2\r\n\r\n{wider}\n3,4\n"));
        assert_eq!((read.len(), faults.contains("a.csv 4行目: 列が多すぎます")), (1, true), "{faults}");
        // What is quoted separates nothing.
        assert_eq!(rows(&format!("a,b\n\"{wider}\"\"\n{wider}\",2\n")).1.len(), 1);
    }
}
