"""Printed pages that trip readers: a few lines, and the items they hold. Every page is invented.

The traits, as the README of the labelled reports (CORPUS_DIR) lists them, and where each is tested; what stands in
quotation marks is an id of test_a_list_of_bullets_is_read_item_by_item.

| trait | test |
|---|---|
| bullets as private-use characters, U+0083, ◼ or U+0336 | test_every_usual_bullet_is_told |
| a running header, a two-line footer or a page number between items | "a page and a two-line footer stand between items" |
| an item cut in two by the page | "an item is cut in two by the page" |
| numbered lists that run on into findings; a second list for the LSCB | test_numbered_lists_end_where_findings_go_on_… |
| headings repeated in the contents and in the body | test_headings_of_the_contents_page_…, test_a_heading_repeated_in_the_body_… |
| … and at the top of a continued table or list; two lists under it | test_continued_lists.py |
| table rows divided only by a drawn rule | test_rows_divided_only_by_a_drawn_rule_are_items |
| nested bullets | "nested bullets belong to their item" |
| sub-headings indented like text | test_sub_headings_indented_like_text_divide_the_list |
| look-alike bullets under "Strengths" or a summary for children | test_look_alike_bullets_after_the_list_are_no_items |
| missing final stops; items starting lower case | "items may lack their final stop and begin small" |
| page-one dates of a previous inspection | test_printed_days.py, test_the_dates_of_a_previous_inspection_are_not_this_ones |
| footer dates that contradict page one | test_printed_days.py, test_days_at_the_foot_that_contradict_page_one_… |
| a judgement given as a sentence | test_a_judgement_given_as_a_sentence_is_read |
| files named .pdf that are HTML | test_html_pages.py, test_a_web_page_called_pdf_is_named |
"""

import pytest

from tests.extraction.printed import pdf
from tracker.extraction import read_here

COVER = """title: Inspection of Exampleshire local authority
title: children’s services
## Inspection dates: 13 to 24 May 2024
## Lead inspector: Robin Example, His Majesty’s Inspector

Judgement Grade
The impact of leaders on social work practice with children and families Good
Overall effectiveness Requires improvement to be good

# What needs to improve?
"""
AFTER = "\n\n# The experiences and progress of children who need help\n1. Children are seen.\n2. Plans are kept.\n"
SIF = """title: Exampleshire
## Inspection of services for children in need of help and
## protection, children looked after and care leavers
## and
## Review of the effectiveness of the Local Safeguarding Children Board
## Inspection date: 18 November 2014 - 10 December 2014
## Report published: 3 February 2015
## The overall judgement is that children’s services require
## improvement
1. Children who need help and protection Requires improvement
\f
"""
SEND = """title: Area SEND inspection of Exampleshire
title: Local Area Partnership
Inspection dates: 18 to 22 November 2024
Dates of previous inspection: 5 to 9 December 2016
"""
JOINT = """10 August 2017
Robin Example, Director of Children’s Services, Exampleshire County Council

Dear local partnership

## Joint targeted area inspection of the multi-agency response to abuse and
## neglect in Exampleshire

Between 26 and 30 June 2017, Ofsted undertook a joint inspection.

"""
TITLE = "foot: Inspection of Exampleshire local authority children’s services"

ILACS_TRAITS = {
    "one bullet is one item": (
        "* The quality of plans.\n* The use of visits.",
        ["The quality of plans.", "The use of visits."],
    ),
    "a wrapped item is whole": (
        "* The quality of plans, so that\n  Children are safe.\n* Visits.",
        ["The quality of plans, so that Children are safe.", "Visits."],
    ),
    "items may lack their final stop and begin small": (
        "* the quality of plans for children\n* the use of visits to children",
        ["the quality of plans for children", "the use of visits to children"],
    ),
    "nested bullets belong to their item": (
        "* The quality of help, including:\n  - plans for children\n  - visits to children\n* The use of data.",
        ["The quality of help, including: plans for children visits to children", "The use of data."],
    ),
    "an item is cut in two by the page": (
        f"* The quality of plans, so that they\n{TITLE} 1\f{TITLE} 2\n  keep children safe.\n* The use of visits.\f{TITLE} 3",
        ["The quality of plans, so that they keep children safe.", "The use of visits."],
    ),
    "a page and a two-line footer stand between items": (
        f"* The quality of plans.\n{TITLE}\nfoot: 13 to 24 May 2024 1\f{TITLE}\nfoot: 13 to 24 May 2024 2\n"
        f"* The use of visits.\f{TITLE}\nfoot: 13 to 24 May 2024 3",
        ["The quality of plans.", "The use of visits."],
    ),
    "a footnote and its mark are no part of an item": (
        "* The quality of plans^2^ for children.\nnote: 2 Plans are written.\n* The use of visits.",
        ["The quality of plans for children.", "The use of visits."],
    ),
    "a lead-in is no item": (
        "The local authority should improve the following areas:\n* The quality of plans.",
        ["The quality of plans."],
    ),
    "a broken word keeps the hyphen it has elsewhere": (
        "* The well-\n  being of children.\n* The well-being of staff.",
        ["The well-being of children.", "The well-being of staff."],
    ),
    "a wrapped line may begin with a number": (
        "* The quality of reviews under section\n  20. This includes care.\n* The use of visits.",
        ["The quality of reviews under section 20. This includes care.", "The use of visits."],
    ),
}


