"""Which actions a person has chosen in the list: those ticked, those of the page, or all that the filter finds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from tracker.filters import ActionFilter, known
from tracker.models import Action

TICKED, PAGE, FOUND = "ticked", "page", "found"  # which rows
ASK, SHOW, DO = "ask", "show", "do"  # how far the pages have come
LONGEST = 12  # digits: no number of a record is longer
RELATED = ("authority", "owner", "recommendation__report")

Rows = Any


@dataclass(frozen=True)
class Chosen:
    """The chosen actions the person may change, with the versions they were shown at, and what else was asked."""

    actions: list[Action]
    versions: dict[int, int]
    query: str
    one_authority: str

    @property
    def packed(self) -> str:
        """The actions with their versions, as the next form carries them."""
        return ",".join(f"{number}.{version}" for number, version in self.versions.items())


def chosen(request: HttpRequest, rows: Rows, most: int) -> Chosen:
    """Read what was chosen from the list's form, or from the form of a page that followed it.

    `rows` are those the person may change; whatever else is named is not among them. At most one more than `most`
    comes back, so that too many can be told.
    """
    asked = request.POST if request.method == "POST" else request.GET
    query, authority = known(QueryDict(asked.get("filter", ""))), asked.get("council", "")
    versions = _packed(asked["rows"]) if "rows" in asked else {}
    found = rows.filter(pk__in=versions) if "rows" in asked else _picked(request, asked, query, rows)
    if _number(authority):
        found = found.filter(authority=int(authority))
    actions = list(found.select_related(*RELATED)[: most + 1])
    # Every page but the last shows the actions as they are: only the act itself is about what was shown before.
    shown = versions if asked.get("step") == DO else {}
    shown = {action.pk: shown.get(action.pk, action.version) for action in actions}
    return Chosen(actions, shown, query, authority)


def _picked(request: HttpRequest, asked: QueryDict, query: str, rows: Rows) -> Rows:
    which = asked.get("which", TICKED)
    if which == FOUND:
        return ActionFilter(QueryDict(query) or None, queryset=rows, request=request).sound
    named = asked.get("shown", "").split(",") if which == PAGE else asked.getlist("action")
    return rows.filter(pk__in=[int(text) for text in named if _number(text)]).ranked()


def _packed(text: str) -> dict[int, int]:
    pairs = (each.partition(".") for each in text.split(","))
    return {int(number): int(version) for number, _, version in pairs if _number(number) and _number(version)}


def _number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST


def passed_on(asked: Mapping[str, Any], *, without: tuple[str, ...]) -> list[tuple[str, str]]:
    """What a form was sent with, to be carried by the next one as hidden fields."""
    lists = asked.lists() if isinstance(asked, QueryDict) else ()
    return [(name, value) for name, values in lists for value in values if name not in without]
