"""The review of a reading: each finding beside the page it comes from, and what a person makes of it.

Every change is saved at once, so nothing is lost on a reload; the machine's own reading stays beside it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from tracker.access import check
from tracker.choices import Family, IntakeState
from tracker.models import Intake
from tracker.rules import drafts
from tracker.rules.citations import Cutting, cuttings
from tracker.rules.drafts import Draft
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import intake, reference, revisions
from tracker.web.pages import Page, Shown

UNDECIDED = (IntakeState.READ, IntakeState.WAITING, IntakeState.UNREADABLE)
HEADINGS: dict[IntakeState, str] = {
    IntakeState.WAITING: "This file has not been read yet",
    IntakeState.UNREADABLE: "This file could not be read",
    IntakeState.SET_ASIDE: "This file has been set aside",
}


@dataclass(frozen=True)
class Finding:
    """One proposed recommendation as the page shows it: the item, its place in the list, its picture, its doubts."""

    number: int
    item: dict[str, Any]
    cuttings: list[Cutting]
    doubts: list[str]
    is_last: bool

    @property
    def label(self) -> str:
        """The number as a word of a sentence."""
        return str(self.number)

    @property
    def made(self) -> str:
        """What a person made of it, in words; empty where it is as the machine read it."""
        if not self.item["from"]:
            return "Added by a person"
        if len(self.item["from"]) > 1:
            return "Joined by a person"
        if self.item["from"] != [self.item["id"]]:
            return "Divided by a person"
        return "Corrected by a person" if self.item.get("corrected") else ""


def findings_of(draft: Draft) -> list[Finding]:
    """The items of a draft in their order, each with what to show of its pages."""
    items, sizes = draft["recommendations"], draft.get("sizes") or {}
    return [
        Finding(n, item, cuttings(item.get("source"), sizes), drafts.doubts_of(draft, item), n == len(items))
        for n, item in enumerate(items, 1)
    ]


def draft_of(received: Intake) -> Draft:
    """The draft as a person left it, ready to be changed."""
    return drafts.begun(received.corrected or received.draft or {})


class OnReading:
    """What the pages of a review share: the file received, for those who keep the plan, with its draft."""

    section = "reports"
    intake: Intake

    def find(self: Any, **kwargs: Any) -> None:
        """The intake of the address, or 404."""
        self.intake = self.row(self.rows(Intake).select_related("authority", "corrects"), kwargs["number"])

    def allow(self: Any) -> None:
        """Only those who keep the plan, and only while there is something to review."""
        check(self.actor, Ability.KEEP_PLAN, self.intake.authority_id)
        if self.intake.state != IntakeState.READ:
            raise Refused("Only a report that has been read and is not yet accepted can be changed.")

    @property
    def draft(self: Any) -> Draft:
        """The draft as it stands."""
        return draft_of(self.intake)

    def back(self: Any) -> str:
        """The review."""
        return reverse("intake", args=[self.intake.pk])


class ReviewPage(Shown):
    """What was read: doubts on top, then each finding beside its page, then what was left out."""

    template_name = "tracker/review.html"
    title = "Look at what was read"
    section = "reports"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        received = self.row(self.rows(Intake).select_related("authority", "corrects"), kwargs["number"])
        if received.state == IntakeState.ACCEPTED:
            return redirect("report", received.corrects_id or received.report.pk)
        return self.render_to_response(self.get_context_data(intake=received))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        received: Intake = kwargs["intake"]
        draft = draft_of(received)
        self.title = HEADINGS.get(IntakeState(received.state), self.title)
        readable = received.state == IntakeState.READ
        found = {
            "draft": draft,
            "family": Family(draft["framework"]).label if draft.get("framework") in Family.values else "",
            "readable": readable,
            "undecided": received.state in UNDECIDED,
            "findings": findings_of(draft),
            "twin": revisions.report_of(received) if readable else None,
            "stranger": stranger_to(received, draft),
            "readable_files": intake.READABLE,
        }
        return super().get_context_data(**found, **kwargs)


def stranger_to(received: Intake, draft: Draft) -> str:
    """The council the report itself speaks of, where it is another than the one it was added to."""
    named = reference.authority_named(draft.get("authority") or "")
    return "" if named is None or named == received.authority else named.short_name


@dataclass(frozen=True)
class Change:
    """A change by one press of a button: what it does to the draft, and how it is told."""

    make: Callable[[Draft, int], Draft]
    told: str


CHANGES: dict[str, Change] = {
    "up": Change(lambda draft, key: drafts.shift(draft, key, -1), "Recommendation {} is moved up."),
    "down": Change(lambda draft, key: drafts.shift(draft, key, 1), "Recommendation {} is moved down."),
    "join": Change(drafts.join_next, "Recommendation {} and the next are joined into one."),
    "drop": Change(drafts.drop, "Recommendation {} is left out. You find it at the end of the list."),
    "put-back": Change(drafts.put_back, "The recommendation is put back."),
}


class ChangePage(OnReading, Page):
    """One press, one change: nothing to fill in. It leads back to where the button stood."""

    def post(self, request: HttpRequest, number: int, key: int, change: str) -> HttpResponse:
        if change not in CHANGES:
            raise Http404("There is no such change.")
        self.find(number=number)
        chosen = CHANGES[change]
        try:
            self.allow()
            told = chosen.told.format(place_of(self.draft, key))
            made = chosen.make(self.draft, key)
            version = int(request.POST.get("version") or 0) or None
            intake.correct(self.intake, draft=made, what=told, version=version, by=self.actor, at=self.moment)
            messages.success(request, told)
        except (Refused, ValueError) as refusal:
            messages.error(request, getattr(refusal, "sentence", "This page was out of date. Look at it again."))
        return redirect(f"{self.back()}#item-{key}")


def place_of(draft: Draft, key: int) -> int | str:
    """The number an item has in the list, as the page shows it."""
    places = {item["id"]: place for place, item in enumerate(draft["recommendations"], 1)}
    return places.get(key, "")
