"""Evidence: adding, withdrawing with a reason, marking it confidential or open, and telling of a download."""

import hashlib
from datetime import date, datetime

from django.db import transaction

from tracker.access import Actor, Rights, check, check_evidence
from tracker.choices import EventKind, EvidenceKind
from tracker.models import Action, Evidence, User
from tracker.rules.file_names import visible
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.rules.standing import OPEN
from tracker.services import packs, trail, uploads
from tracker.services.actions import check_behalf, heard
from tracker.services.locking import locked

TAKEN_AWAY = "It held evidence that was marked confidential on {at:%-d %B %Y}. Ask for it again."


def add_file(
    action: Action,
    *,
    data: bytes,
    name: str,
    by: Actor,
    at: datetime,
    title: str = "",
    about_on: date | None = None,
    confidential: bool = True,
    on_behalf_of: User | None = None,
) -> Evidence:
    """Keep a file as evidence, private and under a name nobody can guess.

    What it is comes from its content. Raises Refused for an empty or too large one, for a kind that is not kept, and
    where the virus check finds something or does not answer.
    """
    check_behalf(action, on_behalf_of, by, on=day_of(at))
    _check_about(about_on, day_of(at))
    upload = uploads.checked(data, name, by=by)
    evidence = Evidence(
        kind=EvidenceKind.FILE,
        title=_title(title, upload.name),
        media_type=upload.kind.media_type,
        sha256=upload.sha256,
        size=len(data),
    )
    with uploads.stored(evidence, upload):
        return _added(evidence, action, about_on, confidential, on_behalf_of, by, at)


def twin_of(action: Action, *, data: bytes) -> Evidence | None:
    """The evidence of the action that holds the very same bytes and still stands."""
    digest = hashlib.sha256(data).hexdigest()
    found: Evidence | None = action.evidence.standing().filter(sha256=digest).order_by("pk").first()
    return found


def _title(given: str, otherwise: str) -> str:
    """What a piece of evidence is called, without characters that show it as something else."""
    return (visible(given) or visible(otherwise))[:255]


def _check_about(about_on: date | None, on: date) -> None:
    if about_on and about_on > on:
        raise Refused("Evidence cannot be about a day still to come.", "about_on")


def add_link(
    action: Action,
    *,
    url: str,
    by: Actor,
    at: datetime,
    title: str = "",
    about_on: date | None = None,
    confidential: bool = True,
    on_behalf_of: User | None = None,
) -> Evidence:
    """Keep the address of something as evidence; only http and https."""
    if not url.startswith(("https://", "http://")):
        raise Refused("Give an address that begins with https://.", "url")
    evidence = Evidence(kind=EvidenceKind.LINK, url=url, title=_title(title, url))
    return _added(evidence, action, about_on, confidential, on_behalf_of, by, at)


def add_note(
    action: Action,
    *,
    text: str,
    title: str,
    by: Actor,
    at: datetime,
    about_on: date | None = None,
    confidential: bool = True,
    on_behalf_of: User | None = None,
) -> Evidence:
    """Keep a written observation as evidence."""
    if not text.strip():
        raise Refused("Write what was seen.", "text")
    evidence = Evidence(kind=EvidenceKind.NOTE, text=text.strip(), title=_title(title, text.strip()[:60]))
    return _added(evidence, action, about_on, confidential, on_behalf_of, by, at)


@transaction.atomic
def _added(
    evidence: Evidence,
    action: Action,
    about_on: date | None,
    confidential: bool,
    on_behalf_of: User | None,
    by: Actor,
    at: datetime,
) -> Evidence:
    kept = locked(action)
    check_behalf(kept, on_behalf_of, by, on=day_of(at))
    _check_about(about_on, day_of(at))
    evidence.action, evidence.about_on, evidence.confidential = kept, about_on, confidential
    evidence.received_at, evidence.added_by, evidence.on_behalf_of = at, by.person(), on_behalf_of
    evidence.save()
    heard(kept, at)
    trail.record(EventKind.EVIDENCE_ADDED, evidence, chain=kept.authority, by=by, at=at)
    return evidence


def check_withdraw(evidence: Evidence, rights: Rights) -> None:
    """Refuses what withdraw would refuse, with the same sentence, so that a page can say it beforehand.

    `rights` are the person's, about the action of the evidence.
    """
    action = evidence.action
    rights.check(Ability.WORK)
    decides = rights.whole(Ability.SIGN_OFF) and action.owner_id != rights.by.person().pk
    if action.status not in OPEN and not decides:
        raise Refused(
            "The action rests on this evidence: while it is submitted or closed, only a lead may withdraw it."
        )
    if evidence.withdrawn_at or evidence.erased_at:
        raise Refused("This evidence has been withdrawn or erased already.")


@transaction.atomic
def withdraw(evidence: Evidence, *, reason: str, by: Actor, at: datetime) -> Evidence:
    """Withdraw a piece of evidence with a reason: it counts no longer, and stays to be seen."""
    kept = locked(evidence)
    check_withdraw(kept, Rights(by, kept.action, on=day_of(at)))
    if not reason.strip():
        raise Refused("Give a reason.", "reason")
    kept.withdrawn_at, kept.withdrawn_by, kept.withdrawn_reason = at, by.person(), reason.strip()
    kept.save()
    trail.record(EventKind.EVIDENCE_WITHDRAWN, kept, chain=kept.action.authority, by=by, at=at, reason=reason)
    return kept


def check_mark(evidence: Evidence, by: Actor, *, confidential: bool) -> None:
    """Refuses what mark would refuse, with the same sentence, so that a page can say it beforehand."""
    check(by, Ability.KEEP_PLAN, evidence.action.authority_id)
    if evidence.erased_at:
        raise Refused("This evidence has been erased.")
    if evidence.confidential == confidential:
        raise Refused(f"This evidence is {'confidential' if confidential else 'open to the board'} already.")


@transaction.atomic
def mark(evidence: Evidence, *, confidential: bool, reason: str, by: Actor, at: datetime) -> Evidence:
    """Make a piece of evidence confidential, or open to the board, with a reason. Only a lead may."""
    check(by, Ability.KEEP_PLAN, evidence.action.authority_id)
    kept = locked(evidence)
    check_mark(kept, by, confidential=confidential)
    if not reason.strip():
        raise Refused("Give a reason.", "reason")
    kept.confidential = confidential
    kept.save()
    if confidential:
        authority = kept.action.authority
        packs.take_away(kept, authority=authority, why=TAKEN_AWAY.format(at=at), public_only=True)
    trail.record(EventKind.EVIDENCE_MARKED, kept, chain=kept.action.authority, by=by, at=at, reason=reason.strip())
    return kept


@transaction.atomic
def downloaded(evidence: Evidence, *, by: Actor, at: datetime) -> Evidence:
    """Tell the trail that somebody took a file out of the house; refuses who may not see it."""
    check_evidence(by, evidence, on=day_of(at))
    if evidence.erased_at or evidence.kind != EvidenceKind.FILE:
        raise Refused("There is no file to download.")
    trail.record(EventKind.EVIDENCE_DOWNLOADED, evidence, chain=evidence.action.authority, by=by, at=at)
    return evidence
