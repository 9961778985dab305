"""The tags of a file as a second opinion on where its items begin and end."""

from tests.extraction.tagged import tagged_pdf
from tracker.extraction import read_here
from tracker.extraction.pdf_pages import pdf_pages

HEAD = """title: Inspection of Exampleshire local authority children’s services
Inspection dates: 13 to 24 May 2024
Overall effectiveness Good
# What needs to improve?
"""
TAIL = "\n# The experiences and progress of children\n1. Children are seen.\n"


def warnings(items):
    return read_here(tagged_pdf(HEAD + items + TAIL), name="any.pdf").warnings


def test_each_line_knows_the_element_it_stands_in():
    lines = pdf_pages(tagged_pdf(HEAD + "* The quality of plans, so that\n  children are safe.\n* Visits." + TAIL))[
        0
    ].lines
    tags = [(line.tag, line.part) for line in lines if "Inspection" not in line.raw]
    assert [tag for tag, _ in tags] == ["P", "H2", "LI", "LI", "LI", "H2", "P"] and tags[2] == tags[3] != tags[4]


def test_tags_and_lines_that_agree_leave_no_doubt():
    assert warnings("* The quality of plans, so that\n  children are safe.\n* The use of visits.") == []


def test_an_item_that_the_tags_divide_is_doubted():
    assert warnings("* The quality of plans, so that\n+ children are safe.\n* The use of visits.") == [
        "The file's own tags make two items of one: check where it ends."
    ]


def test_two_items_that_the_tags_join_are_doubted():
    assert warnings("* The quality of plans.\n= The use of visits.") == [
        "The file's own tags make one item of two: check where it ends."
    ]
