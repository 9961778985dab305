"""What a case of a verb is, and what has to be there before some of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from django.db import connection

from tests import factories
from tests.factories import acting, at
from tracker.choices import AcceptedAs, EventKind, Role
from tracker.extraction import read_here
from tracker.models import Theme, triggers
from tracker.rules.pack import Scope
from tracker.services import (
    acceptance,
    board,
    calendar_feeds,
    evidence,
    intake,
    memberships,
    packs,
    ratings,
    revisions,
    second_factors,
)

SEED = next(factories.SEEDS.glob("*west-sussex*.txt"))
NOW = at(2013, 6, 4)
LATER = date(2013, 9, 30)
WHOLE = Scope(at(2013, 6, 1), confidential=True)


@dataclass(frozen=True)
class Case:
    """`call(there, by, at=…)` is the verb; `subject` the kind of record its event is about; `who` may do it."""

    kind: EventKind
    subject: str
    call: Callable[..., Any]
    who: str = "lead"
    before: Callable[[Any], None] = lambda there: None


def undated(there):
    """An action without a date, of a plan entered by hand."""
    plan_by_hand = factories.peer_review(there.authority, by=there.lead)
    there.undated = plan_by_hand.recommendations.first().actions.get()


def dated(there):
    undated(there)
    there.undated = factories.owned(there.undated, there.owner, by=there.lead)


def rated_low(there):
    undated(there)
    ratings.lower_rating(there.undated, reason="late", by=acting(there.lead), at=at(2012, 9, 10))


def waiting(there):
    """A file that was received and is not read yet."""
    there.intake = intake.receive(
        SEED.read_bytes(), name=SEED.name, authority=there.authority, by=acting(there.lead), at=NOW
    )


def read(there):
    data = SEED.read_bytes()
    reading = read_here(data, name=SEED.name)
    there.intake = intake.receive(
        data, name=SEED.name, authority=there.authority, by=acting(there.lead), at=NOW, reading=reading
    )


def with_a_later_version(there):
    """An accepted report, and a file of it in which one recommendation has other words."""
    read(there)
    by = acting(there.lead)
    there.accepted = acceptance.accept(there.intake, accepted_as=AcceptedAs.PLAN, by=by, at=NOW)
    data = SEED.read_bytes().replace(b"ensure that", b"make sure that", 1)
    there.later = intake.receive(
        data, name="later.txt", authority=there.authority, by=by, at=NOW, reading=read_here(data, name="later.txt")
    )
    there.names = list(revisions.names_of(revisions.differences_of(there.later, there.accepted, by=by)))


def with_a_file(there):
    there.file = evidence.add_file(there.action, data=b"minutes", name="minutes.txt", by=acting(there.owner), at=NOW)


def with_a_plan(there):
    """A plan as at 1 June, for a file that leaves at once."""
    there.plan = packs.plan_as_at(there.authority, WHOLE, by=acting(there.lead), at=NOW)


def with_a_pack_asked_for(there):
    packs.ask(there.authority, WHOLE, by=acting(there.lead), at=NOW)
    there.pack = packs.claim(by=factories.house(), at=NOW)


def with_a_failed_pack(there):
    with_a_pack_asked_for(there)
    packs.failed(there.pack, why="The disk is full.", by=factories.house(), at=NOW)


def with_a_pack(there):
    with_a_pack_asked_for(there)
    packs.made(there.pack, file=BytesIO(b"zip"), name="pack.zip", digest="0" * 64, by=factories.house(), at=NOW)


def with_somebody_new(there):
    there.new = factories.person("Ida Thorn")


def with_somebody_gone(there):
    """A board member whose role ended a year before."""
    there.gone = factories.member("Ida Thorn", there.authority, Role.BOARD)
    memberships.end_membership(there.gone.memberships.get(), by=acting(there.lead), at=at(2012, 9, 2))


def with_a_call(there):
    """A meeting that called for updates a week before, of whom the owner of an open action has not answered."""
    there.called = board.plan_meeting(
        there.authority, held_on=LATER, updates_by=date(2013, 9, 20), by=acting(there.lead), at=at(2013, 5, 28)
    )


def with_a_calendar(there):
    calendar_feeds.make(there.owner, by=acting(there.owner), at=at(2013, 5, 28))
    there.feed = there.owner.calendar_feed


def with_a_factor(there):
    """The owner has set a second factor up."""
    second_factors.set_up(there.owner, secret="JBSWY3DPEHPK3PXP", by=acting(there.owner), at=at(2013, 5, 28))


def with_a_theme_misspelt(there):
    Theme.objects.filter(pk=Theme.objects.first().pk).update(title="Misspelt")


def without_guards(there):
    triggers.remove(connection)
