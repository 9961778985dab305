"""Dates as people say them, and ratings that do not rest on colour."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.contrib.messages import INFO, SUCCESS
from django.contrib.messages.storage.base import Message
from django.contrib.staticfiles import finders

from tracker.choices import Delivery, Impact
from tracker.templatetags import presentation

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 20), "yesterday"),
        (date(2026, 11, 21), "today"),
        (date(2026, 11, 22), "tomorrow"),
        (date(2026, 11, 24), "in 3 days"),
        (date(2026, 11, 18), "3 days ago"),
        (date(2026, 12, 31), "in 5 weeks"),
        (date(2027, 5, 21), "in 5 months"),
        (date(2012, 11, 10), "14 years ago"),
    ],
)
def test_a_date_is_told_by_how_far_it_is(day, words):
    assert presentation.distance(day, TODAY) == words


def test_a_date_is_said_with_its_weekday_and_distance():
    assert presentation.said(date(2026, 11, 24), TODAY) == "Tuesday 24 November 2026, in 3 days"


def test_no_date_is_said_as_nothing():
    assert presentation.said(None, TODAY) == ""


def test_every_delivery_rating_has_a_letter_of_its_own_a_colour_and_a_meaning():
    shown = [presentation.rating(each) for each in Delivery]
    assert len({row["letter"] for row in shown}) == len({row["colour"] for row in shown}) == len(Delivery)
    assert all(presentation.meaning(each) for each in Delivery)


def test_every_impact_rating_has_a_figure_and_a_meaning():
    shown = [presentation.impact(each) for each in Impact]
    assert len({row["letter"] for row in shown}) == len(Impact)


def brightness(colour):
    """The relative luminance of #rrggbb, as WCAG counts it: 0 is black, 1 is white."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("rating", Delivery)
def test_the_admin_shows_ratings_as_dark_words_on_a_pale_ground_like_the_site(rating):
    sheet = Path(finders.find("tracker/admin/admin.css")).read_text()
    rule = re.search(rf"\.rating-{rating.value} {{ background: (#\w+); color: (#\w+); }}", sheet)
    ground, words = map(brightness, rule.groups())
    assert ground > 0.5 and (ground + 0.05) / (words + 0.05) >= 4.5


def test_what_was_said_three_times_is_read_once():
    said = [Message(level, words) for level, words in [(INFO, "Not yet."), (SUCCESS, "Kept."), (INFO, "Not yet.")]]
    assert [str(message) for message in presentation.once(said)] == ["Not yet.", "Kept."]
