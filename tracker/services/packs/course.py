"""How the plan came to where it stood at the moment: the points of the picture of progress, from the trail."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from tracker.choices import Status
from tracker.rules.periods import looks
from tracker.rules.progress import PHASES, Granted, Phase, Point, points
from tracker.services import history
from tracker.services.packs.moment import Moment
from tracker.services.progress import AFTER, Standing, course

TOGETHER = 500


def progress(present: Moment) -> tuple[Point, ...]:
    """The plan on the days of its past that a picture looks at, the moment's own day, and days to come; () for no plan."""
    rows = list(_rows(present))
    if not rows:
        return ()
    moved, granted = _moved(present), _granted(present)
    last = max((due for row in rows if PHASES[row.status] is not Phase.ASIDE for due in row.dues if due), default=None)
    days = looks(min(min(row.since for row in rows), present.day), present.day, last)
    return points((course(row, moved[row.number], granted[row.number], present.day) for row in rows), days.days)


def _rows(present: Moment) -> Iterator[Standing]:
    for some in history.chunks((entry.body for entry in present.entries.values()), TOGETHER):
        for last in history.read(some).values():
            if state := last.state:
                original, agreed = (date.fromisoformat(due) if (due := state[name]) else None for name in DUES)
                since = date.fromisoformat(state["accepted_on"])
                yield Standing(last.number, since, Status(state["status"]), original, agreed)


DUES = ("original_due", "agreed_due")


def _moved(present: Moment) -> dict[int, list[tuple[str, datetime]]]:
    found: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
    for number, kind, at in history.moves(present.through):
        if kind in AFTER:
            found[number].append((kind, at))
    return found


def _granted(present: Moment) -> dict[int, list[Granted]]:
    found: dict[int, list[Granted]] = defaultdict(list)
    for last in history.latest("extension", present.through):
        state = last.state
        if state and state["granted"]:
            days = (date.fromisoformat(state[name]) for name in ("from_due", "to_due"))
            found[state["action"]].append(Granted(datetime.fromisoformat(state["decided_at"]), *days))
    for some in found.values():
        some.sort(key=lambda each: each.at)
    return found
