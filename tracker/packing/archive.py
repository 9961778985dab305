"""One ZIP of the papers of a pack, with its manifest and sums.

The same contents give the same bytes: names are sorted, and every file bears the moment of the pack in London.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import default_storage

from tracker.packing.papers import explained
from tracker.rules.chain import canonical, moment
from tracker.rules.london import LONDON
from tracker.rules.pack import FORMAT, VERSION, Contents, Cover, Name, pack_name

CHUNK = 1 << 20  # bytes in memory at a time
LEVEL = 6
FILE_MODE = 0o100644 << 16  # a plain file, whatever system it was made on
UNIX = 3


@dataclass
class Packed:
    """A pack as it lies on the disk; `missing`: what should be in it and is not, in sentences."""

    path: Path
    sha256: str = ""
    missing: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Piece:
    """A file of a pack: its name, hash and size, and where its bytes lie."""

    name: str
    sha256: str
    size: int
    path: Path | None = None
    stored: str = ""

    def open(self) -> IO[bytes]:
        """Its bytes, from the papers or from the private files."""
        opened: IO[bytes] = self.path.open("rb") if self.path else default_storage.open(self.stored, "rb")
        return opened


def bind(papers: Path, folder: Path, contents: Contents) -> Packed:
    """Put the papers and the files of evidence into one ZIP in the folder. Raises OSError."""
    packed = Packed(folder / pack_name(contents.cover.code, contents.cover.scope))
    pieces = [*_written(papers), *_evidence(contents, packed.missing)]
    pieces += _manifest(papers, contents.cover, pieces)
    pieces.append(_kept(papers, Name.SUMS, _sums(pieces)))
    with zipfile.ZipFile(packed.path, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for piece in sorted(pieces, key=lambda piece: piece.name):
            _add(archive, piece, contents.cover)
    with packed.path.open("rb") as file:
        packed.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return packed


def _written(papers: Path) -> list[Piece]:
    return [_piece(papers, path.name) for path in sorted(papers.iterdir())]


def _piece(papers: Path, name: str) -> Piece:
    path = papers / name
    with path.open("rb") as file:
        return Piece(name, hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size, path)


def _kept(papers: Path, name: str, data: bytes) -> Piece:
    (papers / name).write_bytes(data)
    return _piece(papers, name)


def _evidence(contents: Contents, missing: list[str]) -> Iterator[Piece]:
    """The files of evidence that the pack tells of; what is not there, or not what was handed in, is left out and said."""
    for row in contents.evidence() if contents.cover.scope.files else ():
        name, state = row["computed"]["file"], row["evidence"]
        if name:
            found = _hash_of(state["file"])
            if found == state["sha256"]:
                yield Piece(name, found, state["size"], stored=state["file"])
            else:
                why = "is not the file that was handed in" if found else "is no longer there"
                missing.append(f"Evidence {row['computed']['number']} of {row['action']['reference']} {why}.")


def _hash_of(stored: str) -> str:
    try:
        with default_storage.open(stored, "rb") as file:
            digest = hashlib.sha256()
            for chunk in iter(lambda: file.read(CHUNK), b""):
                digest.update(chunk)
    except FileNotFoundError:
        return ""
    return digest.hexdigest()


def _manifest(papers: Path, cover: Cover, pieces: list[Piece]) -> list[Piece]:
    """What explains the pack, and its manifest: what it is, where the chain stood, and every file with its hash."""
    withheld, erasures = _bodies(papers / Name.TRAIL)
    names = sorted([*(piece.name for piece in pieces), Name.HOW_TO, Name.VERIFIER, Name.MANIFEST, Name.SUMS])
    found = explained(cover, names, withheld=withheld, erased=len(erasures))
    more = [_kept(papers, name, data) for name, data in sorted(found.items())]
    listed = sorted([*pieces, *more], key=lambda piece: piece.name)
    told = {
        **_about(cover),
        "withheld": withheld,
        "erasures": erasures,
        "files": [{"name": each.name, "sha256": each.sha256, "size": each.size} for each in listed],
    }
    return [*more, _kept(papers, Name.MANIFEST, canonical(told))]


def _about(cover: Cover) -> dict[str, Any]:
    scope = cover.scope
    return {
        "format": FORMAT,
        "pack": {
            "authority": cover.authority,
            "code": cover.code,
            "as_at": moment(scope.as_at),
            "since": moment(scope.since) if scope.since else None,
            "confidential": scope.confidential,
            "files": scope.files,
        },
        "chain": cover.chain,
        "sequence": cover.sequence,
        "head": cover.head,
        "recorded_at": moment(cover.recorded_at),
        "version": str(VERSION),
        "events": cover.sequence,
    }


def _bodies(trail: Path) -> tuple[int, list[dict[str, Any]]]:
    """How many bodies are withheld, and which were erased, by whom and when: that may have been after the pack's moment."""
    withheld, erasures = 0, []
    with trail.open("rb") as lines:
        for line in lines:
            if b'"withheld":' in line or b'"erased":' in line:
                event = json.loads(line)
                withheld += sum("withheld" in body for body in event["bodies"])
                erasures += [
                    {"sequence": event["sequence"], "position": position, "erased": body["erased"]}
                    for position, body in enumerate(event["bodies"])
                    if "erased" in body
                ]
    return withheld, erasures


def _sums(pieces: list[Piece]) -> bytes:
    """As sha256sum writes them, of every file but the sums themselves."""
    return "".join(f"{each.sha256}  {each.name}\n" for each in sorted(pieces, key=lambda each: each.name)).encode()


def _add(archive: zipfile.ZipFile, piece: Piece, cover: Cover) -> None:
    """Stream one file into the archive. Raises OSError where it is no longer the one that was listed."""
    info = zipfile.ZipInfo(piece.name, cover.scope.as_at.astimezone(LONDON).timetuple()[:6])
    info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, FILE_MODE, UNIX
    info.file_size = piece.size  # so that a large file gets the large form
    digest = hashlib.sha256()
    with piece.open() as file, archive.open(info, "w") as into:
        for chunk in iter(lambda: file.read(CHUNK), b""):
            digest.update(chunk)
            into.write(chunk)
    if digest.hexdigest() != piece.sha256:
        raise OSError(f"{piece.name} was changed while the pack was made")
