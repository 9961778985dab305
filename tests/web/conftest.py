"""Somebody signed in, for the pages."""

import pytest

from tests import factories
from tests.worlds import world
from tracker.choices import Role


@pytest.fixture
def as_lead(client, lead):
    client.force_login(lead)
    return client


@pytest.fixture
def as_owner(client, owner):
    client.force_login(owner)
    return client


@pytest.fixture
def as_stranger(client, stranger):
    client.force_login(stranger)
    return client


@world
def board_member(rotherham):
    """Fay Quist, who sits on the board in Rotherham."""
    return factories.member("Fay Quist", rotherham, Role.BOARD)
