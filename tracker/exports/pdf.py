"""The board report as PDF: tagged for screen readers (PDF/UA-1), made to be kept (PDF/A-3a), the same bytes each time."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from tracker.exports.glyphs import visible
from tracker.exports.report.blocks import Link, Part
from tracker.exports.report.parts import file_name, parts
from tracker.rules.london import day_of
from tracker.rules.pack import Contents, Name
from tracker.rules.refusal import Refused
from tracker.rules.written_dates import short_date

ROOT = Path(__file__).parents[2]  # where `python -m tracker.exports.typesetting` finds the package
COMMAND = (sys.executable, "-s", "-B", "-m", "tracker.exports.typesetting")
ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8"}
SECONDS = 900  # for one file; the longest takes a twentieth of it
OF_A_PART = ("title", "running", "mark", "foot", "key", "number", "of")


class CannotBeSet(Refused):
    """The typesetter failed or took too long; the sentence says with what."""


def files(contents: Contents) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each file of the report, one after the other: several where the plan is long.

    Raises DoesNotAddUp where the tables list another number than the statement of totals counts, and CannotBeSet where
    the typesetter fails.
    """
    for part in parts(contents):
        yield file_name(Name.REPORT, part), _typeset(part, contents)


def write(folder: Path, contents: Contents) -> None:
    """Write the files of the report into a folder. Raises as `files` does, and OSError."""
    for name, data in files(contents):
        (folder / name).write_bytes(data)


def _typeset(part: Part, contents: Contents) -> bytes:
    """One part, set in a process of its own."""
    asked = {"data": _data(part, contents), "timestamp": int(contents.cover.scope.as_at.timestamp())}
    try:
        done = subprocess.run(  # noqa: S603 - our own command, no shell
            COMMAND,
            input=json.dumps(asked).encode(),
            capture_output=True,
            cwd=ROOT,
            env=ENVIRONMENT,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise CannotBeSet(f"Part {part.number} of the report was not set within {SECONDS} seconds.") from late
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise CannotBeSet(f"Part {part.number} of the report could not be set: {''.join(last) or done.returncode}.")
    return done.stdout


def _data(part: Part, contents: Contents) -> dict[str, Any]:
    """A part as the template reads it: sheets that lie the same way stand in one run of pages."""
    sheets = list(part.sheets)
    anchors = {getattr(block, "anchor", "") for sheet in sheets for block in sheet.blocks}
    on = day_of(contents.cover.scope.as_at)
    return {
        "author": visible(contents.cover.authority),
        "date": {"year": on.year, "month": on.month, "day": on.day},
        "moment": short_date(on),
        "runs": [
            {"across": across, "sheets": [_plain(sheet, anchors) for sheet in run]}
            for across, run in groupby(sheets, key=lambda sheet: sheet.across)
        ],
        **{each: _plain(getattr(part, each), anchors) for each in OF_A_PART},
        "front": {**_plain(part.front, anchors), "note": ""},
    }


def _plain(value: Any, anchors: set[str]) -> Any:
    """A block as JSON has it, under the name of its kind; a reference leads where its section stands in this file."""
    if isinstance(value, str):
        return visible(value)
    if is_dataclass(value) and not isinstance(value, type):
        found = {each.name: _plain(getattr(value, each.name), anchors) for each in fields(value)}
        more = {"leads": value.reference in anchors} if isinstance(value, Link) else {}
        return {"is": type(value).__name__, **found, **more}
    return [_plain(each, anchors) for each in value] if isinstance(value, tuple | list) else value
