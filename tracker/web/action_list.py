"""The list of actions, narrowed and ordered by the address alone, with what may be done to one row or to many."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as PageOfRows
from django.core.paginator import Paginator

from tracker.access import Seat
from tracker.choices import Delivery
from tracker.filters import ActionFilter, known
from tracker.models import Action, Evidence, Extension, SavedFilter
from tracker.rules.bulk import MOST
from tracker.rules.roles import NONE, OWN, Ability
from tracker.web import counts, quick
from tracker.web.next_step import NextStep
from tracker.web.pages import Page, Shown
from tracker.web.row_steps import steps_for

RELATED = ("authority", "owner", "recommendation__report")
SIZES = (25, 50, 100)
WORDS = 22  # of what will be done: two or three lines; the action's page and the print hold all of it


@dataclass(frozen=True)
class Row:
    """What a row of the list shows beside the action itself."""

    delivery: Delivery | None
    step: NextStep | None = None
    may_tick: bool = False


class Found(Page):
    """A page about the actions that the address finds among those the person may see."""

    title = "Actions"
    section = "actions"

    def found(self) -> ActionFilter:
        """The filter that the address says, over the actions the person may see."""
        rows = self.rows(Action).select_related(*RELATED)
        return ActionFilter(self.request.GET or None, queryset=rows, request=self.request)

    def narrowed(self, found: ActionFilter) -> list[tuple[str, str]]:
        """Each filter in force: its words, and the address without it."""
        without = {name: self.request.GET.copy() for name in found.in_force}
        for name, rest in without.items():
            rest.pop(name)
        return [(words, known(without[name])) for name, words in found.in_force.items()]


class ActionList(Found, Shown):
    """A page of the list. Rows are ticked in one form; what is done to them is shown on a page of its own first."""

    template_name = "tracker/actions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found, seat = self.found(), Seat.of(self.person, self.day)
        numbers = quick.counted(self.rows(Action), found.qs, self.person, self.day)
        pages = Paginator(found.qs, self.size())
        pages.count = numbers["found"]  # counted already, with the others
        page = pages.get_page(self.request.GET.get("page"))
        leading = set(seat.whole(Ability.KEEP_PLAN))
        listed = self.listed(page, seat, leading)
        limits = counts.thresholds(action.authority for action, _ in listed)
        return super().get_context_data(
            filter=found,
            query=known(self.request.GET),
            page=page,
            pages=pages,
            sizes=SIZES,
            listed=listed,
            may_tick=any(row.may_tick for _, row in listed),
            most=MOST,
            narrowed=self.narrowed(found),
            thresholds=limits,
            total=numbers["all"],
            quick=quick.links(numbers, self.person, self.request.GET),
            own=quick.own(list(self.rows(SavedFilter)), self.request.GET),
            leads=bool(leading),
            exports=_exports(seat),
            words=WORDS,
            **kwargs,
        )

    def size(self) -> int:
        """How many rows a page has: what the address says, where it is one of the sizes."""
        asked = self.request.GET.get("per", "")
        return int(asked) if asked in map(str, SIZES) else SIZES[0]

    def listed(self, page: PageOfRows, seat: Seat, leading: set[int]) -> list[tuple[Action, Row]]:
        """Each action of the page with its rating, its next step, and whether it may be ticked."""
        actions = list(page)
        here = {"action__in": [action.pk for action in actions]}
        evidenced = set(self.rows(Evidence).standing().filter(**here).values_list("action", flat=True))
        waiting = self.rows(Extension).filter(granted=None, withdrawn=False, **here)
        asked = {extension.action_id: extension for extension in waiting}
        steps = steps_for(actions, person=self.person, seat=seat, evidenced=evidenced, asked=asked, on=self.day)
        return [
            (action, Row(action.delivery_on(self.day), steps[action.pk], action.authority_id in leading))
            for action in actions
        ]


def _exports(seat: Seat) -> str:
    """Which actions the person may save as a file: all, their own, or none."""
    reached = seat.furthest(Ability.EXPORT)
    return {NONE: "", OWN: "own"}.get(reached, "all")


class PrintList(Found, Shown):
    """Every action that the address finds, with all its words, for paper: no pages, no ticks."""

    template_name = "tracker/actions_print.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.found()
        actions = list(found.sound[: MOST + 1])
        return super().get_context_data(
            filter=found,
            query=known(self.request.GET),
            narrowed=self.narrowed(found),
            listed=[(action, Row(action.delivery_on(self.day))) for action in actions[:MOST]],
            most=MOST,
            too_many=len(actions) > MOST,
            thresholds=counts.thresholds(action.authority for action in actions),
            **kwargs,
        )
