"""An owner with a mail on a phone: two taps for an answer, the next one offered; how often mail comes; the calendar."""

import re

import pytest

from tests import factories
from tests.journeys.conftest import PASSWORD
from tracker.models import Action, ProgressNote
from tracker.services import actions

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def two(council, given):
    """A second action of the same owner."""
    by, moment = factories.acting(council["lead"]), factories.at(2013, 9, 2)
    return given, actions.assign(Action.objects.order_by("reference")[2], owner=council["owner"], by=by, at=moment)


def follow(page, address, owner):
    """Follow a link in a mail without being signed in."""
    page.goto(address)
    page.get_by_label("E-mail address").fill(owner.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**{address}")


def test_two_taps_in_a_mail_answer_it_and_the_next_is_a_tap_away(page, picture, council, two):
    first, second = two
    follow(page, f"/actions/{first.pk}/say/on_track/", council["owner"])
    picture("say-on-track")
    assert not ProgressNote.objects.exists()
    page.get_by_role("button", name="Yes, it is on track").click()
    page.get_by_role("heading", name="1 more of yours awaits a word").wait_for()
    picture("answered")
    page.get_by_role("link", name=f"I need help about {second.reference}").click()
    page.get_by_label("What do you need?").fill("Nobody can see the files of the emergency team.")
    picture("say-help")
    page.get_by_role("button", name="Ask for help").click()
    page.get_by_role("heading", name="Nothing else awaits a word from you").wait_for()
    picture("all-answered")
    assert sorted(ProgressNote.objects.values_list("action", "kind")) == [(first.pk, "on_track"), (second.pk, "help")]
    page.goto(f"/actions/{second.pk}/")
    picture("help-stands")


def test_how_often_mail_comes_is_chosen(page, picture, council):
    follow(page, "/me/mail/", council["owner"])
    picture("mail-choice")
    page.get_by_label("Once a week, on Monday").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved. Mail comes once a week").wait_for()
    picture("mail-chosen")
    council["owner"].refresh_from_db()
    assert council["owner"].digest_choice == "weekly"
    page.goto("/me/")
    picture("me")


def test_a_private_calendar_is_made_read_and_revoked(page, picture, council, given):
    follow(page, "/me/calendar/", council["owner"])
    picture("calendar-none")
    page.get_by_role("button", name="Make my private address").click()
    address = page.get_by_label("Copy it now").input_value()
    picture("calendar-made")
    path = re.sub(r"^https?://[^/]+", "", address)
    assert page.request.get(path).ok
    page.goto("/me/calendar/")
    picture("calendar-stands")
    page.get_by_role("link", name="Revoke the address").click()
    page.get_by_role("button", name="Revoke it").click()
    page.get_by_text("The address is revoked").wait_for()
    assert page.request.get(path).status == 404
