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

/// The Python with the packages of `tests/requirements.txt`.
pub fn python() -> PathBuf {
    std::env::var_os("SHIRABE_TEST_PYTHON").map_or_else(|| repository().join("target/python/bin/python"), PathBuf::from)
}

/// Saves the workbook with other answers, as openpyxl does it: numbers as the texts or numbers of JSON, null to empty a
/// cell.
pub fn edited(workbook: &[u8], changes: &[(&str, serde_json::Value)]) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary directory");
    let path = folder.path().join("workbook.xlsx");
    std::fs::write(&path, workbook).expect("a file");
    let mut command = Command::new(python());
    command.args(["-c", EDIT]).arg(&path).arg(serde_json::to_string(changes).expect("JSON"));
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
