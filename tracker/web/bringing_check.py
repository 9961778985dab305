"""What each row of a spreadsheet would do, with what a person still has to settle; and then the one act."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from tracker.access import assignable_people
from tracker.rules.plan_matching import Fate
from tracker.rules.plan_rows import same
from tracker.rules.plan_statuses import plain
from tracker.rules.refusal import Refused
from tracker.rules.written_dates import counted
from tracker.services import bringing, sheet_outlook, spreadsheets
from tracker.services.sheet_outlook import Outlook
from tracker.web.bringing import attached
from tracker.web.bringing_steps import OnSpreadsheet
from tracker.web.forms.bringing import BringForm, SettleForm

SETTLE = "settle"
FILE_HEADINGS = ("Row", "Reference", "Recommendation", "What we will do", "What it would do", "Why, or what to look at")
CARE = "Tick the box to bring in words that seem to identify a child, or take them out of the spreadsheet."


class CheckPage(OnSpreadsheet):
    """The dry run. Nothing is written until somebody confirms."""

    template_name = "tracker/bring_check.html"
    form_class = BringForm
    title = "Check before anything is brought in"

    def allow(self) -> None:
        super().allow()
        self.outlook  # noqa: B018  refused here, before the page is made

    def back(self) -> str:
        return reverse("bring-into", args=[self.sheet.pk])

    def get_success_url(self) -> str:
        return reverse("report", args=[self.report.pk])

    @cached_property
    def outlook(self) -> Outlook:
        """What the rows would do today."""
        return sheet_outlook.outlook(self.sheet, by=self.actor, on=self.day)

    @cached_property
    def settling(self) -> SettleForm | None:
        """The form for names and words that are not known; None where all are."""
        names, statuses = self.outlook.unknown_people, self.outlook.unknown_statuses
        if not (names or statuses):
            return None
        people = list(assignable_people(self.sheet.authority_id).order_by("name"))
        data = self.request.POST if self.request.POST.get("step") == SETTLE else None
        initial = {"version": self.sheet.version}
        return SettleForm(data, names=names, statuses=statuses, people=people, initial=initial)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("step") != SETTLE:
            return super().post(request, *args, **kwargs)
        form = self.settling
        if form is not None and not form.is_valid():
            return self.render_to_response(self.get_context_data())
        if form is not None:
            self._settle(form)
        return redirect("bring-check", self.sheet.pk)

    def _settle(self, form: SettleForm) -> None:
        kept = self.sheet.choices
        people = {**kept.get("people", {}), **{same(name): who for name, who in form.people().items()}}
        statuses = {**kept.get("statuses", {}), **{plain(word): told for word, told in form.meanings().items()}}
        try:
            spreadsheets.settle(
                self.sheet,
                choices={"people": people, "statuses": statuses},
                version=form.cleaned_data["version"],
                by=self.actor,
                at=self.moment,
            )
        except Refused as refusal:
            messages.error(self.request, refusal.sentence)
        else:
            messages.success(self.request, "Your answers are used below. Nothing is in the plan yet.")

    def act(self, form: BringForm) -> None:
        given = form.cleaned_data
        if self.outlook.careful and not given["careful_kept"]:
            raise Refused(CARE, "careful_kept")
        kinds = [finding.kind.value for each in self.outlook.careful for finding in self.outlook.care[each.row.number]]
        self.request.kept = tuple(dict.fromkeys(kinds))  # type: ignore[attr-defined]
        self.report = bringing.bring(
            self.sheet,
            leave_out=given["leave_out"],
            sure=given["sure"],
            version=given["version"],
            by=self.actor,
            at=self.moment,
        )

    def say(self) -> None:
        messages.success(self.request, bringing.told(self.outlook))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.outlook
        many = counted(len(found.bringing), "action", "actions")
        shown = {
            "outlook": found,
            "coming": [(each, _care(found, each.row.number)) for each in found.bringing],
            "settling": self.settling,
            "refused": found.of(Fate.REFUSED),
            "differs": found.of(Fate.DIFFERS),
            "same": found.of(Fate.SAME),
            "button": f"Bring in {many}",
            "many": many,
            "there": len(found.of(Fate.SAME, Fate.DIFFERS)),
            "plan": self._plan(),
        }
        return super().get_context_data(**{**shown, **kwargs})

    def _plan(self) -> str:
        into = self.sheet.choices["into"]
        if "report" not in into:
            return f"{into['title']} (new)"
        return str(spreadsheets.plans_of(self.sheet.authority).select_related("authority").get(pk=into["report"]))


class RowsFile(CheckPage):
    """The same as a CSV, to put the spreadsheet right by."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One line a row, as an attachment."""
        rows = [
            (row.number, row.reference, row.asked, row.what, each.fate.value, " ".join(_told(each)))
            for each in self.outlook.rows
            for row in [each.row]
        ]
        return attached([FILE_HEADINGS, *rows], "rows.csv")


def _care(found: Outlook, number: int) -> str:
    """What in the row seems to identify a child, with all but its first letters hidden."""
    return "; ".join(f"{one.kind.value} (“{one.masked}”)" for one in found.care.get(number, ()))


def _told(each: Any) -> list[str]:
    return [*each.sentences, *([each.question] if each.question else [])]
