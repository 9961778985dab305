"""The packs of a board: which there are and how far they have come, asking for one, taking one along."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Sum
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from tracker.access import can_pack, check_pack
from tracker.choices import EvidenceKind, PackState
from tracker.models import BoardMeeting, Evidence, Pack
from tracker.packing.papers import LISTED
from tracker.rules.pack import Scope
from tracker.rules.refusal import Refused
from tracker.services import identities, packs
from tracker.tasks import hurry_packs
from tracker.web.attachments import private
from tracker.web.board import OfAuthority, OnBoard
from tracker.web.forms.actions import ConfirmForm
from tracker.web.forms.packs import MEETING, NOTHING, AskPackForm
from tracker.web.pages import Page, Shown, VerbPage

LATEST = 30
UNFINISHED = (PackState.WAITING, PackState.MAKING)
# A trail so long is not looked through while somebody waits for a page; the pack itself says what was found.
LOOKED_THROUGH = 2000
NOT_GIVEN = ("go", "csrfmiddlewaretoken")  # fields of the form that are no answer
GONE = "The file of this pack is no longer there. Ask for the pack again."


class PackList(OnBoard, Shown):
    """The packs of one board that the person may take, the newest first."""

    template_name = "tracker/packs.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        check = can_pack(self.person, self.authority, confidential=False)
        rows = self.rows(Pack).filter(authority=self.authority).select_related("asked_by", "meeting", "authority")
        found = list(rows[:LATEST]) if check else []
        self.title = f"Board packs of {self.authority}"
        shown = {
            "authority": self.authority,
            "packs": found,
            "may_take": check,
            "unfinished": any(pack.state in UNFINISHED for pack in found),
        }
        return super().get_context_data(**shown, **kwargs)


class AskPackPage(OfAuthority):
    """Ask for a pack: first what it will hold, then the request itself."""

    form_class = AskPackForm
    template_name = "tracker/ask_pack.html"
    title = "Ask for a board pack"
    button = "Continue"

    def allow(self) -> None:
        check_pack(self.actor, self.authority, confidential=False)

    def back(self) -> str:
        return reverse("packs", args=[self.authority.pk])

    @cached_property
    def last(self) -> BoardMeeting | None:
        """The meeting since which movement is usually told."""
        found: BoardMeeting | None = self.rows(BoardMeeting).filter(authority=self.authority).before(self.day).first()
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        may = can_pack(self.person, self.authority, confidential=True)
        return {**super().get_form_kwargs(), "last": self.last, "may_confidential": may}

    def get_initial(self) -> dict[str, Any]:
        return {"as_at": self.day, "since": MEETING if self.last else NOTHING}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(authority=self.authority, **kwargs)

    def form_valid(self, form: AskPackForm) -> HttpResponse:
        try:
            scope = form.scope(day=self.day, moment=self.moment)
            if "go" in self.request.POST:
                return self.ask(scope)
            return self.render_to_response(self.get_context_data(form=form, **self.foreseen(scope)))
        except Refused as refusal:
            form.refuse(refusal)
            return self.form_invalid(form)

    def foreseen(self, scope: Scope) -> dict[str, Any]:
        """What the pack will hold, and words in it that seem to identify a child."""
        plan = packs.plan_as_at(self.authority, scope, by=self.actor, at=self.moment)
        looks = not scope.confidential and plan.through.sequence <= LOOKED_THROUGH
        return {
            "plan": plan,
            "given": [(name, self.request.POST[name]) for name in self.request.POST if name not in NOT_GIVEN],
            "scope": scope,
            "listed": LISTED,
            "evidence": self.files_of(scope) if scope.files else None,
            "carried": identities.identities_then(plan, confidential=False) if looks else [],
        }

    def files_of(self, scope: Scope) -> dict[str, int]:
        """How many files there are, and how large they are together."""
        pieces = self.rows(Evidence).standing().filter(action__authority=self.authority, kind=EvidenceKind.FILE)
        seen = pieces.filter(received_at__lte=scope.as_at)
        told: dict[str, int] = (seen if scope.confidential else seen.filter(confidential=False)).aggregate(
            number=Count("pk"), size=Sum("size", default=0)
        )
        return told

    def ask(self, scope: Scope) -> HttpResponse:
        """Call the verb, and wake whoever makes packs."""
        pack = packs.ask(self.authority, scope, by=self.actor, at=self.moment)
        if pack.state == PackState.MADE:
            messages.success(self.request, "This pack is there already, and nothing has changed since: download it.")
        else:
            transaction.on_commit(hurry_packs)
            messages.success(self.request, "The pack is asked for. It appears below as soon as it is made.")
        return redirect(f"{self.back()}#pack-{pack.pk}")


class AgainPage(VerbPage):
    """Try again to make a pack that could not be made."""

    form_class = ConfirmForm
    title = "Try again to make this pack?"
    button = "Try again"
    done = "The pack is asked for again."
    section = "board"
    pack: Pack

    def find(self, **kwargs: Any) -> None:
        self.pack = self.row(self.rows(Pack).select_related("authority"), kwargs["number"])

    def allow(self) -> None:
        if self.pack.state != PackState.FAILED:
            raise Refused("This pack has not failed: it is there, or on its way.")

    def back(self) -> str:
        return reverse("packs", args=[self.pack.authority_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(about=f"{self.pack}: {self.pack.words}", **kwargs)

    def act(self, form: ConfirmForm) -> None:
        packs.again(self.pack, by=self.actor, at=self.moment)
        transaction.on_commit(hurry_packs)


class DownloadPack(Page):
    """A pack, streamed to be kept. The trail tells of it first."""

    def get(self, request: HttpRequest, number: int) -> HttpResponseBase:
        """The file as an attachment, or 404 where it is not among the packs this person may take."""
        pack: Pack = self.row(self.rows(Pack).select_related("authority"), number)
        back = redirect("packs", pack.authority_id)
        if pack.state != PackState.MADE:
            messages.error(request, "This pack is not there to be downloaded.")
            return back
        try:
            file = pack.file.open("rb")
        except FileNotFoundError:
            messages.error(request, GONE)
            return back
        try:
            packs.downloaded(pack, by=self.actor, at=self.moment)
        except Refused as refusal:
            file.close()
            messages.error(request, refusal.sentence)
            return back
        answer = FileResponse(file, as_attachment=True, filename=pack.download_name, content_type="application/zip")
        return private(answer)
