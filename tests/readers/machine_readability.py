"""行政データにおける機械可読性に関するルール: one check a rule that a file alone can break.

Each check takes a `File` and returns nothing, or raises AssertionError naming the rule. L2-02 (nothing abbreviated) is
checked through the columns that must be full; L3-07 compares several files (`check_years`). Only what somebody typed is
exempt from L1-06 and L1-08: the manifest names those columns (`free_text`).
"""

import csv
import io
import re

import openpyxl

# Vendor characters of CP932 (NEC row 13, IBM extensions): 機種依存文字.
VENDOR = re.compile("[①-⑳Ⅰ-Ⅹⅰ-ⅹ㍉㌔㌢㍍㌘㌧㌃㌶㍑㍗㌍㌦㌣㌫㍊㌻㎜㎝㎞㎎㎏㏄㎡㍻〝〟№㏍℡㊤-㊨㈱㈲㈹㍾㍽㍼]")


class File:
    """A table as it was read: names of columns, rows of texts, and the manifest beside the file."""

    def __init__(self, path, columns, rows, manifest, sheet=None, raw=None):
        self.path, self.columns, self.rows = path, columns, rows
        self.manifest, self.sheet, self.raw = manifest, sheet, raw
        self.types = {c["name"]: c["type"] for c in manifest["columns"]}
        self.free = {c["name"] for c in manifest["columns"] if c["free_text"]}
        self.codes = {c["name"]: {code["code"] for code in c["codes"]} for c in manifest["columns"]}

    def column(self, name):
        place = self.columns.index(name)
        return [row[place] for row in self.rows]


# How the encodings of the manifest are called in Python.
CODECS = {"utf-8-bom": "utf-8-sig", "utf-8": "utf-8", "cp932": "cp932"}


def of_csv(path, manifest):
    raw = path.read_bytes()
    text = raw.decode(CODECS[manifest["file"]["encoding"]])
    rows = list(csv.reader(io.StringIO(text, newline="")))
    return File(path, rows[0], rows[1:], manifest, raw=text)


def of_xlsx(path, manifest):
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = [["" if v is None else v for v in row] for row in sheet.iter_rows(values_only=True)]
    file = File(path, rows[0], rows[1:], manifest, sheet=sheet)
    file.book = book
    return file


def l1_01_is_a_table_format(f):
    assert f.path.suffix in (".csv", ".xlsx")


def l1_02_one_table_a_sheet(f):
    for sheet in f.book.worksheets if f.sheet else []:
        assert not any(all(c is None for c in row) for row in sheet.iter_rows(values_only=True)), sheet.title


def l1_03_no_empty_line_divides_it(f):
    assert all(any(str(cell) != "" for cell in row) for row in f.rows)
    assert all(name for name in f.columns)


def l1_04_nothing_else_stands_there(f):
    # Titles, notes and totals have sheets of their own, or none.
    if f.sheet:
        assert [sheet.title for sheet in f.book.worksheets][1:] in (["項目", "注記"], ["項目", "コード表", "注記"])
        assert (f.sheet.max_row, f.sheet.max_column) == (len(f.rows) + 1, len(f.columns))
    for row in f.rows:
        first = str(row[0])
        assert first != "" and not first.startswith(("#", "※", "注", "出典")), row


def l1_05_every_column_has_a_name(f):
    assert all(isinstance(name, str) and name.strip() for name in f.columns)


def l1_06_no_blanks_for_looks(f):
    for place, name in enumerate(f.columns):
        if name in f.free or f.types[name] != "string":
            continue
        for row in f.rows:
            value = str(row[place])
            assert value == value.strip() and "\n" not in value and "  " not in value, (name, value)


# Lists that an officer fills in and takes back: the datasets named in their descriptions hold one value a cell.
TAKEN_BACK = {("roadmap", "steps"): "roadmap-steps", ("roadmap", "kpis"): "roadmap-kpis"}


def l1_07_one_value_a_cell(f):
    for name, codes in f.codes.items():
        assert not codes or {str(v) for v in f.column(name)} <= codes | {""}, (name, set(f.column(name)) - codes)
    for column in f.manifest["columns"]:
        name = column["name"]
        if elsewhere := TAKEN_BACK.get((f.manifest["dataset"], name)):
            assert elsewhere in column["description"], name
        elif column["type"] == "string" and name not in f.free and "label" not in name and name != "note":
            # A code holds neither of the signs that lists are made with; an address and a chain are one path.
            code = all(re.fullmatch(r"[ -~]*", str(value)) for value in f.column(name))
            if code and name not in ("computation", "chain"):
                assert not any(re.search(r"[/,;| ]", str(value)) for value in f.column(name)), name


