"""Erasing evidence, words of a note or an action, or a spreadsheet after a breach: one person asks, a second one decides."""

from typing import Any, NamedTuple

from django.db.models import Model
from django.urls import reverse

from tracker.access import check
from tracker.choices import Role
from tracker.models import Action, BroughtRow, Erasure, Evidence, Membership, ProgressNote, Spreadsheet, User
from tracker.rules.identities import identities_in
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import erasures
from tracker.web.evidence import OnEvidence
from tracker.web.forms.evidence import DecideErasureForm, EraseForm, EraseWordsForm
from tracker.web.moves import OnAction
from tracker.web.pages import VerbPage

ABOUT = (
    *("evidence__action__authority", "note__action__authority", "note__written_by", "spreadsheet__authority"),
    "action__authority__chain",
)


class Asked(NamedTuple):
    """How a decision is worded: what it asks, and what the person is told once it is erased, or is not."""

    title: str
    erased: str
    kept: str


ASKED: dict[type[Model], Asked] = {
    Evidence: Asked("Is this evidence to be erased?", "The evidence is erased.", "The evidence stays as it is."),
    ProgressNote: Asked("Are the words of this note to be erased?", "The note is erased.", "The note stays as it is."),
    Spreadsheet: Asked(
        "Is this spreadsheet to be erased?", "The spreadsheet is erased.", "The spreadsheet stays as it is."
    ),
    Action: Asked(
        "Are these words of the action to be erased?", "The words are erased.", "The words stay as they are."
    ),
}


class AskPage(OnEvidence):
    """Ask for evidence to be erased; nothing is erased yet."""

    form_class = EraseForm
    template_name = "tracker/erase.html"
    title = "Ask for this evidence to be erased"
    button = "Ask a second person to erase it"
    done = "The erasure is asked for. Another improvement lead decides."
    warns = True

    def allow(self) -> None:
        erasures.check_ask(self.evidence, self.actor, self.day)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            others=other_leads(self, self.evidence.action.authority_id), refused=refused(self.evidence), **kwargs
        )

    def act(self, form: EraseForm) -> None:
        erasures.ask_erasure(self.evidence, reason=form.cleaned_data["reason"], by=self.actor, at=self.moment)


