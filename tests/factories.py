"""Invented people and plans for tests, made through the verbs so that the trail knows them."""

from datetime import UTC, date, datetime
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.db.backends.utils import CursorWrapper

from tracker.access import Actor
from tracker.choices import AcceptedAs, Channel, Family, Role
from tracker.extraction import read_here
from tracker.models import Action, Authority, Chain, Event, EventBody, Report, User, triggers
from tracker.services import acceptance, actions, evidence, intake, memberships, moves, people, plan, reference, trail
from tracker.services.verification import trailed_models

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
TEXTS = ("improve the chronologies", "see every child alone", "publish the early help strategy")


def at(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    """A moment in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def house() -> Actor:
    """The installation itself, on the command line."""
    return Actor(None, Channel.COMMAND, "test")


def begin_demonstration() -> None:
    """A demonstration installation with its reference rows, so that acts may be placed at any moment."""
    trail.begin(demonstration=True, by=house(), at=at(2009, 1, 1))
    reference.load(ROOT / "fixtures", by=house(), at=at(2009, 1, 1))


def acting(user: User) -> Actor:
    """A person on the web site."""
    return Actor(user, Channel.WEB, "test")


def person(name: str, **details: object) -> User:
    """Somebody with an invented name and an address made of it; no membership yet."""
    email = f"{name.lower().replace(' ', '.')}@example.org"
    return people.add_person(email=email, name=name, by=house(), at=at(2012, 9, 1), **details)


def member(name: str, authority: Authority, *roles: Role, **details: object) -> User:
    """Somebody who holds the roles in the authority."""
    user = person(name, **details)
    for role in roles:
        memberships.grant_membership(user=user, authority=authority, role=role, by=house(), at=at(2012, 9, 1))
    return user


def peer_review(authority: Authority, *, by: User, texts: tuple[str, ...] = TEXTS) -> Report:
    """A plan of three undated actions, entered by hand on 3 September 2012."""
    return plan.enter_by_hand(
        authority=authority,
        family=Family.PEER_REVIEW,
        title="Peer review of early help",
        texts=texts,
        by=acting(by),
        at=at(2012, 9, 3),
        issued_on=date(2012, 8, 20),
        source="the letter",
    )


def owned(action: Action, owner: User, *, by: User) -> Action:
    """The action given to an owner and due on 3 December 2012."""
    kept = actions.assign(action, owner=owner, by=acting(by), at=at(2012, 9, 4))
    return actions.set_first_due(
        kept, due=date(2012, 12, 3), reason="agreed with the owner", by=acting(by), at=at(2012, 9, 4)
    )


def submitted(action: Action, *, by: User) -> Action:
    """The action submitted on evidence on 1 November 2012."""
    evidence.add_note(
        action, title="Audit", text="Twenty files were read.", by=acting(by), at=at(2012, 11, 1), confidential=False
    )
    return moves.move(action, moves.Move.SUBMIT, by=acting(by), at=at(2012, 11, 1))


def accepted_seed(name: str, authority: Authority, *, by: Actor, moment: datetime) -> Report:
    """A seed report read in this process and accepted as a plan."""
    path = next(SEEDS.glob(f"*{name}*.txt"))
    data = path.read_bytes()
    received = intake.receive(
        data, name=path.name, authority=authority, by=by, at=moment, reading=read_here(data, name=path.name)
    )
    return acceptance.accept(received, accepted_as=AcceptedAs.PLAN, by=by, at=moment)


def events() -> list[str]:
    """The kinds of all events so far, in the order they were written."""
    return list(Event.objects.order_by("id").values_list("kind", flat=True))


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of the house, as the database holds it."""
    models = apps.get_app_config("tracker").get_models(include_auto_created=True)
    with connection.cursor() as cursor:
        return {table: _all_of(cursor, table) for table in (model._meta.db_table for model in models)}


def _all_of(cursor: CursorWrapper, table: str) -> list[tuple[object, ...]]:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")
    return cursor.fetchall()


def empty_the_trail() -> None:
    """No event and no trailed row is left; the guards are on again."""
    triggers.remove(connection)
    for model in (EventBody, Event, Chain):
        model.objects.all().delete()
    for model in reversed(trailed_models()):
        model.objects.all().delete()
    triggers.install(connection)
