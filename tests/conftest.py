"""What every test may lean on: a demonstration database with its reference rows, and the people of a small council.

People and plans are worlds (tests/worlds.py): made once, and rolled back to after each test that asks for them.
"""

import os
import socket
import sqlite3
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase, override_settings

from tests import factories, worlds
from tests.worlds import world
from tracker.choices import Role
from tracker.models import Authority, triggers

ROOT = Path(__file__).parent.parent
# A few long tests each, or programs that are waited for.
LONG = ("journeys", "test_supervisor.py", "test_celery.py", "test_corpus.py", "test_libreoffice.py", "test_leaks.py")
REFUSE_SKIPS = os.environ.get("TRACKER_REFUSE_SKIPS") == "1"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Where everything is installed, a test that skips is a test that is not run: it fails."""
    outcome = yield
    report = outcome.get_result()
    if REFUSE_SKIPS and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped where skips are refused: {report.longrepr}"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """The order of the tests: files that would keep one processor waiting for the other begin first.

    In a file those that ask for the same worlds run one after the other, so that each world is made once.
    """
    items.sort(key=lambda item: [fixture.argname for fixture in worlds.asked_for(item)])
    files = {path: place for place, path in enumerate(sorted({item.path for item in items}, key=_turn))}
    items.sort(key=lambda item: (files[item.path], worlds.has_real_transactions(item)))


def _turn(path):
    return (not any(name in path.parts for name in LONG), path)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Before a test that commits no world stands; not even its first fixture, which may be a browser, finds one."""
    if worlds.has_real_transactions(item):
        worlds.take_down()


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef, request):
    """Before a test's own transaction begins, the worlds that it asks for stand."""
    if fixturedef.argname == "_django_db_helper" and not worlds.has_real_transactions(request.node):
        blocker, folders = (request.getfixturevalue(name) for name in ("django_db_blocker", "tmp_path_factory"))
        worlds.arrange(request.node, folders.mktemp, blocker.unblock)
    return (yield)


@pytest.fixture(scope="session", autouse=True)
def nobody_calls_outside():
    """Sockets reach this machine alone."""
    connect = socket.socket.connect

    def guarded(self, address):
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise OSError(f"A test tried to reach {address[0]}.")
        return connect(self, address)

    socket.socket.connect = guarded
    yield
    socket.socket.connect = connect


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """On SQLite the test database is a file, as in a real installation: threads then have connections of their own.

    Its tables are made straight from the models, which takes a tenth of the time; PostgreSQL runs the migrations, and
    tests/test_migrations.py runs them on SQLite.
    """
    if connection.vendor == "sqlite":
        name = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        connection.settings_dict["TEST"].update(NAME=name, MIGRATE=False)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database begins as a demonstration with its reference rows, and again after each test that commits."""
    with closing(sqlite3.connect(":memory:")) as kept:
        with django_db_blocker.unblock():
            if triggers.missing(connection):
                triggers.install(connection)
            factories.begin_demonstration()
            if connection.vendor == "sqlite":
                connection.connection.backup(kept)
        with begun_again_by(partial(put_back, kept) if connection.vendor == "sqlite" else emptied):
            yield
        worlds.take_down()


@contextmanager
def begun_again_by(teardown):
    """How the database of a test that commits comes to be as it was."""
    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda test: teardown(partial(flush, test))
    yield
    TransactionTestCase._fixture_teardown = flush


def put_back(kept, flush):
    """The whole database as it was at the beginning, which takes a hundredth of the time."""
    connection.ensure_connection()
    kept.backup(connection.connection)


def emptied(flush):
    """All tables are emptied, which the trail's triggers would refuse; then all begins anew."""
    triggers.remove(connection)
    try:
        flush()
    finally:
        triggers.install(connection)
    factories.begin_demonstration()


@pytest.fixture
def committed(transactional_db):
    """A database whose transactions are real; like every other it begins with its reference rows."""


@pytest.fixture
def unbegun(db):
    """A database in which no installation has begun: no event, no reference row."""
    factories.empty_the_trail()


@pytest.fixture(scope="session", autouse=True)
def plain_front_end_files():
    """Pages are tested without the front-end files having been built and named by their content.

    For the whole session: a server that is still answering between two tests would build the other storage, and keep it.
    """
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        yield


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    """Each test has its own folder for private files."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()


@pytest.fixture(autouse=True)
def doors_as_in_a_demonstration(settings):
    """Passwords alone open the site, on PostgreSQL too, where a test does not ask for more; nobody was counted before.

    They are kept quickly here: what makes a password slow to guess is Django's own.
    """
    for name, value in worlds.PLAIN.items():
        setattr(settings, name, value)
    cache.clear()


@world
def rotherham(db):
    return Authority.objects.get(code="RTH")


@world
def staffordshire(db):
    return Authority.objects.get(code="STF")


@world
def lead(rotherham):
    """Amina Lark, improvement lead in Rotherham."""
    return factories.member("Amina Lark", rotherham, Role.LEAD)


@world
def owner(rotherham):
    """Ben Moss, who owns actions in Rotherham."""
    return factories.member("Ben Moss", rotherham, Role.OWNER)


@world
def stranger(staffordshire):
    """Cato Reed, lead at another council."""
    return factories.member("Cato Reed", staffordshire, Role.LEAD)


@world
def report(rotherham, lead):
    """A peer review with three recommendations, entered by hand on 3 September 2012."""
    return factories.peer_review(rotherham, by=lead)


@world
def action(report):
    """The first action of the peer review: no owner, no date."""
    return report.recommendations.first().actions.get()


@world
def owned(action, owner, lead):
    """The first action, owned by Ben Moss and due on 3 December 2012."""
    return factories.owned(action, owner, by=lead)
