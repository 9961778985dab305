"""A spreadsheet that nobody wants is set aside: told by the trail, kept, and taken up again by whoever needs it."""

import pytest

from tests import factories
from tests.factories import acting, at
from tests.worlds import world
from tracker.choices import Role
from tracker.models import Event, Spreadsheet
from tracker.rules.refusal import Refused
from tracker.services import bringing, erasures, spreadsheets

pytestmark = pytest.mark.django_db

DATA = b"Ref,Action\n1,Train\n"
NEW = {"family": "audit", "title": "Audit of 2012", "issued_on": "2012-09-20", "source": "The letter"}
NOW, LATER = at(2012, 10, 1), at(2012, 10, 2)


@world
def sheet(rotherham, lead):
    kept = spreadsheets.receive(DATA, name="plan.csv", authority=rotherham, by=acting(lead), at=NOW)
    return spreadsheets.settle(kept, choices={"into": NEW}, by=acting(lead), at=NOW)


@world
def aside(sheet, lead):
    return spreadsheets.set_aside(sheet, reason="The newer copy is used.", by=acting(lead), at=LATER)


def test_the_reason_is_kept_in_the_trail(aside):
    event = Event.objects.latest("pk")
    assert (event.kind, '"The newer copy is used."' in event.bodies.get().body) == ("spreadsheet_set_aside", True)


def test_the_file_stays(aside):
    with aside.file.open("rb") as file:
        assert file.read() == DATA


def test_without_a_reason_it_is_refused(sheet, lead):
    with pytest.raises(Refused, match="Give a reason"):
        spreadsheets.set_aside(sheet, reason=" ", by=acting(lead), at=LATER)


def test_what_went_into_a_plan_is_kept_with_the_plan(sheet, lead):
    bringing.bring(sheet, leave_out=False, sure=True, by=acting(lead), at=LATER)
    with pytest.raises(Refused, match="Rows of this spreadsheet are in “RTH-2012: Audit of 2012"):
        spreadsheets.set_aside(sheet, reason="x", by=acting(lead), at=LATER)


def test_nothing_is_settled_about_it_meanwhile(aside, lead):
    with pytest.raises(Refused, match="set aside on 2 October 2012. Take it up again first"):
        spreadsheets.settle(aside, choices={"heading": 2}, by=acting(lead), at=LATER)


def test_nothing_of_it_is_brought_in_meanwhile(sheet, aside, lead):
    with pytest.raises(Refused, match="Take it up again first"):
        bringing.bring(sheet, leave_out=False, sure=True, by=acting(lead), at=LATER)


def test_taken_up_again_it_is_as_it_was(aside, lead):
    back = spreadsheets.take_up(aside, by=acting(lead), at=LATER)
    assert (back.set_aside_at, back.choices["into"], back.version) == (None, NEW, aside.version + 1)


def test_what_is_not_set_aside_cannot_be_taken_up(sheet, lead):
    with pytest.raises(Refused, match="is not set aside"):
        spreadsheets.take_up(sheet, by=acting(lead), at=LATER)


def test_the_same_bytes_brought_again_take_it_up(aside, rotherham, lead):
    again = spreadsheets.receive(DATA, name="other.csv", authority=rotherham, by=acting(lead), at=LATER)
    assert (again.pk, again.set_aside_at, Spreadsheet.objects.count()) == (aside.pk, None, 1)
    assert Event.objects.latest("pk").kind == "spreadsheet_taken_up"


def test_it_can_be_erased_after_a_breach_and_then_not_be_taken_up(aside, rotherham, lead):
    second = factories.member("Greta Field", rotherham, Role.LEAD)
    asked = erasures.ask_erasure(aside, reason="a child is named", by=acting(lead), at=LATER)
    erasures.decide_erasure(asked, granted=True, by=acting(second), at=LATER)
    with pytest.raises(Refused, match="erased on"):
        spreadsheets.take_up(aside, by=acting(lead), at=LATER)
