"""What stands above the list of actions: the filters everybody has, with their counts, and those a person has saved."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import QueryDict

from tracker.filters import known
from tracker.models import SavedFilter, User

Rows = Any


@dataclass(frozen=True)
class Link:
    """A filter as a link: its words, what its address says, how many actions it finds, and whether it is in force."""

    words: str
    query: str
    count: int | None
    current: bool


@dataclass(frozen=True)
class _Quick:
    """A filter everybody has: its name, words and address, and the set that the same address shows."""

    name: str
    words: str
    query: str
    rows: Callable[[Rows, User, date], Rows]


QUICK = (
    _Quick("mine", "Mine", "status=open&owner={person}", lambda rows, person, on: rows.open().filter(owner=person)),
    _Quick("overdue", "Overdue", "when=overdue", lambda rows, person, on: rows.overdue(on)),
    _Quick("waiting", "Awaiting sign-off", "status=submitted", lambda rows, person, on: rows.awaiting_sign_off()),
    _Quick("unowned", "No owner", "status=open&owner=nobody", lambda rows, person, on: rows.unowned()),
    _Quick("undated", "No date", "when=none", lambda rows, person, on: rows.undated()),
)


def counted(rows: Rows, found: Rows, person: User, on: date) -> dict[str, int]:
    """How many of the rows each of the filters finds, how many the address finds, and all, in one query."""
    numbers = {each.name: each.rows(rows, person, on).order_by().values("pk") for each in QUICK}
    sums = {name: Count("pk", filter=Q(pk__in=found)) for name, found in numbers.items()}
    sums["owned"] = Count("pk", filter=Q(owner=person))
    sums["found"] = Count("pk", filter=Q(pk__in=found.order_by().values("pk")))
    told: dict[str, int] = rows.order_by().aggregate(all=Count("pk"), **sums)
    return told


def links(counts: dict[str, int], person: User, asked: QueryDict) -> list[Link]:
    """The filters everybody has; "Mine" only for somebody who owns an action."""
    now = known(asked)
    found = []
    for each in QUICK:
        query = known(QueryDict(each.query.format(person=person.pk)))
        if each.name != "mine" or counts["owned"]:
            found.append(Link(each.words, query, counts[each.name], query == now))
    return found


def own(saved: list[SavedFilter], asked: QueryDict) -> list[Link]:
    """The person's own filters. Without counts, which would cost a query each."""
    now = known(asked)
    return [Link(each.name, each.query, None, each.query == now) for each in saved]
