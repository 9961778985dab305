"""What is held about a person, as files: one JSON file for machines, a CSV a table for people, in one ZIP."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from tracker.exports import csv
from tracker.exports.columns import Column
from tracker.exports.reading import plain

Tables = Mapping[str, Sequence[Mapping[str, Any]]]
ABOUT = """What the improvement tracker holds about {name}, on {day}.

data.json has all of it; each .csv file has one table of it, for a spreadsheet. Moments are in UTC.

profile        your account
roles          your roles in councils, with who granted and ended them
named_as       where you are director, and for whom you stand in or stood in
second_factor  whether you have one and since when, and how many recovery codes are left; never a secret
sign_in        addresses and numbers by which you sign in, as the sign-in packages keep them
actions        the actions that you own, are accountable for or share in, as far as you may see them
notes          the progress notes that you wrote
evidence       what is kept about the evidence that you added; the pieces themselves are not in here
mails          the mails that were made for you
calendar       whether you have a calendar address, and when it was last asked for; the address itself is kept nowhere
saved_filters  the filters of the list of actions that you saved
trail          every line of the trail that tells of an act of yours, or is about you
not_shown      how much you wrote in plans that you may see no longer: ask the council

A table without a row has no .csv file. For what these words mean, and for how long each is kept, ask your council's
data protection officer; docs/privacy.md says what the tracker does.
"""


def bundle(tables: Tables, *, name: str, day: str) -> bytes:
    """The ZIP: the same tables give the same bytes."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "about.txt", ABOUT.format(name=name, day=day).encode())
        _add(archive, "data.json", json.dumps(tables, ensure_ascii=False, indent=1).encode())
        for title, rows in tables.items():
            if rows:
                _add(archive, f"{title}.csv", _table(rows))
    return kept.getvalue()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)


def _table(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """A table as CSV that no spreadsheet runs, with a column for each name."""
    columns = [Column(name.replace("_", " ").capitalize(), plain("row", name)) for name in rows[0]]
    file = io.StringIO(newline="")
    csv.write(file, columns, ({"row": _worded(row)} for row in rows))
    return f"\ufeff{file.getvalue()}".encode()


def _worded(row: Mapping[str, Any]) -> Mapping[str, str | None]:
    return {
        name: None if value is None else csv.cell(value) if isinstance(value, bool) else str(value)
        for name, value in row.items()
    }