def l1_08_no_vendor_characters(f):
    for place, name in enumerate(f.columns):
        if name not in f.free:
            for row in f.rows:
                assert not VENDOR.search(str(row[place])), (name, row[place])


def l1_09_nothing_is_not_zero(f):
    if "state" in f.columns and "number" in f.columns:
        for state, number in zip(f.column("state"), f.column("number")):
            assert state == "value" or number == "", (state, number)
    if "count_state" in f.columns:
        for state, count in zip(f.column("count_state"), f.column("count")):
            assert (state == "shown") == (str(count) != ""), (state, count)


def l1_10_no_objects(f):
    for sheet in f.book.worksheets if f.sheet else []:
        assert not sheet._images and not sheet._charts and sheet.legacy_drawing is None


def l1_11_formats_mean_nothing(f):
    if f.sheet:
        for row in f.sheet.iter_rows(min_row=2):
            for cell in row:
                assert not cell.font.b and not cell.font.strike and cell.fill.fill_type is None and cell.comment is None


def l1_12_nothing_is_merged(f):
    for sheet in f.book.worksheets if f.sheet else []:
        assert not sheet.merged_cells.ranges


def l1_13_nothing_is_hidden(f):
    for sheet in f.book.worksheets if f.sheet else []:
        assert sheet.sheet_state == "visible" and not sheet.auto_filter.ref
        assert not any(d.hidden for d in sheet.column_dimensions.values())
        assert not any(d.hidden for d in sheet.row_dimensions.values())


def l1_14_one_line_a_row(f):
    if f.raw:
        assert f.raw.endswith("\r\n") and f.raw.count("\n") == f.raw.count("\r\n") == len(f.rows) + 1


def l1_15_commas_are_quoted(f):
    # A reader that knows quotes finds as many cells in every row.
    assert all(len(row) == len(f.columns) for row in f.rows)


def l2_01_numbers_are_numbers_alone(f):
    for name in f.columns:
        if f.types[name] in ("integer", "number"):
            for value in f.column(name):
                assert value == "" or re.fullmatch(r"-?\d+(\.\d+)?(e[+-]?\d+)?", str(value)), (name, value)
                assert not f.sheet or value == "" or isinstance(value, (int, float)), (name, value)


def l2_02_nothing_is_left_out(f):
    for name in ("fiscal_year", "fiscal_year_wareki", "municipality_code", "municipality_name", "status"):
        if name in f.columns and f.manifest["dataset"] not in ("indicators", "audit", "roadmap-steps"):
            assert "" not in f.column(name), name


def l2_03_names_are_unique_and_whole(f):
    assert len(set(f.columns)) == len(f.columns)
    assert f.columns == [c["name"] for c in f.manifest["columns"]]


def l2_04_choices_are_codes(f):
    for name in ("state", "count_state", "item_kind", "response_state", "suppressed", "bridge", "before", "after"):
        assert name not in f.columns or f.codes[name], name
    # The codes of choices are the questionnaire's; the codebook lists them.
    for name in ("choice", "item", "question_name", "concept", "joined_concept", "definition", "topic"):
        if name in f.columns:
            assert all(re.fullmatch(r"[A-Za-z0-9_.\-]*", str(value)) for value in f.column(name)), name


def l2_05_other_has_a_column_of_its_own(f):
    if "choice" in f.columns and "text" in f.columns:
        for choice, text in zip(f.column("choice"), f.column("text")):
            assert choice == "" or text == "", (choice, text)


def l2_06_no_formulas(f):
    for sheet in f.book.worksheets if f.sheet else []:
        assert not any(c.data_type == "f" for row in sheet.iter_rows() for c in row)
    if f.raw:
        numeric = {name for name in f.columns if f.types[name] in ("integer", "number")}
        for place, name in enumerate(f.columns):
            if name not in numeric:
                for row in f.rows:
                    assert not row[place].startswith(("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠", "−")), (name, row[place])


def l3_01_one_heading_row(f):
    assert f.rows or f.manifest["rows"] == 0
    assert len(f.rows) == f.manifest["rows"] and len(f.columns) == f.manifest["column_count"]


def l3_02_codes_are_listed(f):
    if f.sheet:
        listed = {row[0] for row in f.book["項目"].iter_rows(min_row=2, values_only=True)}
        assert set(f.columns) <= listed


def l3_03_marks_are_defined(f):
    for name in ("state", "count_state", "suppressed"):
        if name in f.columns:
            assert f.codes[name], name


def l3_04_units_are_named(f):
    units = {c["name"]: c["unit"] for c in f.manifest["columns"]}
    for name in f.columns:
        if name.startswith("share") or name in ("lower", "upper", "count", "register", "population"):
            assert units[name], name


