"""Erasing evidence, or the words of a note, after a breach: one person asks, a second one decides."""

from typing import Any

from django.urls import reverse

from tracker.access import check
from tracker.choices import Role
from tracker.models import Erasure, Evidence, Membership, ProgressNote, User
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import erasures
from tracker.web.evidence import OnEvidence
from tracker.web.forms.evidence import DecideErasureForm, EraseForm
from tracker.web.pages import VerbPage

ABOUT = ("evidence__action__authority", "note__action__authority", "note__written_by")


class AskPage(OnEvidence):
    """Ask for evidence to be erased; nothing is erased yet."""

    form_class = EraseForm
    template_name = "tracker/erase.html"
    title = "Ask for this evidence to be erased"
    button = "Ask a second person to erase it"
    done = "The erasure is asked for. Another improvement lead decides."
    warns = True

    def allow(self) -> None:
        erasures.check_ask(self.evidence, self.actor, self.day)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            others=other_leads(self, self.evidence.action.authority_id), refused=refused(self.evidence), **kwargs
        )

    def act(self, form: EraseForm) -> None:
        erasures.ask_erasure(self.evidence, reason=form.cleaned_data["reason"], by=self.actor, at=self.moment)


class AskNotePage(VerbPage):
    """Ask for the words of a note to be erased; nothing is erased yet."""

    section = "actions"
    form_class = EraseForm
    template_name = "tracker/erase_note.html"
    title = "Ask for the words of this note to be erased"
    button = AskPage.button
    done = AskPage.done
    warns = True
    note: ProgressNote

    def find(self, **kwargs: Any) -> None:
        self.note = self.row(self.rows(ProgressNote).select_related("action__authority"), kwargs["number"])

    def allow(self) -> None:
        erasures.check_ask(self.note, self.actor, self.day)

    def back(self) -> str:
        return reverse("action", args=[self.note.action_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        others = other_leads(self, self.note.action.authority_id)
        about = {"about": self.note.action.reference, "note": self.note, "refused": refused(self.note)}
        return super().get_context_data(others=others, **about, **kwargs)

    def act(self, form: EraseForm) -> None:
        erasures.ask_erasure(self.note, reason=form.cleaned_data["reason"], by=self.actor, at=self.moment)


def refused(thing: Evidence | ProgressNote) -> Erasure | None:
    """The latest decision not to erase it, so that nobody asks again unknowingly."""
    return thing.erasures.filter(granted=False).select_related("decided_by").order_by("decided_at").last()


def other_leads(page: VerbPage, authority: int) -> Any:
    """The other leads of the council: one of them has to decide."""
    leading = page.rows(Membership).current().filter(authority=authority, role=Role.LEAD)
    return page.rows(User).filter(pk__in=leading.values("user")).exclude(pk=page.person.pk).order_by("name")


class DecidePage(VerbPage):
    """Erase the evidence or the words, or refuse to; never by the person who asked."""

    section = "actions"
    form_class = DecideErasureForm
    template_name = "tracker/decide_erasure.html"
    title = "Is this evidence to be erased?"
    button = "Save the decision"
    warns = True
    erasure: Erasure

    def find(self, **kwargs: Any) -> None:
        rows = self.rows(Erasure).select_related(*ABOUT, "asked_by", "decided_by")
        self.erasure = self.row(rows, kwargs["number"])

    def allow(self) -> None:
        check(self.actor, Ability.KEEP_PLAN, self.erasure.authority_id)

    def back(self) -> str:
        return f"{reverse('action', args=[self.erasure.thing.action_id])}#{'notes' if self.erasure.note_id else 'evidence'}-title"

    def closed(self) -> str:
        """Why the person cannot decide, in the verb's own words."""
        try:
            erasures.check_decide(self.erasure, self.actor, self.day)
        except Refused as refusal:
            return refusal.sentence
        return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = self.erasure.thing.action.reference
        self.title = "Are the words of this note to be erased?" if self.erasure.note_id else self.title
        return super().get_context_data(
            about=about, erasure=self.erasure, closed=self.closed(), **self.told(), **kwargs
        )

    def told(self) -> dict[str, str]:
        """Why it was refused, where it was."""
        return {"why_not": erasures.why_refused(self.erasure)} if self.erasure.granted is False else {}

    def get_success_url(self) -> str:
        """The action from its top, where the page says what was decided."""
        return reverse("action", args=[self.erasure.thing.action_id])

    def act(self, form: DecideErasureForm) -> None:
        given = form.cleaned_data
        granted = given["decision"] == "grant"
        called = "note" if self.erasure.note_id else "evidence"
        self.done = f"The {called} is erased." if granted else f"The {called} stays as it is."
        erasures.decide_erasure(self.erasure, granted=granted, reason=given["reason"], by=self.actor, at=self.moment)
