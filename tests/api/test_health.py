"""/health says which part fails, to anybody who asks, and gives nothing else away."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection

from tests import factories
from tests.fake_clamd import clamd, ponging
from tests.servers import valkey
from tracker.api import health
from tracker.api.health import FINE, NOT_KNOWN, NOT_USED, digests_state, planner_state
from tracker.choices import NoticeKind, Role
from tracker.models import Notice
from tracker.rules.reminder_health import PLANNER_PATIENCE
from tracker.services import notices

NOW = factories.at(2026, 3, 2)


@pytest.fixture(scope="module")
def server():
    with valkey() as path:
        yield path


@pytest.fixture
def broker(settings, server):
    """A broker that answers, which the cache uses too."""
    address = f"unix://{server}"
    settings.REDIS_URL = address
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": address}}
    cache.clear()


def test_all_is_fine_where_every_part_answers(client, db, broker):
    answer = client.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (200, FINE)


def test_the_planners_last_run_is_told(client, db, broker):
    notices.ran(notices.plan(by=factories.house(), at=NOW), by=factories.house(), at=NOW)
    assert client.get("/health").json()["planner_last_run"] == "2026-03-02T12:00:00Z"


def test_a_broker_that_is_gone_is_named_without_its_address(client, db, settings):
    settings.REDIS_URL = "redis://:secret@127.0.0.1:1/0"
    answer = client.get("/health")
    assert (answer.status_code, "broker" in answer.json()["failing"], b"secret" in answer.content) == (503, True, False)


def test_an_installation_without_a_broker_is_not_fine(client, db, settings):
    settings.REDIS_URL = ""
    assert client.get("/health").json()["failing"] == ["broker"]


def test_a_database_that_does_not_answer_is_named(client, db, broker, monkeypatch):
    def refuse():
        raise OperationalError("password authentication failed")

    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", refuse)
        answer = client.get("/health")
    assert (answer.status_code, answer.json()["failing"]) == (503, ["database"])


def test_a_planner_that_has_not_run_for_two_hours_is_late():
    assert planner_state(NOW - PLANNER_PATIENCE - timedelta(seconds=1), now=NOW, since=NOW) != FINE


def test_a_planner_is_given_its_time_after_a_start():
    assert planner_state(None, now=NOW + PLANNER_PATIENCE, since=NOW) == FINE


def test_a_planner_that_never_ran_is_late_in_the_end():
    assert planner_state(None, now=NOW + PLANNER_PATIENCE + timedelta(seconds=1), since=NOW) != FINE


def test_digests_that_lie_unsent_are_counted_and_nobody_is_named(client, db, broker, rotherham, monkeypatch):
    owner = factories.member("Ben Moss", rotherham, Role.OWNER)
    monkeypatch.setattr(health.timezone, "now", lambda: factories.at(2026, 3, 2, 12, 1))
    Notice.objects.create(
        recipient=owner, kind=NoticeKind.DIGEST, day=date(2026, 3, 2), posted_at=factories.at(2026, 3, 2, 8)
    )
    answer = client.get("/health")
    told = "1 digest not sent four hours after their time"
    assert (answer.status_code, answer.json()["digests"], b"Ben" in answer.content) == (503, told, False)


def test_a_database_that_does_not_answer_says_nothing_of_digests(db, monkeypatch):
    def refuse(*args, **more):
        raise OperationalError("password authentication failed")

    monkeypatch.setattr(notices, "late_digests", refuse)
    assert digests_state(now=NOW) == NOT_KNOWN


def test_health_asks_the_database_little(client, db, broker, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get("/health")


def test_a_virus_check_that_answers_is_fine(client, db, broker, settings):
    with clamd(ponging) as daemon:
        settings.CLAMD_ADDRESS = daemon.address
        assert client.get("/health").json()["virus_check"] == FINE


def test_a_virus_check_that_does_not_answer_is_named_without_its_address(client, db, broker, settings):
    settings.CLAMD_ADDRESS = "unix:///nowhere/secret"
    answer = client.get("/health")
    assert (answer.status_code, answer.json()["failing"], b"secret" in answer.content) == (503, ["virus_check"], False)


def test_an_installation_without_a_virus_check_is_fine(client, db, broker, settings):
    settings.CLAMD_ADDRESS = ""
    answer = client.get("/health")
    assert (answer.status_code, answer.json()["virus_check"]) == (200, NOT_USED)


def test_health_is_only_read(client, db):
    assert client.post("/health").status_code == 405
