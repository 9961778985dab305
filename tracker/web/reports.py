"""Reports: the list, the page of one, its dates, and its statutory clock."""

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.urls import reverse

from tracker.access import check
from tracker.models import Action, Intake, Recommendation, Report, Spreadsheet, StatutoryStep
from tracker.rules.roles import Ability
from tracker.rules.written_dates import long_date
from tracker.services import clock, reports
from tracker.web import counts
from tracker.web.forms.reports import MetForm, PublicationForm, ReceivedForm
from tracker.web.pages import Shown, VerbPage
from tracker.web.pictures.clock import clock_of
from tracker.web.progress import picture_of, progress_address, steps_seen
from tracker.web.raised import again
from tracker.web.review import UNDECIDED


class ReportList(Shown):
    """The reports in the plan and for reference; for a lead also those that wait to be confirmed."""

    template_name = "tracker/reports.html"
    title = "Reports"
    section = "reports"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        led = self.led()
        listed = self.rows(Report).select_related("authority").annotate(asked=Count("recommendations"))
        waiting = self.rows(Intake).filter(authority__in=led, state__in=UNDECIDED).select_related("authority")
        order = ("authority__short_name", "-inspection_end", "-series")
        return super().get_context_data(listed=listed.order_by(*order), waiting=waiting, led=led, **kwargs)


class ReportPage(Shown):
    """A report: its dates with their sources, its clock, its recommendations word for word with their actions."""

    template_name = "tracker/report.html"
    section = "reports"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = self.row(self.rows(Report).select_related("authority", "publication_set_by"), self.kwargs["number"])
        self.title = f"{report}, {report.authority}"
        actions = self.rows(Action).filter(recommendation__report=report).select_related("authority", "owner")
        by_item: dict[int, list[Any]] = {}
        for action in actions.order_by("reference"):
            by_item.setdefault(action.recommendation_id, []).append((action, action.delivery_on(self.day)))
        moved: dict[int, list[Any]] = {}
        for action in self.rows(Action).filter(moved_from__report=report).order_by("reference"):
            moved.setdefault(action.moved_from_id, []).append(action)
        rows = self.rows(Recommendation).filter(report=report).select_related("report__authority")
        items = list(rows.prefetch_related("themes").order_by("number"))
        steps = list(steps_seen(self).filter(report=report))
        found = {
            "report": report,
            "items": [(item, by_item.get(item.pk, []), moved.get(item.pk, [])) for item in items],
            "again": again(self, items),
            "unthemed": sum(1 for item in items if not item.themes.all()),
            "tally": counts.tally(actions, self.day),
            "thresholds": counts.thresholds([report.authority]),
            "steps": steps,
            "clock": clock_of(steps, self.day) if steps else None,
            "picture": picture_of(self, actions, small=True),
            "progress": progress_address(report),
            "leads": report.authority in self.led(),
            "sheets": self.rows(Spreadsheet).filter(report=report).order_by("received_at"),
        }
        return super().get_context_data(**found, **kwargs)


class OnReport(VerbPage):
    """A page with a form about one report, for those who keep its plan."""

    section = "reports"
    report: Report

    def find(self, **kwargs: Any) -> None:
        rows = self.rows(Report).select_related("authority", "publication_set_by")
        self.report = self.row(rows, kwargs["number"])

    def allow(self) -> None:
        check(self.actor, Ability.KEEP_PLAN, self.report.authority_id)

    def record(self) -> Report:
        return self.report

    def facts(self, record: Report) -> dict[str, str]:
        return {
            "Report": str(record),
            "Publication date": long_date(record.publication_date) if record.publication_date else "Not known",
            "Where it comes from": record.publication_source,
            "Received": long_date(record.received_on) if record.received_on else "Not known",
            "Where that comes from": record.received_source,
        }

    def back(self) -> str:
        return reverse("report", args=[self.report.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(about=f"{self.report.authority}, {self.report}", report=self.report, **kwargs)


class PublicationPage(OnReport):
    """Enter or correct the publication date: first what would move, then the saving."""

    form_class = PublicationForm
    template_name = "tracker/publication.html"
    title = "Enter the publication date"
    button = "Show what would change"
    done = "The publication date is saved."

    def get_initial(self) -> dict[str, Any]:
        dates = {"on": self.report.publication_date, "source": self.report.publication_source}
        return {**super().get_initial(), **dates}

    def form_valid(self, form: PublicationForm) -> HttpResponse:
        given = form.cleaned_data
        if "change" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        preview = reports.preview_publication_date(
            self.report, on=given["on"], source=given["source"], by=self.actor, at=self.moment
        )
        if given["confirmed"] and preview.question and not given["sure"]:
            form.add_error("sure", f"{preview.question} Tick the box if it is, or change the date.")
        if given["confirmed"] and not form.errors:
            self.done = f"The publication date is saved. {preview.sentence}"
            return super().form_valid(form)
        return self.render_to_response(self.get_context_data(form=form, preview=preview))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        corrects = self.report.publication_date is not None
        if corrects:
            self.title = "Correct the publication date"
        # A preview is a page of its own: its heading says what would happen.
        if kwargs.get("preview"):
            self.title = "Check what would change"
            self.button = "Correct the publication date" if corrects else "Save the publication date"
        return super().get_context_data(**kwargs)

    def act(self, form: PublicationForm) -> None:
        given = form.cleaned_data
        reports.set_publication_date(
            self.report,
            on=given["on"],
            source=given["source"],
            version=given["version"],
            by=self.actor,
            at=self.moment,
        )


class ReceivedPage(OnReport):
    """Enter or correct the day of receipt: the statutory clock counts from it."""

    form_class = ReceivedForm
    title = "Enter the date of receipt"
    intro = "The statutory clock counts from it. The due dates of the actions do not change."
    done = "The date of receipt is saved."

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "on": self.report.received_on, "source": self.report.received_source}

    def act(self, form: ReceivedForm) -> None:
        given = form.cleaned_data
        reports.set_received_date(
            self.report,
            on=given["on"],
            source=given["source"],
            version=given["version"],
            by=self.actor,
            at=self.moment,
        )


class MetPage(VerbPage):
    """Say on which day a statutory step was done."""

    section = "reports"
    form_class = MetForm
    title = "Record that this was done"
    done = "The statutory clock is up to date."
    step: StatutoryStep

    def find(self, **kwargs: Any) -> None:
        self.step = self.row(self.rows(StatutoryStep).select_related("report__authority"), kwargs["number"])

    def allow(self) -> None:
        check(self.actor, Ability.KEEP_PLAN, self.step.report.authority_id)

    def back(self) -> str:
        return reverse("report", args=[self.step.report_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(about=self.step.get_step_display(), **kwargs)

    def act(self, form: MetForm) -> None:
        given = form.cleaned_data
        clock.mark_met(self.step, on=given["on"], note=given["note"], by=self.actor, at=self.moment)
