"""A page shown beside the findings: the same lines under the same numbers, with their places."""

import json
import os
import re
from pathlib import Path

import pytest

from tests.extraction.printed import assemble, content, pdf
from tests.extraction.test_docx_pages import report as word_report
from tests.extraction.test_docx_pages import saved
from tests.extraction.test_html_pages import REPORT as WEB_PAGE
from tests.extraction.test_pdf_pages import LOCK, REPORT
from tracker.extraction import Limits, PageView, ShownLine, join_lines, read_here, show_page
from tracker.extraction.lines import clean
from tracker.extraction.pages import read_pages
from tracker.extraction.showing import show_here

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
CORPUS = os.environ.get("CORPUS_DIR")
LABELLED = sorted(Path(CORPUS or "/nowhere", "labelled").glob("*.pdf"))[::6][:5]
SIZE = Limits().size
FAR = "A plain page.\nNothing on it calls for a closer look.\nWords break at the end of a para-\ngraph."
LONG = f"{REPORT}\f{FAR}\fThis paragraph is plain."
every_file = pytest.mark.parametrize("path", [*SEEDS, *LABELLED], ids=lambda path: path.stem)


def view(data, number=1):
    return show_here(data, number=number, size=SIZE)


def whole(data):
    """Every page of a file as it is shown."""
    return [view(data, number) for number in range(1, view(data).pages + 1)]


def words(text):
    return re.findall(r"\w+", clean(text))


def cited(path):
    """The sources of everything that was read in a file, and its lines as they are shown, by their numbers."""
    data = path.read_bytes()
    report = read_here(data, name=path.name)
    sources = [item.source for item in report.recommendations] + list(report.citations.values())
    pages = [page for page in whole(data) if page.number in {near for s in sources for near in (s.page, s.page + 1)}]
    return report, sources, {line.number: line for page in pages for line in page.lines}


def between(shown, source):
    first, last = source.lines
    return [shown[number] for number in range(first, last + 1) if number in shown]


@every_file
def test_the_lines_a_finding_cites_bear_its_words(path):
    _, sources, shown = cited(path)
    missing = [
        (line, source.lines)
        for source in sources
        for line in source.quote.split("\n")
        if not set(words(line)) <= set(words(" ".join(each.text for each in between(shown, source))))
    ]
    assert sources and missing == []


@every_file
def test_the_boxes_a_finding_cites_are_those_of_the_lines_shown(path):
    _, sources, shown = cited(path)
    odd = [each for each in sources if not set(each.boxes) <= {line.box for line in between(shown, each)}]
    assert odd == []


@every_file
def test_the_lines_of_an_item_are_joined_as_the_reader_joins_them(path):
    report, _, shown = cited(path)
    known = {word for page in whole(path.read_bytes()) for word in page.known}
    lines = [(item.text, between(shown, item.source), item.source.quote) for item in report.recommendations]
    # Left out are items that a page break, a footnote or a heading divides: a person leaves those lines out.
    plain = [
        (text, each) for text, each, quote in lines if len(each) == len(list(filter(str.strip, quote.split("\n"))))
    ]
    assert plain and [join_lines([line.text for line in each], known) for _, each in plain] == [
        text for text, _ in plain
    ]


@pytest.mark.parametrize(
    "data",
    [pdf(LONG), saved(word_report()), WEB_PAGE.encode(), b"one\n\ntwo\n\x0cthree"],
    ids=["pdf", "word", "web page", "text"],
)
def test_every_line_is_shown_under_the_number_the_reader_gave_it(data):
    read = [(page.number, line.number) for page in read_pages(data, size=SIZE) for line in page.lines]
    assert read and [(page.number, line.number) for page in whole(data) for line in page.lines] == read


def test_a_page_looked_at_only_for_words_is_shown_with_boxes():
    data = pdf(LONG)
    assert [page.near for page in read_pages(data, size=SIZE)][-1] is False
    assert [line.box[0] for line in view(data, 3).lines] == [3]


def test_the_lines_of_a_far_page_are_boxed_where_they_are_printed():
    far = pdf(f"A cover.\f{FAR}")
    tops = [line.box[2] for line in view(far, 2).lines]
    assert tops == sorted(tops) and all(line.box[1] == 710 for line in view(far, 2).lines)


def test_a_page_tells_its_number_the_count_and_its_size_in_tenths_of_a_point():
    shown = view(pdf(LONG), 2)
    assert (shown.number, shown.pages, shown.width, shown.height) == (2, 3, 5950, 8420)


def test_a_turned_page_is_as_wide_as_it_was_high():
    turned = view(assemble([content("Words", 0x25FC)], paper="/MediaBox [0 0 595 842] /Rotate 90"))
    assert (turned.width, turned.height) == (8420, 5950)


def test_a_bullet_of_a_symbol_font_is_shown_as_a_bullet():
    assert view(pdf("* See children.", bullet=0xF0B7)).lines[0].text == "• See children."


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("## What needs to improve", "What needs to improve"),
        ("- **See** children", "- See children"),
        ("o\tSee children", "• See children"),
        ("3.  See \u00ad children\u200b", "3. See children"),
        (
            "The overall effectiveness of services is adequate.\x03 \x9f",
            "The overall effectiveness of services is adequate.",
        ),
    ],
)
def test_a_line_is_shown_as_a_person_reads_it(printed, text):
    assert [line.text for line in view(f"x\n{printed}".encode()).lines][1:] == [text]


def test_words_of_other_pages_say_whether_a_line_breaks_a_word():
    page = view(pdf(LONG), 2)
    assert join_lines([line.text for line in page.lines][2:], page.known) == ("Words break at the end of a paragraph.")


def test_a_text_without_form_feeds_is_one_page_without_a_size():
    shown = view(b"one\n\ntwo")
    assert shown == PageView(1, 1, lines=(ShownLine(1, "one"), ShownLine(3, "two")))


def test_a_scanned_page_has_no_lines_and_no_error():
    scan = view(assemble([b"0 0 m 9 9 l S"]))
    assert (scan.lines, scan.pages, scan.error) == ((), 1, None)


REFUSED = {
    "locked": (
        assemble([content(REPORT, 0x25FC)], trailer=LOCK),
        "This PDF is locked with a password. Save a copy without one and try again.",
    ),
    "damaged": (
        b"%PDF-1.4\n" + b"\xff" * 500 + b"\n%%EOF\n",
        "This PDF is damaged and cannot be opened. Fetch the file again.",
    ),
    "cut short": (pdf(REPORT)[:900], "This PDF is cut short: its end is missing. Fetch the file again."),
    "empty": (b"", "This file is empty."),
    "blank": (b"  \n ", "This file has no words in it, only blank space."),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_cannot_be_shown_says_why(kind):
    data, sentence = REFUSED[kind]
    assert view(data) == PageView(1, error=sentence)


@pytest.mark.parametrize("number", [-1, 0, 4, 10**9])
@pytest.mark.parametrize("data", [pdf(LONG), b"one\x0ctwo\x0cthree"], ids=["pdf", "text"])
def test_a_page_that_is_not_there_is_named(data, number):
    assert view(data, number).error == f"This file has 3 pages: there is no page {number:,}."


@pytest.mark.parametrize("data", [pdf(LONG), b"\xe2\x80\xa2 See children.", b"", WEB_PAGE.encode()])
def test_a_page_shown_by_the_child_is_as_here(data):
    assert show_page(data, number=1, name="a file") == view(data)


def test_a_view_survives_json():
    shown = view(pdf(LONG), 2)
    assert PageView.from_json(json.loads(json.dumps(shown.to_json()))) == shown
