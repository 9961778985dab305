"""Small invented reports, one for each layout, and the doubts that make a person look twice."""

from datetime import date

import pytest

from tracker.extraction import read_here
from tracker.extraction.families import FAMILIES

INSPECTION = """Inspection of local authority arrangements for the protection of children

Exampleshire County Council

Inspection dates: {days}
Lead inspector: Jo Example HMI

{published}

Overall effectiveness

2. The overall effectiveness of the arrangements to protect children in Exampleshire is judged to be {sentence}.

Areas for improvement

3. The local authority and its partners should take the following action.

Immediately:

{items}

About this inspection

- 4. This inspection was unannounced.

Record of main findings

Overall effectiveness\t{table}
"""
USUAL = {
    "days": "3 - 12 March 2013",
    "published": "Published: 10 April 2013",
    "sentence": "good",
    "table": "Good",
    "items": "- see children often and alone",
}
LETTER = """19 July 2018

Mx Robin Example
Director of Children's Services
Exampleshire County Council

Dear Mx Example

{subject}

The visit took place on 26 and 27 June 2018. It followed a letter of 3 May 2017.

Strengths

- Staff are well trained and stay.

{heading}

- Plans are not clear enough.

{after}

- Plans are written with families.

Yours sincerely

Sam Example
"""
SUBJECTS = {  # family: the letter's subject, the heading of its list, the heading after it
    "ilacs_focused_visit": (
        "Focused visit to Exampleshire County Council",
        "What needs to improve in this area of practice",
        "Findings",
    ),
    "unannounced_assessment": (
        "Annual unannounced inspection of contact, referral and assessment arrangements",
        "Areas for priority action",
        "Satisfactory practice",
    ),
    "other": ("Our meeting about Exampleshire County Council", "Recommendations", "What went well"),
}


def inspection(**changes):
    return read_here(INSPECTION.format(**USUAL | changes).encode(), name="report.txt")


def letter(framework):
    subject, heading, after = SUBJECTS[framework]
    return read_here(LETTER.format(subject=subject, heading=heading, after=after).encode(), name="letter.txt")


def test_the_last_family_takes_what_no_other_knows():
    assert FAMILIES[-1].NAME == "other" and FAMILIES[-1].recognises([])


def test_no_two_families_share_a_name():
    assert len({family.NAME for family in FAMILIES}) == len(FAMILIES)


@pytest.mark.parametrize("framework", list(SUBJECTS))
def test_a_letter_s_family_is_told_by_its_subject(framework):
    assert letter(framework).framework == framework


@pytest.mark.parametrize("framework", list(SUBJECTS))
def test_only_the_list_that_asks_for_something_is_read(framework):
    assert [item.text for item in letter(framework).recommendations] == ["Plans are not clear enough."]


@pytest.mark.parametrize("framework", list(SUBJECTS))
def test_a_letter_s_head_is_read(framework):
    read = letter(framework)
    assert (read.publication_date, read.addressed_to, read.lead_inspector) == (
        date(2018, 7, 19),
        "Mx Robin Example, Director of Children's Services",
        "Sam Example",
    )


@pytest.mark.parametrize("framework", ["ilacs_focused_visit", "unannounced_assessment"])
def test_the_days_of_a_visit_come_from_the_letter_s_opening(framework):
    read = letter(framework)
    assert (read.inspection_start, read.inspection_end) == (date(2018, 6, 26), date(2018, 6, 27))


@pytest.mark.parametrize("framework", ["ilacs_focused_visit", "unannounced_assessment"])
def test_a_whole_letter_needs_no_review(framework):
    assert letter(framework).warnings == []


def test_an_unknown_layout_is_always_for_review():
    assert letter("other").needs_review and "not a layout" in letter("other").warnings[0]


def test_a_whole_inspection_needs_no_review():
    assert inspection().warnings == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"sentence": "adequate"},
            "The table of judgements says “Good” and the text “Adequate” for overall effectiveness.",
        ),
        ({"days": "12 March 2013 to 3 March 2013"}, "The inspection is printed as ending before it begins."),
        ({"days": "3 March 2012 to 12 March 2013"}, "The inspection is printed as lasting 374 days."),
        ({"days": "in spring"}, "The dates of the inspection were not found."),
        ({"published": "Published: 10 March 2013"}, "The report is dated before the inspection ended."),
        ({"published": "Published: 31 April 2013"}, "“31 April 2013” is not a date."),
        (
            {"published": "Inspection dates: 4 - 12 March 2013"},
            "The report prints different inspection dates: “3 - 12 March 2013” and “4 - 12 March 2013”.",
        ),
        ({"items": ""}, "No list of recommendations was found."),
    ],
)
def test_what_does_not_fit_is_doubted_in_words(changes, sentence):
    read = inspection(**changes)
    assert read.needs_review and sentence in read.warnings


def test_no_publication_date_is_no_reason_for_a_review():
    read = inspection(published="")
    assert (read.publication_date, read.needs_review) == (None, False)


def test_the_body_may_stand_behind_the_title():
    text = INSPECTION.format(**USUAL).replace("children\n\nExampleshire", "children Exampleshire")
    assert read_here(text.encode(), name="").provider == "Exampleshire County Council"


def test_the_title_may_be_wrapped():
    text = INSPECTION.format(**USUAL).replace("protection of children\n", "protection\nof children\n", 1)
    assert read_here(text.encode(), name="").provider == "Exampleshire County Council"


def test_the_same_report_is_read_alike_under_windows_newlines_and_encoding():
    text = INSPECTION.format(**USUAL).replace("- see", "• see")
    there = read_here(text.replace("\n", "\r\n").encode("cp1252"), name="a")
    assert there.recommendations[0].text == "see children often and alone"
