from datetime import date

import pytest

from tracker.extraction.lines import mark_lines
from tracker.extraction.pages import text_pages
from tracker.extraction.plans import plan_due

SENT = "The council should send the written statement of action to\nsomeone@example.org by {by}. This will inform us."


def due(text):
    day, receiver = plan_due(mark_lines(text_pages(text)))
    return (day.value, receiver.value) if day and receiver else None


@pytest.mark.parametrize(
    ("by", "day"),
    [("25 November 2022", date(2022, 11, 25)), ("Friday 18 April 2023", date(2023, 4, 18))],
)
def test_the_day_and_the_receiver_of_a_statement_are_read(by, day):
    assert due(SENT.format(by=by)) == (day, "someone@example.org")


@pytest.mark.parametrize("text", ["Leaders should send letters to parents by 25 November 2022.", "Plans are sent."])
def test_another_letter_that_is_sent_is_no_plan(text):
    assert due(text) is None
