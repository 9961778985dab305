"""manage.py verify_trail PACK.zip: the pack by its own script, and then beside the live chain."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests import packing
from tests.factories import acting, at
from tests.packing import packed, zipped
from tests.packs import story
from tests.services.test_tampering import forge
from tests.worlds import world
from tracker.models import Chain, Event, triggers
from tracker.services import actions

pytestmark = pytest.mark.django_db
STORED = "tests/packs/stored-format-1.zip"


@world
def told(rotherham):
    return story.told(rotherham)


@pytest.fixture
def pack(told, rotherham, tmp_path):
    """A public pack of this database, in which one body is withheld and one was erased."""
    files = packed(rotherham, by=acting(told["lead"]), at=story.END, confidential=False)
    return zipped(files, tmp_path / "pack.zip")


@pytest.fixture
def verify(capsys):
    """Runs the command: status, what it said, and what it complained of."""

    def run(*words):
        status = 0
        try:
            call_command("verify_trail", *map(str, words))
        except SystemExit as left:
            status = left.code
        return status, capsys.readouterr().out

    return run


def test_a_pack_of_this_database_stands_in_its_chain(pack, verify):
    status, said = verify(pack)
    assert (status, "head is event 20 of this database’s chain; nothing has followed since" in said) == (0, True)


def test_what_is_withheld_and_erased_is_told(pack, verify):
    _, said = verify(pack)
    assert "withheld from this pack, their hashes still hold" in said
    assert "erased lawfully, by Amina Lark and Greta Field" in said


def test_what_came_after_the_pack_is_counted(pack, told, verify):
    actions.note(told["first"], text="More.", by=acting(told["owner"]), at=at(2013, 3, 2))
    status, said = verify(pack)
    assert (status, "1 event(s) have followed since" in said) == (0, True)


def test_an_earlier_head_is_looked_for_in_the_pack(pack, verify):
    head = Event.objects.get(chain__key="authority-RTH", sequence=7).hash
    assert "The head that you hold is event 7" in verify(pack, "--head", head)[1]


def test_a_bent_pack_is_named_and_fails(pack, verify):
    files = packing.unzipped(pack)
    zipped({**files, "actions.csv": files["actions.csv"].replace(b"2013-06-03", b"2014-06-03")}, pack)
    status, said = verify(pack)
    assert (status, "WRONG: actions.csv: RTH-2012-01, column Due date" in said) == (1, True)


def test_a_live_chain_rewritten_after_the_pack_is_named_from_where_it_differs(pack, verify):
    chain = Chain.objects.get(key="authority-RTH")
    triggers.remove(connection)
    forge(chain, chain.events.get(kind="note_added", sequence=6), "Nothing has begun.")
    triggers.install(connection)
    status, said = verify(pack)
    assert (status, "from event 6 on, this database tells another history than the pack" in said) == (1, True)


def test_a_live_chain_that_was_cut_short_is_named(pack, verify):
    triggers.remove(connection)
    last = Event.objects.get(chain__key="authority-RTH", sequence=20)
    last.bodies.all().delete()
    last.delete()
    triggers.install(connection)
    status, said = verify(pack)
    assert (status, "event 20 of the pack is not in this database" in said) == (1, True)


def test_a_pack_of_another_installation_is_told_from_one_of_this(told, verify):
    status, said = verify(STORED)
    assert (status, "from event 1 on, this database tells another history" in said) == (1, True)


def test_a_pack_of_a_council_without_a_chain_here_is_told_so(db, verify):
    status, said = verify(STORED)
    assert (status, "There is no chain authority-RTH in this database" in said) == (1, True)


def test_what_is_no_pack_ends_with_status_2(db, tmp_path):
    (tmp_path / "x.zip").write_bytes(b"no")
    with pytest.raises(CommandError, match="cannot be read as a ZIP") as refused:
        call_command("verify_trail", str(tmp_path / "x.zip"))
    assert refused.value.returncode == 2
