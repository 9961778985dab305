import pytest

from tracker.extraction.lines import cells, mark_lines
from tracker.extraction.pages import text_pages
from tracker.extraction.paper import Mark


def marked(text):
    return [(line.mark, line.text) for line in mark_lines(text_pages(text))]


@pytest.mark.parametrize(
    "bullet",
    ["- ", "* ", "+ ", "– ", "• ", "•", "◼ ", "▪\t", "\uf0b7", "\uf06e ", "\u0083 ", "\u0336 ", "   - ", "o\t"],
)
def test_a_bullet_is_taken_from_the_text(bullet):
    assert marked(f"{bullet}ensure that plans are clear") == [(Mark.BULLET, "ensure that plans are clear")]


@pytest.mark.parametrize("words", ["-5 degrees", "*not* a bullet", "of course", "–dash"])
def test_a_sign_without_a_space_is_no_bullet(words):
    assert marked(words)[0][0] is Mark.PLAIN


@pytest.mark.parametrize("printed", ["24. Ensure that", "24) Ensure that", "- 24. Ensure that"])
def test_a_printed_number_becomes_the_reference(printed):
    line = mark_lines(text_pages(printed))[0]
    assert (line.mark, line.ref, line.text) == (Mark.NUMBER, "24", "Ensure that")


@pytest.mark.parametrize(
    "printed",
    [
        "# Areas for improvement",
        "#### **Areas for improvement**",
        "**Areas for improvement**",
        "Areas for improvement\n",
    ],
)
def test_a_heading_is_told_by_its_looks(printed):
    assert marked(f"before.\n\n{printed}\n\nafter.")[1] == (Mark.HEADING, "Areas for improvement")


def test_a_short_line_in_a_paragraph_is_no_heading():
    assert marked("one two three\nSafeguarding Board\nfour five six")[1][0] is Mark.PLAIN


@pytest.mark.parametrize(
    "row", ["Areas for improvement\t2", "Areas for improvement ........ 2", "Areas for improvement    12"]
)
def test_a_row_of_the_contents_page_is_no_heading(row):
    assert marked(row)[0][0] is Mark.CONTENTS


def test_bold_in_a_sentence_is_taken_off_and_the_words_stay():
    assert marked("judged to be **adequate**.") == [(Mark.PLAIN, "judged to be adequate.")]


def test_a_footnote_mark_is_taken_off():
    assert marked("ensure that reviews²  are held.³") == [(Mark.PLAIN, "ensure that reviews are held.")]


def test_running_heads_and_page_numbers_are_taken_off():
    page = "Inspection of Exampleshire\n\nfirst in {1}.\nsecond in {1}.\nthird in {1}.\n\n{0}\n"
    text = "\f".join(page.format(number, "abc"[number]) for number in (0, 1, 2))
    assert [text for _, text in marked(text)] == [
        f"{line} in {page}." for page in "abc" for line in ("first", "second", "third")
    ]


def test_what_stands_at_one_page_s_head_alone_is_kept():
    assert marked("First head\n\nwords.\n\fSecond head\n\nwords.\n")[2] == (Mark.HEADING, "Second head")


def test_a_table_s_row_is_divided_into_cells():
    assert cells(mark_lines(text_pages("Overall effectiveness\t**Good**\t"))[0]) == ["Overall effectiveness", "Good"]
