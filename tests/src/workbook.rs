//! A downloaded workbook in other people's hands: openpyxl edits it, LibreOffice saves it, calamine reads it.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use calamine::{Data, Reader, Xlsx};

use crate::program::repository;

/// Opens a workbook, fills cells of the column 回答 by the number in the column 番号, and saves it.
const EDIT: &str = "
import json, sys, openpyxl
path, changes = sys.argv[1], json.loads(sys.argv[2])
book = openpyxl.load_workbook(path)
sheet = book['回答']
head = {cell.value: cell.column for cell in sheet[3]}
rows = {row[head['番号'] - 1].value: row[0].row for row in sheet.iter_rows(min_row=4)}
for number, value in changes:
    sheet.cell(rows[number], head['回答']).value = value
book.save(path)
";

/// Changes rows of an XLSForm workbook: `sheet`, and `row` (a question's name, a choice as list/name), `after` for a new row
/// below that one, or neither for the row of the settings; `drop`, or `cells` by heading. New headings are added.
const REWRITE: &str = "
import json, sys, openpyxl
path, changes = sys.argv[1], json.loads(sys.argv[2])
book = openpyxl.load_workbook(path)
for change in changes:
    sheet = book[change['sheet']]
    column = {cell.value: cell.column for cell in sheet[1] if cell.value}
    def key(row):
        names = [row[column[heading] - 1].value for heading in ('list_name', 'name') if heading in column]
        return '/'.join(str(name) for name in names)
    def place(wanted):
        return next(row[0].row for row in sheet.iter_rows(min_row=2) if key(row) == wanted)
    if 'after' in change:
        row = place(change['after']) + 1
        sheet.insert_rows(row)
    else:
        row = place(change['row']) if 'row' in change else 2
    if change.get('drop'):
        sheet.delete_rows(row)
    for heading, value in change.get('cells', {}).items():
        if heading not in column:
            column[heading] = len(column) + 1
            sheet.cell(1, column[heading]).value = heading
        sheet.cell(row, column[heading]).value = value
book.save(path)
";

/// The Python with the packages of `tests/requirements.txt`.
pub fn python() -> PathBuf {
    std::env::var_os("SHIRABE_TEST_PYTHON").map_or_else(|| repository().join("target/python/bin/python"), PathBuf::from)
}

/// Saves the workbook with other answers, as openpyxl does it: numbers as the texts or numbers of JSON, null to empty a
/// cell.
pub fn edited(workbook: &[u8], changes: &[(&str, serde_json::Value)]) -> Vec<u8> {
    through_openpyxl(workbook, EDIT, &serde_json::to_string(changes).expect("JSON"))
}

/// Saves an XLSForm workbook with other rows, as openpyxl does it; `changes` as `REWRITE` reads them.
pub fn rewritten(workbook: &[u8], changes: &serde_json::Value) -> Vec<u8> {
    through_openpyxl(workbook, REWRITE, &changes.to_string())
}

fn through_openpyxl(workbook: &[u8], script: &str, changes: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary directory");
    let path = folder.path().join("workbook.xlsx");
    std::fs::write(&path, workbook).expect("a file");
    let mut command = Command::new(python());
    command.args(["-c", script]).arg(&path).arg(changes);
    run(&mut command, "openpyxl (cargo xtask test installs it)");
    std::fs::read(&path).expect("the saved workbook")
}

/// Saves the workbook unchanged, as LibreOffice does it.
pub fn through_libreoffice(workbook: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary directory");
    let (path, saved) = (folder.path().join("workbook.xlsx"), folder.path().join("saved"));
    std::fs::write(&path, workbook).expect("a file");
    let mut command = Command::new("soffice");
    // A profile of its own: another LibreOffice may be running.
    command.arg(format!("-env:UserInstallation=file://{}/profile", folder.path().display()));
    command.args(["--headless", "--convert-to", "xlsx", "--outdir"]).arg(&saved).arg(&path);
    run(&mut command, "LibreOffice (sudo apt-get install --yes libreoffice-calc)");
    std::fs::read(saved.join("workbook.xlsx")).expect("the saved workbook")
}

fn run(command: &mut Command, what: &str) {
    let output = command.stdin(Stdio::null()).output().unwrap_or_else(|error| panic!("{what}: {error}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{what}: {said}{}", String::from_utf8_lossy(&output.stdout));
}

/// The rows of the sheet 回答 by number, each by heading, everything as text.
pub fn rows(workbook: &[u8]) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(workbook.to_vec())).expect("a workbook");
    let range = book.worksheet_range("回答").expect("the sheet");
    let text = |cell: &Data| cell.to_string();
    let mut rows = range.rows().skip(2);
    let headings: Vec<String> = rows.next().expect("headings").iter().map(text).collect();
    let row = |cells: &[Data]| headings.iter().cloned().zip(cells.iter().map(text)).collect::<BTreeMap<_, _>>();
    rows.map(row).filter(|row| !row["番号"].is_empty()).map(|row| (row["番号"].clone(), row)).collect()
}

/// All texts of all sheets.
pub fn texts(workbook: &[u8]) -> String {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(workbook.to_vec())).expect("a workbook");
    let sheets = book.worksheets();
    let cells = sheets.iter().flat_map(|(_, range)| range.rows().flatten());
    cells.map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
