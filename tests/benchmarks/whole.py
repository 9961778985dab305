"""A very long plan, end to end: its CSV, its trail and its workbook, all from the database, and the most memory taken.

    python -m tests.servers postgres -- python -m tests.benchmarks.whole [ACTIONS] [EVENTS EACH]

Fills an empty database with a plan of so many actions (100,000) of so many events each (10). Each file is written by a
process of its own. Beside the CSV stand two bare loops of the standard library's writer over a raw cursor:

- `bare_csv` reads where the plan stands, which is the trail: of each action the last body, made into plain values, and
  from them the very same cells, written down as briefly as can be for this one plan. Its lines are compared with ours.
- `handed` is handed those cells by the cursor, ready as texts from a table of their own: nothing is left to do but write.

Exit status 1 where one takes more memory than is aimed at, the moment more time beside reading as many bodies, or the CSV
more beside the first loop.
"""

import csv as standard
import json
import os
import subprocess
import sys
import tempfile
import time
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402 - after the path

django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests import factories  # noqa: E402
from tests.benchmarks.as_at import MOST, cursor, fill, measured, prepared, say  # noqa: E402
from tests.benchmarks.memory import most_memory  # noqa: E402
from tracker.choices import Basis, Delivery, Impact, Priority, Response, Status  # noqa: E402
from tracker.exports import columns, csv, xlsx  # noqa: E402
from tracker.models import Authority, Chain, Event  # noqa: E402
from tracker.rules.pack import Contents, Scope  # noqa: E402
from tracker.services import packs  # noqa: E402

MOST_MB = 150
MOST_CSV = 2.5  # beside a bare loop over the same bodies
TABLE = "bench_cells"  # the cells of the CSV as texts


def main(actions: int = 100_000, each: int = 10) -> int:
    """Print the figures; 1 where one is over what is aimed at."""
    if connection.vendor != "postgresql":
        say("This is measured on PostgreSQL.")
        return 2
    chains, body = prepared()
    fill(chains[0], body, actions, first=10_000_000, number=actions * each)
    cursor("ANALYZE tracker_event; ANALYZE tracker_eventbody")
    say(f"{actions} actions, {Event.objects.filter(chain=chains[0]).count()} events; seconds of the clock")
    past, rows = measured(chains[0], actions)
    say(f"as-at {past:.2f} s, as many bodies read {rows:.2f} s: {past / rows:.2f} (at most {MOST})")
    with tempfile.TemporaryDirectory() as folder:
        found = {name: child(name, folder) for name in WORK}
        differ = lines_of(folder, "csv") ^ lines_of(folder, "bare_csv")
    del found["ready"]
    for name, told in found.items():
        say(f"{name:9} {told['seconds']:7.1f} s, {told['memory']:4.0f} MB, {told['size'] / 1e6:7.1f} MB written")
    ratio = found["csv"]["seconds"] / found["bare_csv"]["seconds"]
    say(f"CSV beside a bare loop over a raw cursor of the same bodies: {ratio:.2f} (at most {MOST_CSV})")
    say(f"  lines in which the two differ: {len(differ)}")
    say(f"  beside one that is handed its cells ready: {found['csv']['seconds'] / found['handed']['seconds']:.2f}")
    most = max(told["memory"] for told in found.values())
    say(f"most memory: {most:.0f} MB (at most {MOST_MB})")
    return int(most > MOST_MB or past / rows > MOST or ratio > MOST_CSV or bool(differ))


def lines_of(folder: str, name: str) -> set[bytes]:
    return set(Path(folder, name).read_bytes().removeprefix(BOM_UTF8).split(b"\r\n"))


def child(which: str, folder: str) -> dict[str, float]:
    """What a process of its own tells of the work."""
    command = [sys.executable, "-m", "tests.benchmarks.whole", which, folder]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)


def work(which: str, folder: str) -> dict[str, float]:
    """Do it here, and tell."""
    path, before = Path(folder, which), time.perf_counter()
    WORK[which](path)
    seconds = time.perf_counter() - before
    memory = most_memory()
    return {"seconds": seconds, "memory": memory, "size": path.stat().st_size}


