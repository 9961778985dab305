"""Spreadsheets that plans came in from, as they are kept: the list, the page of one, and its file past the permission check."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from tracker.access import check
from tracker.models import Erasure, Spreadsheet
from tracker.rules.file_names import ending_of, safe
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.rules.sheet_kinds import sheet_kind_of
from tracker.services import spreadsheets
from tracker.web.attachments import as_brought
from tracker.web.forms.actions import ConfirmForm, ReasonForm
from tracker.web.forms.fields import PageForm
from tracker.web.pages import Page, Shown, VerbPage


class SheetList(Shown):
    """Every spreadsheet that was brought here, of the councils whose plan the person keeps."""

    template_name = "tracker/sheets.html"
    title = "Spreadsheets that are kept"
    section = "reports"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.rows(Spreadsheet).select_related("authority", "report__authority", "received_by")
        listed = rows.annotate(brought=Count("rows")).order_by("-received_at", "-pk")
        return super().get_context_data(listed=listed, led=self.led(), **kwargs)


class SheetPage(Shown):
    """One spreadsheet: whose file it is, what became of it, and its erasure where one was asked for."""

    template_name = "tracker/sheet.html"
    section = "reports"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.rows(Spreadsheet).select_related("authority", "report__authority", "received_by")
        sheet: Spreadsheet = self.row(rows, self.kwargs["number"])
        self.title = str(sheet)
        asked = self.rows(Erasure).filter(spreadsheet=sheet).exclude(granted=False)
        erasure = asked.select_related("asked_by", "decided_by").first()
        return super().get_context_data(sheet=sheet, brought=sheet.rows.count(), erasure=erasure, **kwargs)


class _OnKept(VerbPage):
    """A page about a spreadsheet as it is kept."""

    section = "reports"
    sheet: Spreadsheet

    def find(self, **kwargs: Any) -> None:
        rows = self.rows(Spreadsheet).select_related("authority", "report__authority")
        self.sheet = self.row(rows, kwargs["number"])

    def back(self) -> str:
        return reverse("spreadsheet", args=[self.sheet.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(about=f"{self.sheet.name}, {self.sheet.authority}", **kwargs)


class SetSheetAside(_OnKept):
    """Set a spreadsheet aside that nobody wants."""

    form_class = ReasonForm
    title = "Set this spreadsheet aside"
    intro = (
        "Nothing of it came into a plan, and nobody wants it there. It leaves the list of those to bring in; the file"
        " itself is kept, and you can take it up again."
    )
    button = "Set it aside"
    warns = True
    done = "The spreadsheet is set aside."

    def allow(self) -> None:
        spreadsheets.check_set_aside(self.sheet, self.actor)

    def act(self, form: ReasonForm) -> None:
        spreadsheets.set_aside(self.sheet, reason=form.cleaned_data["reason"], by=self.actor, at=self.moment)


class TakeSheetUp(_OnKept):
    """Take a spreadsheet up again that was set aside."""

    form_class = ConfirmForm
    title = "Take this spreadsheet up again?"
    intro = "It goes back to the list of those to bring in, with what was settled about it."
    button = "Take it up again"
    done = "The spreadsheet is taken up again."

    def allow(self) -> None:
        check(self.actor, Ability.KEEP_PLAN, self.sheet.authority_id)

    def act(self, form: PageForm) -> None:
        spreadsheets.take_up(self.sheet, by=self.actor, at=self.moment)


class DownloadSheet(Page):
    """The file as it was brought, to be kept and never shown here. The trail tells of it first."""

    def get(self, request: HttpRequest, number: int) -> HttpResponseBase:
        """The bytes as an attachment, or 404 where they are not among those that the person keeps."""
        sheet: Spreadsheet = self.row(self.rows(Spreadsheet).select_related("authority"), number)
        try:
            data = _bytes_of(sheet)
            spreadsheets.downloaded(sheet, by=self.actor, at=self.moment)
        except (Refused, FileNotFoundError) as error:
            messages.error(request, error.sentence if isinstance(error, Refused) else spreadsheets.MISSING)
            return redirect("spreadsheet", sheet.pk)
        return as_brought(BytesIO(data), _name(sheet, data))


def _bytes_of(sheet: Spreadsheet) -> bytes:
    """What is kept of it; nothing where it was erased."""
    if not sheet.file:
        return b""
    with sheet.file.open("rb") as file:
        return bytes(file.read())


def _name(sheet: Spreadsheet, data: bytes) -> str:
    """Its name, with an ending that fits what it holds: a machine that it lands on runs nothing."""
    name, kind = safe(sheet.name), sheet_kind_of(data)
    return name if ending_of(name) in kind.endings else f"{name}.{kind.endings[0]}"
