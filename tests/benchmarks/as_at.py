"""What a past moment costs beside reading as many bodies, and whether a longer history makes it dearer.

    python -m tests.servers postgres -- python -m tests.benchmarks.as_at [ACTIONS]

Fills an empty database with a plan of so many actions (5,000), ten events each, then with a hundred each; a council
beside it has as many. Exit status 1 where a ratio is over what is aimed at.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402 - after the path

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from tests import factories  # noqa: E402
from tracker.choices import Role  # noqa: E402
from tracker.models import Action, Authority, Chain, Event  # noqa: E402
from tracker.services import history  # noqa: E402

ROUNDS = 3
MOST = 3.0  # as-at beside reading as many bodies
FLAT = 1.5  # ten times the history beside once
DUE, DAYS = "2031-01-01", 1000  # the actions are due on so many days from that one, so that few stand alike
FILL = """
INSERT INTO tracker_event (format, chain_id, sequence, recorded_at, kind, subject_type, subject_id, channel,
  request_id, body_hash, previous_hash, hash)
SELECT 1, %(chain)s, %(after)s + n, %(at)s::timestamptz + n * interval '1 millisecond', 'action_edited', 'action',
  %(first)s + n %% %(actions)s, 'command', '', '', '', '' FROM generate_series(1, %(number)s) AS n;
INSERT INTO tracker_eventbody (event_id, chain_id, position, subject_type, subject_id, hash, salt, body)
SELECT id, chain_id, 0, 'action', subject_id, '', repeat('0', 32), replace(
  replace(%(body)s, 'RTH-2012-01', 'RTH-' || subject_id), %(due)s, (%(due)s::date + (subject_id %% %(days)s)::int)::text
)
FROM tracker_event WHERE chain_id = %(chain)s AND sequence > %(after)s;
"""


def main(actions: int) -> int:
    """Print the figures; 1 where one is over what is aimed at."""
    if connection.vendor != "postgresql":
        say("This is measured on PostgreSQL.")
        return 0
    chains, body = prepared()
    ratios, costs = [], []
    for events in (10, 90):
        for number, chain in enumerate(chains):
            fill(chain, body, actions, first=10_000_000 * (number + 1), number=actions * events)
        cursor("ANALYZE tracker_event; ANALYZE tracker_eventbody")
        past, rows = measured(chains[0], actions)
        ratios.append(past / rows)
        costs.append(past)
        total = Event.objects.filter(chain=chains[0]).count()
        say(
            f"{actions} actions, {total} events: as-at {past:.2f} s, as many bodies read {rows:.2f} s: {past / rows:.2f}"
        )
    flat = costs[1] / costs[0]
    say(f"Ten times the history: {flat:.2f} times the cost (aimed at {FLAT}; as-at beside reading {MOST}).")
    return int(max(ratios) > MOST or flat > FLAT)


def prepared() -> tuple[list[Chain], str]:
    """Two councils with a plan each, and a body such as an edited action has."""
    call_command("migrate", verbosity=0)
    factories.begin_demonstration()
    for code in ("RTH", "STF"):
        place = Authority.objects.get(code=code)
        factories.peer_review(place, by=factories.member(f"Amina {code}", place, Role.LEAD))
    state = Action.objects.filter(authority__code="RTH").order_by("pk")[0].trail_state()
    dates = {"original_due": DUE, "agreed_due": DUE}
    body = {
        "state": {**state, **dates, "what": "improve the chronologies " * 12, "due_explanation": "a sentence " * 15}
    }
    return list(Chain.objects.filter(authority__code__in=("RTH", "STF")).order_by("pk")), json.dumps(body)


def fill(chain: Chain, body: str, actions: int, *, first: int, number: int) -> None:
    """So many events more, each about one of the actions, in turn."""
    last = Event.objects.filter(chain=chain).latest("sequence")
    given = {"chain": chain.pk, "after": last.sequence, "at": last.recorded_at, "body": body, "due": DUE, "days": DAYS}
    cursor(FILL, {**given, "actions": actions, "first": first, "number": number})


def cursor(statements: str, given: dict[str, object] | None = None) -> None:
    with connection.cursor() as asked:
        for statement in filter(str.strip, statements.split(";")):
            asked.execute(statement, given)


def measured(chain: Chain, actions: int) -> tuple[float, float]:
    """Processor and database together, by the clock, in turns; the median of each."""
    through = Event.objects.filter(chain=chain).latest("sequence")
    past, rows = [], []
    for _ in range(ROUNDS):
        past.append(timed(lambda: sum(1 for _ in history.latest("action", through))))
        rows.append(timed(lambda: read(actions)))
    return median(past), median(rows)


def read(number: int) -> int:
    """So many bodies in the order of the table, each made into plain values."""
    with connection.cursor() as asked:
        asked.execute("SELECT subject_id, body FROM tracker_eventbody WHERE subject_type = 'action' LIMIT %s", [number])
        return sum(1 for _, body in asked.fetchall() if json.loads(body))


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000))
