"""Taking a lost second factor off somebody, for the administrators of their councils."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property

from tracker.access import check_takes_factor_off
from tracker.models import User
from tracker.rules.refusal import Refused
from tracker.services import second_factors
from tracker.web.forms.second_factor import TakeOffForm
from tracker.web.letters import tell_of_factor
from tracker.web.pages import VerbPage
from tracker.web.people import InCouncil


class TakeOffPage(InCouncil, VerbPage):
    """Somebody has lost their telephone and their recovery codes."""

    form_class = TakeOffForm
    button = "Take it off"
    warns = True
    intro = (
        "Until they have set up a new one, their password alone opens their account. They are signed out everywhere and"
        " told by mail. Make sure that it is them who asks: speak to them, on a number you knew before."
    )

    @cached_property
    def shown(self) -> User:
        """Whose factor it is."""
        found: User = self.row(self.people(), self.kwargs["number"])
        return found

    def find(self, **kwargs: Any) -> None:
        if not self.keeps:
            raise Http404
        self.title = f"Take the second factor off {self.shown.name}’s account?"

    def allow(self) -> None:
        check_takes_factor_off(self.actor, self.shown)
        if not second_factors.has_factor(self.shown):
            raise Refused(f"{self.shown.name} has no second factor.")

    def back(self) -> str:
        return reverse("person", args=[self.authority.code, self.shown.pk])

    def act(self, form: TakeOffForm) -> None:
        reason = form.cleaned_data["reason"]
        second_factors.take_off(self.shown, reason=reason, by=self.actor, at=self.moment)
        tell_of_factor(self.shown, "taken_off", by=self.person, reason=reason)
        self.done = f"{self.shown.name} has no second factor any more, and is told by mail."
