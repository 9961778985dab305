"""Board packs as bytes by name, made by the real writer, and the ways in which somebody could bend one."""

import hashlib
import json
import zipfile
from tempfile import TemporaryDirectory
from unittest import mock

from tracker import packing as making
from tracker.packing import papers
from tracker.rules import chain as rules
from tracker.rules.pack import Scope
from tracker.services import packs

TABLES_AND_TRAIL = 2  # of the papers in the order of their making
STAMP = (1980, 1, 1, 0, 0, 0)


def packed(authority, *, by, at, confidential=True, files=True):
    """The files of a pack as at a moment, by name: as it is made, but for the report and the workbook, which take long."""
    scope = Scope(at, confidential=confidential, files=files)
    quick = papers.PAPERS[:TABLES_AND_TRAIL]
    with TemporaryDirectory() as folder, mock.patch("tracker.packing.PAPERS", quick):
        return unzipped(making.write(packs.plan_as_at(authority, scope, by=by, at=at), folder, at=at).path)


def sealed(files, said):
    """These files with a manifest and sums that agree with them: honest, or recomputed by whoever bent the files."""
    named = {name: data for name, data in files.items() if name not in ("MANIFEST.json", "SHA256SUMS")}
    listed = [{"name": name, "sha256": sha256(data), "size": len(data)} for name, data in sorted(named.items())]
    withheld = named.get("trail.jsonl", b"").count(b'"withheld":')
    manifest = rules.canonical({"withheld": withheld, **said, "files": listed})
    whole = {**named, "MANIFEST.json": manifest}
    sums = "".join(f"{sha256(data)}  {name}\n" for name, data in sorted(whole.items()))
    return {**whole, "SHA256SUMS": sums.encode()}


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def zipped(files, path):
    """The files as a ZIP at that path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), data, zipfile.ZIP_DEFLATED)
    return path


def unzipped(path):
    """The files of a pack by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def manifest_of(files):
    return json.loads(files["MANIFEST.json"])


def events_of(files):
    return [json.loads(line) for line in files["trail.jsonl"].splitlines()]


def with_events(files, events):
    """The pack with these lines for its trail; manifest and sums as they were."""
    return {**files, "trail.jsonl": b"".join(rules.canonical(event) + b"\n" for event in events)}


def resealed(files, **said):
    """The pack after its bender has recomputed manifest and sums."""
    return sealed(files, {**manifest_of(files), **said})
