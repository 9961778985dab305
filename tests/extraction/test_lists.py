import re

import pytest

from tracker.extraction.lines import mark_lines
from tracker.extraction.lists import Shape, read_lists
from tracker.extraction.pages import text_pages

SHAPE = Shape(
    starts=re.compile("areas for improvement", re.I), ends=re.compile(r"about this inspection|findings\b", re.I)
)
START = "Areas for improvement\n\n"
END = "\n\nAbout this inspection\n\n- 4. This inspection was unannounced.\n"


def read(body, end=END):
    return read_lists(mark_lines(text_pages(START + body + end)), SHAPE)


def texts(body, end=END):
    return [item.text for item in read(body, end)[0]]


def doubts(body, end=END):
    return [doubt.sentence for doubt in read(body, end)[1] if doubt.serious]


TRAITS = {
    "one bullet one item": ("- see children often\n- keep good records", ["see children often", "keep good records"]),
    "a lead-in is no item": ("3. The council should:\n\n- keep good records", ["keep good records"]),
    "a lead-in on two lines": (
        "3. To improve the quality of\nhelp, it should take the following action.\n\n- keep good records",
        ["keep good records"],
    ),
    "a wrapped item": (
        "- see children\nOften and alone\n- keep good records",
        ["see children Often and alone", "keep good records"],
    ),
    "an item cut by the page": (
        "- see children and\n\nkeep good records\n- hold good reviews",
        ["see children and keep good records", "hold good reviews"],
    ),
    "a page number in the cut": (
        "- see children in\n\n3\n\ntheir own homes\n- hold good reviews",
        ["see children in their own homes", "hold good reviews"],
    ),
    "a form feed in the cut": (
        "- see children in\n\ftheir own homes\n- hold good reviews",
        ["see children in their own homes", "hold good reviews"],
    ),
    "cut before a name": (
        "- work with the\n\nRoyal Hospital\n- hold good reviews",
        ["work with the Royal Hospital", "hold good reviews"],
    ),
    "nested bullets": (
        "- hold reviews of\n    - plans\n    - visits\n- keep good records",
        ["hold reviews of plans visits", "keep good records"],
    ),
    "a bullet alone on its line": (
        "•\nsee children often\n•\nkeep good records",
        ["see children often", "keep good records"],
    ),
    "numbered items": ("4. See children often\n5. Keep records well", ["See children often", "Keep records well"]),
    "bullets in a numbered item": (
        "4. Hold reviews of\n- plans\n5. Keep records well",
        ["Hold reviews of plans", "Keep records well"],
    ),
    "an item that begins as a known end does": (
        "- findings from audits are shared\n- keep good records well",
        ["findings from audits are shared", "keep good records well"],
    ),
    "a wrapped line that is a deadline": (
        "- see every child\nwithin three months\n- keep good records well",
        ["see every child within three months", "keep good records well"],
    ),
    "the same list again": (
        "- see children often\n\nAreas for improvement\n\n- see children often",
        ["see children often"],
    ),
    "a list continued under its heading": (
        "- see children often\n\nAreas for improvement\n\n- keep good records",
        ["see children often", "keep good records"],
    ),
    "the list at the end of the file": (
        "- see children often\n- keep good records",
        ["see children often", "keep good records"],
    ),
}


@pytest.mark.parametrize("trait", list(TRAITS))
def test_a_list_is_read_item_by_item(trait):
    body, items = TRAITS[trait]
    assert texts(body, end="" if trait.endswith("file") else END) == items


@pytest.mark.parametrize("trait", list(TRAITS))
def test_a_known_trait_raises_no_doubt(trait):
    assert doubts(TRAITS[trait][0]) == []


def test_a_heading_with_a_deadline_gives_it_to_the_items_below():
    items, _ = read("**Immediately:**\n\n- see children often\n\nWithin six weeks:\n- keep good records")
    assert [(item.heading, item.timescale) for item in items] == [
        ("Immediately", "immediately"),
        ("Within six weeks", "within 6 weeks"),
    ]


def test_the_contents_page_begins_no_list():
    lines = mark_lines(text_pages("Areas for improvement\t2\nAbout this inspection\t4\n\n- this is no item"))
    assert read_lists(lines, SHAPE) == ((), ())


def test_a_heading_without_a_list_is_doubted():
    assert doubts("") == ["The heading “Areas for improvement” stands without a list under it."]


def test_an_unknown_heading_ends_the_list_and_is_doubted():
    assert doubts("- see children often", "\n\nSomething else\n\n- not an item at all") == [
        "The list is taken to end before “Something else”: check that no item follows."
    ]


def test_a_paragraph_between_two_items_is_kept_and_doubted():
    body = "- see children often.\n\nThis matters to them.\n\n- keep good records"
    assert (texts(body)[0], doubts(body)) == (
        "see children often. This matters to them.",
        ["A paragraph stands between two items and is read as part of the first: check it."],
    )


def test_lower_case_words_after_a_finished_item_are_doubted():
    assert doubts("- see children often.\n\nand keep records") == [
        "An item seems to be cut by the page: check where it ends."
    ]


def test_an_item_that_ends_in_the_air_is_doubted():
    assert doubts("- see children often and the") == ["An item seems to be cut off: “…see children often and the”."]


def test_an_item_that_leads_on_to_the_next_is_not_doubted():
    assert doubts("- see children often; and\n- keep good records") == []


def test_a_lone_item_without_its_bullet_is_read_with_a_mild_word():
    items, found = read("Immediately:\n\nensure that plans are kept.\n\nWithin six weeks:\n\n- keep good records")
    assert (items[0].text, [doubt.serious for doubt in found]) == ("ensure that plans are kept.", [False])


def test_several_items_without_bullets_are_read_and_doubted():
    items, found = read("Immediately:\n\nensure that plans are kept.\n\nKeep good records.\n\nHold good reviews.\n")
    assert items and any(doubt.serious for doubt in found)


def test_numbers_that_run_on_after_bullets_are_no_items():
    assert texts("- see children often\n4. The council knows itself well.") == ["see children often"]


def test_the_source_of_an_item_is_its_lines_as_they_stand():
    items, _ = read("- see children and\n\n  keep records")
    assert (items[0].source.lines, items[0].source.quote) == ((3, 5), "- see children and\n\n  keep records")
