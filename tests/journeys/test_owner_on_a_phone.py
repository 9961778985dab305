"""An owner on a phone: tick a step, write a note, submit; and a lead who splits, looks again and answers. With keys too."""

import time

import pytest

from tests import factories
from tests.journeys.conftest import sign_in
from tests.journeys.test_first_ten_minutes import fill_day
from tracker.choices import CheckOutcome, Move, Status
from tracker.models import Action
from tracker.services import evidence, moves, steps

pytestmark = pytest.mark.usefixtures("committed")
MOMENT = factories.at(2013, 9, 3)


@pytest.fixture
def under_way(council, given):
    """The owner's action, in progress, with evidence and two steps."""
    by = factories.acting(council["owner"])
    moves.move(given, Move.START, by=by, at=MOMENT)
    evidence.add_note(given, title="Audit", text="Twenty files were read.", by=by, at=MOMENT)
    for text in ("Read the files", "Teach all team managers"):
        steps.add_step(given, text=text, due_on=None, by=by, at=MOMENT)
    return given


@pytest.fixture
def closed(council, given):
    """The owner's action, signed off long ago."""
    factories.submitted(given, by=council["owner"])
    return moves.move(given, Move.SIGN_OFF, by=factories.acting(council["lead"]), at=MOMENT)


def test_an_owner_ticks_writes_and_submits_in_under_a_minute(page, picture, council, under_way):
    sign_in(page, council["owner"])
    began = time.monotonic()
    page.get_by_role("link", name=under_way.reference).click()
    page.get_by_role("button", name="Go to the steps").click()
    page.get_by_role("button", name="Read the files").click()
    page.get_by_text("1 of 2 done", exact=True).wait_for()
    picture("steps-ticked")
    page.get_by_role("button", name="Add a note").click()
    page.get_by_label("What has happened?").fill("All files are read; managers are taught next week.")
    page.get_by_role("button", name="Save the note").click()
    page.get_by_role("button", name="Submit as complete").first.click()
    page.wait_for_url("**/move/submit/")
    picture("submit-open-steps")
    page.get_by_role("button", name="Submit as complete").click()
    page.get_by_label("Yes, submit it as it is").check()
    picture("submit-asked")
    page.get_by_role("button", name="Submit as complete").click()
    page.get_by_text("awaits sign-off").first.wait_for()
    assert time.monotonic() - began < 60
    under_way.refresh_from_db()
    assert (under_way.status, under_way.steps.filter(done_on=None).count()) == (Status.SUBMITTED, 1)


def test_a_step_is_ticked_and_unticked_by_keys_alone(page, council, under_way):
    sign_in(page, council["owner"])
    page.goto(f"/actions/{under_way.pk}/")
    tick = page.get_by_role("button", name="Read the files")
    tick.focus()
    page.keyboard.press("Space")
    page.get_by_text("1 of 2 done", exact=True).wait_for()
    assert page.evaluate("document.activeElement.id") == "steps" and tick.get_attribute("aria-pressed") == "true"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("0 of 2 done", exact=True).wait_for()
    assert under_way.steps.filter(done_on=None).count() == 2


def test_a_lead_splits_an_action(page, picture, council, given):
    sign_in(page, council["lead"])
    page.goto(f"/actions/{given.pk}/")
    page.get_by_role("button", name="Split it").click()
    page.get_by_label("What the new action will do").fill("Train all managers in reflective supervision")
    picture("split")
    page.get_by_role("button", name="Split it").click()
    page.get_by_text(f"came of {given.reference}.").wait_for()
    picture("action-split")
    assert Action.objects.get(split_from=given).owner == council["owner"]


def test_a_lead_looks_again_and_what_has_slipped_is_open_again(page, picture, council, closed):
    sign_in(page, council["lead"])
    page.get_by_role("link", name=closed.reference).click()
    page.get_by_label("The change has slipped").check()
    page.get_by_label("In words").fill("Four of ten files were current.")
    fill_day(page, 2, 3, 2090)
    picture("look-again")
    page.get_by_role("button", name="Save what was found").click()
    page.get_by_text("is open again, with its new due date").wait_for()
    closed.refresh_from_db()
    assert (closed.status, closed.checks.get().outcome) == (Status.IN_PROGRESS, CheckOutcome.SLIPPED)


def test_a_lead_answers_rates_and_measures(page, picture, council, given):
    sign_in(page, council["lead"])
    page.goto(f"/actions/{given.pk}/")
    page.get_by_role("link", name="Answer otherwise").click()
    page.get_by_label("Accepted in part").check()
    page.get_by_label("The published response").fill("We accept this for open cases.")
    picture("answer")
    page.get_by_role("button", name="Save the response").click()
    page.get_by_text("The council accepts this in part.").wait_for()
    page.get_by_role("button", name="Add a measure").click()
    page.get_by_label("What is measured?").fill("Seen alone at each visit")
    page.get_by_label("Where is it now?").fill("82%")
    fill_day(page, 2, 9, 2013)
    picture("measure")
    page.get_by_role("button", name="Add the measure").click()
    page.get_by_role("button", name="Rate the impact").click()
    page.get_by_label("Emerging").check()
    page.get_by_label("What does this rest on?").fill("The September audit.")
    picture("impact")
    page.get_by_role("button", name="Save the rating").click()
    page.get_by_text("The September audit.", exact=True).first.wait_for()
    picture("action-rated")
    given.refresh_from_db()
    assert (given.impact, given.measures.get().current) == ("emerging", "82%")
