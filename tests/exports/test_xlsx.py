"""The workbook, read back: every cell as the columns say, tables and sheets as they should be, and the same bytes again."""

import io
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta

import openpyxl
import pytest

from tests.exports import contents
from tracker.exports import xlsx
from tracker.exports.columns import Kind
from tracker.exports.tables import tables
from tracker.exports.workbook import overflow, paper, sheet
from tracker.exports.workbook.cells import shown
from tracker.exports.workbook.telling import handling
from tracker.rules.london import LONDON

SECOND = timedelta(seconds=1)
AWKWARD = "=1+1\r\nnext\x07 \ud800 <r>&amp; _x0041_ \U0001f642"


def written(made):
    """The bytes of a workbook."""
    file = io.BytesIO()
    xlsx.write(file, made)
    return file.getvalue()


def opened(made):
    return openpyxl.load_workbook(io.BytesIO(written(made)))


def expected(column, row):
    """What a cell should hold, as the reader gives it back."""
    value = column.read(row)
    if value in (None, ""):
        return None
    if column.kind is Kind.DATE:
        return datetime.combine(value, datetime.min.time())
    if column.kind is Kind.MOMENT:
        return value.astimezone(LONDON).replace(tzinfo=None, microsecond=0)
    if column.kind is Kind.FLAG:
        return "Yes" if value else "No"
    return shown(value) if column.kind is Kind.TEXT else value


def differences(book, made):
    """Each cell that does not hold what the columns say: table, row, heading, what it holds, what it should."""
    for table in tables(made):
        rows = list(table.rows())
        found = book[table.title].iter_rows(
            min_row=2, max_row=len(rows) + 1, max_col=len(table.columns), values_only=True
        )
        for number, (row, cells) in enumerate(zip(rows, found, strict=True), 2):
            for column, cell in zip(table.columns, cells, strict=True):
                wanted = expected(column, row)
                if not same(cell, wanted):
                    yield table.title, number, column.heading, cell, wanted


def same(cell, wanted):
    if isinstance(cell, datetime) and isinstance(wanted, datetime):
        return abs(cell - wanted) < SECOND
    return cell == wanted and type(cell) is type(wanted)


@pytest.fixture(scope="module")
def made():
    return contents.contents()


@pytest.fixture(scope="module")
def book(made):
    return opened(made)


def test_every_cell_holds_what_its_column_says(book, made):
    assert list(differences(book, made)) == []


def test_a_streamed_sheet_holds_the_same(monkeypatch, made):
    monkeypatch.setattr(sheet, "MOST_IN_A_TABLE", 0)
    book = opened(made)
    assert list(differences(book, made)) == []
    assert book["Actions"].tables == {} and book["Actions"].auto_filter.ref == "A1:AX9"


def test_the_sheets_come_in_the_order_of_a_readers_interest(book):
    assert book.sheetnames == [
        *("Summary", "Progress", "Actions", "Updates", "Evidence", "Extensions"),
        *("Recommendations", "Clock", "Movement", "Challenges", "Trail"),
    ]


def test_a_short_table_is_a_native_one_with_filters(book, made):
    for table in tables(made):
        (native,) = book[table.title].tables.values()
        assert native.column_names == [column.heading for column in table.columns]
        assert native.autoFilter.ref == native.ref == book[table.title].dimensions


def test_the_head_is_frozen_and_printed_on_every_page(book):
    for name in book.sheetnames[1:]:
        page = book[name]
        assert (page.freeze_panes, page.print_title_rows) == ("B2", "$1:$1")


def test_the_narrow_figures_of_progress_print_upright_and_every_other_sheet_landscape(book):
    upright = {page.title for page in book.worksheets if page.page_setup.orientation != "landscape"}
    assert upright == {"Progress"}


def test_every_sheet_prints_to_width_with_its_page_and_moment(book):
    for page in book.worksheets:
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.page_setup.fitToHeight in (0, "0")
        assert page.oddFooter.center.text == "Page &P of &N"
        assert page.oddFooter.left.text.startswith("As at the end of 1 March 2013.")
        assert page.oddFooter.right.text == "Confidential"


def test_no_cell_is_a_formula_or_an_address(made):
    rows = [{**contents.action(1), "owner": {"name": "=cmd|'/c calc'!A1", "job_title": "https://example.org"}}]
    book = opened(replace(made, actions=contents.again(rows)))
    kinds = {
        cell.data_type for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value is not None
    }
    assert kinds <= {"s", "n", "d"} and not any(page._hyperlinks for page in book.worksheets)
    assert [cell.quotePrefix for cell in book["Actions"][2] if cell.value == "=cmd|'/c calc'!A1"] == [True]


WORDS = [AWKWARD, "<r>1</r>", "<r><t>x</t></r>", "<r></r>", " <r>x</r>", "_x0042_x0041_", " two  spaces ", "<r>"]


