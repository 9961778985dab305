"""Reports coming in: a file is received and read, then a person looks at what was read and accepts it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from tracker.access import check
from tracker.choices import AcceptedAs, Family, IntakeState
from tracker.models import Authority, Intake, Report
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import acceptance, intake, reference
from tracker.web.forms.actions import ReasonForm
from tracker.web.forms.reports import AcceptForm, UploadForm
from tracker.web.pages import VerbPage

UNDECIDED = (IntakeState.READ, IntakeState.WAITING, IntakeState.UNREADABLE)
HEADINGS: dict[IntakeState, str] = {
    IntakeState.WAITING: "This file has not been read yet",
    IntakeState.UNREADABLE: "This file could not be read",
    IntakeState.SET_ASIDE: "This file has been set aside",
}


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
        known = made.state != IntakeState.WAITING
        self.made = made if known else intake.read(made, by=by, at=at)
        if known:
            self.done = "This file was brought in before. Here is what was read then."

    def say(self) -> None:
        """A file that could not be read has a page that says so; nothing is done there."""
        if self.made.state == IntakeState.READ and not has_recommendations(self.made):
            self.done = "The file is read, but there are no recommendations in it."
        if self.made.state != IntakeState.UNREADABLE:
            super().say()

    def form_valid(self, form: UploadForm) -> HttpResponse:
        answer = super().form_valid(form)
        return redirect("intake", self.made.pk) if answer.status_code == 302 else answer


class OnIntake(VerbPage):
    """A page about a file received, for those who keep the plan."""

    section = "reports"
    intake: Intake

    def find(self, **kwargs: Any) -> None:
        self.intake = self.row(self.rows(Intake).select_related("authority"), kwargs["number"])

    def allow(self) -> None:
        check(self.actor, Ability.KEEP_PLAN, self.intake.authority_id)

    def back(self) -> str:
        return reverse("reports")

    def record(self) -> Intake | None:
        return self.intake

    def facts(self, record: Intake) -> dict[str, str]:
        return {"Standing": record.get_state_display(), "Corrected by a person": "Yes" if record.corrected else "No"}


class AcceptPage(OnIntake):
    """What was read, with the doubts; and the acceptance."""

    form_class = AcceptForm
    template_name = "tracker/intake.html"
    title = "Look at what was read"
    button = "Accept the report"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and self.intake.state == IntakeState.ACCEPTED:
            return redirect("report", self.intake.report.pk)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def twin(self) -> Report | None:
        """The report that this one seems to be another copy of."""
        return intake.twin_of(self.intake) if self.intake.state == IntakeState.READ else None

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "accepted_as": AcceptedAs.PLAN}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "has_twin": self.twin is not None}

    def question(self, form: AcceptForm) -> str | None:
        return f"You may have this report already: {self.twin}." if self.twin else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        draft = self.intake.corrected or self.intake.draft or {}
        self.title = HEADINGS.get(IntakeState(self.intake.state), self.title)
        family = Family(draft["framework"]).label if draft.get("framework") in Family.values else ""
        found = {"draft": draft, "family": family, "intake": self.intake, "about": self.intake.name}
        found["readable"] = self.intake.state == IntakeState.READ
        found["undecided"] = self.intake.state in UNDECIDED
        found["acceptable"] = found["readable"] and has_recommendations(self.intake)
        found["readable_files"] = intake.READABLE
        found["stranger"], found["twin"] = self.stranger(draft), self.twin
        return super().get_context_data(**found, **kwargs)

    def stranger(self, draft: dict[str, Any]) -> str:
        """The council the report itself speaks of, where it is another than the one it was added to."""
        named = reference.authority_named(draft.get("authority") or "")
        return "" if named is None or named == self.intake.authority else named.short_name

    def act(self, form: AcceptForm) -> None:
        given = form.cleaned_data
        date = acceptance.Publication(given["on"], given["source"]) if given["on"] else None
        report = acceptance.accept(
            self.intake,
            accepted_as=AcceptedAs(given["accepted_as"]),
            publication=date,
            version=given["version"],
            by=self.actor,
            at=self.moment,
        )
        self.done = f"The report is accepted {report.get_accepted_as_display().lower()}."
        self.success_url = reverse("report", args=[report.pk])

    def get_success_url(self) -> str:
        return str(self.success_url)


class SetAsidePage(OnIntake):
    """Put a file aside with a reason."""

    form_class = ReasonForm
    title = "Set this file aside"
    intro = "It is no report, it could not be read, or another copy of it is used. The file itself is kept."
    button = "Set it aside"
    warns = True
    done = "The file is set aside."

    def record(self) -> None:
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(about=self.intake.name, **kwargs)

    def act(self, form: ReasonForm) -> None:
        intake.set_aside(self.intake, reason=form.cleaned_data["reason"], by=self.actor, at=self.moment)
