import pytest

from tracker.extraction.fields import (
    grade,
    graded_rows,
    judged_in_a_sentence,
    labelled,
    labelled_days,
    labelled_name,
    opening_timescale,
    timescale,
    whole_timescale,
)
from tracker.extraction.lines import mark_lines
from tracker.extraction.pages import text_pages


def lines(text):
    return mark_lines(text_pages(text))


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Immediately:", "immediately"),
        ("With immediate effect", "immediately"),
        ("Within three months:", "within 3 months"),
        ("within 6 weeks", "within 6 weeks"),
        ("Within twelve months", "within 12 months"),
        ("Within the next three months", "within 3 months"),
        ("Within three months of the publication of this report:", "within 3 months"),
        ("Within 10 working days", "within 10 working days"),
        ("By September 2013", "By September 2013"),
        ("As soon as possible:", "As soon as possible"),
    ],
)
def test_a_heading_that_is_a_deadline_is_put_in_one_form(printed, meant):
    assert whole_timescale(printed) == meant


@pytest.mark.parametrize(
    "text", ["Areas for improvement", "Immediately after the visit", "within three months of birth", ""]
)
def test_other_words_are_no_deadline(text):
    assert whole_timescale(text) is None


def test_words_that_are_no_span_are_kept_as_printed():
    assert timescale("By the end of term:") == "By the end of term"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Within three months, review all cases", "within 3 months"),
        ("Immediately review all cases", "immediately"),
        ("ensure that children are seen within 10 working days", None),
    ],
)
def test_only_the_opening_of_an_item_sets_its_deadline(text, meant):
    assert opening_timescale(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("adequate", "Adequate"),
        ("Adequate.", "Adequate"),
        ("Requires improvement to be good", "Requires improvement to be good"),
        ("Good practice", None),
        ("", None),
    ],
)
def test_a_grade_is_read_only_where_it_stands_alone(text, meant):
    assert grade(text) == meant


@pytest.mark.parametrize(
    "row", ["Overall effectiveness\tGood\t", "Overall effectiveness    Good", "| Overall effectiveness | Good |"]
)
def test_a_row_of_the_table_of_judgements_is_a_name_and_a_grade(row):
    assert [(each.value.name, each.value.grade) for each in graded_rows(lines(row))] == [
        ("Overall effectiveness", "Good")
    ]


def test_the_key_to_the_grades_is_no_judgement():
    assert graded_rows(lines("Good\ta service that exceeds minimum requirements")) == []


def test_a_grade_is_read_from_a_sentence_with_bold_in_it():
    text = "2. The overall effectiveness of the arrangements in Exampleshire is judged to be **inadequate**."
    assert judged_in_a_sentence(lines(text)).value == "Inadequate"


COVER = "Inspection dates: 3 - 7 March 2014 Lead inspector: Jo Example HMI Age group: All\n"


def test_labels_that_share_a_line_are_told_apart():
    printed = lines(COVER)
    found = [labelled(printed, label)[0].value for label in ("inspection dates?", "lead inspector", "age group")]
    assert found == ["3 - 7 March 2014", "Jo Example HMI", "All"]


def test_a_label_in_running_prose_is_no_label():
    assert labelled(lines("The findings of the review published 3 May 2011 were shared."), "published") == []


def test_a_name_is_given_without_what_stands_behind_it():
    assert labelled_name(lines(COVER), "lead inspector").value == "Jo Example"


def test_days_cut_short_are_taken_from_the_line_below_that_begins_alike():
    printed = lines("Inspection dates: 3 - 7 Lead inspector Jo Exa\n\n3 - 7 March 2014 Jo Example HMI\n")
    assert labelled_days(printed, "inspection dates?")[0].value == "3 - 7 March 2014"


def test_a_name_cut_short_is_taken_whole_from_the_line_below():
    printed = lines("Inspection dates: 3 - 7 Lead inspector Jo Exa\n\n3 - 7 March 2014 Jo Example\n")
    assert labelled_name(printed, "lead inspector").value == "Jo Example"


def test_days_below_that_begin_otherwise_are_left_alone():
    printed = lines("Inspection dates: 3 - 7\n\nPublished: 10 April 2014\n")
    assert labelled_days(printed, "inspection dates?")[0].value == "3 - 7"
