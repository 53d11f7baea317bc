/** A downloaded workbook, edited by openpyxl as somebody edits it in a spreadsheet. */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PYTHON = process.env.SHIRABE_TEST_PYTHON ?? fileURLToPath(new URL('../../../target/python/bin/python', import.meta.url));

/** Finds the columns 番号 and 回答 by their headings and writes what is given, by 番号; null empties the cell. */
const FILL = `
import json, sys
from openpyxl import load_workbook

path, answers = sys.argv[1], json.loads(sys.argv[2])
book = load_workbook(path)
sheet = book["回答"]
headings = next(row for row in sheet.iter_rows() if any(cell.value == "番号" for cell in row))
column = {cell.value: cell.column for cell in headings}
for row in range(headings[0].row + 1, sheet.max_row + 1):
    number = sheet.cell(row, column["番号"]).value
    if number in answers:
        sheet.cell(row, column["回答"]).value = answers.pop(number)
if answers:
    sys.exit(f"not in the workbook: {sorted(answers)}")
book.save(path)
`;

/** Writes cells by their headings; new headings are added. */
const REWRITE = `
import json, sys
from openpyxl import load_workbook

path, changes = sys.argv[1], json.loads(sys.argv[2])
book = load_workbook(path)
for change in changes:
    sheet = book[change["sheet"]]
    column = {cell.value: cell.column for cell in sheet[1] if cell.value}
    def named(name):
        return next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, column["name"]).value == name)
    if "drop" in change:
        sheet.delete_rows(named(change["drop"]))
        continue
    if "after" in change:
        row = named(change["after"]) + 1
        sheet.insert_rows(row)
    else:
        row = named(change["row"]) if "row" in change else 2
    for heading, value in change["cells"].items():
        place = column.setdefault(heading, len(column) + 1)
        sheet.cell(1, place).value = heading
        sheet.cell(row, place).value = value
book.save(path)
`;

/** Downloads the workbook from the page that offers it by a press on its link, fills it and gives its path. */
export function filledWorkbook(visitor, path, answers, press) {
  return edited(visitor, 'ワークブックをダウンロードする', path, FILL, answers, press);
}

/**
 * The same of a questionnaire. `changes`: each a `sheet` with `cells` by heading, in the row of the question `row`, in a
 * new one `after` that of a question, or without either in the row below the headings; or a question to `drop`.
 */
export function editedQuestionnaire(visitor, path, changes) {
  return edited(visitor, '調査票（XLSForm、Excel）をダウンロードする', path, REWRITE, changes);
}

async function edited(visitor, name, path, script, changes, press = (link) => link.click()) {
  const link = visitor.page.getByRole('link', { name });
  const [file] = await Promise.all([visitor.page.waitForEvent('download'), press(link)]);
  await file.saveAs(path);
  execFileSync(PYTHON, ['-c', script, path, JSON.stringify(changes)]);
  return path;
}

/** Chooses the file and uploads it by the button of that name. */
export async function upload(visitor, path, { button = '違いを確認する', ...expected } = {}) {
  await visitor.page.locator('input[type=file]').setInputFiles(path);
  await visitor.press(button, expected);
}
