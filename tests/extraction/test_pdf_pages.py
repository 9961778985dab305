import json

import pytest

from tests.extraction.printed import assemble, content, pdf, write
from tracker.extraction import ExtractedReport, read_here

REPORT = """title: Inspection of Exampleshire local authority
title: children’s services
Inspection dates: 13 to 24 May 2024
# What needs to improve?
* The quality of plans, so that
  children are safe.
* The use of visits.
# The experiences and progress of children in care
"""
LOCK = (
    b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O (" + b"x" * 32 + b") /U (" + b"y" * 32 + b") >> /ID [(a) (b)]"
)


def error(data):
    return read_here(data, name="any.pdf").error


def test_a_locked_pdf_says_so():
    locked = assemble([content(REPORT, 0x25FC)], trailer=LOCK)
    assert error(locked) == "This PDF is locked with a password. Save a copy without one and try again."


def test_a_scan_says_that_it_has_no_words():
    assert error(assemble([b"0 0 m 9 9 l S"])) == (
        "This PDF has no words in it, only pictures of pages: it seems to be a scan. Ask for the original file."
    )


@pytest.mark.parametrize("share", [0.3, 0.6, 0.98])
def test_a_pdf_that_was_cut_short_says_so(share):
    whole = pdf(REPORT)
    assert error(whole[: int(len(whole) * share)]) == "This PDF is cut short: its end is missing. Fetch the file again."


def test_a_damaged_pdf_says_so():
    assert error(b"%PDF-1.4\n" + b"\xff" * 500 + b"\n%%EOF\n") == (
        "This PDF is damaged and cannot be opened. Fetch the file again."
    )


def test_a_pdf_of_more_than_a_thousand_pages_is_refused():
    kids = b"4 0 R " * 1001
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    tree = b"<< /Type /Pages /Kids [" + kids + b"] /Count 1001 >>"
    data = write([b"<< /Type /Catalog /Pages 2 0 R >>", tree, b"<< >>", page])
    assert error(data) == "This PDF has 1,001 pages, and at most 1,000 can be read."


def test_each_item_cites_its_page_its_lines_and_their_boxes():
    item = read_here(pdf(REPORT), name="any.pdf").recommendations[0]
    assert (item.page, item.source.lines, item.source.quote, len(item.source.boxes)) == (
        1,
        (5, 6),
        "◼ The quality of plans, so that\nchildren are safe.",
        2,
    )


def test_a_box_is_counted_from_the_top_left_in_tenths_of_a_point():
    page, left, top, right, bottom = read_here(pdf(REPORT), name="any.pdf").recommendations[1].source.boxes[0]
    assert (page, left) == (1, 710) and 0 < top < bottom < 8420 and left < right < 5950


def numbers(value):
    if isinstance(value, dict):
        value = value.values()
    return (
        [each for part in value for each in numbers(part)]
        if not isinstance(value, str | int | float | None)
        else [value]
    )


def test_no_number_of_a_draft_is_a_fraction():
    assert not [each for each in numbers(read_here(pdf(REPORT), name="any.pdf").to_json()) if isinstance(each, float)]


def test_a_reading_with_boxes_survives_json():
    report = read_here(pdf(REPORT), name="any.pdf")
    assert ExtractedReport.from_json(json.loads(json.dumps(report.to_json()))) == report


def test_a_draft_stored_before_boxes_were_read_is_still_understood():
    row = read_here(pdf(REPORT), name="any.pdf").to_json()
    del row["plan_due_to"]
    for item in row["recommendations"]:
        del item["source"]["boxes"]
    assert ExtractedReport.from_json(row).recommendations[0].source.boxes == ()