def texts(text, bullet=0x25FC):
    return [item.text for item in read_here(pdf(text, bullet=bullet), name="any.pdf").recommendations]


@pytest.mark.parametrize(("body", "items"), ILACS_TRAITS.values(), ids=ILACS_TRAITS)
def test_a_list_of_bullets_is_read_item_by_item(body, items):
    assert texts(COVER + body + AFTER) == items


@pytest.mark.parametrize("bullet", [0xF06E, 0xF0B7, 0x25FC, 0x2022, 0x0083, 0x0336])
def test_every_usual_bullet_is_told(bullet):
    assert texts(COVER + "* The quality of plans.\n* The use of visits." + AFTER, bullet) == [
        "The quality of plans.",
        "The use of visits.",
    ]


def test_a_report_with_a_usual_list_needs_no_review():
    report = read_here(pdf(COVER + "* The quality of plans.\n* The use of visits." + AFTER), name="any.pdf")
    assert report.warnings == []


def test_a_report_without_its_list_needs_review():
    report = read_here(pdf(COVER.replace("# What needs to improve?", "") + AFTER), name="any.pdf")
    assert report.needs_review


def shapes(text):
    report = read_here(pdf(text), name="any.pdf")
    return [(item.ref, item.heading, item.addressee, item.text) for item in report.recommendations]


NUMBERED = """# What does the local authority need to improve?
## Priority and immediate action
1. Improve the quality of plans.
## Areas for improvement
_Quality of practice_
2. Improve visits to
    children at home.
_Participation of children in meetings and in the_
_council’s own work_
3. Ask children more often.
# The local authority’s strengths
4. Early help is good.
5. Staff stay.
# The effectiveness of the Local Safeguarding Children Board (LSCB) is good
## Areas for improvement
90. Publish the report immediately.
# Inspection judgement about the LSCB
91. The board is good.
"""


def test_numbered_lists_end_where_findings_go_on_and_know_their_heading_and_body():
    assert shapes(SIF + NUMBERED) == [
        ("1", "Priority and immediate action", "Local authority", "Improve the quality of plans."),
        ("2", "Quality of practice", "Local authority", "Improve visits to children at home."),
        (
            "3",
            "Participation of children in meetings and in the council’s own work",
            "Local authority",
            "Ask children more often.",
        ),
        ("90", "Areas for improvement", "LSCB", "Publish the report immediately."),
    ]


def test_headings_of_the_contents_page_begin_no_list():
    contents = "# Contents\nAreas for improvement 4\nRecommendations 6\n\f"
    assert len(shapes(SIF + contents + NUMBERED)) == 4


def test_a_jump_in_the_numbers_is_doubted():
    report = read_here(pdf(SIF + NUMBERED.replace("3. Ask", "7. Ask")), name="any.pdf")
    assert report.warnings == ["The list's numbers go from 2 to 7: check what stands between."]


@pytest.mark.parametrize("heading", ["Strengths", "Summary for children and young people"])
def test_look_alike_bullets_after_the_list_are_no_items(heading):
    cared = f"# {heading}\n* Staff are kind to you.\n* Staff stay with you.\n"
    assert [text for *_, text in shapes(SIF + "# Recommendations\n1. Improve plans.\n" + cared)] == ["Improve plans."]
    assert texts(COVER + "* The quality of plans.\n" + cared + AFTER) == ["The quality of plans."]


def test_a_heading_repeated_in_the_body_begins_no_second_list():
    body = "# Areas for improvement\nLeaders know what they have to do. They have a plan.\n"
    assert shapes(SIF + NUMBERED + body) == shapes(SIF + NUMBERED)


