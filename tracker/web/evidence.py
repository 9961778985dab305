"""Evidence: adding a file, a link or an observation; withdrawing, marking; taking a file out past the permission check."""

import re
from contextlib import ExitStack
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from tracker.access import Rights
from tracker.models import Evidence
from tracker.rules.file_names import safe
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.rules.written_dates import short_date
from tracker.services import evidence
from tracker.web.attachments import as_brought
from tracker.web.forms.actions import ReasonForm
from tracker.web.forms.evidence import FileForm, LinkForm, MarkForm, ObservationForm
from tracker.web.forms.fields import PageForm
from tracker.web.moves import OnOwnWork
from tracker.web.pages import Page, VerbPage

FORMS: dict[str, tuple[str, type[PageForm]]] = {
    "file": ("Attach a file", FileForm),
    "link": ("Give a link", LinkForm),
    "note": ("Write what was seen", ObservationForm),
}
MISSING = "The file is missing. Tell whoever looks after this site."


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
        return super().get_context_data(others=others, kind=self.kind, **kwargs)

    def question(self, form: Any) -> str | None:
        file = form.cleaned_data.get("file")
        twin = evidence.twin_of(self.action, data=file.read()) if file else None
        if twin is None:
            return None
        file.seek(0)
        return f"The very same file is here already: “{twin.title}”, added on {short_date(day_of(twin.received_at))}."

    def act(self, form: Any) -> None:
        given = form.cleaned_data
        shared = {name: given[name] for name in ("title", "about_on", "confidential")}
        shared |= {"on_behalf_of": form.behalf(), "by": self.actor, "at": self.moment}
        if self.kind == "file":
            given["file"].seek(0)
            evidence.add_file(self.action, data=given["file"].read(), name=given["file"].name, **shared)
        elif self.kind == "link":
            evidence.add_link(self.action, url=given["url"], **shared)
        else:
            evidence.add_note(self.action, text=given["text"], **shared)


class OnEvidence(VerbPage):
    """A page about one piece of evidence, among those the person may see."""

    section = "actions"
    evidence: Evidence

    def find(self, **kwargs: Any) -> None:
        self.evidence = self.row(self.rows(Evidence).select_related("action__authority"), kwargs["number"])

    def back(self) -> str:
        return f"{reverse('action', args=[self.evidence.action_id])}#evidence-title"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(about=self.evidence.title, evidence=self.evidence, **kwargs)


class WithdrawPage(OnEvidence):
    """Withdraw a piece of evidence with a reason: it stays to be seen, and counts no longer."""

    form_class = ReasonForm
    title = "Withdraw this evidence"
    intro = "It counts no longer, and stays to be seen with your reason."
    button = "Withdraw it"
    warns = True
    done = "The evidence is withdrawn."

    def allow(self) -> None:
        evidence.check_withdraw(self.evidence, Rights(self.actor, self.evidence.action, on=self.day))

    def act(self, form: ReasonForm) -> None:
        evidence.withdraw(self.evidence, reason=form.cleaned_data["reason"], by=self.actor, at=self.moment)


class MarkPage(OnEvidence):
    """Make a piece of evidence confidential, or open to the board: a lead's, with a reason."""

    form_class = MarkForm
    confidential: bool

    def find(self, **kwargs: Any) -> None:
        super().find(**kwargs)
        if kwargs["wanted"] not in ("confidential", "open"):
            raise Http404("Evidence is confidential or open.")
        self.confidential = kwargs["wanted"] == "confidential"
        opens = not self.confidential
        self.title = "Open this evidence to the board" if opens else "Make this evidence confidential"
        self.button = "Open it to the board" if opens else "Make it confidential"
        self.done = "The board sees the evidence now." if opens else "The evidence is confidential now."
        self.intro = (
            "Board members will see it, and may take a file of it out. Look at it once more: is there a child in it?"
            if opens
            else "Board members no longer see it. Whoever has taken it out keeps what they have."
        )

    def allow(self) -> None:
        evidence.check_mark(self.evidence, self.actor, confidential=self.confidential)

    def act(self, form: MarkForm) -> None:
        reason = form.cleaned_data["reason"]
        evidence.mark(self.evidence, confidential=self.confidential, reason=reason, by=self.actor, at=self.moment)


class Download(Page):
    """A file of evidence, to be kept and never shown here: it may hold anything. The trail tells of it first."""

    def get(self, request: HttpRequest, number: int) -> HttpResponseBase:
        """The file as an attachment, or 404 where it is not among the evidence this person may see."""
        piece: Evidence = self.row(self.rows(Evidence).select_related("action__authority"), number)
        try:
            with ExitStack() as held:
                file = held.enter_context(piece.file.open("rb")) if piece.file else None
                evidence.downloaded(piece, by=self.actor, at=self.moment)
                held.pop_all()  # from here on the answer closes it
        except (Refused, FileNotFoundError) as error:
            messages.error(request, error.sentence if isinstance(error, Refused) else MISSING)
            return redirect("action", piece.action_id)
        return as_brought(file, _name(piece))


def _name(piece: Evidence) -> str:
    """The title with the file's own ending, so that the machine it lands on knows what to open it with."""
    suffix, title = f".{str(piece.file).rsplit('.', 1)[-1]}", safe(re.sub(r"[\\/]", "-", piece.title))
    return title if title.lower().endswith(suffix) else f"{title}{suffix}"
