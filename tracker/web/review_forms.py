"""The review's pages with something to fill in: a recommendation's words, its division, a new one, the report's facts."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property

from tracker.rules import drafts
from tracker.rules.citations import Cutting, chosen, cuttings, mark
from tracker.rules.refusal import Refused
from tracker.services import intake
from tracker.web.forms.review import AddForm, FactsForm, ItemForm, SplitForm, item_initial
from tracker.web.pages import VerbPage
from tracker.web.review import OnReading, place_of

FACTS = ("title", "framework", "overall_judgement", "lead_inspector", "plan_due_to")
DAYS = ("inspection_start", "inspection_end", "plan_due_printed")


class DraftPage(OnReading, VerbPage):
    """A page with a form that changes the draft; beside it stands the page the words come from."""

    template_name = "tracker/review_form.html"
    told = ""

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "version": self.intake.version}

    def keep(self, form: Any, draft: dict[str, Any]) -> None:
        """Keep the changed draft; the form's version tells whether somebody else was quicker."""
        version = form.cleaned_data["version"]
        intake.correct(self.intake, draft=draft, what=self.done, version=version, by=self.actor, at=self.moment)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        items = self.draft["recommendations"]
        known = {name: sorted({item[name] for item in items if item.get(name)}) for name in ("heading", "addressee")}
        shown = {"intake": self.intake, "about": self.intake.name, "known": known, "cuttings": self.cuttings()}
        return super().get_context_data(**{**shown, **kwargs})

    def cuttings(self) -> list[Cutting]:
        """What to show of the report's pages."""
        return []


class OnItem(DraftPage):
    """A page about one proposed recommendation."""

    item: dict[str, Any]

    def find(self, **kwargs: Any) -> None:
        super().find(**kwargs)
        self.key = kwargs["key"]

    def allow(self) -> None:
        super().allow()
        self.item = drafts.item_of(self.draft, self.key)

    def cuttings(self) -> list[Cutting]:
        return cuttings(self.item.get("source"), self.draft.get("sizes") or {})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"item": self.item, "number": place_of(self.draft, self.key)}
        return super().get_context_data(**shown, doubts=drafts.doubts_of(self.draft, self.item), **kwargs)

    def get_success_url(self) -> str:
        return f"{self.back()}#item-{self.key}"


class ItemPage(OnItem):
    """Correct the words of a recommendation, its timescale, who must act."""

    form_class = ItemForm
    title = "Correct this recommendation"
    done = "The recommendation is corrected."

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), **item_initial(self.item)}

    def act(self, form: ItemForm) -> None:
        self.done = f"Recommendation {place_of(self.draft, self.key)} is corrected."
        self.keep(form, drafts.correct(self.draft, self.key, form.words_given()))


class SplitPage(OnItem):
    """Divide a recommendation that holds two."""

    form_class = SplitForm
    title = "Divide this recommendation"
    button = "Divide it"

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "text": self.item["text"]}

    def act(self, form: SplitForm) -> None:
        parts = form.parts()
        self.done = f"Recommendation {place_of(self.draft, self.key)} is divided into {len(parts)}."
        self.keep(form, drafts.split(self.draft, self.key, parts))


