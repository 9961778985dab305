"""The making of a pack: claimed by one maker, then made or failed; a maker that dies leaves it to the next. One update each."""

from datetime import datetime, timedelta
from typing import IO, Any

from django.core.files import File
from django.db import transaction
from django.db.models import F

from tracker.access import Actor, check_pack, check_site
from tracker.choices import EventKind, PackState
from tracker.models import Event, Pack
from tracker.rules.refusal import Refused
from tracker.services import trail
from tracker.services.packs.plan import Plan, plan_as_at
from tracker.services.packs.requests import told

# How long a maker may be silent; after that somebody else takes the pack up.
LEASE = timedelta(minutes=10)
MOST_ATTEMPTS = 3
GIVEN_UP = "It was begun three times and never finished. Try again, and tell whoever runs this installation."


class Lost(Refused):
    """The pack is no longer this maker's: its lease ran out, or the pack was taken away or is made anew."""


def claim(*, by: Actor, at: datetime) -> Pack | None:
    """Take the pack that has waited longest; nobody else makes it until the lease runs out. None where none waits."""
    check_site(by)
    spent = Pack.objects.waiting(at).filter(attempts__gte=MOST_ATTEMPTS)
    spent.update(state=PackState.FAILED, words=GIVEN_UP, claimed_until=None)
    for number in Pack.objects.waiting(at).order_by("asked_at", "pk").values_list("pk", flat=True)[:10]:
        taken = (
            Pack.objects.waiting(at)
            .filter(pk=number)
            .update(
                state=PackState.MAKING, claimed_until=at + LEASE, attempts=F("attempts") + 1, claims=F("claims") + 1
            )
        )
        if taken:
            return Pack.objects.select_related("authority", "asked_by").get(pk=number)
    return None


def plan_of(pack: Pack, *, by: Actor, at: datetime) -> Plan:
    """The plan that a claimed pack is to tell, through the event that was settled when it was asked for. Raises Refused."""
    check_site(by)
    plan = plan_as_at(pack.authority, pack.scope, by=by, at=max(at, pack.as_at), through=pack.sequence)
    if plan.through.hash != pack.head:
        raise Refused("The trail is no longer the one that this pack was asked of. Verify the trail.")
    return plan


def progressed(pack: Pack, *, words: str, done: int, steps: int, by: Actor, at: datetime) -> None:
    """Say what is being done, and keep the pack for another lease. Raises Lost."""
    check_site(by)
    if not _mine(pack).update(words=words, done=done, steps=steps, claimed_until=at + LEASE):
        raise Lost("This pack is no longer made here.")


@transaction.atomic
def made(pack: Pack, *, file: IO[bytes], name: str, digest: str, by: Actor, at: datetime, words: str = "") -> Pack:
    """Keep the file of a pack, and tell the trail of its hash. `words` say what is missing in it, if anything.

    Raises Lost, and OSError where the file cannot be kept.
    """
    check_site(by)
    kept: Pack | None = _mine(pack).select_for_update().first()
    if kept is None:
        raise Lost("This pack is no longer made here.")
    kept.state, kept.made_at, kept.claimed_until, kept.words, kept.sha256 = PackState.MADE, at, None, words, digest
    kept.file.save(name, File(file), save=False)
    kept.size = kept.file.size
    try:
        kept.save()
        details = {**told(kept), "name": name, "sha256": digest}
        trail.record(EventKind.PACK_MADE, kept.authority, chain=kept.authority, by=by, at=at, details=details)
    except BaseException:
        kept.file.delete(save=False)
        raise
    return kept


def failed(pack: Pack, *, why: str, by: Actor, at: datetime) -> None:
    """The pack could not be made, for a reason in a sentence; it can be tried again."""
    check_site(by)
    _mine(pack).update(state=PackState.FAILED, words=why, claimed_until=None)


def _mine(pack: Pack) -> Any:
    return Pack.objects.filter(pk=pack.pk, claims=pack.claims, state=PackState.MAKING)


@transaction.atomic
def taken(plan: Plan, *, name: str, digest: str, by: Actor, at: datetime) -> Event:
    """Tell the trail that a file of the plan was made and leaves at once: of which moment, under which hash."""
    check_pack(by, plan.authority, confidential=plan.scope.confidential)
    details = {"name": name, "sha256": digest, "through": plan.through.sequence, "head": plan.through.hash}
    return trail.record(EventKind.PACK_MADE, plan.authority, chain=plan.authority, by=by, at=at, details=details)
