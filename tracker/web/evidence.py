"""Evidence: adding a file, a link or an observation; withdrawing; taking a file out past the permission check."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from tracker.models import Evidence
from tracker.rules.refusal import Refused
from tracker.services import evidence
from tracker.web.forms.actions import FileForm, LinkForm, ObservationForm, ReasonForm
from tracker.web.forms.fields import PageForm
from tracker.web.moves import OnOwnWork
from tracker.web.pages import Page, VerbPage

FORMS: dict[str, tuple[str, type[PageForm]]] = {
    "file": ("Attach a file", FileForm),
    "link": ("Give a link", LinkForm),
    "note": ("Write what was seen", ObservationForm),
}


class AddPage(OnOwnWork):
    """Add evidence of one kind; the others are a link away."""

    template_name = "tracker/add_evidence.html"
    button = "Add the evidence"
    done = "The evidence is added."
    kind: str

    def find(self, **kwargs: Any) -> None:
        super().find(**kwargs)
        if kwargs["kind"] not in FORMS:
            raise Http404("There is no such kind of evidence.")
        self.kind = kwargs["kind"]
        self.title, self.form_class = FORMS[self.kind]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        others = [(kind, words) for kind, (words, _) in FORMS.items() if kind != self.kind]
        return super().get_context_data(others=others, **kwargs)

    def act(self, form: Any) -> None:
        given = form.cleaned_data
        shared = {name: given[name] for name in ("title", "about_on", "confidential")}
        shared |= {"on_behalf_of": form.behalf(), "by": self.actor, "at": self.moment}
        if self.kind == "file":
            evidence.add_file(self.action, data=given["file"].read(), name=given["file"].name, **shared)
        elif self.kind == "link":
            evidence.add_link(self.action, url=given["url"], **shared)
        else:
            evidence.add_note(self.action, text=given["text"], **shared)


class WithdrawPage(VerbPage):
    """Withdraw a piece of evidence with a reason: it stays to be seen, and counts no longer."""

    section = "actions"
    form_class = ReasonForm
    title = "Withdraw this evidence"
    intro = "It counts no longer, and stays to be seen with your reason."
    button = "Withdraw it"
    warns = True
    done = "The evidence is withdrawn."
    evidence: Evidence

    def find(self, **kwargs: Any) -> None:
        self.evidence = self.row(self.rows(Evidence).select_related("action__authority"), kwargs["number"])

    def allow(self) -> None:
        evidence.check_withdraw(self.evidence, self.actor, self.day)

    def back(self) -> str:
        return reverse("action", args=[self.evidence.action_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(about=self.evidence.title, **kwargs)

    def act(self, form: ReasonForm) -> None:
        evidence.withdraw(self.evidence, reason=form.cleaned_data["reason"], by=self.actor, at=self.moment)


class Download(Page):
    """A file of evidence, to be kept and never shown here: it may hold anything. The trail tells of it first."""

    def get(self, request: HttpRequest, number: int) -> HttpResponseBase:
        """The file as an attachment, or 404 where it is not among the evidence this person may see."""
        piece: Evidence = self.row(self.rows(Evidence).select_related("action__authority"), number)
        try:
            evidence.downloaded(piece, by=self.actor, at=self.moment)
        except Refused as refusal:
            messages.error(request, refusal.sentence)
            return redirect("action", piece.action_id)
        answer = FileResponse(piece.file.open("rb"), as_attachment=True, filename=_name(piece))
        answer["Content-Type"] = "application/octet-stream"
        answer["Cache-Control"] = "private, no-store"
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return answer


def _name(piece: Evidence) -> str:
    """The title with the file's own ending, so that the machine it lands on knows what to open it with."""
    suffix = f".{str(piece.file).rsplit('.', 1)[-1]}"
    return piece.title if piece.title.lower().endswith(suffix) else f"{piece.title}{suffix}"