@pytest.mark.parametrize("most", [5000, 0], ids=["table", "streamed"])
def test_awkward_words_come_back_as_they_are_shown(monkeypatch, made, most):
    monkeypatch.setattr(sheet, "MOST_IN_A_TABLE", most)
    rows = [{"action": {"reference": "RTH-2012-01"}, "note": {"text": text}} for text in WORDS]
    found = opened(replace(made, updates=contents.again(rows)))["Updates"]["G"][1:]
    assert [cell.value for cell in found] == [shown(text) for text in WORDS]


@pytest.mark.parametrize("most", [5000, 0], ids=["table", "streamed"])
def test_text_that_is_too_long_for_a_cell_stands_whole_on_another_sheet(monkeypatch, made, most):
    monkeypatch.setattr(sheet, "MOST_IN_A_TABLE", most)
    long = [("\U0001f642long " * 14_000), "short", "=" + "y" * 40_000]
    rows = [{"action": {"reference": "RTH-2012-01"}, "note": {"text": text}} for text in long]
    book = opened(replace(made, updates=contents.again(rows)))
    beginnings = [cell.value for cell in book["Updates"]["G"][1:]]
    assert beginnings[0].startswith("[Continues on sheet Overflow, row 2] \U0001f642long ") and beginnings[1] == "short"
    assert beginnings[2].startswith("[Continues on sheet Overflow, row 5] =yyy")
    pieces = list(book["Overflow"].iter_rows(min_row=2, values_only=True))
    assert [piece[:4] for piece in pieces] == [
        *((2, "Updates", "Update", f"{number} of 3") for number in (1, 2, 3)),
        *((4, "Updates", "Update", f"{number} of 2") for number in (1, 2)),
    ]
    assert "".join(piece[4] for piece in pieces[:3]) == long[0] and "".join(piece[4] for piece in pieces[3:]) == long[2]


def test_a_table_longer_than_a_sheet_goes_on_to_the_next(monkeypatch, made):
    monkeypatch.setattr(sheet, "MOST_IN_A_TABLE", 2)
    monkeypatch.setattr(sheet, "MOST_ROWS", 3)
    events = [contents.event(number) for number in range(1, 8)]
    book = opened(replace(made, events=contents.again(events)))
    found = [
        [row[0] for row in book[name].iter_rows(min_row=2, values_only=True)]
        for name in ("Trail", "Trail 2", "Trail 3")
    ]
    assert found == [[1, 2, 3], [4, 5, 6], [7]]


def test_what_fills_a_sheet_to_the_last_row_begins_no_further_one(monkeypatch, made):
    monkeypatch.setattr(sheet, "MOST_ROWS", 3)
    events = [contents.event(number) for number in (1, 2, 3)]
    assert "Trail 2" not in opened(replace(made, events=contents.again(events))).sheetnames


def test_an_empty_table_says_so(made):
    book = opened(replace(made, updates=contents.again([])))
    assert (book["Updates"]["A1"].value, book["Updates"]["A2"].value) == ("Reference", "No progress has been noted.")


def test_the_same_contents_give_the_same_bytes(made):
    assert written(made) == written(contents.contents())


def test_the_file_tells_of_the_moment_it_is_about_and_of_no_other(made):
    with zipfile.ZipFile(io.BytesIO(written(made))) as archive:
        times = {entry.date_time[:3] for entry in archive.infolist()}
        core = archive.read("docProps/core.xml").decode()
    assert times == {(1980, 1, 31)} and core.count("2013-03-01T23:59:59Z") == 2


def test_no_file_is_left_behind_where_rows_fail(monkeypatch, tmp_path, made):
    def broken():
        yield contents.action(1)
        raise ValueError("the trail is broken")

    monkeypatch.setattr(sheet, "MOST_IN_A_TABLE", 0)
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    with pytest.raises(ValueError, match="the trail is broken"):
        written(replace(made, actions=broken))
    assert list(folder.iterdir()) == []


def test_a_name_with_codes_in_it_stays_a_name_in_the_header(made):
    cover = replace(made.cover, short_name='Bath & "North" &P')
    header = opened(replace(made, cover=cover))["Updates"].oddHeader.left.text
    assert header.replace("&&", "&").startswith('&BBath & "North" &P:')


def test_headers_and_footers_are_short_enough_for_a_spreadsheet(made):
    cover = replace(made.cover, short_name="&" * 100)
    for page in opened(replace(made, cover=cover)).worksheets:
        for item in (page.oddHeader, page.oddFooter):
            assert sum(len(part.text or "") for part in (item.left, item.center, item.right)) <= 255


# The summary.


def lines(book):
    return [tuple(cell for cell in row[:3] if cell is not None) for row in book["Summary"].iter_rows(values_only=True)]


