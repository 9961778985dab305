"""Raised before: what an authority's inspections have asked for again and again, and the pairs a lead settles."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import Truncator

from tracker.access import board_authorities, can
from tracker.models import Action, Authority, Recommendation, Report
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import recurrences
from tracker.services.recurrences import raised_on
from tracker.web.forms.themes import RaisedWithForm
from tracker.web.pages import Page, Shown
from tracker.web.rearranging import SHOWN_CHARACTERS, OnRecommendation

ANSWERS = {"same": True, "different": False}
TOLD = {True: "Both are kept as saying the same.", False: "Both are kept as saying different things."}
SHOWN = 20  # proposals on the page at once, the likest


@dataclass(frozen=True)
class Again:
    """Recommendations that say the same, the earliest first, with the years in which they were raised."""

    items: list[Recommendation]

    @property
    def years(self) -> list[int]:
        """The years, each once."""
        return sorted({year for year, _ in self.sides})

    @property
    def latest(self) -> Recommendation:
        """The one that was raised last."""
        return self.items[-1]

    @property
    def sides(self) -> list[tuple[int, Recommendation]]:
        """Each with the year in which it was raised."""
        return [(raised_on(item.report).year, item) for item in self.items]


def again(page: Page, items: list[Recommendation]) -> dict[int, Again]:
    """By recommendation: what says the same, as far as the person may see it; one that stands alone is left out."""
    found = recurrences.raised_before(items)
    seen = page.rows(Recommendation).filter(pk__in={row.pk for rows in found.values() for row in rows}) if found else ()
    visible = {row.pk for row in seen}
    told = {key: Again([row for row in rows if row.pk in visible]) for key, rows in found.items()}
    return {key: each for key, each in told.items() if len(each.items) > 1}


class OfCouncil(Page):
    """Pages about the recommendations of one council, for those who see its whole plan."""

    section = "reports"

    @property
    def authority(self) -> Authority:
        """The council of the page."""
        found: Authority = self.row(board_authorities(self.person, self.day), self.kwargs["number"])
        return found

    def back(self) -> str:
        """The page of what was raised before."""
        return reverse("raised", args=[self.kwargs["number"]])


def recurring(page: Page, authority: Authority) -> list[Again]:
    """All that recurs in a council's inspections, raised most often and then last first."""
    items = list(page.rows(Recommendation).filter(report__authority=authority).select_related("report__authority"))
    found = {tuple(row.pk for row in each.items): each for each in again(page, items).values()}
    return sorted(found.values(), key=lambda each: (-len(each.years), -each.years[-1], each.items[0].pk))


class RaisedPage(OfCouncil, Shown):
    """What recurs, with the words side by side; for a lead also what may recur and waits to be settled."""

    template_name = "tracker/raised.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        authority = self.authority
        self.title = f"Raised before in {authority}"
        leads = can(self.person, Ability.KEEP_PLAN, authority)
        proposed = recurrences.open_pairs(authority) if leads else []
        found = {
            "authority": authority,
            "reports": self.rows(Report).filter(authority=authority).count(),
            "groups": recurring(self, authority),
            "actions": self.actions(authority),
            "leads": leads,
            "proposed": proposed[:SHOWN],
            "more": len(proposed[SHOWN:]),
            "confirmed": recurrences.settled_pairs(authority, confirmed=True) if leads else [],
            "refused": recurrences.settled_pairs(authority, confirmed=False) if leads else [],
        }
        return super().get_context_data(**found, **kwargs)

    def actions(self, authority: Authority) -> dict[int, list[Action]]:
        """The actions under each recommendation."""
        found: dict[int, list[Action]] = {}
        for action in self.rows(Action).filter(authority=authority).order_by("reference"):
            found.setdefault(action.recommendation_id, []).append(action)
        return found


class SettlePage(OfCouncil):
    """One press of a button: both say the same, or they do not. It leads back to the list."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, number: int, earlier: int, later: int, answer: str) -> HttpResponse:
        """Call the verb, and say what was kept."""
        if answer not in ANSWERS:
            raise Http404("There is no such answer.")
        rows = self.rows(Recommendation).filter(report__authority=self.authority).select_related("report__authority")
        pair = self.row(rows, earlier), self.row(rows, later)
        try:
            recurrences.settle(*pair, confirmed=ANSWERS[answer], by=self.actor, at=self.moment)
            messages.success(request, TOLD[ANSWERS[answer]])
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        return redirect(f"{self.back()}#to-settle")


class RaisedWithPage(OnRecommendation):
    """Name another recommendation that says the same: for what the machine has not seen."""

    form_class = RaisedWithForm
    title = "Was this raised before?"
    intro = "Choose the recommendation of another report that asks for the same. Boards see both years beside both."
    button = "They say the same"
    done = "Both are kept as saying the same."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "groups": self.groups()}

    def others(self) -> Any:
        """The recommendations of the council's other reports."""
        rows = self.rows(Recommendation).filter(report__authority=self.recommendation.report.authority_id)
        return rows.exclude(report=self.recommendation.report_id).select_related("report__authority")

    def groups(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """The others, by report."""
        found: dict[str, list[tuple[int, str]]] = {}
        for row in self.others().order_by("-report__series", "number"):
            words = f"{row.number}. {Truncator(row.text).chars(SHOWN_CHARACTERS)}"
            found.setdefault(str(row.report), []).append((row.pk, words))
        return list(found.items())

    def act(self, form: RaisedWithForm) -> None:
        other = self.row(self.others(), form.cleaned_data["recommendation"])
        recurrences.settle(self.recommendation, other, confirmed=True, by=self.actor, at=self.moment)
