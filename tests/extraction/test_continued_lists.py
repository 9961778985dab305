"""Lists that go on at the top of another page under their heading, printed again. Every page is invented."""

import pytest

from tests.extraction.printed import pdf
from tests.extraction.test_traits import AFTER, COVER, JOINT, SEND, TITLE
from tracker.extraction import read_here

WORDS = "The local area partnership works with children.\n" * 6  # keeps the heading away from the page's edge
SEND_FOOT = "foot: Area SEND inspection of Exampleshire"
SEND_END = f"# Local area partnership details\n{SEND_FOOT} 3\f{WORDS}{SEND_FOOT} 4\f{WORDS}{SEND_FOOT} 5"
ONE_COLUMN = f"{WORDS}# Areas for improvement\n---\n## Areas for improvement\n---\n"
TWO_COLUMNS = f"{WORDS}# Areas for priority action\n---\nResponsible body | Areas for priority action\n---\n"
TURN = f"{SEND_FOOT} 2\f"
ILACS_END = f"{AFTER}{TITLE} 2\f{TITLE} 3"


def read(text):
    return read_here(pdf(text), name="any.pdf")


def texts(text):
    return [item.text for item in read(text).recommendations]


def addressed(text):
    return [(item.addressee, item.text) for item in read(text).recommendations]


def one_column(above, below):
    return f"{SEND}{ONE_COLUMN}{above}\n---\n{TURN}## Areas for improvement\n---\n{below}\n---\n{SEND_END}"


def two_columns(above, below):
    return f"{SEND}{TWO_COLUMNS}{above}\n---\n{TURN}Responsible body | Areas for priority action\n---\n{below}\n---\n{SEND_END}"


def bullets(above, below, heading="# What needs to improve?"):
    return f"{COVER}{above}\n{TITLE} 1\f{TITLE} 2\n{heading}\n{below}{ILACS_END}"


def test_rows_go_on_under_the_repeated_heading_of_their_table():
    assert texts(one_column("Leaders should improve plans.", "Health leaders should reduce waits.")) == [
        "Leaders should improve plans.",
        "Health leaders should reduce waits.",
    ]


def test_a_row_cut_in_two_is_whole_again_below_the_repeated_heading():
    text = one_column("Leaders should improve plans so that", "children are safe.\n---\nBoards should meet.")
    assert texts(text) == ["Leaders should improve plans so that children are safe.", "Boards should meet."]


@pytest.mark.parametrize("repeated", ["## Areas for improvement\n---\n", "---\n"])
def test_a_second_sentence_of_a_row_at_the_top_of_a_page_is_doubted(repeated):
    above, below = "Leaders should improve plans.", "This should include visits."
    report = read(one_column(above, below).replace("## Areas for improvement\n---\nThis", f"{repeated}This"))
    assert "An item seems to be cut: check where it ends." in report.warnings


def test_rows_of_two_columns_go_on_and_keep_their_body():
    text = two_columns(
        "Exampleshire | Leaders should act at once to\nCouncil | improve plans so that",
        "| children are seen.\n---\nNHS Example | Leaders should reduce waits.",
    )
    assert addressed(text) == [
        ("Exampleshire Council", "Leaders should act at once to improve plans so that children are seen."),
        ("NHS Example", "Leaders should reduce waits."),
    ]


@pytest.mark.parametrize(
    "heading",
    ["# What needs to improve?", "# What needs to improve? (continued)", "# What needs to improve? – cont’d"],
)
def test_bullets_go_on_under_their_repeated_heading(heading):
    report = read(bullets("* The quality of plans.", "* The use of visits.", heading))
    assert [(item.heading, item.text) for item in report.recommendations] == [
        ("What needs to improve?", "The quality of plans."),
        ("What needs to improve?", "The use of visits."),
    ]


def test_a_bullet_cut_in_two_is_whole_again_below_the_repeated_heading():
    text = bullets("* The use of visits, so that", "  children are safe.\n* The use of data.")
    assert texts(text) == ["The use of visits, so that children are safe.", "The use of data."]


def test_a_deadline_holds_below_the_repeated_heading():
    text = (
        "title: Inspection of looked after children services\nExampleshire County Council\n"
        "Inspection dates: 8 to 12 July 2013\n"
        f"\f{WORDS}# Areas for improvement\n## Within three months:\n* Keep plans for children.\nfoot: 1\f"
        f"# Areas for improvement\n* See children more often.\n# About this inspection\n{WORDS}"
    )
    assert [item.timescale for item in read(text).recommendations] == ["within 3 months"] * 2


def test_two_lists_under_the_same_heading_are_both_read():
    text = f"{COVER}* The quality of plans.\n# Areas for priority action\n* Act for children now.\n# What needs to improve?\n"
    assert texts(f"{text}* The use of visits.{AFTER}") == [
        "The quality of plans.",
        "Act for children now.",
        "The use of visits.",
    ]


def test_a_list_printed_twice_is_given_once():
    assert texts(bullets("* The quality of plans.\n* The use of visits.", "* The quality of plans.")) == [
        "The quality of plans.",
        "The use of visits.",
    ]


def test_the_themes_of_a_joint_letter_go_on_under_the_repeated_heading():
    theme = "# Areas for improvement\n\n## Response to neglect\n\n"
    text = f"{JOINT}{theme}Assessments are not good.\n\n\f{theme}Managers do not see this.\n\n# Next steps\n\nAll is sent.\n"
    assert [(item.heading, item.text) for item in read(text).recommendations] == [
        ("Response to neglect", "Assessments are not good."),
        ("Response to neglect", "Managers do not see this."),
    ]
