"""Each layout is told by what the document says, and read: small invented reports as text."""

from datetime import date

import pytest

from tracker.extraction import read_here

LETTER = """19 July 2018

Mx Robin Example
Director of Children's Services
Exampleshire County Council

Dear Mx Example

{subject}

{opening}

{heading}

- Plans are not clear enough for children and families.

Yours sincerely

Sam Example
"""
DEADLINES = """{title}

Exampleshire County Council

Inspection dates: 8 – 12 July 2013
Reporting inspector Jo Example HMI
Age group: All
Published: 16 August 2013

Areas for improvement

In order to improve, the local authority should take the following action.

Immediately:

- keep plans

Within three months:

- see children often

About this inspection

Record of main findings

Services for looked after children
Overall effectiveness Inadequate
Capacity to improve Adequate
"""
BOARD = """Exampleshire

Review of the effectiveness of the Local Safeguarding Children Board

Inspection date: 19 November 2013 – 11 December 2013
Report published: 14 January 2014

The overall judgement is good.

Recommendations

1. Publish the report.

Key strengths of the board

2. The board meets.
"""
VISIT = "This letter summarises the monitoring visit to Exampleshire County Council on 26 and 27 June 2018."
LETTERS = {
    "ilacs_focused_visit": ("Focused visit to Exampleshire County Council", VISIT, "What needs to improve?"),
    "ilacs_monitoring_visit": (
        "Monitoring visit to Exampleshire County Council children's services",
        VISIT,
        "Areas for priority action",
    ),
    "jtai": (
        "Joint targeted area inspection of Exampleshire",
        "This inspection took place from 26 to 27 June 2018.",
        "What needs to improve?",
    ),
    "area_send_2016": (
        "Joint area SEND inspection in Exampleshire",
        "From 26 to 27 June 2018, Ofsted conducted a joint inspection of the local area of Exampleshire.",
        "Areas for development",
    ),
}


def letter(framework):
    subject, opening, heading = LETTERS[framework]
    return read_here(LETTER.format(subject=subject, opening=opening, heading=heading).encode(), name="any.txt")


@pytest.mark.parametrize("framework", LETTERS)
def test_a_letter_is_told_by_its_subject(framework):
    assert letter(framework).framework == framework


@pytest.mark.parametrize("framework", LETTERS)
def test_a_letters_list_dates_and_place_are_read(framework):
    report = letter(framework)
    assert (report.authority, report.inspection_end, report.publication_date, len(report.recommendations)) == (
        "Exampleshire",
        date(2018, 6, 27),
        date(2018, 7, 19),
        1,
    )


def test_a_monitoring_letter_that_lists_nothing_is_no_reason_for_doubt():
    subject, opening, _ = LETTERS["ilacs_monitoring_visit"]
    text = LETTER.format(subject=subject, opening=opening, heading="Findings and evaluation of progress")
    assert not read_here(text.encode(), name="any.txt").needs_review


def test_a_letter_of_2016_to_2022_is_always_for_a_person_to_check():
    assert letter("area_send_2016").needs_review


@pytest.mark.parametrize(
    ("framework", "title"),
    [
        ("looked_after_children", "Inspection of looked after children services"),
        ("safeguarding_and_looked_after", "Inspection of safeguarding and looked after children services"),
    ],
)
def test_reports_with_deadlines_are_read_with_their_record_of_findings(framework, title):
    report = read_here(DEADLINES.format(title=title).encode(), name="any.txt")
    assert (report.framework, report.authority, report.overall_judgement, report.publication_date) == (
        framework,
        "Exampleshire",
        "Inadequate",
        date(2013, 8, 16),
    )
    assert [(item.timescale, item.text) for item in report.recommendations] == [
        ("immediately", "keep plans"),
        ("within 3 months", "see children often"),
    ]


def test_a_review_of_the_board_alone_is_addressed_to_the_board():
    report = read_here(BOARD.encode(), name="any.txt")
    assert (report.framework, report.overall_judgement) == ("lscb_review", "Good")
    assert [(item.addressee, item.text) for item in report.recommendations] == [("LSCB", "Publish the report.")]


TRUST = """Inspection of {trust} children’s services

Inspection dates: 13 to 24 May 2024
Overall effectiveness Good

Exampleshire Borough Council works with the trust.

What needs to improve?

- The quality of plans.
"""


@pytest.mark.parametrize("trust", ["Exampleshire Children’s Trust", "Achieving for Children"])
def test_the_council_behind_a_trust_is_told_and_doubted(trust):
    report = read_here(TRUST.format(trust=trust).encode(), name="any.txt")
    assert (report.authority, report.needs_review) == ("Exampleshire", True)
