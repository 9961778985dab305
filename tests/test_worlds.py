"""A world is made once, and each test finds it as it was made, whatever the test before it did."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.db import connection

from tests import factories
from tests.worlds import STANDING, asked_for, world
from tracker.choices import Role
from tracker.models import Action

MADE = []


@pytest.fixture
def lead(rotherham):
    """A fixture of the usual kind, on which no world can stand."""
    return factories.member("Una Bell", rotherham, Role.LEAD)


@pytest.fixture(params=["first", "second"])
def turn(request):
    """Two tests, of which the second would find what the first has left."""
    return request.param


@world
def kept(owner):
    MADE.append(owner.name)
    owner.job_title = "as it was"
    return owner


def test_a_world_is_made_once_for_tests_that_follow_one_another(kept, turn):
    assert MADE.count(kept.name) == 1


def test_a_test_finds_the_records_and_the_rows_of_a_world_as_they_were_made(kept, turn):
    assert (kept.job_title, type(kept).objects.get(pk=kept.pk).job_title) == ("as it was", "")
    kept.job_title = "changed"
    kept.save()


@world
def filed(owner):
    default_storage.save("beside.txt", ContentFile(b"as it was"))
    return owner


def test_a_test_finds_the_files_of_a_world_as_they_were_made(filed, turn):
    with default_storage.open("beside.txt") as file:
        assert file.read() == b"as it was"
    default_storage.delete("beside.txt")


def test_a_world_is_there_again_after_a_test_that_closed_the_connection(filed, turn):
    assert type(filed).objects.filter(pk=filed.pk).exists()
    connection.close()


def test_what_a_test_does_not_ask_for_is_not_there(db):
    assert not Action.objects.exists()


def test_worlds_that_stand_on_one_another_share_their_records(kept, owner):
    assert kept is owner


def test_what_stands_on_a_fixture_of_another_kind_is_made_in_place(request, action, lead):
    assert "action" not in [fixture.argname for fixture in asked_for(request.node)]
    assert Action.objects.get(pk=action.pk).authority_id == action.authority_id


def test_a_test_that_commits_stands_in_no_transaction(committed, owner):
    assert not connection.in_atomic_block


@pytest.fixture
def standing():
    """What stands when this fixture is set up."""
    return list(STANDING)


def test_nothing_stands_when_the_first_fixture_of_a_test_that_commits_is_set_up(standing, committed):
    assert standing == []


@pytest.fixture(scope="module")
def between():
    """How front-end files are found while no test's own settings are made."""
    return type(storages["staticfiles"])


def test_what_a_server_answers_between_two_tests_finds_front_end_files_as_in_them(between):
    assert between is type(storages["staticfiles"])