def test_sub_headings_indented_like_text_divide_the_list():
    below = NUMBERED.replace("_Quality of practice_", "    _Quality of practice_").replace("_Part", "    _Part")
    assert shapes(SIF + below.replace("_council’s", "    _council’s")) == shapes(SIF + NUMBERED)


def test_a_heading_as_high_as_the_list_s_ends_it_with_a_doubt_where_items_follow():
    report = read_here(
        pdf(
            SIF
            + NUMBERED.replace("_Quality of practice_", "").replace(
                "_Participation of children in meetings and in the_\n_council’s own work_", "## Participation"
            )
        ),
        name="any.pdf",
    )
    assert report.warnings[0] == "The list is taken to end before “Participation”: check that no item follows."


def test_a_judgement_given_as_a_sentence_is_read():
    assert read_here(pdf(SIF + NUMBERED), name="any.pdf").overall_judgement == "Requires improvement"


def test_rows_divided_only_by_a_drawn_rule_are_items():
    body = (
        "# Areas for improvement\n---\n## Areas for improvement\n---\nLeaders should improve plans. This should\n"
        "include visits.\n---\nHealth leaders should reduce waits, in particular:\n  - for children\n  - for parents.\n"
        "# Local area partnership details\n"
    )
    assert [(addressee, text) for _, _, addressee, text in shapes(SEND + body)] == [
        ("Leaders", "Leaders should improve plans. This should include visits."),
        ("Health leaders", "Health leaders should reduce waits, in particular: for children for parents."),
    ]


def test_a_table_of_two_columns_names_the_responsible_body():
    body = (
        "# Areas for priority action\n---\nResponsible body | Areas for priority action\n---\n"
        "Exampleshire | Leaders should act at once to\n"
        "Council | improve plans.\n---\nNHS Example | Leaders should reduce waits.\n"
        "# Local area partnership details\n"
    )
    assert [(addressee, text) for _, _, addressee, text in shapes(SEND + body)][0][1].startswith("Leaders should act")


PARAGRAPHS = """# Areas for improvement

## Response to neglect

Assessments are not always of good quality. Plans
drift.

Managers do not see this.

## Case study: areas for improvement

A child was not seen.

# Next steps

The local authority should prepare a written statement of proposed action. The local
authority should send the written statement of action to
someone@example.org by 14 November 2017.
"""


def test_paragraphs_of_a_joint_letter_are_items_under_their_theme():
    assert [(heading, text) for _, heading, _, text in shapes(JOINT + PARAGRAPHS)] == [
        ("Response to neglect", "Assessments are not always of good quality. Plans drift."),
        ("Response to neglect", "Managers do not see this."),
    ]


def test_the_day_the_written_statement_is_due_is_read():
    report = read_here(pdf(JOINT + PARAGRAPHS), name="any.pdf")
    assert (report.plan_due_printed.isoformat(), report.plan_due_to) == ("2017-11-14", "someone@example.org")


def test_days_without_a_year_are_of_the_letters_year():
    report = read_here(pdf(JOINT.replace("30 June 2017", "30 June") + PARAGRAPHS), name="any.pdf")
    assert report.inspection_end.isoformat() == "2017-06-30"


def test_the_bodies_a_letter_is_addressed_to_are_read():
    report = read_here(pdf(JOINT + PARAGRAPHS), name="any.pdf")
    assert report.addressed_to == "Robin Example, Director of Children’s Services, Exampleshire County Council"


@pytest.mark.parametrize(
    "sentence",
    [
        "The inspection did not find any areas for priority and immediate action.",
        "Inspectors identified no areas for priority action.",
        "There are no recommendations for the local authority.",
    ],
)
def test_the_sentence_that_there_are_none_is_no_item_and_is_told(sentence):
    report = read_here(pdf(SIF + NUMBERED.replace("Improve the quality of plans.", sentence)), name="any.pdf")
    assert [item.ref for item in report.recommendations] == ["2", "3", "90"]
    assert any(sentence in warning for warning in report.warnings) and not report.needs_review


@pytest.mark.parametrize(
    "words", ["There are no clear plans for children.", "Make sure that inspectors find no areas without a lead."]
)
def test_an_item_that_speaks_of_what_is_not_there_stays_an_item(words):
    assert words in [text for *_, text in shapes(SIF + NUMBERED.replace("Improve the quality of plans.", words))]