def contents() -> Contents:
    """The plan as at its last event."""
    place = Authority.objects.get(code="RTH")
    last = Event.objects.filter(chain=Chain.objects.get(authority=place)).latest("sequence")
    return packs.contents(packs.plan_as_at(place, Scope(last.recorded_at), by=factories.house(), at=timezone.now()))


def our_csv(path: Path) -> None:
    with path.open("w", **csv.OPENED) as file:
        csv.write(file, columns.ACTIONS, contents().actions())


LAST = """
SELECT id, (
  SELECT body FROM tracker_eventbody AS last
  WHERE chain_id = %(chain)s AND subject_type = %(kind)s AND subject_id = subject.id
  ORDER BY event_id DESC, position DESC LIMIT 1
) FROM (
  SELECT DISTINCT subject_id AS id FROM tracker_eventbody WHERE chain_id = %(chain)s AND subject_type = %(kind)s
) AS subject
"""


def bare_csv(path: Path) -> None:
    """What this plan has not (owners, dates, notes, …) is written as the empty cells that it makes."""
    chain = Chain.objects.get(authority__code="RTH")
    reports, recommendations = dict(last_states(chain, "report")), dict(last_states(chain, "recommendation"))
    place = Authority.objects.get(code="RTH").short_name
    words = [dict(kind.choices) for kind in (Response, Priority, Basis, Status, Impact)]
    response, priority, basis, status, impact = words
    grey = str(Delivery.GREY.label)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = standard.writer(file)
        writer.writerow(columns.headings(columns.ACTIONS))
        for _, action in last_states(chain, "action"):
            asked = recommendations[action["recommendation"]]
            report = reports[asked["report"]]
            about = [
                *(action["reference"], place, report["title"], report["publication_date"], "", asked["heading"]),
                *(asked["text"], asked["timescale"], response[asked["response"]], ""),
            ]
            what = [action["what"], action["outcome"], "", "", "", "", "", "", priority[action["priority"]]]
            due = [
                *(action["start_on"], action["started_on"], action["original_due"], basis[action["original_basis"]], 0),
                *(action["agreed_due"], basis[action["due_basis"]], action["due_explanation"]),
            ]
            stands = [
                *(status[action["status"]], action["last_move"], action["last_move_reason"], grey, 0, "No"),
                *(action["lowered_reason"], 0, "", "", "", 0, "", impact[action["impact"]], action["impact_reason"]),
            ]
            closed = [
                *(action["impact_on"], action["submitted_at"], action["closed_at"]),
                *("Yes" if action["closed_elsewhere"] else "No", "", "", action["next_check_on"], ""),
            ]
            writer.writerow([*about, *what, *due, *stands, *closed])


def last_states(chain: Chain, kind: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """What was last told of each record of a kind, with its number."""
    with connection.chunked_cursor() as asked:
        asked.execute(LAST, {"chain": chain.pk, "kind": kind})
        while rows := asked.fetchmany(2000):
            yield from ((number, json.loads(body)["state"]) for number, body in rows)


def handed(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file, connection.chunked_cursor() as asked:
        writer = standard.writer(file)
        asked.execute(f"SELECT * FROM {TABLE}")
        while rows := asked.fetchmany(2000):
            writer.writerows(rows)


def ready(path: Path) -> None:
    """Put the cells of our CSV into a table, as texts."""
    names = ", ".join(f"c{number} text" for number in range(len(columns.ACTIONS)))
    with connection.cursor() as asked, path.with_name("csv").open(encoding="utf-8-sig") as rows:
        asked.execute(f"CREATE TABLE {TABLE} ({names})")
        with asked.copy(f"COPY {TABLE} FROM STDIN (FORMAT csv, HEADER)") as copy:
            for line in rows:
                copy.write(line)
    path.touch()


def trail(path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in contents().events())


def workbook(path: Path) -> None:
    with path.open("wb") as file:
        xlsx.write(file, contents())


WORK = {"csv": our_csv, "bare_csv": bare_csv, "ready": ready, "handed": handed, "trail": trail, "xlsx": workbook}


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] in WORK:
        say(json.dumps(work(sys.argv[1], sys.argv[2])))
    else:
        sys.exit(main(*map(int, sys.argv[1:])))
