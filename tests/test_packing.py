"""A pack on the disk: one ZIP, the same bytes for the same request, bound by its manifest and sums, or a sentence why not."""

import errno
import hashlib
import json
import subprocess
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from tests import factories
from tests.factories import acting, at, house
from tests.plenty import plenty
from tests.worlds import world
from tracker import packing
from tracker.choices import EventKind, PackState, Status
from tracker.models import Action, Event, Pack
from tracker.packing import papers
from tracker.rules.pack import Scope
from tracker.rules.refusal import Refused
from tracker.services import evidence, packs

pytestmark = pytest.mark.django_db

NOW = at(2013, 6, 4)


@world
def there(rotherham):
    found = plenty(rotherham, "rotherham")
    found.file = evidence.add_file(
        found.action, data=b"minutes", name="minutes.txt", by=acting(found.owner), at=at(2013, 6, 2)
    )
    return found


def written(there, folder, **more):
    folder.mkdir(exist_ok=True)
    scope = Scope(at(2013, 6, 3), **{"confidential": True, "files": True, **more})
    return packing.write(packs.plan_as_at(there.authority, scope, by=house(), at=NOW), folder, at=NOW)


def asked(there, **more):
    """A pack asked for and claimed, and the moment on a clock that goes."""
    packs.ask(there.authority, Scope(at(2013, 6, 3), confidential=True, **more), by=acting(there.lead), at=NOW)
    return packs.claim(by=house(), at=NOW)


def made(pack, at=NOW):
    packing.make(pack, by=house(), clock=lambda: at)
    return Pack.objects.get(pk=pack.pk)


def test_the_same_request_gives_the_same_bytes(there, tmp_path):
    first, second = (written(there, tmp_path / name) for name in ("one", "two"))
    assert first.path.read_bytes() == second.path.read_bytes()


def test_the_files_are_sorted_and_bear_the_moment_of_the_pack(there, tmp_path):
    with zipfile.ZipFile(written(there, tmp_path).path) as pack:
        infos = pack.infolist()
    assert [info.filename for info in infos] == sorted(info.filename for info in infos)
    assert {info.date_time for info in infos} == {(2013, 6, 3, 13, 0, 0)}


def test_sha256sum_accepts_the_sums(there, tmp_path):
    with zipfile.ZipFile(written(there, tmp_path / "pack").path) as pack:
        pack.extractall(tmp_path / "out")
    done = subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=tmp_path / "out", check=False)
    assert done.returncode == 0


def test_the_manifest_lists_every_other_file_but_the_sums(there, tmp_path):
    with zipfile.ZipFile(written(there, tmp_path).path) as pack:
        listed = {each["name"]: each for each in json.loads(pack.read("MANIFEST.json"))["files"]}
        assert set(listed) == set(pack.namelist()) - {"MANIFEST.json", "SHA256SUMS"}
        for name, each in listed.items():
            data = pack.read(name)
            assert (each["sha256"], each["size"]) == (hashlib.sha256(data).hexdigest(), len(data))


def test_nothing_but_the_pack_is_left_in_the_folder(there, tmp_path):
    done = written(there, tmp_path / "pack")
    assert list((tmp_path / "pack").iterdir()) == [done.path]
    assert done.path.name == "board-pack-rth-2013-06-03-confidential.zip"


@pytest.mark.parametrize(
    ("more", "found"),
    [({}, True), ({"files": False}, False), ({"confidential": False}, False)],
    ids=["asked for", "not asked for", "confidential in a public pack"],
)
def test_the_files_of_evidence_are_in_it_only_where_they_belong(there, tmp_path, more, found):
    name = f"evidence/{there.file.pk}-minutes.txt"
    with zipfile.ZipFile(written(there, tmp_path, **more).path) as pack:
        assert (name in pack.namelist()) == found


def test_a_withdrawn_file_is_told_and_is_not_in_it(there, tmp_path):
    evidence.withdraw(there.file, reason="a child", by=acting(there.lead), at=at(2013, 6, 3, 20))
    with zipfile.ZipFile(written(there, tmp_path).path) as pack:
        assert not [name for name in pack.namelist() if name.startswith("evidence/")]


