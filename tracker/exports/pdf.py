"""The board report as PDF: tagged for screen readers (PDF/UA-1), made to be kept (PDF/A-3a), the same bytes each time."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import typst

from tracker.exports.glyphs import SURE, fonts, lacking, numbered, visible
from tracker.exports.report.blocks import Part
from tracker.exports.report.parts import file_name, parts
from tracker.rules.london import day_of
from tracker.rules.pack import Contents, Name
from tracker.rules.written_dates import short_date

TEMPLATE = Path(__file__).with_name("report.typ").read_bytes()
STANDARDS = ("a-3a", "ua-1")
NUMBERED = (
    "Some characters of this plan’s texts are not in this file’s typeface, or cannot be seen. Their number stands in "
    "their place, such as [U+4E2D]; the pack’s other files hold them as they were written."
)


def files(contents: Contents) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each file of the report, one after the other: several where the plan is long.

    Raises DoesNotAddUp where the tables list another number than the statement of totals counts.
    """
    for part in parts(contents):
        yield file_name(Name.REPORT, part), _written(part, contents)


def _written(part: Part, contents: Contents) -> bytes:
    """One part. What a single character cannot betray (a mark that fits no letter) is set by numbers at a second try."""
    data = _data(part, contents)
    text = json.dumps(data, ensure_ascii=False)
    missing = lacking(frozenset(text), STANDARDS)
    try:
        return _set(_numbered(text, data, missing), contents)
    except typst.TypstError:
        return _set(_numbered(text, data, frozenset(text) - SURE), contents)


def _numbered(text: str, data: dict[str, Any], missing: frozenset[str]) -> str:
    """The data with the numbers of the characters that are missing, and a line on the cover that says so."""
    if not missing and "[U+" not in text:
        return text
    data["front"]["note"] = NUMBERED
    table = str.maketrans({char: numbered(char) for char in missing})
    return json.dumps(data, ensure_ascii=False).translate(table)


def _set(text: str, contents: Contents) -> bytes:
    return typst.compile(
        TEMPLATE,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"part": text},
        pdf_standards=list(STANDARDS),
        timestamp=int(contents.cover.scope.as_at.timestamp()),
    )


def _data(part: Part, contents: Contents) -> dict[str, Any]:
    """A part as the template reads it: sheets that lie the same way stand in one run of pages."""
    sheets = list(part.sheets)
    anchors = {getattr(block, "anchor", "") for sheet in sheets for block in sheet.blocks}
    cover, on = contents.cover, day_of(contents.cover.scope.as_at)
    return {
        "author": visible(cover.authority),
        "date": {"year": on.year, "month": on.month, "day": on.day},
        "moment": short_date(on),
        "runs": [
            {"across": across, "sheets": [_plain(sheet, anchors) for sheet in run]}
            for across, run in groupby(sheets, key=lambda sheet: sheet.across)
        ],
        **{
            each: _plain(getattr(part, each), anchors)
            for each in ("title", "running", "mark", "foot", "key", "number", "of")
        },
        "front": {**_plain(part.front, anchors), "note": ""},
    }


def _plain(value: Any, anchors: set[str]) -> Any:
    """A block as JSON has it, under the name of its kind; a reference leads where its section stands in this file."""
    if isinstance(value, str):
        return visible(value)
    if is_dataclass(value) and not isinstance(value, type):
        found = {each.name: _plain(getattr(value, each.name), anchors) for each in fields(value)}
        more = {"leads": found["reference"] in anchors} if "reference" in found else {}
        return {"is": type(value).__name__, **found, **more}
    if isinstance(value, Mapping):
        return {name: _plain(each, anchors) for name, each in value.items()}
    return [_plain(each, anchors) for each in value] if isinstance(value, tuple | list) else value