def test_the_statement_of_totals_adds_up_in_words(book):
    assert ("Total", 8, "Every action is in one status: 1 + 3 + 1 + 2 + 1 + 0 = 8.") in lines(book)


def test_a_rating_has_word_letter_colour_and_meaning(book):
    cell = next(
        cell for cell in book["Summary"]["A"] if cell.value == "Overdue" and cell.fill.fgColor.rgb == "FFC3322B"
    )
    meaning = book["Summary"].cell(cell.row, 3).value
    assert (cell.number_format, meaning) == ('"R – "@', "Open, and its agreed due date has passed.")


def test_a_rating_in_a_table_has_its_letter_and_colour_beside_the_word(book):
    cell = next(cell for cell in book["Actions"][3] if cell.value == "Overdue")
    assert (cell.number_format, cell.fill.fgColor.rgb) == ('"R – "@', "FFC3322B")


def test_the_cover_facts_stand_on_the_summary(book, made):
    told = lines(book)
    assert ("Hash of that event (the head)", made.cover.head) in told
    assert ("Rebuilt from the trail", "chain authority-RTH, up to event 3") in told
    assert ("Demonstration: people and history here are invented.",) in told


@pytest.mark.parametrize(
    ("confidential", "withheld", "words"),
    [
        (True, 0, "Confidential: it tells of evidence that is marked confidential. Do not publish it."),
        (False, 0, "Public: no confidential evidence was withheld."),
        (False, 1, "Public: 1 piece of evidence is confidential and not told of here."),
        (False, 3, "Public: 3 pieces of evidence are confidential and not told of here."),
    ],
)
def test_a_pack_says_who_may_see_it(made, confidential, withheld, words):
    scope = replace(made.cover.scope, confidential=confidential)
    assert handling(replace(made.cover, scope=scope, withheld=withheld)) == words


def test_the_summary_says_first_of_which_moment_it_is_and_who_may_see_it(book, made):
    assert lines(book)[1] == (f"As at the end of 1 March 2013. {handling(made.cover)}",)


def test_the_pictures_are_native_and_told_in_words(made):
    with zipfile.ZipFile(io.BytesIO(written(made))) as archive:
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 2
    assert 'descr="Bar chart of delivery ratings: 2 closed, 1 overdue, 1 at risk, 1 not yet, 2 on track.' in drawing
    assert "of 7 actions 2 were closed, 1 submitted and 4 open; 6 were due by then" in drawing


def test_a_plan_without_a_past_has_no_picture_of_it(made):
    with zipfile.ZipFile(io.BytesIO(written(replace(made, progress=())))) as archive:
        assert len([name for name in archive.namelist() if name.startswith("xl/charts/chart")]) == 1


def test_moments_are_london_s_on_both_sides_of_the_clock_change(made):
    rows = [{"note": {"written_at": f"2012-{month}-10T09:30:00.000000Z"}} for month in ("08", "12")]
    found = [cell.value for cell in opened(replace(made, updates=contents.again(rows)))["Updates"]["B"][1:]]
    assert [f"{at:%d %H:%M}" for at in found] == ["10 10:30", "10 09:30"]


def test_the_first_sheet_is_the_one_that_opens(book):
    assert book.active.title == "Summary"


def test_the_key_to_the_ratings_is_on_every_page_that_rates(book):
    assert book["Actions"].oddHeader.right.text.endswith(paper.KEY)


def test_a_number_too_long_for_a_spreadsheet_keeps_its_digits(book, made):
    rows = [{"evidence": {"size": 1234567890123456789}}]
    heading = [cell.value for cell in book["Evidence"][1]].index("Size in bytes")
    assert opened(replace(made, evidence=contents.again(rows)))["Evidence"][2][heading].value == "1234567890123456789"


def test_a_day_is_a_day_and_no_text(book):
    cell = next(cell for cell in book["Actions"][2] if cell.value == datetime(2012, 8, 10))
    assert (cell.is_date, cell.number_format) == (True, "d mmm yyyy")


def test_overflow_is_named_only_where_there_is_some(book):
    assert overflow.TITLE not in book.sheetnames


def test_a_streamed_sheet_forgets_the_rows_it_has_written(monkeypatch, made):
    monkeypatch.setattr(sheet, "MOST_IN_A_TABLE", 0)
    sheets, add = [], sheet.add_sheet
    monkeypatch.setattr(sheet, "add_sheet", lambda *args, **kwargs: sheets.append(add(*args, **kwargs)) or sheets[-1])
    written(replace(made, actions=contents.again([contents.action(2)] * 50)))
    streamed = next(each for each in sheets if each.name == "Actions")
    assert max(len(streamed.row_info), len(streamed.row_sizes), len(streamed.table)) <= 3
