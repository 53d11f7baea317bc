import assert from 'node:assert/strict';

/** Reads RFC 4180: quoted cells may hold commas, quotes and line breaks. Rows by the names of the first one. */
export function parseCsv(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '') break;
    if (end !== ',') rows.push([]);
  }
  assert.deepEqual(rows.pop(), [''], 'the file ends with a line end');
  const [names, ...records] = rows;
  assert.deepEqual(records.filter((cells) => cells.length !== names.length), [], 'every row has every column');
  return records.map((cells) => Object.fromEntries(cells.map((cell, column) => [names[column], cell])));
}
