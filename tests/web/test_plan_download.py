"""The plan as at a day as a file: for those who may, told to the trail before it leaves, refused in words."""

import csv
import hashlib
import io
import json
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.boards import board_council
from tests.worlds import world
from tracker.choices import EventKind, Role
from tracker.models import Event
from tracker.rules.london import day_of


@world
def there(rotherham):
    return board_council(rotherham, timezone.now())


@pytest.fixture
def today():
    return day_of(timezone.now())


def take(client, there, person, day):
    client.force_login(person)
    given = {"as_at_0": day.day, "as_at_1": day.month, "as_at_2": day.year}
    return client.post(reverse("pack", args=[there.authority.pk]), given)


def rows(answer):
    data = b"".join(answer.streaming_content)
    return data, list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def packs():
    return Event.objects.filter(kind=EventKind.PACK_MADE)


def test_the_file_holds_every_action_as_it_stood_on_the_day(client, there, today):
    _, then = rows(take(client, there, there.member, today - timedelta(days=40)))
    _, now = rows(take(client, there, there.member, today))
    assert [len(then), len(now)] == [13, 13]
    assert [then[1]["Status"], now[1]["Status"]] == ["Not started", "Closed"]


def test_the_file_has_a_safe_name_and_is_kept_by_no_browser(client, there, today):
    answer = take(client, there, there.member, today)
    rows(answer)
    assert answer["Content-Disposition"] == f'attachment; filename="plan-rth-{today.isoformat()}.csv"'
    assert answer.streaming and "no-store" in answer["Cache-Control"] and answer["X-Content-Type-Options"] == "nosniff"


def test_the_trail_tells_of_the_very_file(client, there, today):
    data, _ = rows(take(client, there, there.member, today))
    [event] = packs()
    details = json.loads(event.bodies.get().body)["details"]
    assert event.actor_id == there.member.pk
    assert details["sha256"] == hashlib.sha256(data).hexdigest()


def test_a_day_before_the_trail_is_refused_in_words_beside_the_day(client, there):
    answer = take(client, there, there.member, date(2001, 1, 1))
    assert "there is nothing to show as at" in " ".join(answer.context["form"]["as_at"].errors)
    assert not packs().exists()


def test_a_day_to_come_is_refused_in_words(client, there, today):
    answer = take(client, there, there.member, today + timedelta(days=1))
    assert "Nobody knows yet" in " ".join(answer.context["form"]["as_at"].errors)
    assert not packs().exists()


@pytest.mark.parametrize(("role", "status"), [(Role.OWNER, 302), (Role.PARTNER, 404), (Role.ADMINISTRATOR, 404)])
def test_who_may_not_take_it_gets_none(client, there, today, role, status):
    somebody = factories.member("Bea Holt", there.authority, role)
    assert take(client, there, somebody, today).status_code == status
    assert not packs().exists()


def test_an_owner_is_told_why(client, there, owner_page="pack"):
    client.force_login(there.owner)
    page = client.get(reverse(owner_page, args=[there.authority.pk]), follow=True).content.decode()
    assert "You may not take an export of this plan." in page


def test_a_stranger_takes_nothing(client, there, stranger, today):
    assert take(client, there, stranger, today).status_code == 404


def test_a_cell_that_a_spreadsheet_would_run_is_inert(client, there, today):
    factories.actions.edit(
        there.action,
        what="=1+1",
        outcome="",
        start_on=None,
        by=factories.acting(there.lead),
        at=timezone.now(),
    )
    _, found = rows(take(client, there, there.member, today))
    assert found[0]["What we will do"] == "'=1+1"
