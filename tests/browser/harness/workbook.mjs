/** A downloaded workbook, filled by openpyxl as somebody fills it in a spreadsheet. */

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

/** Downloads the workbook from the page that offers it by a press on its link, fills it and gives its path. */
export async function filledWorkbook(visitor, path, answers, press = (link) => link.click()) {
  const link = visitor.page.getByRole('link', { name: 'ワークブックをダウンロードする' });
  const [file] = await Promise.all([visitor.page.waitForEvent('download'), press(link)]);
  await file.saveAs(path);
  execFileSync(PYTHON, ['-c', FILL, path, JSON.stringify(answers)]);
  return path;
}

/** Chooses the file and uploads it. */
export async function upload(visitor, path, expected) {
  await visitor.page.locator('input[type=file]').setInputFiles(path);
  await visitor.press('違いを確認する', expected);
}
