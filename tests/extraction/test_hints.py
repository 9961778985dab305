"""Days that may be the publication date, for a person to choose from: never used as the date itself."""

import io
from datetime import date, datetime

import docx
import pytest

from tests.extraction.printed import assemble, content, pdf
from tests.extraction.test_pdf_pages import REPORT
from tracker.extraction import ExtractedReport, Hint, read_here, read_report
from tracker.extraction.stamps import day_of_stamp, days_in

MAY = date(2023, 5, 12)
REPORTED = date(2024, 7, 1)  # after the inspection of 13 to 24 May 2024
MADE = "the PDF’s own record of when it was made"
CHANGED = "the PDF’s own record of when it was last changed"


def stamped(made="D:20240701093000+01'00'", changed="D:20240702", text=REPORT):
    """A report in PDF whose own record says when it was made and last changed."""
    record = f"/CreationDate ({made}) /ModDate ({changed})".encode()
    return assemble([content(text, 0x25FC)], record=record)


def hints(data, name="report.pdf"):
    return [(hint.day, hint.source) for hint in read_here(data, name=name).hints]


@pytest.mark.parametrize(
    "name",
    [
        "50004567_report_2023-05-12.pdf",
        "2023_05_12 report.pdf",
        "report 12-05-2023.pdf",
        "report-12.5.2023.pdf",
        "report_12_05_2023_final.pdf",
        "12 May 2023.pdf",
        "children-s-services-12-may-2023.pdf",
        "12th_May_2023.pdf",
        "12may2023.pdf",
        "May 12, 2023.pdf",
        "20230512.pdf",
        "scan20230512093000.pdf",
        "12052023.pdf",
    ],
)
def test_a_day_in_a_name_is_read_in_british_order(name):
    assert days_in(name) == [MAY]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "report.pdf",
        "50004567.pdf",
        "31-06-2023.pdf",
        "05-25-2023.pdf",
        "2023-13-01.pdf",
        "30 February 2023.pdf",
        "1989-05-12.pdf",
        "2100-05-12.pdf",
        "2012-2013.pdf",
        "12 mayor 2023.pdf",
        "120230512.pdf",
    ],
)
def test_what_is_no_day_of_a_report_is_no_hint(name):
    assert days_in(name) == []


@pytest.mark.parametrize(
    "stamp",
    [
        "D:20230512093012+01'00'",
        "D:20230512",
        "20230512093012Z",
        "(D:20230512)",
        "D:2023-05-12T09:30",
        "2023-05-12T09:30:12Z",
        "Fri May 12 09:30:12 2023",
        "Fri, 12 May 2023 09:30:12 GMT",
        "12 May 2023",
        "2023/5/12",
        "D:20230512999999",
    ],
)
def test_a_stamp_is_understood_however_it_is_written(stamp):
    assert day_of_stamp(stamp) == MAY


@pytest.mark.parametrize(("stamp", "day"), [("25/5/2023", 25), ("5/25/2023 9:30:12 AM", 25), ("5/5/2023", 5)])
def test_a_stamp_in_figures_is_read_where_it_can_be_only_one_day(stamp, day):
    assert day_of_stamp(stamp) == date(2023, 5, day)


@pytest.mark.parametrize(
    "stamp", ["", "D:", "D:2023", "D:20231305", "D:19103", "5/12/2023", "D:00000000", "\x00", "x" * 999]
)
def test_a_stamp_that_names_no_day_is_passed_over(stamp):
    assert day_of_stamp(stamp) is None


def test_hints_stand_in_order_with_the_name_first():
    name = "exampleshire-2024-07-05.pdf"
    assert hints(stamped(), name) == [
        (date(2024, 7, 5), f"the file’s name (“{name}”)"),
        (REPORTED, MADE),
        (date(2024, 7, 2), CHANGED),
    ]


def test_a_day_is_given_once_from_where_it_stands_first():
    name = "exampleshire-2024-07-01.pdf"
    assert hints(stamped(changed="D:20240701"), name) == [(REPORTED, f"the file’s name (“{name}”)")]


def test_a_folder_is_no_part_of_a_name():
    assert hints(pdf(REPORT), "/inbox/2023-05-12/report.pdf") == []


def test_a_report_that_prints_its_date_needs_no_hints():
    printed = REPORT.replace("Inspection dates", "Report published: 28 June 2024\nInspection dates")
    report = read_here(stamped(text=printed), name="2024-07-05.pdf")
    assert (report.publication_date, report.hints) == (date(2024, 6, 28), ())


def test_a_hint_is_never_the_publication_date():
    assert read_here(stamped(), name="2024-07-05.pdf").publication_date is None


@pytest.mark.parametrize(("name", "before"), [("2024-05-23.pdf", True), ("2024-05-24.pdf", False)])
def test_a_day_before_the_inspection_s_end_is_marked(name, before):
    assert [hint.before_inspection for hint in read_here(pdf(REPORT), name=name).hints] == [before]


def test_a_word_document_s_own_record_is_asked():
    made, held = docx.Document(), io.BytesIO()
    made.add_paragraph("Inspection of Exampleshire")
    made.core_properties.created, made.core_properties.modified = datetime(2024, 7, 1, 9), datetime(2024, 7, 2, 9)
    made.save(held)
    assert hints(held.getvalue(), "report.docx") == [
        (REPORTED, "the Word document’s own record of when it was made"),
        (date(2024, 7, 2), "the Word document’s own record of when it was last changed"),
    ]


def test_a_web_page_s_own_record_is_asked():
    page = """<html><head><meta name="viewport" content="2024-01-01"><meta content='2024-07-01T09:30:00Z'
    property="article:published_time"></head><body><p>Inspection of Exampleshire</p></body></html>"""
    assert hints(page.encode(), "page.html") == [(REPORTED, "the web page’s own record (“article:published_time”)")]


def test_a_web_page_full_of_days_gives_a_few():
    tags = "".join(f'<meta name="date{day}" content="2024-07-{day:02}">' for day in range(1, 29))
    assert len(hints(f"<html><head>{tags}</head><p>Words</p></html>".encode(), "page.html")) == 10


def test_a_file_that_cannot_be_read_gives_no_hints():
    assert read_here(b"", name="2023-05-12.pdf").hints == ()


def test_hints_in_json_have_a_day_and_words():
    row = read_report(stamped(changed=""), name="report.pdf").to_json()
    assert row["hints"] == [{"date": "2024-07-01", "from": MADE, "before_inspection": False}]
    assert ExtractedReport.from_json(row).hints == (Hint(REPORTED, MADE),)


def test_a_draft_stored_before_hints_were_read_is_still_understood():
    row = read_here(stamped(), name="report.pdf").to_json()
    del row["hints"]
    assert ExtractedReport.from_json(row).hints == ()
