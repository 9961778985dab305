"""A later reading beside what was accepted: what is new, gone, changed or the same, and applying what a person ticks."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property

from tracker.access import check
from tracker.choices import IntakeState
from tracker.models import Action, Intake, Report
from tracker.rules.differences import Change, Difference
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import revisions
from tracker.web.forms.review import DifferencesForm
from tracker.web.pages import VerbPage

PARTS = {"text": "words", "heading": "heading", "timescale": "timescale", "addressee": "who must act"}


class DifferencesPage(VerbPage):
    """The differences of one reading from the accepted report, each to be ticked by itself."""

    section = "reports"
    template_name = "tracker/differences.html"
    form_class = DifferencesForm
    title = "What has changed in the report"
    button = "Apply what is ticked"
    done = "What you ticked is applied. Everything else stays as it was."
    intake: Intake
    report: Report

    def find(self, **kwargs: Any) -> None:
        self.intake = self.row(self.rows(Intake).select_related("authority", "corrects__authority"), kwargs["number"])
        report = revisions.report_of(self.intake)
        if report is None:
            raise Http404("There is no accepted report to compare this reading with.")
        self.report = self.row(self.rows(Report).select_related("authority"), report.pk)

    def allow(self) -> None:
        check(self.actor, Ability.KEEP_PLAN, self.intake.authority_id)
        if self.intake.state not in (IntakeState.READ, IntakeState.ACCEPTED):
            raise Refused("Only a file that has been read can be compared.")

    def back(self) -> str:
        return reverse("report", args=[self.report.pk])

    @cached_property
    def found(self) -> list[Difference]:
        """Every item of the comparison."""
        return revisions.differences_of(self.intake, self.report, by=self.actor)

    @cached_property
    def named(self) -> dict[str, Difference]:
        """Those that can be applied, by their names."""
        return revisions.names_of(self.found)

    def get_form_kwargs(self) -> dict[str, Any]:
        given = {**super().get_form_kwargs(), "names": list(self.named)}
        if "everything" in self.request.POST:
            given["data"] = self.request.POST.copy()
            given["data"].setlist("names", list(self.named))
        return given

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "version": self.intake.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ticked = self.request.POST.getlist("names")
        rows = [(name, each, [PARTS[part] for part in each.parts], name in ticked) for name, each in self.named.items()]
        shown = {
            "intake": self.intake,
            "report": self.report,
            "about": str(self.report),
            "rows": rows,
            "actions": self.actions(),
            "same": sum(1 for each in self.found if each.change == Change.SAME),
        }
        return super().get_context_data(**{**shown, **kwargs})

    def actions(self) -> dict[int, list[tuple[Action, bool]]]:
        """The actions of each recommendation, and whether their words would follow."""
        rows = self.rows(Action).filter(recommendation__report=self.report).order_by("reference")
        found: dict[int, list[tuple[Action, bool]]] = {}
        for action in rows:
            found.setdefault(action.recommendation_id, []).append((action, revisions.untouched(action)))
        return found

    def act(self, form: DifferencesForm) -> None:
        given = form.cleaned_data
        revisions.apply(
            self.intake, self.report, names=given["names"], version=given["version"], by=self.actor, at=self.moment
        )
