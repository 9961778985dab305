"""Accepting a reading: what the report is for, when it was published, a look at the dates, and the acceptance."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property

from tracker.choices import AcceptedAs
from tracker.models import Report
from tracker.rules.refusal import Refused
from tracker.services import acceptance, revisions
from tracker.web.forms.reports import AcceptForm
from tracker.web.pages import VerbPage
from tracker.web.review import OnReading


class AcceptPage(OnReading, VerbPage):
    """Two steps: the questions, then what would be made, each date with its reason; only that is confirmed."""

    form_class = AcceptForm
    template_name = "tracker/accept.html"
    title = "Accept the report"
    button = "Show the actions and their dates"

    @cached_property
    def twin(self) -> Report | None:
        """The report that this one seems to be another copy of."""
        return revisions.report_of(self.intake)

    def get_initial(self) -> dict[str, Any]:
        wanted = AcceptedAs.PLAN if self.draft["recommendations"] else AcceptedAs.REFERENCE
        return {**super().get_initial(), "version": self.intake.version, "accepted_as": wanted}

    def get_form(self, form_class: Any = None) -> AcceptForm:
        form: AcceptForm = super().get_form(form_class)
        if self.draft.get("publication_date"):
            form.fields["on"].label = "Another publication date (optional)"
            form.fields["on"].help_text = "Leave it empty to keep the printed one."
        return form

    def form_valid(self, form: AcceptForm) -> HttpResponse:
        if "change" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        try:
            preview = acceptance.preview(self.intake, by=self.actor, at=self.moment, **self.given(form))
        except Refused as refusal:
            form.refuse(refusal)
            return self.form_invalid(form)
        question = self.question_about(preview)
        if form.cleaned_data["confirmed"] and (not question or form.cleaned_data["sure"]):
            return super().form_valid(form)
        if form.cleaned_data["confirmed"]:
            form.ask(question)
        return self.render_to_response(self.get_context_data(form=form, preview=preview, question=question))

    def question_about(self, preview: acceptance.Preview) -> str:
        """What is odd about accepting it, in one sentence or two; empty where nothing is."""
        doubled = f"You may have this report already: {self.twin}." if self.twin else ""
        return " ".join(filter(None, (doubled, preview.question)))

    def given(self, form: AcceptForm) -> dict[str, Any]:
        """What the form says, as the verb takes it."""
        given = form.cleaned_data
        published = acceptance.Publication(given["on"], given["source"]) if given["on"] else None
        return {"accepted_as": AcceptedAs(given["accepted_as"]), "publication": published}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if kwargs.get("preview"):
            self.title, self.button = "Check what will be made", "Accept the report"
        shown = {"intake": self.intake, "about": self.intake.name, "draft": self.draft, "twin": self.twin}
        return super().get_context_data(**{**shown, "hints": self.hints(), **kwargs})

    def hints(self) -> list[tuple[date, str]]:
        """Days that may be the publication date, with where they were seen. Hints only: a person says which holds."""
        if self.draft.get("publication_date"):
            return []
        return [(date.fromisoformat(hint["date"]), hint["from"]) for hint in self.draft.get("hints") or []]

    def act(self, form: AcceptForm) -> None:
        version = form.cleaned_data["version"]
        report = acceptance.accept(self.intake, version=version, by=self.actor, at=self.moment, **self.given(form))
        count = report.recommendations.count()
        self.done = f"The report is accepted {report.get_accepted_as_display().lower()}."
        if report.accepted_as == AcceptedAs.PLAN:
            undated = "" if report.publication_date else " Their dates wait for the publication date."
            self.done += f" {count} action{'s are' if count != 1 else ' is'} in the plan.{undated}"
        self.success_url = reverse("report", args=[report.pk])

    def get_success_url(self) -> str:
        return str(self.success_url)

    def facts(self, record: Any) -> dict[str, str]:
        """Nothing to compare: the review itself shows both."""
        return {}
