"""Checks the CSV of every picture: the rules of files, and that the API gives the same table.

Beside `NAME.csv` stands `NAME.json`, the answer of `/api/v1/exhibits/…`. Prints how many it read.
"""

import json
import pathlib
import sys

import machine_readability

folder = pathlib.Path(sys.argv[1])


def manifest(table):
    """What the API says of the table, in the form of the manifests that stand beside other files."""
    columns = [{**column, "codes": [], "free_text": False} for column in table["columns"]]
    file = {"encoding": "utf-8-bom", "byte_order_mark": True}
    size = {"column_count": len(columns), "rows": len(table["rows"])}
    return {"dataset": "picture", "rounds": [], "columns": columns, "file": file, **size}


def same(file, table):
    """Every cell of the file is that of the API."""
    for line, row in zip(file.rows, table["rows"]):
        for column, text, value in zip(table["columns"], line, row):
            if value is None:
                assert text == "", (column["name"], text)
            elif column["type"] in ("integer", "number"):
                assert float(text) == value, (column["name"], text, value)
            else:
                assert text.removeprefix("'") == value, (column["name"], text, value)


count = 0
for path in sorted(folder.glob("*.csv")):
    table = json.loads(path.with_suffix(".json").read_text())
    file = machine_readability.of_csv(path, manifest(table))
    machine_readability.check(file)
    same(file, table)
    count += 1
print(count)