@pytest.mark.parametrize(("data", "why"), [(None, "no longer there"), (b"other", "not the file that was handed in")])
def test_a_file_that_is_not_what_was_handed_in_is_left_out_and_said(there, tmp_path, data, why):
    default_storage.delete(str(there.file.file))
    if data:
        Path(default_storage.path(str(there.file.file))).write_bytes(data)
    [sentence] = written(there, tmp_path).missing
    assert sentence == f"Evidence {there.file.pk} of {there.action.reference} is {why}."


def test_figures_that_do_not_agree_with_the_pages_make_no_pack(there):
    Action.objects.filter(pk=there.closed.pk).update(status=Status.SUBMITTED)
    packs.ask(there.authority, Scope(NOW, confidential=True), by=acting(there.lead), at=NOW)
    pack = made(packs.claim(by=house(), at=NOW))
    assert pack.state == PackState.FAILED
    assert "do not agree" in pack.words and "The pack counts 1 actions closed, the pages 0." in pack.words


def test_a_table_that_lacks_a_row_makes_no_pack(there, tmp_path, monkeypatch):
    contents = packs.contents

    def shortened(plan):
        told = contents(plan)
        return archive_replace(told, actions=lambda: iter(list(told.actions())[1:]))

    monkeypatch.setattr(packs, "contents", shortened)
    with pytest.raises(Refused, match="12"):
        written(there, tmp_path)


def archive_replace(told, **changed):
    return type(told)(**{**vars(told), **changed})


# Made in the background -------------------------------------------------------------------------------------------


def test_a_pack_that_was_made_has_its_file_and_its_hash_in_the_trail(there):
    pack = made(asked(there))
    with pack.file.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    event = Event.objects.filter(kind=EventKind.PACK_MADE).latest("pk")
    details = json.loads(event.bodies.get().body)["details"]
    assert (pack.state, pack.sha256, details["sha256"], details["head"]) == (PackState.MADE, digest, digest, pack.head)


def test_nothing_is_left_of_the_making(there, settings):
    made(asked(there))
    assert not list(settings.MEDIA_ROOT.glob("making-*"))


def test_a_full_disk_is_said_in_a_sentence_and_can_be_tried_again(there, monkeypatch):
    def full(folder, contents):
        raise OSError(errno.ENOSPC, "No space left on device")

    pack = asked(there)
    with monkeypatch.context() as patched:
        patched.setattr(packing, "PAPERS", [("Writing", full)])
        failed = made(pack)
    assert (failed.state, failed.words) == (PackState.FAILED, "It could not be written: No space left on device.")
    packs.again(failed, by=acting(there.lead), at=NOW)
    assert made(packs.claim(by=house(), at=NOW)).state == PackState.MADE


def test_an_error_that_nobody_foresaw_fails_the_pack_and_not_the_worker(there, monkeypatch):
    monkeypatch.setattr(packing, "PAPERS", [("Writing", lambda folder, contents: 1 / 0)])
    assert made(asked(there)).words == packing.BROKEN


def test_a_pack_taken_from_its_maker_is_not_kept(there, monkeypatch):
    pack = asked(there)
    later = NOW + packs.LEASE + timedelta(minutes=1)
    assert packs.claim(by=house(), at=later).pk == pack.pk
    before = factories.events()
    with pytest.raises(packs.Lost):
        packing.make(pack, by=house(), clock=lambda: NOW)
    assert factories.events() == before


def test_every_paper_says_what_is_done(there, tmp_path):
    said = []
    plan = packs.plan_as_at(there.authority, Scope(at(2013, 6, 3)), by=house(), at=NOW)
    packing.write(plan, tmp_path, at=NOW, tell=lambda *told: said.append(told))
    assert [done for _, done, _ in said] == list(range(len(papers.PAPERS) + 1))
    assert {steps for *_, steps in said} == {len(papers.PAPERS) + 1}
