"""Reports coming in: a file is received and read, then a person looks at what was read and accepts it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from tracker.access import check
from tracker.choices import IntakeState
from tracker.models import Authority, Intake
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import intake
from tracker.web.forms.actions import ReasonForm
from tracker.web.forms.reports import UploadForm
from tracker.web.pages import VerbPage


def has_recommendations(received: Intake) -> bool:
    """Whether there is anything in the reading, as a person left it, to accept."""
    return bool((received.corrected or received.draft or {}).get("recommendations"))


class UploadPage(VerbPage):
    """Bring a report in. It is read at once, and nothing is in the plan until somebody accepts it."""

    section = "reports"
    form_class = UploadForm
    title = "Add a report"
    intro = "The report is read for its recommendations. You look at what was read before anything enters the plan."
    button = "Read the report"
    done = "The report is read. Look at what was found, then accept it."
    made: Intake
    known = False

    def allow(self) -> None:
        if not self.led():
            raise Refused("Only an improvement lead may add a report.")

    def back(self) -> str:
        return reverse("reports")

    def get_form_kwargs(self) -> dict[str, Any]:
        led = self.rows(Authority).filter(pk__in=[authority.pk for authority in self.led()])
        return {**super().get_form_kwargs(), "authorities": led}

    def act(self, form: UploadForm) -> None:
        given = form.cleaned_data
        file, by, at = given["file"], self.actor, self.moment
        made = intake.receive(file.read(), name=file.name, authority=given["authority"], by=by, at=at)
        self.known = made.state != IntakeState.WAITING
        self.made = made if self.known else intake.read(made, by=by, at=at)

    def say(self) -> None:
        """A file that could not be read has a page that says so; nothing is done there, nor with a file known before."""
        if self.known:
            messages.info(self.request, "This file was brought in before. Here is what was read then.")
            return
        if self.made.state == IntakeState.READ and not has_recommendations(self.made):
            self.done = "The file is read, but there are no recommendations in it."
        if self.made.state != IntakeState.UNREADABLE:
            super().say()

    def form_valid(self, form: UploadForm) -> HttpResponse:
        answer = super().form_valid(form)
        return redirect("intake", self.made.pk) if answer.status_code == 302 else answer


class SetAsidePage(VerbPage):
    """Put a file aside with a reason."""

    section = "reports"
    form_class = ReasonForm
    title = "Set this file aside"
    intro = "It is no report, it could not be read, or another copy of it is used. The file itself is kept."
    button = "Set it aside"
    warns = True
    done = "The file is set aside."

    intake: Intake

    def find(self, **kwargs: Any) -> None:
        self.intake = self.row(self.rows(Intake).select_related("authority"), kwargs["number"])

    def allow(self) -> None:
        check(self.actor, Ability.KEEP_PLAN, self.intake.authority_id)

    def back(self) -> str:
        return reverse("reports")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(about=self.intake.name, **kwargs)

    def act(self, form: ReasonForm) -> None:
        intake.set_aside(self.intake, reason=form.cleaned_data["reason"], by=self.actor, at=self.moment)
