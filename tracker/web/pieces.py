"""The evidence of an action as pages show it: by the date it is about, with its kind in words and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.access import Rights
from tracker.choices import EvidenceKind
from tracker.models import Action, Erasure, Evidence
from tracker.rules.file_kinds import BY_MEDIA_TYPE
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.services import evidence
from tracker.web.pages import Page

PEOPLE = ("added_by", "on_behalf_of", "withdrawn_by")
WORDS: dict[str, str] = {EvidenceKind.FILE: "File", EvidenceKind.LINK: "Link", EvidenceKind.NOTE: "Observation"}


@dataclass(frozen=True)
class Piece:
    """One piece of evidence, and its erasure where one was done or (for those who keep the plan) asked for."""

    row: Evidence
    erasure: Erasure | None

    @property
    def stands(self) -> bool:
        """Neither withdrawn nor erased."""
        return not (self.row.withdrawn_at or self.row.erased_at)

    @property
    def kind(self) -> str:
        """PDF, Word document, link, observation."""
        known = BY_MEDIA_TYPE.get(self.row.media_type)
        words = known.words if known else WORDS[self.row.kind]
        return words[:1].upper() + words[1:]

    @property
    def day(self) -> date:
        """The day it is about, or else the day it was received."""
        return self.row.about_on or day_of(self.row.received_at)

    @property
    def asked(self) -> Erasure | None:
        """The erasure that awaits a decision."""
        return self.erasure if self.erasure and self.erasure.granted is None else None


def of(page: Page, action: Action) -> list[Piece]:
    """The evidence of an action that the person may see, the latest date it is about first."""
    rows = list(page.rows(Evidence).filter(action=action).select_related(*PEOPLE))
    erasures = page.rows(Erasure).filter(evidence__in=[row.pk for row in rows]).exclude(granted=False)
    known = {each.evidence_id: each for each in erasures.select_related("asked_by", "decided_by")}
    for row in rows:
        row.action = action
    found = [Piece(row, known.get(row.pk)) for row in rows]
    return sorted(found, key=lambda piece: (piece.day, piece.row.received_at, piece.row.pk), reverse=True)


@dataclass(frozen=True)
class Withdrawal:
    """Whether the standing evidence of an action may be withdrawn, and if not, the sentence that says why."""

    refusal: str


def withdrawal(pieces: Sequence[Piece], rights: Rights) -> Withdrawal | None:
    """The verb's own check, asked once: all pieces that stand share its answer. None where nothing stands."""
    standing = next((piece.row for piece in pieces if piece.stands), None)
    if standing is None:
        return None
    try:
        evidence.check_withdraw(standing, rights)
    except Refused as refusal:
        return Withdrawal(refusal.sentence)
    return Withdrawal("")
