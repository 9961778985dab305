"""What many tests find there before they begin: made once, and rolled back to after each test.

A fixture marked `@world` instead of `@pytest.fixture` may only lean on others of its kind (and on `db`). The worlds that
a test asks for stand on one another, each in a savepoint of its own, before the test's own begins; the next test keeps
as many of them as it asks for in the same order, and what it does not ask for is taken off again. So a test sees what it
would see if all had been made for it alone: the same rows, and copies of its own of the records and of the private files.

Where that cannot be – a test with real transactions, a world that leans on a fixture of another kind – it is made in place.
"""

import copy
import inspect
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.db.transaction import Atomic
from django.test import override_settings

# How pages and people are while a world is made, and where a test does not ask for more.
PLAIN = {"SECOND_FACTOR": "off", "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}
MARK = "world"
BESIDE = ("request", "db")  # what a world may ask for that is no world


@dataclass(frozen=True)
class Layer:
    """One world that stands: its fixture, its savepoint, all values so far, the folder of private files.

    `unblocked` is a context in which the database may be asked.
    """

    fixture: pytest.FixtureDef
    savepoint: Atomic
    values: dict[str, object]
    files: Path
    unblocked: Callable[[], AbstractContextManager[object]]


STANDING: list[Layer] = []
LAYER, COPIES = pytest.StashKey[Layer](), pytest.StashKey[dict]()


def world(build):
    """A fixture whose rows are made once for all the tests that ask for it one after the other."""

    def given(request, **needed):
        copies = _copies(request.node)
        return copies[build.__name__] if build.__name__ in copies else build(**needed)

    first = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    given.__signature__ = inspect.Signature([first, *inspect.signature(build).parameters.values()])
    given.__name__, given.__doc__, given.__module__ = build.__name__, build.__doc__, build.__module__
    setattr(given, MARK, build)
    return pytest.fixture(given)


def asked_for(item):
    """The worlds that a test asks for, in the order in which they would be made; without those made in place."""
    defined, found = item._fixtureinfo.name2fixturedefs, {}

    def settle(name):
        if name not in found:
            found[name] = None
            fixture = defined[name][-1] if name in defined else None
            leans_on = [settle(each) for each in fixture.argnames if each not in BESIDE] if fixture else []
            if hasattr(getattr(fixture, "func", None), MARK) and all(leans_on):
                order.append(fixture)
                found[name] = fixture
        return found[name]

    order: list[pytest.FixtureDef] = []
    for name in item.fixturenames:
        settle(name)
    return order


def has_real_transactions(item):
    """Whether a test commits, so that nothing may stand in a transaction around it."""
    marker = item.get_closest_marker("django_db")
    marked = bool(marker and (marker.args or marker.kwargs.get("transaction")))
    return marked or bool({"transactional_db", "live_server"} & set(item.fixturenames))


def arrange(item, folders, unblocked):
    """What the test asks for stands, and nothing else does; `folders` makes an empty folder of a name.

    `unblocked` is a context in which the database may be asked.
    """
    wanted, kept = asked_for(item), 0
    if transaction.get_connection().closed_in_transaction:  # by the test before, and all worlds went with it
        take_down()
    while kept < min(len(wanted), len(STANDING)) and STANDING[kept].fixture is wanted[kept]:
        kept += 1
    take_down(kept)
    for fixture in wanted[kept:]:
        _build(fixture, folders, unblocked)
    if STANDING:
        item.stash[LAYER] = STANDING[-1]


def take_down(to=0):
    """Rolls back all worlds but the lowest so many."""
    while len(STANDING) > to:
        layer = STANDING.pop()
        with layer.unblocked():
            _roll_back(layer.savepoint)


def _build(fixture, folders, unblocked):
    below = STANDING[-1] if STANDING else None
    values, files = copy.deepcopy(below.values) if below else {}, folders("world") / "files"
    if below and below.files.exists():
        shutil.copytree(below.files, files)
    savepoint = transaction.atomic()
    savepoint._from_testcase = True  # as the transaction around a test of Django's own: what is durable may stand in it
    with unblocked(), override_settings(**PLAIN, MEDIA_ROOT=files):
        savepoint.__enter__()
        try:
            needed = {name: values.get(name) for name in fixture.argnames if name != "request"}
            values[fixture.argname] = fixture.func.world(**needed)
        except BaseException:
            _roll_back(savepoint)
            raise
    STANDING.append(Layer(fixture, savepoint, values, files, unblocked))


def _roll_back(savepoint):
    transaction.set_rollback(True)
    savepoint.__exit__(None, None, None)


def _copies(item):
    """The test's own copies of all that stands, records and files; made when the first is asked for."""
    if COPIES not in item.stash:
        layer = item.stash.get(LAYER, None)
        item.stash[COPIES] = copy.deepcopy(layer.values) if layer else {}
        if layer and layer.files.exists():
            shutil.copytree(layer.files, settings.MEDIA_ROOT, dirs_exist_ok=True)
    return item.stash[COPIES]
