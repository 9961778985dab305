"""The days of an inspection as printed pages bear them: on the cover, at the foot, and of an earlier inspection."""

from tests.extraction.printed import pdf
from tests.extraction.test_traits import AFTER, COVER, SEND, TITLE
from tracker.extraction import read_here

FEET = tuple(f"{TITLE}\nfoot: 6 to 12 December 2024 {number}" for number in (1, 2, 3))


def test_days_at_the_foot_that_contradict_page_one_are_told_and_page_one_is_believed():
    one, two, three = FEET
    report = read_here(pdf(f"{COVER}* The quality of plans.{AFTER}{one}\f{two}\f{three}"), name="any.pdf")
    assert (report.inspection_end.isoformat(), report.needs_review) == ("2024-05-24", True)
    assert report.warnings == [
        "The pages bear the days “6 to 12 December 2024” at their edge, and page one prints others for the inspection."
    ]


def test_days_at_the_foot_that_agree_with_page_one_are_no_reason_for_doubt():
    foot = f"{TITLE}\nfoot: 13 to 24 May 2024"
    text = f"{COVER}* The quality of plans.{AFTER}{foot} 1\f{foot} 2\f{foot} 3"
    assert read_here(pdf(text), name="any.pdf").warnings == []


def test_labelled_days_at_the_foot_of_page_one_do_not_stand_for_its_own():
    foot = "foot: Inspection dates: 6 to 12 December 2024\n"
    report = read_here(pdf(f"{foot}{COVER}* The quality of plans.{AFTER}"), name="any.pdf")
    assert (report.inspection_end.isoformat(), report.needs_review) == ("2024-05-24", True)


def test_the_dates_of_a_previous_inspection_are_not_this_ones():
    report = read_here(pdf(SEND + "# Areas for improvement\nLeaders should improve plans.\n"), name="any.pdf")
    assert report.inspection_start.isoformat() == "2024-11-18"
