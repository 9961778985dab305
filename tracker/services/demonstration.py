"""The people an installation begins with, and the plan a demonstration shows: invented people, real reports."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from tracker.access import Actor, check_site
from tracker.choices import AcceptedAs, Channel, EventKind, IntakeState, Role
from tracker.models import Authority, Intake, Report, User
from tracker.rules.refusal import Refused
from tracker.services import acceptance, actions, intake, memberships, people, reference, trail

# Letters and digits that nobody takes for one another.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
OWNED = 3  # actions that the demonstration's owner begins with


@dataclass(frozen=True)
class Newcomer:
    """Somebody an installation begins with. The name is invented; `places` are short codes of authorities."""

    email: str
    name: str
    job_title: str
    role: Role | None = None
    places: tuple[str, ...] = ()
    is_staff: bool = False
    is_superuser: bool = False


@dataclass(frozen=True)
class Welcome:
    """A person with a password that was made just now and is kept nowhere in words."""

    person: User
    password: str


ADMINISTRATOR = Newcomer("administrator@example.org", "Robin Ash", "Administrator", is_staff=True, is_superuser=True)
LEAD = Newcomer("lead@example.org", "Maya Thorne", "Improvement lead", Role.LEAD, ("RTH", "STF", "WSX"), is_staff=True)
OWNER = Newcomer("owner@example.org", "Sam Brook", "Service manager", Role.OWNER, ("RTH",))


def password() -> str:
    """A password of sixteen characters in four groups: about 79 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


@transaction.atomic
def begin_administrator(*, by: Actor, at: datetime) -> list[Welcome]:
    """Add the site's first administrator; nobody where there is one already. Raises Refused."""
    check_site(by)
    if User.objects.filter(is_superuser=True).exists():
        return []
    return [_add(ADMINISTRATOR, by=by, at=at)]


@transaction.atomic
def begin_people(*, by: Actor, at: datetime) -> list[Welcome]:
    """Add the demonstration's lead and owner with their memberships; those who are there are left as they are.

    Raises Refused outside a demonstration.
    """
    _check_demonstration(by)
    return [_add(each, by=by, at=at) for each in (LEAD, OWNER) if people.person_of(each.email) is None]


def _check_demonstration(by: Actor) -> None:
    check_site(by)
    if not trail.is_demonstration():
        raise Refused("This is a real installation: it takes no demonstration.")


def _add(newcomer: Newcomer, *, by: Actor, at: datetime) -> Welcome:
    made = password()
    person = people.add_person(
        email=newcomer.email,
        name=newcomer.name,
        job_title=newcomer.job_title,
        password=made,
        is_staff=newcomer.is_staff,
        is_superuser=newcomer.is_superuser,
        by=by,
        at=at,
    )
    for authority in Authority.objects.filter(code__in=newcomer.places):
        if newcomer.role:
            memberships.grant_membership(user=person, authority=authority, role=newcomer.role, by=by, at=at)
    return Welcome(person, made)


@transaction.atomic
def new_passwords(*, by: Actor, at: datetime) -> list[Welcome]:
    """Give the demonstration's people new passwords; their sessions end. Raises Refused outside a demonstration."""
    _check_demonstration(by)
    emails = [each.email for each in (ADMINISTRATOR, LEAD, OWNER)]
    return [_renewed(person, by=by, at=at) for person in User.objects.filter(email__in=emails).order_by("pk")]


def _renewed(person: User, *, by: Actor, at: datetime) -> Welcome:
    made = password()
    person.set_password(made)
    person.save()
    trail.record(EventKind.PERSON_CHANGED, person, chain=None, by=by, at=at, reason="A new password was made.")
    return Welcome(person, made)


def begin_plan(paths: Iterable[Path], *, by: Actor, at: datetime) -> list[Report]:
    """Accept the reports as plans, in the name of the demonstration's lead; a report dealt with already is left alone.

    No date is supplied that a report does not print: supplying it is the lead's decision. Raises Refused outside a
    demonstration, and where a report cannot be read.
    """
    _check_demonstration(by)
    lead = people.person_of(LEAD.email)
    if lead is None:
        return []
    acting = Actor(lead, Channel.COMMAND, by.request_id)
    received = [_received(path, by=acting, at=at) for path in paths]
    return [_accepted(each, by=acting, at=at) for each in received if each.state == IntakeState.READ]


def _received(path: Path, *, by: Actor, at: datetime) -> Intake:
    data = path.read_bytes()
    known = Intake.objects.filter(sha256=hashlib.sha256(data).hexdigest()).first()
    if known:
        return known
    reading = intake.read_bytes(data, name=path.name)
    authority = reference.authority_named(reading.authority or "")
    if authority is None:
        raise Refused(f"{path.name} names no authority that is known here.")
    return intake.receive(data, name=path.name, authority=authority, by=by, at=at, reading=reading)


@transaction.atomic
def _accepted(received: Intake, *, by: Actor, at: datetime) -> Report:
    report = acceptance.accept(received, accepted_as=AcceptedAs.PLAN, by=by, at=at)
    owner = people.person_of(OWNER.email)
    if owner and report.authority.code in OWNER.places:
        first = report.recommendations.filter(actions__isnull=False).order_by("number")[:OWNED]
        for recommendation in first:
            actions.assign(recommendation.actions.get(), owner=owner, by=by, at=at)
    return report