# A year that is named: 和暦, and 西暦 where it stands beside.
WAREKI = re.compile(r"令和(?:元|\d+)年度?(（20\d\d年度?）)?")


def l3_05_years_are_western(f):
    for western in [name for name in f.columns if re.fullmatch(r"(since_)?fiscal_year", name)]:
        for year, wareki in zip(f.column(western), f.column(f"{western}_wareki")):
            # What is of no year or municipality has none (the audit log, a step without a date).
            if str(year) == "":
                assert wareki == "", western
                continue
            number = int(year) - 2018
            assert wareki == f"令和{'元' if number == 1 else number}年度", (year, wareki)
    for name in f.columns:
        if name in f.free or name.endswith("fiscal_year_wareki"):
            continue
        for value in f.column(name):
            for named in WAREKI.finditer(str(value)):
                # Where a row comes from is a sentence: its fiscal years have 西暦 beside them, and a document keeps its name.
                assert name in ("source", "status") and (named[1] or "年度" not in named[0]), (name, value)


# Columns of municipalities' names: several have the same one.
NAMES = ("municipality", "municipality_name")


def l3_06_standard_codes(f):
    assert "municipality_code" in f.columns or not any(name in f.columns for name in NAMES), f.columns
    if "municipality_code" in f.columns:
        for code in f.column("municipality_code"):
            if code == "" and f.manifest["dataset"] == "audit":
                continue
            assert re.fullmatch(r"\d{6}", code), code
            total = sum(int(d) * w for d, w in zip(code, (6, 5, 4, 3, 2)))
            assert (11 - total % 11) % 10 == int(code[5]), code


# What stands now, and what is of no round: registers, ledgers, records, and pictures, whose rows say where they come from.
OF_NO_ROUND = {
    "municipalities", "kpis", "kpi-values", "roadmap", "roadmap-steps", "roadmap-kpis", "roadmap-reviews", "audit", "picture",
}


def l3_07_changes_are_told(f):
    assert f.manifest["rounds"] or f.manifest["dataset"] in OF_NO_ROUND, f.manifest["dataset"]
    if f.manifest["rounds"] and "fiscal_year" in f.columns:
        told = {str(published["fiscal_year"]) for published in f.manifest["rounds"]}
        # The years before the platform are known as counts only.
        if f.manifest["dataset"] not in ("indicators", "indicator-groups"):
            assert {str(year) for year in f.column("fiscal_year")} <= told, told
    if f.manifest["dataset"] == "kpi-values":
        origins = zip(*(f.column(name) for name in ("kind", "definition", "definition_version", "snapshot_sha256")))
        for kind, *origin in origins:
            assert all(map(str, origin)) if kind == "computed" else not any(origin), (kind, origin)
    for published in f.manifest["rounds"]:
        assert published["status"] and published["questionnaire"]["version"], published
        assert (published["revision"] is None) == (published["published_at"] is None), published
    # A check compares with the year before itself, and only what may be compared.
    if "question_name" in f.columns and f.manifest["dataset"] not in ("answers-wide", "check"):
        assert "comparable_with_previous" in f.columns


def l3_08_physical_names_and_documents(f):
    assert all(re.fullmatch(r"[A-Za-z0-9_]+", name) for name in f.columns)
    if f.raw:
        # Where no other encoding is asked for, it is UTF-8 with a mark.
        asked = "encoding" in f.path.name
        assert asked or f.manifest["file"]["encoding"] == "utf-8-bom", f.path.name
        assert f.manifest["file"]["byte_order_mark"] is (f.manifest["file"]["encoding"] == "utf-8-bom")
    assert all(c["label"] and c["description"] for c in f.manifest["columns"])


def l3_09_long(f):
    # The wide form is offered beside the long one.
    if f.manifest["dataset"] != "answers-wide":
        assert len(f.columns) < 40


CHECKS = [check for name, check in sorted(globals().items()) if re.match(r"l\d_\d\d_", name)]


def check_years(files):
    """L3-07: a dataset has the same columns in every year and revision; only that of all years has two more."""
    layouts = {}
    for file in files:
        dataset = file.manifest["dataset"]
        if dataset == "answers-wide":
            continue  # A column a question: the codebook tells which are the same.
        columns = [name for name in file.columns if name not in ("joined_concept", "series")]
        assert layouts.setdefault(dataset, columns) == columns, file.path.name


def check(file):
    """Every rule; a violation names its rule and file."""
    for rule in CHECKS:
        try:
            rule(file)
        except AssertionError as error:
            raise AssertionError(f"{rule.__name__} in {file.path.name}: {error}") from error
