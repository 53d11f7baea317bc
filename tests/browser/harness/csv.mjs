/** Reads RFC 4180: quoted cells may hold commas, quotes and line breaks. Rows by the names of the first one. */
export function parseCsv(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ',' && end !== '') rows.push([]);
    if (end === '') break;
  }
  const [names, ...cells] = rows;
  return cells.filter((row) => row.length === names.length)
    .map((row) => Object.fromEntries(row.map((cell, column) => [names[column], cell])));
}
