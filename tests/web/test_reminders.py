"""The health of reminders on the home page: of the whole site for its administrators, of their people for a council's."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.factories import at, house
from tracker.choices import NoticeKind, Role
from tracker.models import Notice
from tracker.services import notices
from tracker.services.notices import Planned
from tracker.web.reminders import next_run

NOW = at(2012, 12, 3, 12, 5)


@pytest.fixture
def now(monkeypatch, owner):
    """A Monday at five past twelve; the owner's mail has been lying since eight, and the planner ran five minutes ago."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    told = {"kind": NoticeKind.DIGEST, "day": NOW.date(), "posted_at": at(2012, 12, 3, 8)}
    Notice.objects.create(recipient=owner, **told)
    notices.ran(Planned(1, 0, ()), by=house(), at=NOW - timedelta(minutes=5))


def home(client, person):
    client.force_login(person)
    return " ".join(client.get(reverse("home")).content.decode().split())


def test_the_site_s_administrator_reads_how_reminders_are(client, now):
    page = home(client, factories.person("Sol Ames", is_superuser=True))
    assert "3 December 2012 at 12:00pm; next at 12:15pm" in page and "1, the oldest since" in page
    assert "1 of today’s mails was not sent four hours after its time" in page


def test_a_planner_that_does_not_run_is_told_loudly(client, now, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(hours=2))
    assert "have not been planned for more than two hours" in home(
        client, factories.person("Sol Ames", is_superuser=True)
    )


def test_a_council_s_administrator_reads_it_of_their_people(client, now, rotherham, staffordshire):
    here = home(client, factories.member("Ned Ames", rotherham, Role.ADMINISTRATOR))
    there = home(client, factories.member("Ivy Lund", staffordshire, Role.ADMINISTRATOR))
    assert ("1, the oldest since" in here, "1, the oldest since" in there) == (True, False)


@pytest.mark.parametrize("role", [Role.LEAD, Role.OWNER, Role.PARTNER, Role.BOARD, Role.AUDITOR])
def test_nobody_else_reads_it(client, now, rotherham, role):
    assert "Reminders by mail" not in home(client, factories.member("Bea Holt", rotherham, role))


@pytest.mark.parametrize(
    ("moment", "following"),
    [((9, 59), (10, 0)), ((10, 0), (10, 15)), ((10, 14), (10, 15))],
)
def test_the_next_run_is_at_the_coming_quarter(moment, following):
    assert next_run(at(2012, 12, 3, *moment)) == at(2012, 12, 3, *following)
