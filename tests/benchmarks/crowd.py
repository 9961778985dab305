"""Large plans for benchmarks, written by the database itself: a row of each kind is made, then multiplied in SQL.

The trail is left out: nothing of it is read by the planner or by senders. Everybody is invented.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from django.core.management import call_command
from django.db import connection, models

from tracker.access import Actor
from tracker.choices import AcceptedAs, Channel, Family, Role, Status
from tracker.models import Action, Authority, Membership, Recommendation, Report, User
from tracker.services import reference, trail

ROOT = Path(__file__).parents[2]
HOUSE = Actor(None, Channel.COMMAND, "benchmark")
BEGAN = datetime(2024, 9, 2, 9, tzinfo=UTC)
# Tuesday 4 March 2025 in the morning: the day on which all this is looked at.
NOW = datetime(2025, 3, 4, 9, tzinfo=UTC)
TODAY = NOW.date()
LATER = date(2025, 6, 30)
WHAT = (
    "Ensure that social workers see every child alone at each visit, that what the child says is recorded in the "
    "child’s own words, and that managers look for it whenever they sign off a visit"
)


def begin() -> None:
    """A migrated database with its reference rows, as a demonstration."""
    call_command("migrate", verbosity=0)
    trail.begin(demonstration=True, by=HOUSE, at=BEGAN)
    reference.load(ROOT / "fixtures", by=HOUSE, at=BEGAN)


def multiply(row: models.Model, count: int, **columns: str) -> None:
    """Insert so many copies of a saved row, numbered n from 1, with these columns as SQL expressions of n."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(columns.get(field.name, f'template."{field.column}"') for field in fields)
    table = row._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} template, generate_series(1, {count}) n"
            f" WHERE template.id = {row.pk}"
        )


def settled() -> None:
    """The database knows its tables' sizes, as one that has run for a day does."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def people(count: int, *, leads: int | None = None) -> None:
    """So many owners spread over the councils, and a lead for every 130 of them, unless told how many."""
    places = _first(Authority)
    leading = count // 130 if leads is None else leads
    for role, name, number in ((Role.OWNER, "owner", count), (Role.LEAD, "lead", leading)):
        first = User.objects.create(email=f"{name}0@example.org", name=f"{name.title()} Moss", joined_at=BEGAN)
        multiply(first, number, email=f"'{name}' || n || '@example.org'")
        held = Membership.objects.create(user=first, authority_id=places[0], role=role, granted_at=BEGAN)
        multiply(held, number, user=f"{first.pk} + n", authority=_spread("n", places))
        held.delete()


def _first(model: type[models.Model]) -> tuple[int, int]:
    """The number of the first row and how many there are: they follow one another."""
    numbers = list(model._default_manager.order_by("pk").values_list("pk", flat=True))
    assert numbers[-1] - numbers[0] + 1 == len(numbers)
    return numbers[0], len(numbers)


def _spread(number: str, places: tuple[int, int]) -> str:
    return f"{places[0]} + ({number}) % {places[1]}"


def plans(count: int, owners: int, *, series: str, due: Mapping[str, str]) -> None:
    """So many more actions of these owners in turn, each of the council of its owner; `due` says what they owe, in SQL.

    A council has one report in each series, and its actions answer the same recommendation.
    """
    places = _first(Authority)
    report = Report.objects.create(
        authority_id=places[0],
        family=Family.PEER_REVIEW,
        title="Inspection of services for children in need of help and protection",
        series=series,
        accepted_as=AcceptedAs.PLAN,
        accepted_at=BEGAN,
    )
    multiply(report, places[1] - 1, authority=_spread("n", places))
    recommendation = Recommendation.objects.create(report=report, number=1, text=WHAT)
    multiply(recommendation, places[1] - 1, report=f"{report.pk} + n")
    owner = f"((n - 1) % {owners} + 1)"
    first = User.objects.get(email="owner0@example.org").pk
    action = Action.objects.create(
        authority_id=places[0],
        recommendation=recommendation,
        reference=f"{series}-0",
        what=WHAT,
        owner_id=first,
        assigned_on=BEGAN.date(),
        accepted_on=BEGAN.date(),
        agreed_due=LATER,
        original_due=LATER,
        overdue_after=LATER,
        status=Status.IN_PROGRESS,
        last_heard_at=datetime(2025, 2, 20, 9, tzinfo=UTC),
    )
    multiply(
        action,
        count,
        authority=_spread(owner, places),
        recommendation=_spread(owner, (recommendation.pk, places[1])),
        reference=f"'{series}-' || n",
        owner=f"{first} + {owner}",
        **due,
    )


def owing(day: date, bookmark: date | None) -> dict[str, str]:
    """Actions due on that day, at which the planner looks from the bookmark on."""
    when = f"'{day}'::date"
    return {
        "agreed_due": when,
        "original_due": when,
        "overdue_after": when,
        "next_notice_on": f"'{bookmark}'::date" if bookmark else "NULL::date",
    }