class AskNotePage(VerbPage):
    """Ask for the words of a note to be erased; nothing is erased yet."""

    section = "actions"
    form_class = EraseForm
    template_name = "tracker/erase_note.html"
    title = "Ask for the words of this note to be erased"
    button = AskPage.button
    done = AskPage.done
    warns = True
    note: ProgressNote

    def find(self, **kwargs: Any) -> None:
        self.note = self.row(self.rows(ProgressNote).select_related("action__authority"), kwargs["number"])

    def allow(self) -> None:
        erasures.check_ask(self.note, self.actor, self.day)

    def back(self) -> str:
        return reverse("action", args=[self.note.action_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        others = other_leads(self, self.note.action.authority_id)
        about = {"about": self.note.action.reference, "note": self.note, "refused": refused(self.note)}
        return super().get_context_data(others=others, **about, **kwargs)

    def act(self, form: EraseForm) -> None:
        erasures.ask_erasure(self.note, reason=form.cleaned_data["reason"], by=self.actor, at=self.moment)


class AskWordsPage(OnAction):
    """Ask for words that an action has or has had to be erased; nothing is erased yet."""

    form_class = EraseWordsForm
    template_name = "tracker/erase_words.html"
    title = "Ask for words of this action to be erased"
    button = "Ask a second person to erase them"
    done = AskPage.done
    warns = True

    def allow(self) -> None:
        erasures.check_ask(self.action, self.actor, self.day)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "known": erasures.words_of(self.action)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        others = other_leads(self, self.action.authority_id)
        return super().get_context_data(others=others, refused=refused(self.action), **kwargs)

    def act(self, form: EraseWordsForm) -> None:
        reason = form.cleaned_data["reason"]
        erasures.ask_erasure(self.action, places=form.places(), reason=reason, by=self.actor, at=self.moment)


class AskSheetPage(VerbPage):
    """Ask for a spreadsheet to be erased, with what is kept of each of its rows; nothing is erased yet."""

    section = "reports"
    form_class = EraseForm
    template_name = "tracker/erase_sheet.html"
    title = "Ask for this spreadsheet to be erased"
    button = AskPage.button
    done = AskPage.done
    warns = True
    sheet: Spreadsheet

    def find(self, **kwargs: Any) -> None:
        self.sheet = self.row(self.rows(Spreadsheet).select_related("authority", "report"), kwargs["number"])

    def allow(self) -> None:
        erasures.check_ask(self.sheet, self.actor, self.day)

    def back(self) -> str:
        return reverse("spreadsheet", args=[self.sheet.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        others = other_leads(self, self.sheet.authority_id)
        shown = {"about": f"{self.sheet}, {self.sheet.authority}", "sheet": self.sheet, "others": others}
        return super().get_context_data(**shown, **left_of(self, self.sheet), refused=refused(self.sheet), **kwargs)

    def act(self, form: EraseForm) -> None:
        erasures.ask_erasure(self.sheet, reason=form.cleaned_data["reason"], by=self.actor, at=self.moment)


def left_of(page: VerbPage, sheet: Spreadsheet) -> dict[str, Any]:
    """What stays in the plan when a spreadsheet is erased: how many rows came in, and those that seem to name a child."""
    rows = list(sheet.rows.select_related("action"))
    seen = set(page.rows(Action).filter(brought__spreadsheet=sheet).values_list("pk", flat=True))
    naming = [row for row in rows if row.action_id in seen and identities_in(_words(row))]
    return {"brought": len(rows), "noted": sum(1 for row in rows if row.told), "naming": naming}


def _words(row: BroughtRow) -> str:
    return "\n".join(words for _, words in row.cells)


def refused(thing: erasures.Thing) -> Erasure | None:
    """The latest decision not to erase it, so that nobody asks again unknowingly."""
    return thing.erasures.filter(granted=False).select_related("decided_by").order_by("decided_at").last()


def other_leads(page: VerbPage, authority: int) -> Any:
    """The other leads of the council: one of them has to decide."""
    leading = page.rows(Membership).current().filter(authority=authority, role=Role.LEAD)
    return page.rows(User).filter(pk__in=leading.values("user")).exclude(pk=page.person.pk).order_by("name")


class DecidePage(VerbPage):
    """Erase the thing that was asked about, or refuse to; never by the person who asked."""

    section = "actions"
    form_class = DecideErasureForm
    template_name = "tracker/decide_erasure.html"
    button = "Save the decision"
    warns = True
    erasure: Erasure
    asked: Asked

    def find(self, **kwargs: Any) -> None:
        rows = self.rows(Erasure).select_related(*ABOUT, "asked_by", "decided_by")
        self.erasure = self.row(rows, kwargs["number"])
        self.asked = ASKED[type(self.erasure.thing)]
        self.title = self.asked.title
        self.section = "reports" if self.erasure.spreadsheet else "actions"

    def allow(self) -> None:
        check(self.actor, Ability.KEEP_PLAN, self.erasure.authority_id)

    def back(self) -> str:
        if self.erasure.spreadsheet:
            return reverse("spreadsheet", args=[self.erasure.spreadsheet.pk])
        place = "notes" if self.erasure.note else "evidence" if self.erasure.evidence else "what"
        return f"{reverse('action', args=[self._action().pk])}#{place}-title"

    def _action(self) -> Action:
        """The action whose words they are, or on which the evidence or the note stands."""
        held = self.erasure.evidence or self.erasure.note
        found = held.action if held else self.erasure.action
        assert found is not None  # noqa: S101  a constraint: an erasure is of one thing, and a spreadsheet is asked for before
        return found

    def closed(self) -> str:
        """Why the person cannot decide, in the verb's own words."""
        try:
            erasures.check_decide(self.erasure, self.actor, self.day)
        except Refused as refusal:
            return refusal.sentence
        return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sheet = self.erasure.spreadsheet
        about = f"{sheet}, {sheet.authority}" if sheet else self._action().reference
        left = left_of(self, sheet) if sheet else {}
        shown = {"about": about, "erasure": self.erasure, "closed": self.closed()}
        if not self.erasure.granted:
            shown["words"] = erasures.words_asked(self.erasure)
        return super().get_context_data(**shown, **left, **self.told(), **kwargs)

    def told(self) -> dict[str, str]:
        """Why it was refused, where it was."""
        return {"why_not": erasures.why_refused(self.erasure)} if self.erasure.granted is False else {}

    def get_success_url(self) -> str:
        """The page of the thing from its top, which says what was decided."""
        return self.back().partition("#")[0]

    def act(self, form: DecideErasureForm) -> None:
        given = form.cleaned_data
        granted = given["decision"] == "grant"
        self.done = self.asked.erased if granted else self.asked.kept
        erasures.decide_erasure(self.erasure, granted=granted, reason=given["reason"], by=self.actor, at=self.moment)
