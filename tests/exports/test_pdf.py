"""The report as PDF: read back whole, tagged, the same each time, and nobody's text is markup."""

import ctypes
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as raw
import pytest

from tests.exports.paper_contents import HEAD, contents, reference, section, standard_cover
from tracker.exports import pdf
from tracker.exports.report import parts

HOSTILE = (
    '#import "x": * and #panic() with $x^2$, *bold*, _slanted_, [brackets], <script>alert(1)</script>, `raw`, @label, '
    "= no heading, \\u{41}, // no comment, #sys.inputs, --- and ~"
)
WELSH = "Llŷn, ŵyl, tŷ, Łódź, ğ, Ω, Ж"


def made(plan):
    [(name, data)] = pdf.files(plan)
    assert name == "board-report.pdf"
    return data


def pages(data):
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in document]


def one(what, *, text="", **changed):
    """A plan of one action that says this, and whose one update does."""
    whole = section(1)
    action = {**whole.action, "action": {**whole.action["action"], "what": what, **changed}}
    note = {
        "note": {"kind": "update", "text": text or what, "written_at": "2013-02-14T10:00:00Z"},
        "by": {},
        "behalf": {},
    }
    changed_section = replace(whole, action=action, updates=(note,))
    return replace(contents(1), actions=lambda: iter([action]), sections=lambda: iter([changed_section]))


def squeezed(texts):
    """The words without what a line's end and a hyphen of the reader's do to them."""
    return "".join("".join(texts).replace("\ufffe", "").split())


@pytest.fixture(scope="module")
def report():
    return made(contents())


@pytest.fixture(scope="module")
def strange():
    """One action whose texts hold markup, a very long word, and characters from everywhere."""
    text = f"{HOSTILE}\n\n{WELSH}\nسلام\nשלום\n中 😀 \x07 \u202e\ue000 \ud800\n{'ø' * 3000}"
    return pages(made(one(HOSTILE, text=text)))


def test_every_action_stands_in_it(report):
    text = "".join(pages(report))
    assert all(reference(n) in text for n in range(1, 14))


def test_the_chain_s_head_stands_whole_on_the_cover(report):
    assert HEAD in squeezed(pages(report)[:1])


def test_each_page_says_its_number_and_how_many_there_are(report):
    texts = pages(report)
    assert 20 <= len(texts) <= 45
    assert all(f"Page {n} of {len(texts)}" in text for n, text in enumerate(texts[1:], 2))


def test_the_key_to_both_ratings_stands_on_every_page_after_the_cover(report):
    words = ("B Closed", "R Overdue", "A At risk", "N Not yet", "G On track", "0 Not yet evidenced", "2 Embedded")
    assert all(word in text for text in pages(report)[1:] for word in words)


def test_it_has_bookmarks_for_its_tables_and_actions(report):
    titles = [mark.get_title() for mark in pypdfium2.PdfDocument(report).get_toc()]
    assert "Where the plan stands" in titles
    assert any(title.startswith("D. Open past") for title in titles)
    assert sum(title.startswith("RTH-2012-") for title in titles) == 13


def kinds(page):
    """The kinds of all tagged elements of a page."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    todo = [raw.FPDF_StructTree_GetChildAtIndex(tree, n) for n in range(raw.FPDF_StructTree_CountChildren(tree))]
    found = set()
    while todo:
        element = todo.pop()
        if not element:
            continue
        buffer = ctypes.create_string_buffer(100)
        length = raw.FPDF_StructElement_GetType(element, buffer, 100)
        found.add(buffer.raw[: max(length - 2, 0)].decode("utf-16-le"))
        count = raw.FPDF_StructElement_CountChildren(element)
        todo += [raw.FPDF_StructElement_GetChildAtIndex(element, n) for n in range(count)]
    return found


def test_it_is_tagged_with_headings_and_heading_cells(report):
    document = pypdfium2.PdfDocument(report)
    assert raw.FPDFCatalog_IsTagged(document)
    found = set().union(*(kinds(page) for page in document))
    assert {"H1", "H2", "H3", "Table", "TR", "TH", "TD", "Figure", "P"} <= found


def test_it_says_what_it_is(report):
    metadata = pypdfium2.PdfDocument(report).get_metadata_dict()
    assert (
        metadata["Title"]
        == "Report to the improvement board: Rotherham: improvement plan as at the end of Friday 1 March 2013"
    )
    for standard in (b"<pdfuaid:part>1", b"<pdfaid:part>3", b"<pdfaid:conformance>A", b"en-GB"):
        assert standard in report


def test_wide_tables_lie_across(report):
    document = pypdfium2.PdfDocument(report)
    across = [n for n, page in enumerate(document) if page.get_width() > page.get_height()]
    assert across and across == list(range(across[0], across[-1] + 1))


def test_a_table_s_heading_and_first_sentence_stand_on_its_page():
    where = [page for page in pages(made(contents(2))) if "Every action is counted once" in page]
    assert ["Actions by report and status" in page for page in where] == [True]


def test_the_same_contents_make_the_same_bytes(report):
    assert made(contents()) == report


def test_nobody_s_text_is_markup(strange):
    assert squeezed([HOSTILE]) in squeezed(strange)


def test_letters_of_other_tongues_stand_as_they_are(strange):
    text = squeezed(strange)
    assert squeezed([WELSH]) in text
    assert "שלום" in text
    assert set("سلام") <= set(text)


def test_what_cannot_be_shown_stands_as_its_number_and_the_cover_says_so(strange):
    text = squeezed(strange)
    for number in ("4E2D", "1F600", "0007", "202E", "E000", "D800"):
        assert f"[U+{number}]" in text
    assert "notinthisfile’stypeface" in squeezed(strange[:1])


def test_a_word_without_end_is_whole(strange):
    assert squeezed(strange).count("ø") == 3000


def test_a_huge_text_is_whole():
    text = "word " * 20_000
    assert squeezed(pages(made(one("short", text=text)))).count("word") >= 20_000


def test_a_failure_of_the_typesetter_is_told_in_a_sentence(monkeypatch):
    monkeypatch.setattr(pdf, "COMMAND", (*pdf.COMMAND[:1], "-c", "raise SystemExit('no room')"))
    with pytest.raises(pdf.CannotBeSet, match="Part 1 of the report could not be set: no room"):
        list(pdf.files(contents(1)))


def test_a_public_demonstration_says_both_on_its_cover():
    cover = standard_cover(confidential=False, demonstration=True, withheld=1)
    first = pages(made(contents(1, cover=cover)))[0]
    assert "Demonstration." in first
    assert "1 piece of confidential evidence is not told of here" in first


def test_a_part_of_several_says_which_it_is(monkeypatch):
    monkeypatch.setattr(parts, "HEAVIEST", 12)
    found = list(pdf.files(contents(3)))
    assert [name for name, _ in found] == ["board-report-1.pdf", "board-report-2.pdf"]
    text = pages(found[1][1])
    assert "Part 2 of 2" in text[0] and f"Part 2 of 2, page 2 of {len(text)}" in text[1]
