"""What a person settles about a spreadsheet before anything is brought in: its columns, and the plan it goes into."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from tracker.access import check
from tracker.choices import AcceptedAs
from tracker.models import Report, Spreadsheet
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import spreadsheets
from tracker.web.forms.bringing import NEW, ColumnsForm, IntoForm
from tracker.web.pages import VerbPage

SHOWN = 3  # rows beside each column
LETTERS = 26


class OnSpreadsheet(VerbPage):
    """A page about one spreadsheet, for those who keep its council's plan."""

    section = "reports"
    done = ""
    sheet: Spreadsheet

    def find(self, **kwargs: Any) -> None:
        rows = self.rows(Spreadsheet).select_related("authority", "report__authority")
        self.sheet = self.row(rows, kwargs["number"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and (self.sheet.erased_at or self.sheet.set_aside_at):
            return redirect("spreadsheet", self.sheet.pk)
        return super().dispatch(request, *args, **kwargs)

    def allow(self) -> None:
        check(self.actor, Ability.KEEP_PLAN, self.sheet.authority_id)

    def say(self) -> None:
        """The next step says enough."""

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.sheet.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(about=f"{self.sheet.name}, {self.sheet.authority}", sheet=self.sheet, **kwargs)


def column_name(number: int) -> str:
    """A column as a spreadsheet names it: 0 is A, 26 is AA."""
    return (column_name(number // LETTERS - 1) if number >= LETTERS else "") + chr(ord("A") + number % LETTERS)


class ColumnsPage(OnSpreadsheet):
    """What each column holds: guessed, shown with the first rows, and corrected by a person."""

    form_class = ColumnsForm
    template_name = "tracker/bring_columns.html"
    title = "What do the columns hold?"
    button = "Continue"

    def back(self) -> str:
        return reverse("bring")

    def get_success_url(self) -> str:
        return reverse("bring-into", args=[self.sheet.pk])

    def _asked(self, name: str) -> int | None:
        given = self.request.POST.get(name) or self.request.GET.get(name) or ""
        return int(given) if given.isdecimal() and 0 < int(given) <= 9999 else None  # noqa: PLR2004  no sheet is longer

    @cached_property
    def table(self) -> Any:
        """The sheet that is asked for; the one that was settled where none is, or where it cannot be read."""
        return spreadsheets.table_of(self.sheet, self._asked("sheet") or self.sheet.choices["sheet"], by=self.actor)

    @cached_property
    def guess(self) -> dict[str, Any]:
        """What was settled, or what is guessed of another sheet or row of headings."""
        heading, settled = self._asked("heading"), self.sheet.choices
        if self.table.number == settled["sheet"] and heading in (None, settled["heading"]):
            return dict(settled)
        return spreadsheets.guessed(self.table, min(heading, len(self.table.rows)) if heading else None)

    def get_form_kwargs(self) -> dict[str, Any]:
        rows = self.table.rows
        headings = rows[self.guess["heading"] - 1] if len(rows) >= self.guess["heading"] else ()
        named = [words or f"Column {column_name(n)}, without a heading" for n, words in enumerate(headings)]
        return {**super().get_form_kwargs(), "headings": named}

    def get_initial(self) -> dict[str, Any]:
        held = {f"column_{number}": holds for number, holds in self.guess["columns"].items()}
        return {**super().get_initial(), **held, "sheet": self.table.number, "heading": self.guess["heading"]}

    def act(self, form: ColumnsForm) -> None:
        if self.table.error:
            raise Refused(self.table.error)
        given = form.cleaned_data
        choices = {"sheet": given["sheet"], "heading": given["heading"], "columns": form.columns()}
        self.sheet = spreadsheets.settle(
            self.sheet, choices=choices, version=given["version"], by=self.actor, at=self.moment
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        rows, heading = self.table.rows, self.guess["heading"]
        shown = [row for row in rows[heading:] if any(row)][:SHOWN]
        columns = [
            (found["form"][f"column_{n}"], [row[n] for row in shown if row[n]])
            for n in range(len(found["form"].headings))
            if rows[heading - 1][n] or any(row[n] for row in rows[heading:])
        ]
        return {**found, "table": self.table, "columns": columns, "heading": heading, "filled": bool(shown)}


class IntoPage(OnSpreadsheet):
    """Which plan the rows go into."""

    form_class = IntoForm
    template_name = "tracker/bring_into.html"
    title = "Which plan do the rows go into?"
    button = "Show what each row would do"

    def back(self) -> str:
        return reverse("bring-columns", args=[self.sheet.pk])

    def get_success_url(self) -> str:
        return reverse("bring-check", args=[self.sheet.pk])

    def get_form_kwargs(self) -> dict[str, Any]:
        plans = self.rows(Report).filter(authority=self.sheet.authority_id, accepted_as=AcceptedAs.PLAN)
        if self.sheet.report_id:
            plans = plans.filter(pk=self.sheet.report_id)
        named = [(report.pk, str(report)) for report in plans.select_related("authority").order_by("-series")]
        return {**super().get_form_kwargs(), "plans": named, "only": bool(self.sheet.report_id)}

    def get_initial(self) -> dict[str, Any]:
        into = self.sheet.choices.get("into") or {}
        chosen = str(into["report"]) if "report" in into else NEW if into else None
        return {**super().get_initial(), **into, "into": chosen}

    def act(self, form: IntoForm) -> None:
        spreadsheets.settle(
            self.sheet,
            choices={"into": form.chosen()},
            version=form.cleaned_data["version"],
            by=self.actor,
            at=self.moment,
        )
