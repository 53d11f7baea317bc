"""Reads every file of a folder back with other people's readers and compares what they find.

Beside `NAME.EXT` stands `NAME.EXT-metadata.json`. Prints how many files it read.
"""

import hashlib
import io
import json
import os
import pathlib
import sys
import zipfile

import duckdb
import openpyxl
import pandas
import pyarrow.parquet
from frictionless import Package, system

import machine_readability

folder = pathlib.Path(sys.argv[1])
# The CSV files, for what holds between them.
TABLES = []


def manifest(path):
    return json.loads(path.with_name(path.name + "-metadata.json").read_text())


def unescaped(text):
    """What `text.rs` writes for a line end and for what looks like a formula, undone."""
    if text.startswith("'"):
        text = text[1:]
    out, letters = [], iter(text)
    for letter in letters:
        if letter == "\\":
            letter = {"n": "\n", "r": "\r"}.get(following := next(letters, "\\"), following)
        out.append(letter)
    return "".join(out)


def same(csv, other, described, name):
    """Every cell of another reader's table is that of the CSV."""
    assert list(csv.columns) == list(other.columns), name
    assert len(csv) == len(other) == described["rows"], (name, len(csv), len(other), described["rows"])
    for column in described["columns"]:
        left, right = csv[column["name"]], other[column["name"]]
        if column["type"] in ("integer", "number"):
            left, right = (pandas.to_numeric(s).astype("float64") for s in (left, right))
            assert ((left == right) | (left.isna() & right.isna())).all(), (name, column["name"])
        elif column["type"] == "date":
            left, right = (pandas.to_datetime(s).dt.strftime("%Y-%m-%d").fillna("") for s in (left, right))
            assert (left == right).all(), (name, column["name"])
        else:
            left = left.fillna("").map(unescaped)
            right = right.fillna("").map(lambda v: str(v).replace("\r\n", "\n"))
            differing = [(a, b) for a, b in zip(left, right) if a != b]
            assert not differing, (name, column["name"], differing[:3])


def by_duckdb(call, described, types):
    """A file as DuckDB reads it, with the types that the manifest says."""
    columns = ", ".join(f"'{c['name']}': '{types.get(c['type'], 'VARCHAR')}'" for c in described["columns"])
    return duckdb.sql(f"select * from {call}, columns={{{columns}}})").df()


def as_texts(frame):
    """Its cells, row by row, where nothing is an empty text."""
    return [["" if pandas.isna(cell) else cell for cell in row] for row in frame.itertuples(index=False)]


def read(path, stem, csv):
    described = manifest(path)
    raw = path.read_bytes()
    # What is not below /data has no manifest of its own.
    if described["file"]["sha256"]:
        assert described["file"]["sha256"] == hashlib.sha256(raw).hexdigest(), path.name
        assert described["file"]["bytes"] == len(raw), path.name
    kinds = {c["name"]: c["type"] for c in described["columns"]}
    texts = {name: str for name, kind in kinds.items() if kind in ("string", "date")}
    match path.suffix:
        case ".csv":
            file = machine_readability.of_csv(path, described)
            machine_readability.check(file)
            TABLES.append(file)
            quoted = "auto_detect=false, header=true, delim=',', quote='\"', escape='\"'"
            # DuckDB knows no CP932.
            if described["file"]["encoding"] != "cp932":
                assert as_texts(by_duckdb(f"read_csv('{path}', {quoted}", described, {})) == file.rows, path.name
        case ".xlsx":
            machine_readability.check(machine_readability.of_xlsx(path, described))
            frame = pandas.read_excel(path, sheet_name=0, dtype=texts, keep_default_na=False, na_values=[""])
            same(csv, frame, described, path.name)
            notes = dict(openpyxl.load_workbook(path)["注記"].iter_rows(min_row=2, values_only=True))
            assert notes["行数"] == str(described["rows"]) and notes["データ"] == described["title"]
        case ".json":
            document = json.loads(raw)
            assert document["manifest"] == {k: v for k, v in described.items() if k != "file"}
            same(csv, pandas.DataFrame(document["rows"], columns=list(kinds)), described, path.name)
        case ".ndjson":
            frame = pandas.DataFrame([json.loads(line) for line in raw.decode().splitlines()], columns=list(kinds))
            same(csv, frame, described, path.name)
            if described["rows"] > 0:
                numbers = {"integer": "BIGINT", "number": "DOUBLE"}
                call = f"read_ndjson('{path}', maximum_object_size=10000000"
                same(csv, by_duckdb(call, described, numbers), described, path.name)
        case ".parquet":
            table = pyarrow.parquet.read_table(path)
            inside = json.loads(table.schema.metadata[b"shirabe"])
            assert inside == {k: v for k, v in described.items() if k != "file"}
            types = {"string": "string", "integer": "int64", "number": "double", "date": "date32[day]"}
            assert {f.name: str(f.type) for f in table.schema} == {n: types[k] for n, k in kinds.items()}
            same(csv, table.to_pandas(), described, path.name)
            same(csv, duckdb.sql(f"select * from '{path}'").df(), described, path.name)
        case ".zip":
            package(path, described, csv)


def replaced(path, described):
    """A file with other characters than were typed: still the one that is described, and still without formulas."""
    assert described["file"]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest(), path.name
    file = machine_readability.of_csv(path, described)
    machine_readability.l1_14_one_line_a_row(file)
    machine_readability.l2_06_no_formulas(file)
    machine_readability.l3_01_one_heading_row(file)


def package(path, described, csv):
    target = folder / (path.stem + "-package")
    with zipfile.ZipFile(path) as archive:
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        archive.extractall(target)
    for line in (target / "SHA256SUMS").read_text().splitlines():
        expected, name = line.split("  ")
        assert hashlib.sha256((target / name).read_bytes()).hexdigest() == expected, name
    with system.use_context(trusted=False):
        report = Package(str(target / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])[:5]
    texts = {c["name"]: str for c in described["columns"] if c["type"] in ("string", "date")}
    frame = pandas.read_csv(target / "data/data.csv", dtype=texts, keep_default_na=False, na_values=[""])
    for name in texts:
        frame[name] = frame[name].fillna("").map(unescaped)
    same(csv, frame, described, path.name)
    assert described["title"] in (target / "README.md").read_text()
    assert (target / "LICENSE.txt").is_file() == (described["audience"] == "public")


def main():
    count = 0
    for csv_path in sorted(folder.glob("*.csv")):
        described = manifest(csv_path)
        if described["file"]["encoding"] == "cp932":
            replaced(csv_path, described)
            count += 1
            continue
        texts = {c["name"]: str for c in described["columns"] if c["type"] in ("string", "date")}
        codec = machine_readability.CODECS[described["file"]["encoding"]]
        csv = pandas.read_csv(csv_path, dtype=texts, keep_default_na=False, na_values=[""], encoding=codec)
        for path in sorted(folder.glob(csv_path.stem + ".*")):
            if path.suffix in (".csv", ".xlsx", ".json", ".ndjson", ".parquet", ".zip") and path.stem == csv_path.stem:
                if not path.name.endswith("-metadata.json"):
                    read(path, csv_path.stem, csv)
                    count += 1
    machine_readability.check_years(TABLES)
    print(count)


main()
