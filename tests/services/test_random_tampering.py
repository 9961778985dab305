"""A small tamper run: random single changes to a database and to a pack, each of which is named. `make bench` makes 1,000."""

import random

import pytest
from django.db import connection

from tests.benchmarks import bending
from tests.packing import unzipped
from tests.packs import story
from tracker.models import triggers

WAYS = bending.in_database()
# One of each sort here; the long run has every kind of record.
SORTS = ("event changed", "event deleted", "eventbody inserted", "chain changed", "action changed", "evidence deleted")


@pytest.fixture
def unguarded(rotherham):
    story.told(rotherham)
    triggers.remove(connection)
    yield
    triggers.install(connection)


def test_random_changes_of_the_database_are_named(unguarded):
    rng = random.Random(7)  # noqa: S311  the same changes each time
    tried = [bending.tried_in_database(WAYS[name], rng) for name in SORTS]
    assert [told[0] for told in tried if told and not told[1]] == []
    assert sum(told is not None for told in tried) >= len(SORTS) // 2


@pytest.mark.parametrize("name", bending.IN_PACK)
def test_random_changes_of_a_pack_are_named(tmp_path, name):
    rng = random.Random(name)  # noqa: S311  the same changes each time
    files = unzipped("tests/packs/stored-format-1.zip")
    tried = [bending.tried_in_pack(bending.IN_PACK[name], files, rng, tmp_path / "pack.zip") for _ in range(3)]
    assert [told[0] for told in tried if told and told[2] and not told[1]] == []
    assert any(told and told[1] for told in tried)
