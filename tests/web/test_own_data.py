"""What is held about oneself: all of one's own, nothing of others but their names, and the trail knows."""

import io
import json
import zipfile

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from tests import factories
from tests.factories import acting, at
from tests.signing_in import SECRET, recovery_codes, with_factor
from tests.worlds import world
from tracker.choices import EventKind, Role
from tracker.models import Event
from tracker.services import actions, deputies, evidence, memberships, second_factors, single_sign_on

NOW = at(2012, 10, 1)
PAGE = reverse("own-data")


@world
def wrote(owned, owner, lead):
    """A note and a piece of evidence by the owner, and a note by the lead, on the owner's action."""
    actions.note(owned, text="=The audit has begun.", by=acting(owner), at=NOW)
    actions.note(owned, text="Quixotrel of the lead.", by=acting(lead), at=NOW)
    evidence.add_note(owned, title="Audit of files", text="Hidden words.", by=acting(owner), at=NOW)
    return owned


def saved(client):
    return zipfile.ZipFile(io.BytesIO(client.post(PAGE).content))


def data(client):
    return json.loads(saved(client).read("data.json"))


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("profile", "email", "ben.moss@example.org"),
        ("roles", "council", "Rotherham"),
        ("actions", "part", "owner"),
        ("notes", "text", "=The audit has begun."),
        ("evidence", "title", "Audit of files"),
        ("trail", "what", "Progress noted"),
        ("trail", "what", "Membership granted"),
    ],
)
def test_what_is_held_about_a_person_is_in_the_file(as_owner, wrote, table, column, value):
    assert value in [row[column] for row in data(as_owner)[table]]


@pytest.mark.parametrize("others", ["Quixotrel", "amina.lark@example.org", "Hidden words."])
def test_what_others_wrote_and_the_evidence_itself_are_not(as_owner, wrote, others):
    assert others not in json.dumps(data(as_owner))


def test_a_second_factor_is_told_with_the_codes_that_are_left(as_owner, owner):
    with_factor(owner, second_factors)
    as_owner.force_login(owner)
    (row,) = data(as_owner)["second_factor"]
    assert (row["what"], row["recovery_codes_left"], row["set_up_at"][:2]) == ("authenticator app", 10, "20")


def test_no_secret_of_a_second_factor_is_in_the_file(as_owner, owner):
    with_factor(owner, second_factors)
    as_owner.force_login(owner)
    codes, kept = recovery_codes(owner), Authenticator.objects.filter(user=owner).values_list("data", flat=True)
    hidden = [SECRET, *codes, *(str(value) for each in kept for value in each.values() if isinstance(value, str))]
    assert not [each for each in hidden if each in json.dumps(data(as_owner))]


def test_the_number_at_a_council_s_own_sign_in_is_told(as_owner, owner):
    single_sign_on.link(owner, provider="council", subject="object-7", by=acting(owner), at=NOW)
    assert [row["value"] for row in data(as_owner)["sign_in"] if row["where"] == "council"] == ["object-7"]


def test_for_whom_one_stands_in_is_told(as_owner, owner, lead):
    days = {"first_day": NOW.date(), "last_day": NOW.date()}
    deputies.name_deputy(lead.memberships.get(), deputy=owner, **days, by=acting(lead), at=NOW)
    assert [(row["what"], row["for"]) for row in data(as_owner)["named_as"]] == [("deputy", "Amina Lark")]


def test_a_table_is_a_csv_that_no_spreadsheet_runs(as_owner, wrote):
    assert ",'=The audit has begun." in saved(as_owner).read("notes.csv").decode()


def test_taking_it_is_told_by_the_trail(as_owner, owner):
    as_owner.post(PAGE)
    last = Event.objects.latest("id")
    assert (last.kind, last.subject_id, last.actor_id) == (EventKind.DATA_EXPORTED, owner.pk, owner.pk)


def test_looking_at_the_page_is_not(as_owner):
    before = Event.objects.count()
    as_owner.get(PAGE)
    assert Event.objects.count() == before


def test_what_was_written_in_a_plan_that_is_closed_to_them_is_counted_alone(as_owner, wrote, owner, lead):
    memberships.end_membership(owner.memberships.get(), hand_over_to=lead, by=acting(lead), at=NOW)
    owner.refresh_from_db()
    as_owner.force_login(owner)
    found = data(as_owner)
    assert (found["notes"], found["not_shown"][0]) == ([], {"what": "notes", "number": 1})


def test_somebody_who_is_not_signed_in_is_sent_to_sign_in(client, db):
    assert client.post(PAGE).status_code == 302


def test_a_lead_s_file_has_no_role_of_anybody_else(as_lead, rotherham):
    factories.member("Ida Thorn", rotherham, Role.BOARD)
    assert len(data(as_lead)["roles"]) == 1