class AddItemPage(DraftPage):
    """Add a recommendation the reading has missed: tick its lines on the report's page, or type its words.

    The page and the ticked lines stand in the address, so that nothing is lost on a reload.
    """

    template_name = "tracker/review_add.html"
    form_class = AddForm
    title = "Add a recommendation"
    button = "Add it"
    done = "The recommendation is added."

    @cached_property
    def sheet(self) -> Any:
        """The page of the report that is shown: the one asked for, else the one of the last finding."""
        items = self.draft["recommendations"]
        first = next((item["page"] for item in reversed(items) if item.get("page")), 1)
        asked = self.request.GET.get("page", "")
        return intake.page_view(self.intake, int(asked) if asked.isdecimal() else first, by=self.actor, on=self.day)

    @cached_property
    def ticked(self) -> list[Any]:
        """The lines of that page whose numbers stand in the address, in the report's order."""
        wanted = {int(number) for number in self.request.GET.getlist("line") if number.isdecimal()}
        return [line for line in self.sheet.lines if line.number in wanted]

    def get_form_kwargs(self) -> dict[str, Any]:
        items = enumerate(self.draft["recommendations"], 1)
        places = [
            (0, "At the top of the list"),
            *((item["id"], f"After {n}: {item['text'][:60]}") for n, item in items),
        ]
        return {**super().get_form_kwargs(), "places": places}

    def get_initial(self) -> dict[str, Any]:
        first = super().get_initial()
        before = self.last_before()
        if before:
            shared = {name: before.get(name) or "" for name in ("heading", "addressee", "timescale")}
            first |= {**item_initial(shared), "after": before["id"]}
        return {**first, "text": intake.words_of(self.sheet, {line.number for line in self.ticked})}

    def last_before(self) -> dict[str, Any] | None:
        """The finding after which the new one most likely stands: the last that begins before the ticked lines."""
        items = self.draft["recommendations"]
        if not self.ticked:
            return items[-1] if items else None
        above = [item for item in items if item.get("source") and item["source"]["lines"][0] < self.ticked[0].number]
        return above[-1] if above else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pages = range(1, self.sheet.pages + 1)
        marks = [mark(line.box) for line in self.ticked if line.box]
        return super().get_context_data(sheet=self.sheet, ticked=self.ticked, marks=marks, pages=pages, **kwargs)

    def act(self, form: AddForm) -> None:
        lines = [(line.number, line.text, line.box) for line in self.ticked]
        source = chosen(self.sheet.number, lines) if lines else None
        draft = drafts.add(self.draft, form.words_given(), source=source, after=form.cleaned_data["after"])
        self.keep(form, draft)


class FactsPage(DraftPage):
    """Correct what the report is called, what kind it is, and when the inspection was."""

    form_class = FactsForm
    title = "Correct what was read about the report"
    done = "What was read about the report is corrected."

    def get_initial(self) -> dict[str, Any]:
        draft = self.draft
        days = {name: draft.get(name) for name in DAYS}
        return {**super().get_initial(), **{name: draft.get(name) or "" for name in FACTS}, **days}

    def act(self, form: FactsForm) -> None:
        given = form.cleaned_data
        facts = {name: given[name] or None for name in FACTS}
        days = {name: _iso(given[name]) for name in DAYS}
        self.keep(form, drafts.correct_facts(self.draft, {**facts, **days}))


class StartAgainPage(DraftPage):
    """Go back to the machine's own reading; what was made of it stays in the history."""

    template_name = "tracker/form.html"
    title = "Go back to the machine’s reading"
    intro = "What you and others corrected in this review is undone. The history keeps it."
    button = "Go back to the machine’s reading"
    warns = True
    done = "The review begins again with the machine’s reading."

    def allow(self) -> None:
        super().allow()
        if not self.intake.corrected:
            raise Refused("Nothing has been corrected yet.")

    def act(self, form: Any) -> None:
        intake.correct(self.intake, draft=None, what=self.done, by=self.actor, at=self.moment)


class ReadAgainPage(OnReading, VerbPage):
    """Read the file once more, with the reader as it is today."""

    title = "Read the file again"
    intro = "The reader may have become better since. What was corrected or accepted stays as it is until you apply a difference."
    button = "Read it again"
    done = "The file is read again."

    def allow(self) -> None:
        intake.check_readable(self.intake, by=self.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(about=self.intake.name, **kwargs)

    def act(self, form: Any) -> None:
        self.intake = intake.read(self.intake, by=self.actor, at=self.moment)

    def get_success_url(self) -> str:
        accepted = self.intake.state == "accepted"
        return reverse("differences", args=[self.intake.pk]) if accepted else self.back()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
