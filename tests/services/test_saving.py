"""Many new records saved at once: each with its number and whole in the trail, and refused as one of them would be."""

import pytest
from django.db import connection

from tests import factories
from tests.spreadsheets import NEW_PLAN, brag_workbook
from tracker.models import Action, ProgressNote
from tracker.rules.refusal import Refused
from tracker.services import bringing, spreadsheets, verification
from tracker.services.saving import save_new

pytestmark = pytest.mark.django_db
NOW = factories.at(2012, 10, 1)


@pytest.mark.parametrize("many", [True, False], ids=["together", "one by one on an older SQLite"])
def test_a_plan_comes_in_whole_whatever_the_database_can_tell_of_numbers(rotherham, lead, owner, monkeypatch, many):
    monkeypatch.setattr(type(connection.features), "can_return_rows_from_bulk_insert", many)
    by = factories.acting(lead)
    sheet = spreadsheets.receive(brag_workbook(), name="plan.xlsx", authority=rotherham, by=by, at=NOW)
    sheet = spreadsheets.settle(sheet, choices={"into": NEW_PLAN}, by=by, at=NOW)
    bringing.bring(sheet, leave_out=False, sure=True, by=by, at=NOW)
    references = list(Action.objects.order_by("pk").values_list("reference", flat=True))
    assert references == [f"RTH-2012-0{number}" for number in (1, 2, 3, 4)] and list(verification.verify()) == []


def test_one_that_cannot_be_kept_keeps_all_out(owned, owner):
    words = ("The audit has begun.", "A \0 in it.")
    with pytest.raises(Refused, match="NUL"):
        save_new([ProgressNote(action=owned, text=text, written_at=NOW, written_by=owner) for text in words])
    assert not ProgressNote.objects.exists()


def test_nothing_is_saved_of_nothing():
    assert save_new([]) == []
