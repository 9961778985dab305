"""Sheets as rows of words: workbooks and CSV as councils save them, and files that mean harm."""

import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter

from tracker.extraction import tables
from tracker.extraction.sandbox import read_table
from tracker.extraction.tables import tabulate_here

SIZE = 1024 * 1024


def book(fill):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as made:
        fill(made)
    return file.getvalue()


def sheet_of(*rows):
    def fill(made):
        sheet = made.add_worksheet("Plan")
        for n, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(n, column, cell)

    return book(fill)


def read(data, number=1):
    return tabulate_here(data, number=number, size=SIZE)


def test_a_workbook_s_dates_numbers_and_words_become_words():
    rows = read(
        sheet_of(("Ref", "Due", "Done"), (7.0, datetime(2027, 3, 1), True), (1.5, date(2027, 3, 2), " a\xa0b "))
    ).rows
    assert rows == (("Ref", "Due", "Done"), ("7", "2027-03-01", "Yes"), ("1.5", "2027-03-02", "a b"))


def test_rows_are_counted_as_excel_counts_them_though_the_first_are_empty():
    assert read(sheet_of((), (), ("", "Ref"))).rows == (("", ""), ("", ""), ("", "Ref"))


def test_what_a_merged_cell_says_stands_in_each_row_it_covers():
    def fill(made):
        sheet = made.add_worksheet()
        sheet.merge_range(0, 0, 2, 0, "Improve supervision")
        for n in range(3):
            sheet.write(n, 1, f"action {n}")

    assert [row[0] for row in read(book(fill)).rows] == ["Improve supervision"] * 3


def test_a_formula_is_the_value_it_last_showed():
    def fill(made):
        made.add_worksheet().write_formula(0, 0, '=HYPERLINK("http://example.org")', None, "shown")

    assert read(book(fill)).rows == (("shown",),)


def test_the_sheets_are_named_and_each_can_be_read():
    def fill(made):
        made.add_worksheet("Guidance").write(0, 0, "How to fill it in")
        made.add_worksheet("Plan").write(0, 0, "Ref")

    table = read(book(fill), 2)
    assert (table.sheets, table.rows) == (("Guidance", "Plan"), (("Ref",),))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_is_read_in_the_letters_excel_saves(encoding):
    assert read("Ref,Action\r\n1,Übergabe – done\r\n".encode(encoding)).rows[1] == ("1", "Übergabe – done")


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_csv_is_parted_by_the_mark_it_uses(mark):
    text = f'Ref{mark}Action\r\n1{mark}"Read the files, all; then\nreport"\r\n2{mark}Train\r\n'
    assert [len(row) for row in read(text.encode()).rows] == [2, 2, 2]


def bomb():
    file = io.BytesIO(sheet_of(("Ref",)))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/x.bin", "w") as part:
        for _ in range(310):
            part.write(bytes(1024 * 1024))
    return file.getvalue()


def long_sheet():
    return sheet_of(*[(n,) for n in range(tables.ROWS + 1)])


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (bomb, "unpacks to far more"),
        (long_sheet, "more than 3,000 rows"),
        (lambda: b"a,b\n" * 1_000_000, "more than 3,000 rows"),
        (lambda: sheet_of(["x"] * 101), "more than 100 columns"),
        (lambda: sheet_of(), "empty"),
        (lambda: b"PK\x03\x04 nothing", "damaged"),
        (lambda: sheet_of(("Ref",))[:-200], "damaged"),
    ],
)
def test_a_file_that_means_harm_gets_a_sentence(make, words):
    assert words in tabulate_here(make(), number=1, size=8 * SIZE).error


def test_a_sheet_that_is_not_there_gets_a_sentence():
    assert "no such sheet" in read(sheet_of(("Ref",)), 2).error


def test_the_child_process_answers_as_this_one():
    data = sheet_of(("Ref", "Due"), (1, date(2027, 3, 2)))
    assert read_table(data, number=1, name="plan.xlsx") == read(data)
