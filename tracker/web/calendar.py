"""One's own calendar address: made, shown once, made anew, revoked."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.urls import reverse

from tracker.models import CalendarFeed, User
from tracker.rules.refusal import Refused
from tracker.services import calendar_feeds
from tracker.web.accounts import address_of
from tracker.web.forms.actions import ConfirmForm
from tracker.web.forms.mail import CalendarForm
from tracker.web.pages import VerbPage


def webcal(address: str) -> str:
    """The same address in the scheme that calendar programs open."""
    return urlsplit(address)._replace(scheme="webcal").geturl()


class OnCalendar(VerbPage):
    """A page about the person's calendar address."""

    standing: CalendarFeed | None

    def find(self, **kwargs: Any) -> None:
        self.standing = calendar_feeds.standing_of(self.person)


class CalendarPage(OnCalendar):
    """Whether there is an address; its button makes one, which is shown on the answer and never again."""

    form_class = CalendarForm
    template_name = "tracker/calendar.html"
    title = "Your calendar"
    address = ""

    def back(self) -> str:
        return reverse("me")

    def get_initial(self) -> dict[str, Any]:
        return {"seen": self.standing.made_at.isoformat() if self.standing else CalendarForm.NONE}

    def act(self, form: CalendarForm) -> None:
        seen: datetime | None = form.cleaned_data["seen"]
        person = self.row(self.rows(User), self.person.pk)
        secret = calendar_feeds.make(person, seen=seen, by=self.actor, at=self.moment)
        self.address = address_of(reverse("calendar-feed", args=[secret]))

    def say(self) -> None:
        """The page itself shows it."""

    def form_valid(self, form: CalendarForm) -> HttpResponse:
        answer = super().form_valid(form)
        return self.render_to_response(self.get_context_data(form=form)) if self.address else answer

    def form_invalid(self, form: CalendarForm) -> HttpResponse:
        """Go on from the address that stands now."""
        form.data = form.data.copy()
        form.data["seen"] = self.get_initial()["seen"]
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs["button"] = "Make a new address" if self.standing else "Make my private address"
        shown = {"address": self.address, "webcal": webcal(self.address) if self.address else ""}
        return super().get_context_data(standing=self.standing, **shown, **kwargs)


class RevokePage(OnCalendar):
    """Revoke the address: whoever has it reads nothing more."""

    form_class = ConfirmForm
    title = "Revoke your calendar address?"
    intro = (
        "It stops answering at once, for every program that you gave it to. Those keep the days they have until you"
        " remove the calendar there. You can make another address at any time."
    )
    button = "Revoke it"
    done = "The address is revoked: it answers nobody any more."
    warns = True

    def back(self) -> str:
        return reverse("calendar")

    def allow(self) -> None:
        if self.standing is None:
            raise Refused("You have no calendar address at present.")

    def act(self, form: ConfirmForm) -> None:
        if self.standing is not None:
            calendar_feeds.revoke(self.standing, by=self.actor, at=self.moment)
