"""Bringing a plan from a spreadsheet: the upload, and an example to fill in. The steps after it have modules of their own."""

import csv as csv_module
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from tracker.exports.csv import cell
from tracker.models import Authority, Spreadsheet
from tracker.rules.plan_columns import IN_WORDS
from tracker.rules.refusal import Refused
from tracker.services import spreadsheets
from tracker.web.attachments import private
from tracker.web.forms.bringing import SpreadsheetForm
from tracker.web.pages import Page, VerbPage

# Two rows of one recommendation, as a person would fill them in; the people are invented.
EXAMPLES = (
    *(("1.1", "1", "Improve the quality of supervision", "Write a supervision policy", "Every worker is supervised"),),
    *(("1.2", "1", "Improve the quality of supervision", "Audit supervision records", "Every worker is supervised"),),
)
FILLED = (
    (
        "Alex Example",
        "Sam Sample",
        "01/04/2026",
        "30/06/2026",
        "",
        "Complete",
        "Blue",
        "100%",
        "Agreed in June",
        "The policy",
        "",
    ),
    ("Alex Example", "Sam Sample", "01/07/2026", "30/09/2026", "31/12/2026", "In progress", "Amber", "40%", "", "", ""),
)


class BringPage(VerbPage):
    """Bring a spreadsheet in. Nothing is in the plan until somebody has seen what each row would do."""

    section = "reports"
    form_class = SpreadsheetForm
    template_name = "tracker/bring.html"
    title = "Bring a plan from a spreadsheet"
    button = "Read the spreadsheet"
    made: Spreadsheet

    def allow(self) -> None:
        if not self.led():
            raise Refused("Only an improvement lead may bring a plan in.")

    def back(self) -> str:
        return reverse("reports")

    def get_form_kwargs(self) -> dict[str, Any]:
        led = self.rows(Authority).filter(pk__in=[authority.pk for authority in self.led()])
        return {**super().get_form_kwargs(), "authorities": led}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        earlier = (
            self.rows(Spreadsheet)
            .filter(erased_at=None, set_aside_at=None)
            .select_related("authority", "report__authority")
            .order_by("-received_at")
        )
        return super().get_context_data(earlier=earlier, **kwargs)

    def act(self, form: SpreadsheetForm) -> None:
        given = form.cleaned_data
        file = given["file"]
        self.made = spreadsheets.receive(
            file.read(), name=file.name, authority=given["authority"], by=self.actor, at=self.moment
        )

    def say(self) -> None:
        """A file that was known already is told; of another its columns are asked next, which says enough."""
        if self.made.brought_at or self.made.version > 1:
            messages.info(self.request, "This file was brought before. Here is what was settled then.")

    def get_success_url(self) -> str:
        return reverse("bring-check" if self.made.brought_at else "bring-columns", args=[self.made.pk])


class Example(Page):
    """A spreadsheet with headings that are all understood, and two rows to write over."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The file as an attachment."""
        rows = [(*begun, *rest) for begun, rest in zip(EXAMPLES, FILLED, strict=True)]
        return attached([tuple(IN_WORDS.values()), *rows], "plan-example.csv")


def attached(rows: Iterable[Sequence[Any]], name: str) -> HttpResponse:
    """Rows as a CSV to save, in which no cell is run by a spreadsheet."""
    file = io.StringIO(newline="")
    csv_module.writer(file).writerows([cell(value) for value in row] for row in rows)
    answer = HttpResponse(f"\ufeff{file.getvalue()}".encode(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return private(answer)
