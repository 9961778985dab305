"""Asking for a pack: the same thing is made once, and offered again to whoever asks for it after that."""

from datetime import datetime

from django.db import transaction

from tracker.access import Actor, check_pack
from tracker.choices import EventKind, PackState
from tracker.models import Authority, BoardMeeting, Event, Pack
from tracker.rules.chain import moment
from tracker.rules.london import day_of
from tracker.rules.pack import VERSION, Scope, fingerprint
from tracker.rules.refusal import Refused
from tracker.services import trail
from tracker.services.erasable import Thing
from tracker.services.packs.plan import plan_as_at

# What a person does by reading alone: a plan is the same before and after it.
READING = (
    EventKind.PACK_ASKED,
    EventKind.PACK_MADE,
    EventKind.PACK_DOWNLOADED,
    EventKind.LIST_SAVED,
    EventKind.EVIDENCE_DOWNLOADED,
    EventKind.SPREADSHEET_DOWNLOADED,
    EventKind.ACCESS_LIST_SAVED,
    EventKind.ACCESS_REVIEWED,
)


@transaction.atomic
def ask(authority: Authority, scope: Scope, *, by: Actor, at: datetime, meeting: BoardMeeting | None = None) -> Pack:
    """Ask for a pack; the one that is there or on its way already, where it holds the same.

    Raises Refused where there is nothing to show as at that moment, or the person may not take such a pack.
    """
    plan = plan_as_at(authority, scope, by=by, at=at)
    name = fingerprint(authority.code, scope, plan.through.sequence)
    known = Pack.objects.standing().filter(fingerprint=name).first() or _same_day(authority, scope, at)
    if known:
        return _offered(known, meeting, by, at)
    pack = Pack.objects.create(
        authority=authority,
        as_at=scope.as_at,
        since=scope.since,
        confidential=scope.confidential,
        files=scope.files,
        version=VERSION,
        sequence=plan.through.sequence,
        head=plan.through.hash,
        fingerprint=name,
        meeting=meeting,
        asked_at=at,
        asked_by=by.user,
    )
    trail.record(EventKind.PACK_ASKED, authority, chain=authority, by=by, at=at, details=told(pack))
    return pack


def _offered(known: Pack, meeting: BoardMeeting | None, by: Actor, at: datetime) -> Pack:
    """The pack that holds the same; one that failed is tried again, one made for nobody in particular is the meeting's."""
    if meeting and known.meeting_id is None:
        known.meeting = meeting
        known.save(update_fields=["meeting"])
    return again(known, by=by, at=at) if known.state == PackState.FAILED else known


def _same_day(authority: Authority, scope: Scope, at: datetime) -> Pack | None:
    """A pack of an earlier hour of today, where nothing was done since then but reading."""
    if scope.as_at != at:
        return None
    alike = Pack.objects.standing().filter(
        authority=authority, since=scope.since, confidential=scope.confidential, files=scope.files, version=VERSION
    )
    for pack in alike.exclude(state=PackState.FAILED).filter(as_at__lte=at).order_by("-as_at")[:1]:
        since = Event.objects.filter(chain__authority=authority, sequence__gt=pack.sequence)
        if day_of(pack.as_at) == day_of(at) and not since.exclude(kind__in=READING).exists():
            return pack
    return None


def told(pack: Pack) -> dict[str, object]:
    """What the trail tells of a pack: of which moment it is, and what is in it."""
    return {
        "pack": pack.pk,
        "as_at": moment(pack.as_at),
        "since": moment(pack.since) if pack.since else None,
        "confidential": pack.confidential,
        "files": pack.files,
        "through": pack.sequence,
        "head": pack.head,
    }


@transaction.atomic
def again(pack: Pack, *, by: Actor, at: datetime) -> Pack:
    """Try again to make a pack that could not be made. Raises Refused."""
    check_pack(by, pack.authority_id, confidential=pack.confidential)
    kept: Pack = Pack.objects.select_for_update().get(pk=pack.pk)
    if kept.state != PackState.FAILED:
        raise Refused("This pack has not failed: it is there, or on its way.")
    kept.state, kept.words, kept.done, kept.steps, kept.claimed_until = PackState.WAITING, "", 0, 0, None
    kept.attempts = 0
    kept.save()
    trail.record(EventKind.PACK_ASKED, kept.authority, chain=kept.authority, by=by, at=at, details=told(kept))
    return kept


@transaction.atomic
def downloaded(pack: Pack, *, by: Actor, at: datetime) -> Pack:
    """Tell the trail that somebody takes a pack out of the house. Raises Refused where it is not made, or not theirs."""
    check_pack(by, pack.authority_id, confidential=pack.confidential)
    kept: Pack = Pack.objects.select_for_update().get(pk=pack.pk)
    if kept.state != PackState.MADE:
        raise Refused("This pack is not there to be downloaded.")
    details = {**told(kept), "sha256": kept.sha256}
    trail.record(EventKind.PACK_DOWNLOADED, kept.authority, chain=kept.authority, by=by, at=at, details=details)
    return kept


def take_away(thing: Thing, *, authority: Authority, why: str, public_only: bool = False) -> None:
    """Take away every pack of the authority that may hold what must not stay in it; part of the verb that says so.

    One that is being made is made anew. The files are gone when the verb is done.
    """
    told = Event.objects.filter(bodies__subject_type=thing.trail_type(), bodies__subject_id=thing.pk)
    first = told.order_by("pk").first()
    if first is None:
        return
    held = Pack.objects.standing().filter(authority=authority, sequence__gte=first.sequence)
    for pack in held.filter(confidential=False) if public_only else held:
        _take_away(pack, why)


def _take_away(pack: Pack, why: str) -> None:
    name, storage = pack.file.name, pack.file.storage
    if pack.state == PackState.MADE:
        pack.state, pack.words, pack.file.name, pack.meeting = PackState.REMOVED, why, "", None
    elif pack.state == PackState.MAKING:
        pack.state, pack.claimed_until = PackState.WAITING, None
        pack.claims += 1
    pack.save()
    if name:
        transaction.on_commit(lambda: storage.delete(name))
