"""Evidence: read-only, its file behind a permission check, withdrawn with a reason."""

from contextlib import ExitStack
from pathlib import PurePath
from typing import Any

from django.contrib import admin, messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from tracker.access import Actor, Rights
from tracker.admin.base import VerbAdmin
from tracker.admin.pages import Page, refusal_of
from tracker.admin.site import site
from tracker.admin.verb_forms import RowForm, text_field
from tracker.choices import Channel, EvidenceKind
from tracker.models import Evidence
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import erasures, evidence
from tracker.web.acting import actor_of, moment_of


class WithdrawForm(RowForm):
    """Why the evidence counts no longer."""

    reason = text_field("Reason")


class MarkForm(RowForm):
    """Why the evidence becomes confidential, or open to the board."""

    reason = text_field("Reason")


class EraseForm(RowForm):
    """Why the evidence has to be erased: kept for ever, so without the child's details."""

    reason = text_field("Why it has to be erased, without the child’s details")


def download_link(row: Any) -> Any:
    """The way to the file; nothing for a link, a note, or what has been erased."""
    if row.kind != EvidenceKind.FILE or not row.file:
        return "–"
    return format_html('<a href="{}">Download</a>', reverse("admin:tracker_evidence_download", args=[row.pk]))


def file_name(row: Any) -> str:
    """The title with the file's own ending: a name to save it under."""
    ending = PurePath(row.file.name).suffix
    return row.title if row.title.lower().endswith(ending) else f"{row.title}{ending}"


def _check_withdraw(row: Any, by: Actor, on: Any) -> None:
    evidence.check_withdraw(row, Rights(by, row.action, on=on))


@admin.register(Evidence, site=site)
class EvidenceAdmin(VerbAdmin):
    """What shows that something was done."""

    sight = Ability.SEE_EVIDENCE
    list_display = ("title", "action", "kind", "about_on", "received_at", "added_by", "confidential", "counts")
    list_filter = ("kind", "confidential", "action__authority")
    list_select_related = ("action", "added_by")
    search_fields = ("title", "action__reference", "text")
    date_hierarchy = "received_at"
    fields = (
        "action",
        "kind",
        "title",
        "url",
        "text",
        "download",
        "media_type",
        "size",
        "sha256",
        "about_on",
        "confidential",
        "received_at",
        "added_by",
        "on_behalf_of",
        "withdrawn_at",
        "withdrawn_by",
        "withdrawn_reason",
        "erased_at",
    )
    readonly_fields = ("download",)
    pages = (
        Page(
            "withdraw",
            "Withdraw",
            WithdrawForm,
            lambda row, values, by, at: evidence.withdraw(row, by=by, at=at, **values),
            closed=refusal_of(_check_withdraw),
        ),
        Page(
            "confidential",
            "Make confidential",
            MarkForm,
            lambda row, values, by, at: evidence.mark(row, confidential=True, by=by, at=at, **values),
            closed=refusal_of(lambda row, by, on: evidence.check_mark(row, by, confidential=True)),
        ),
        Page(
            "open",
            "Open to the board",
            MarkForm,
            lambda row, values, by, at: evidence.mark(row, confidential=False, by=by, at=at, **values),
            closed=refusal_of(lambda row, by, on: evidence.check_mark(row, by, confidential=False)),
        ),
        Page(
            "erase",
            "Ask for erasure",
            EraseForm,
            lambda row, values, by, at: erasures.ask_erasure(row, by=by, at=at, **values),
            closed=refusal_of(erasures.check_ask),
            done="The erasure is asked for. Another improvement lead decides, on the site’s home page.",
        ),
    )

    @admin.display(boolean=True)
    def counts(self, row: Any) -> bool:
        """Neither withdrawn nor erased."""
        return not (row.withdrawn_at or row.erased_at)

    @admin.display(description="File")
    def download(self, row: Any) -> Any:
        """The way to the file."""
        return download_link(row)

    def get_urls(self) -> list[URLPattern]:
        """With the address of the file."""
        own = path(
            "<path:object_id>/download/", self.admin_site.admin_view(self.send), name="tracker_evidence_download"
        )
        return [own, *super().get_urls()]

    def send(self, request: HttpRequest, object_id: str) -> HttpResponse | FileResponse:
        """The file to whoever may see it; that it left is written in the trail first."""
        row = self.visible_or_404(request, object_id)
        try:
            with ExitStack() as held:
                file = held.enter_context(row.file.open("rb")) if row.file else None
                evidence.downloaded(row, by=actor_of(request, Channel.ADMIN), at=moment_of(request))
                held.pop_all()  # from here on the answer closes it
        except (Refused, FileNotFoundError) as error:
            messages.error(request, error.sentence if isinstance(error, Refused) else "The file is missing.")
            return redirect(reverse("admin:tracker_evidence_change", args=[row.pk]))
        return FileResponse(file, as_attachment=True, filename=file_name(row), content_type="application/octet-stream")
