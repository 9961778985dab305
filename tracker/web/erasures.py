"""Erasing evidence after a breach: one person asks, a second one decides."""

from typing import Any

from django.urls import reverse

from tracker.access import check
from tracker.choices import Role
from tracker.models import Erasure, Membership, User
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import erasures
from tracker.web.evidence import OnEvidence
from tracker.web.forms.evidence import DecideErasureForm, EraseForm
from tracker.web.pages import VerbPage


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
        leading = self.rows(Membership).current().filter(authority=self.evidence.action.authority_id, role=Role.LEAD)
        leads = self.rows(User).filter(pk__in=leading.values("user")).exclude(pk=self.person.pk).order_by("name")
        return super().get_context_data(others=leads, **kwargs)

    def act(self, form: EraseForm) -> None:
        erasures.ask_erasure(self.evidence, reason=form.cleaned_data["reason"], by=self.actor, at=self.moment)


class DecidePage(VerbPage):
    """Erase the evidence, or refuse to; never by the person who asked."""

    section = "actions"
    form_class = DecideErasureForm
    template_name = "tracker/decide_erasure.html"
    title = "Is this evidence to be erased?"
    button = "Save the decision"
    warns = True
    erasure: Erasure

    def find(self, **kwargs: Any) -> None:
        rows = self.rows(Erasure).select_related("evidence__action__authority", "asked_by", "decided_by")
        self.erasure = self.row(rows, kwargs["number"])

    def allow(self) -> None:
        check(self.actor, Ability.KEEP_PLAN, self.erasure.authority_id)

    def back(self) -> str:
        return f"{reverse('action', args=[self.erasure.evidence.action_id])}#evidence-title"

    def closed(self) -> str:
        """Why the person cannot decide, in the verb's own words."""
        try:
            erasures.check_decide(self.erasure, self.actor, self.day)
        except Refused as refusal:
            return refusal.sentence
        return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = self.erasure.evidence.action.reference
        return super().get_context_data(about=about, erasure=self.erasure, closed=self.closed(), **kwargs)

    def act(self, form: DecideErasureForm) -> None:
        given = form.cleaned_data
        granted = given["decision"] == "grant"
        self.done = "The evidence is erased." if granted else "The evidence stays as it is."
        erasures.decide_erasure(self.erasure, granted=granted, reason=given["reason"], by=self.actor, at=self.moment)
