/** Numbers and rows, as a page or a file says them. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { parseCsv } from './csv.mjs';

/** How many responses are in which state; states without any are left out. */
export async function counts(officer) {
  const entries = await officer.page.locator('.counts > div').allInnerTexts();
  const pairs = entries.map((text) => /(\S+)\s+(\d+)\s*団体/.exec(text)).map(([, state, n]) => [state, Number(n)]);
  return Object.fromEntries(pairs.filter(([, n]) => n > 0));
}

/** The rows below a heading: first words of the first cell, then the other cells' texts. */
export async function rowsOf(visitor, heading) {
  const rows = await visitor.page.locator(`section:has(${heading}) tbody tr`).all();
  const cells = await Promise.all(rows.map((row) => row.locator('th, td').allInnerTexts()));
  return Object.fromEntries(cells.map(([name, ...rest]) => [name.split(/[（\n\s]/)[0], rest.map((c) => c.trim())]));
}

/** The rows of a file that `/data` offers at that address; as many as the page says, where it does. */
export async function download(visitor, href) {
  await visitor.visit('/data');
  const link = visitor.page.locator(`a[href="${href}"]`);
  const table = visitor.page.locator('table', { has: link });
  const column = (await table.locator('thead th').allInnerTexts()).indexOf('行数');
  const said = await table.locator('tr', { has: link }).locator('th, td').nth(column).innerText();
  const [file] = await Promise.all([visitor.page.waitForEvent('download'), link.click()]);
  const text = await readFile(await file.path(), 'utf8');
  assert.ok(text.startsWith('\uFEFF'), 'a byte order mark, for spreadsheets');
  const rows = parseCsv(text.slice(1));
  // Of what is still changing, or was never written before, no number is said.
  if (said !== '－') assert.equal(rows.length.toLocaleString('ja-JP'), said);
  return rows;
}
