"""How fast the planner is, beside reading the same actions and inserting the same rows; and that the rest costs nothing.

Run by tests.benchmarks.notices. At each size as many actions have passed their bookmark; the others sleep or are closed.
"""

import gc
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median

import django

if __name__ == "__main__":
    django.setup()

from django.db import connection, transaction

from tests.benchmarks.crowd import HOUSE, LATER, NOW, TODAY, owing, people, plans, settled
from tests.benchmarks.figures import say, size, sizes
from tracker.models import Action, Due, Notice
from tracker.services import notices
from tracker.services.notices.planning import FIELDS

MOST = 3.0  # times the baseline
GROWS = 1.5  # at most, from the smallest plan to the largest
DUE, PLANS, ROUNDS, OWNERS = size("DUE", 5000), sizes("PLANS", "10000,100000,1000000"), 3, 2000
EARLIER = NOW - timedelta(days=1)
INSERT = (
    "INSERT INTO tracker_due (authority_id, subject_type, subject_id, kind, threshold, owed_on, settled_at)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
)


def main() -> int:
    """Print the figures; exit status 1 where one misses what is aimed at."""
    people(OWNERS)
    plans(DUE, OWNERS, series="2025A", due=owing(TODAY, TODAY - timedelta(days=1)))
    notices.plan(by=HOUSE, at=EARLIER)  # what yesterday's runs have written: today a threshold is crossed
    earlier, there, found = Due.objects.order_by("pk").last().pk, DUE, []
    for number, plan in enumerate(PLANS):
        rest = plan - there
        plans(rest * 4 // 10, OWNERS, series=f"25B{number}", due=owing(LATER, LATER - timedelta(days=14)))
        plans(rest - rest * 4 // 10, OWNERS, series=f"25C{number}", due=owing(LATER, None))
        there = plan
        settled()
        found.append(measured(plan, earlier))
    grown = found[-1][1] / found[0][1]
    say(f"growth:    {grown:6.2f} from the smallest to the largest (at most {GROWS})")
    return int(grown > GROWS or any(ratio > MOST for ratio, _ in found))


def measured(plan: int, earlier: int) -> tuple[float, float]:
    """Print the figures of one size; the ratio, and the planner's seconds."""
    planned, bare, idle, posted = [], [], [], []
    for _ in range(ROUNDS):  # in turns, so that both meet the same machine
        again(earlier)
        planned.append(timed(lambda: notices.plan(by=HOUSE, at=NOW)))
        rows = list(Due.objects.filter(pk__gt=earlier).order_by("pk"))
        idle.append(timed(lambda: notices.plan(by=HOUSE, at=NOW)))
        posted.append(timed(lambda: notices.post(by=HOUSE, at=NOW)))
        again(earlier)
        values = [(r.authority_id, r.subject_type, r.subject_id, r.kind, r.threshold, r.owed_on, None) for r in rows]
        bare.append(timed(lambda values=values: baseline(values)))
    about = sum(row.subject_type == Action.trail_type() for row in rows)  # the others are the leads' weeks
    assert about == DUE, about
    ratio = median(one / other for one, other in zip(planned, bare, strict=True))
    say(
        f"{plan:>9} actions, {DUE} due, {about} rows owed about them: planned {median(planned):.2f} s, bare {median(bare):.2f} s,"
    )
    say(
        f"           ratio {ratio:.2f} (at most {MOST}); a run with nothing due {median(idle):.2f} s, posting {median(posted):.2f} s"
    )
    return ratio, median(planned)


def baseline(rows: list[tuple]) -> None:
    """Read what the planner reads of the actions that are due, and insert the rows it would insert."""
    columns = ", ".join(f'"{Action._meta.get_field(name).column}"' for name in ("id", *FIELDS))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM tracker_action WHERE next_notice_on <= %s ORDER BY id", [TODAY])
        assert len(cursor.fetchall()) == DUE
        cursor.executemany(INSERT, rows)


def again(earlier: int) -> None:
    """Everything as it was before today's first run: what yesterday's found has been told."""
    Notice.objects.all().delete()
    Due.objects.filter(pk__gt=earlier).delete()
    Due.objects.filter(pk__lte=earlier, settled_at=None).update(settled_at=EARLIER)
    Action.objects.filter(agreed_due=TODAY).update(next_notice_on=TODAY)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) tracker_action")
        cursor.execute("VACUUM (ANALYZE) tracker_due")


def timed(work: Callable[[], object]) -> float:
    """Seconds of the clock that the work took."""
    gc.collect()
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


if __name__ == "__main__":
    sys.exit(main())
