"""How fast a long plan becomes a workbook and a CSV, beside the bare writers: `python -m tests.benchmarks.sheets 100000`.

Each is written by a process of its own, which tells its processor time and the most memory it took. The bare workbook
is xlsxwriter given the very same cells, computed before, in the same streaming mode; the bare CSV is a loop of the
standard library's writer over rows that hold the same cells by name, each a text already.
"""

import csv as standard
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from xlsxwriter import Workbook  # noqa: E402 - after the path

from tests.benchmarks.memory import most_memory  # noqa: E402
from tests.exports import contents  # noqa: E402
from tracker.exports import columns, csv, xlsx  # noqa: E402
from tracker.exports.columns import Kind, headings  # noqa: E402
from tracker.exports.workbook.cells import (  # noqa: E402
    BEFORE_1900,  # noqa: E402
    serial,
    shown,
)

ACTIONS, EVENTS = 100_000, 100_000
MOST_XLSX, MOST_CSV, MOST_MB = 1.5, 2.5, 150
SAMPLE = 400  # so many different rows come again and again: making them costs neither side anything
WORDS = "The team has met every week; the audit of twenty files shows what has changed and what has not yet. "


def main(actions: int = ACTIONS, events: int = EVENTS) -> int:
    """Print the figures; exit status 1 where one is over what is aimed at."""
    say(f"{actions} actions of {len(columns.ACTIONS)} columns, {events} events; processor time")
    missed = compared("XLSX", "bare_xlsx", "our_xlsx", actions, events, rounds=1, most=MOST_XLSX)
    missed += compared("CSV", "bare_csv", "our_csv", actions, events, rounds=3, most=MOST_CSV)
    return int(missed > 0)


def compared(name: str, bare: str, ours: str, actions: int, events: int, *, rounds: int, most: float) -> int:
    """Both, in turns, so that they meet the same machine; how many aims were missed."""
    pairs = [(child(bare, actions, events), child(ours, actions, events)) for _ in range(rounds)]
    ratio = median(one["seconds"] / other["seconds"] for other, one in pairs)
    memory = max(one["memory"] for _, one in pairs)
    other, one = pairs[-1]
    say(f"{name}: bare {other['seconds']:6.2f} s, {other['memory']:4.0f} MB, {other['size'] / 1e6:6.1f} MB written")
    say(
        f"{name}: ours {one['seconds']:6.2f} s, {memory:4.0f} MB (at most {MOST_MB}), {one['size'] / 1e6:6.1f} MB written"
    )
    say(f"{name}: ratio {ratio:5.2f} (at most {most})")
    return (ratio > most) + (memory > MOST_MB)


def child(which: str, actions: int, events: int) -> dict[str, float]:
    """What a process of its own tells of the work."""
    command = [sys.executable, "-m", "tests.benchmarks.sheets", which, str(actions), str(events)]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)


def work(which: str, actions: int, events: int) -> dict[str, float]:
    """Do it here, and tell."""
    prepared = PREPARED[which]()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "written")
        before = time.process_time()
        WORK[which](path, prepared, actions, events)
        seconds = time.process_time() - before
        size = path.stat().st_size
    memory = most_memory()
    return {"seconds": seconds, "memory": memory, "size": size}


def sample() -> list:
    """Rows of a realistic length."""
    rows = []
    for number in range(SAMPLE):
        row = contents.action(number % 8 + 1)
        row["action"]["reference"] = f"RTH-2012-{number:05}"
        row["computed"]["latest_update"] = {**contents.LATEST, "text": WORDS * (number % 9)}
        row["action"]["what"] += " " + WORDS * (number % 3)
        rows.append(row)
    return rows


def heads() -> list:
    """Lines of the trail."""
    return [contents.event(number) for number in range(1, SAMPLE + 1)]


def our_xlsx(path: Path, prepared: tuple, actions: int, events: int) -> None:
    rows, lines = prepared
    made = replace(
        contents.contents(),
        actions=lambda: islice(cycle(rows), actions),
        events=lambda: islice(cycle(lines), events),
    )
    with path.open("wb") as file:
        xlsx.write(file, made)


def cells(table: tuple, rows: list) -> list:
    """The cells of each row as the bare writer takes them: which way, and what."""
    return [[cell(column, column.read(row)) for column in table] for row in rows]


def cell(column: columns.Column, value: object) -> tuple:
    if value in (None, ""):
        return "write_blank", None, Kind.TEXT
    if column.kind is Kind.DATE:
        return "write_number", value.toordinal() - BEFORE_1900, column.kind
    if column.kind is Kind.MOMENT:
        return "write_number", serial(value), column.kind
    if column.kind is Kind.NUMBER:
        return "write_number", value, column.kind
    return "write_string", shown(value) if column.kind is Kind.TEXT else "Yes" if value else "No", column.kind


def bare_xlsx(path: Path, prepared: tuple, actions: int, events: int) -> None:
    with path.open("wb") as file:
        book = Workbook(file, {"constant_memory": True})
        looks = {kind: book.add_format({"text_wrap": True, "valign": "top", "bottom": 1}) for kind in Kind}
        for rows, count in zip(prepared, (actions, events), strict=True):
            sheet = book.add_worksheet()
            ways = [[(getattr(sheet, way), value, looks[kind]) for way, value, kind in row] for row in rows]
            for number, row in enumerate(islice(cycle(ways), count), 1):
                for col, (way, value, look) in enumerate(row):
                    way(number, col, value, look)
        book.close()


def our_csv(path: Path, rows: list, actions: int, _: int) -> None:
    with path.open("w", **csv.OPENED) as file:
        csv.write(file, columns.ACTIONS, islice(cycle(rows), actions))


def bare_csv(path: Path, texts: list, actions: int, _: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = standard.writer(file)
        for row in islice(cycle(texts), actions):
            writer.writerow([row[heading] for heading in HEADINGS])


def texts() -> list:
    """The cells of each row as texts by their headings, as a cursor might hand them."""
    return [{column.heading: csv.cell(column.read(row)) for column in columns.ACTIONS} for row in sample()]


HEADINGS = headings(columns.ACTIONS)


PREPARED = {
    "our_xlsx": lambda: (sample(), heads()),
    "bare_xlsx": lambda: (cells(columns.ACTIONS, sample()), cells(columns.TRAIL, heads())),
    "our_csv": sample,
    "bare_csv": texts,
}
WORK = {"our_xlsx": our_xlsx, "bare_xlsx": bare_xlsx, "our_csv": our_csv, "bare_csv": bare_csv}


def say(line: str) -> None:
    """One line of the figures."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] in WORK:
        say(json.dumps(work(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
    else:
        sys.exit(main(*map(int, sys.argv[1:])))
