"""The rules of machine-readability that every sheet of a workbook without a manifest must keep; prints how many it read."""

import pathlib
import sys

import openpyxl

import machine_readability as rules

CHECKS = [
    rules.l1_01_is_a_table_format,
    rules.l1_02_one_table_a_sheet,
    rules.l1_03_no_empty_line_divides_it,
    rules.l1_05_every_column_has_a_name,
    rules.l1_08_no_vendor_characters,
    rules.l1_10_no_objects,
    rules.l1_11_formats_mean_nothing,
    rules.l1_12_nothing_is_merged,
    rules.l1_13_nothing_is_hidden,
    rules.l1_15_commas_are_quoted,
    rules.l2_03_names_are_unique_and_whole,
    rules.l2_06_no_formulas,
]


def main():
    path = pathlib.Path(sys.argv[1])
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        rows = [["" if v is None else v for v in row] for row in sheet.iter_rows(values_only=True)]
        columns = [{"name": name, "type": "string", "free_text": False, "codes": []} for name in rows[0]]
        file = rules.File(path, rows[0], rows[1:], {"columns": columns}, sheet=sheet)
        file.book = book
        for check in CHECKS:
            try:
                check(file)
            except AssertionError as error:
                raise AssertionError(f"{check.__name__} in {sheet.title}: {error}") from error
        # L3-05, L1-07: a year is a value, not a heading.
        assert not any("令和" in name for name in file.columns), (sheet.title, file.columns)
        # L2-01: what holds numbers holds nothing else.
        for place, name in enumerate(file.columns):
            kinds = {type(row[place]) is str for row in file.rows if row[place] != ""}
            assert len(kinds) < 2, (sheet.title, name)
    print(len(book.worksheets))


main()
