"""The filters of lists, used by pages and machines alike. Their choices hold only what the person may see."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

import django_filters as filters
from django import forms
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest

from tracker.access import visible, visible_actions
from tracker.choices import Delivery, Family, Status
from tracker.models import Action, Authority, Report, Theme, User
from tracker.rules.london import day_of

Actions = Any
NEXT_DAYS = 30


def day_for(request: HttpRequest) -> date:
    """The day in London on which the request is answered; the moment was read when it came in."""
    return day_of(request.moment)  # type: ignore[attr-defined]


def _authorities(request: HttpRequest) -> QuerySet[Authority]:
    """The councils whose actions the person may see."""
    councils: QuerySet[Authority] = visible(Authority, _person(request), day_for(request))
    return councils


def _owners(request: HttpRequest) -> QuerySet[User]:
    """The people who own an action that the person may see."""
    seen = visible_actions(_person(request), day_for(request)).filter(owner__isnull=False)
    people: QuerySet[User] = visible(User, _person(request), day_for(request))
    return people.filter(pk__in=seen.values("owner"))


def _reports(request: HttpRequest) -> QuerySet[Report]:
    reports: QuerySet[Report] = visible(Report, _person(request), day_for(request))
    return reports.select_related("authority")


def _themes(request: HttpRequest) -> QuerySet[Theme]:
    themes: QuerySet[Theme] = visible(Theme, _person(request), day_for(request))
    return themes.order_by("title")


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  a list is never filtered for somebody not signed in
    return request.user


def _extended(rows: Actions) -> Actions:
    """The numbers of those with an extension granted, however often."""
    return rows.filter(extensions__granted=True).values("pk")


WHEN: dict[str, tuple[str, Callable[[Actions, date], Actions]]] = {
    "overdue": ("Overdue", lambda rows, on: rows.overdue(on)),
    "original": ("Overdue against the original date", lambda rows, on: rows.overdue_against_original(on)),
    "extended": ("Extended at least once", lambda rows, on: rows.filter(pk__in=_extended(rows))),
    "soon": (f"Due in the next {NEXT_DAYS} days", lambda rows, on: rows.due_within(on, NEXT_DAYS)),
    "none": ("No due date", lambda rows, on: rows.undated()),
    "unpublished": ("No due date: waiting for the publication date", lambda rows, on: rows.waiting_for_publication()),
    "untimed": ("No due date: the report prints no timescale", lambda rows, on: rows.without_timescale()),
    "silent": ("No news for a while", lambda rows, on: rows.silent(on)),
    "asked": (
        "Extension asked for",
        lambda rows, on: rows.extension_asked(),
    ),
    "help": ("Help asked for", lambda rows, on: rows.asking_for_help()),
    "look": ("Closed, to be looked at again", lambda rows, on: rows.to_be_looked_at(on)),
    "waited": ("Awaiting sign-off, past the due date", lambda rows, on: rows.awaiting_sign_off_late(on)),
}
SORTS: dict[str, tuple[str, Callable[[Actions], Actions]]] = {
    "plan": ("As the plan is read", lambda rows: rows.ranked()),
    "reference": ("Reference", lambda rows: rows.order_by("reference")),
    "due": ("Due date, earliest first", lambda rows: rows.order_by(F("agreed_due").asc(nulls_last=True), "reference")),
    "-due": ("Due date, latest first", lambda rows: rows.order_by(F("agreed_due").desc(nulls_last=True), "reference")),
    "owner": ("Owner", lambda rows: rows.order_by(F("owner__name").asc(nulls_last=True), "reference")),
    "status": ("Status", lambda rows: rows.order_by("status", "reference")),
    "heard": ("Longest without news", lambda rows: rows.order_by("last_heard_at", "reference")),
}
OPENNESS = [("open", "Open: not started or in progress"), *Status.choices]


def _choices(table: dict[str, tuple[str, Any]]) -> list[tuple[str, str]]:
    return [(name, words) for name, (words, _) in table.items()]


class ActionFilter(filters.FilterSet):
    """The list of actions. `request` carries the person, for the choices, and the moment, for what is overdue."""

    q = filters.CharFilter(label="Words or reference", method="by_words")
    status = filters.ChoiceFilter(label="Status", choices=OPENNESS, method="by_status", empty_label="Any")
    rating = filters.ChoiceFilter(
        label="Delivery rating", choices=Delivery.choices, method="by_rating", empty_label="Any"
    )
    when = filters.ChoiceFilter(
        label="Due date or request", choices=_choices(WHEN), method="by_when", empty_label="Any"
    )
    owner = filters.ModelChoiceFilter(
        label="Owner", queryset=_owners, empty_label="Anybody", null_label="Nobody", null_value="nobody"
    )
    authority = filters.ChoiceFilter(label="Council", empty_label="Any")
    report = filters.ModelChoiceFilter(
        label="Report", field_name="recommendation__report", queryset=_reports, empty_label="Any"
    )
    family = filters.ChoiceFilter(
        label="Kind of report", field_name="recommendation__report__family", choices=Family.choices, empty_label="Any"
    )
    theme = filters.ModelChoiceFilter(
        label="Theme",
        field_name="recommendation__themes",
        queryset=_themes,
        empty_label="Any",
        null_label="None settled yet",
        null_value="none",
    )
    sort = filters.ChoiceFilter(
        label="Sort by", choices=_choices(SORTS), method="by_nothing", empty_label=None, required=False
    )

    class Meta:
        model = Action
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        councils = [(str(council.pk), str(council)) for council in _authorities(self.request)]
        self.filters["authority"].extra["choices"] = councils
        if len(councils) < 2:
            del self.filters["authority"]
        self.form.use_required_attribute = False
        for field in self.form.fields.values():
            if "invalid_choice" in field.error_messages:
                field.error_messages["invalid_choice"] = f"That is not one of the choices for “{field.label}”."

    @property
    def qs(self) -> Actions:
        """The rows that pass, in the order asked for: as the plan is read unless another is chosen."""
        chosen = self.form.cleaned_data.get("sort") if self.is_bound and self.form.is_valid() else ""
        return SORTS[chosen or "plan"][1](super().qs)

    @property
    def sound(self) -> Actions:
        """The rows that pass, and none where the address makes no sense: nothing is done to more than was meant."""
        return self.qs if not self.is_bound or self.form.is_valid() else self.qs.none()

    def by_words(self, rows: Actions, name: str, value: str) -> Actions:
        """Every word has to stand in the reference, in what will be done, or in the recommendation."""
        for word in value.split():
            found = Q(reference__icontains=word) | Q(what__icontains=word) | Q(recommendation__text__icontains=word)
            rows = rows.filter(found)
        return rows

    def by_status(self, rows: Actions, name: str, value: str) -> Actions:
        """One status, or both that are open."""
        return rows.open() if value == "open" else rows.filter(status=value)

    def by_when(self, rows: Actions, name: str, value: str) -> Actions:
        """What a due date, or the lack of one, means today."""
        return WHEN[value][1](rows, day_for(self.request))

    def by_rating(self, rows: Actions, name: str, value: str) -> Actions:
        """By the computed rating, counted as the home page counts it."""
        return rows.rated(day_for(self.request)).filter(rating=value)

    def by_nothing(self, rows: Actions, name: str, value: str) -> Actions:
        """The order leaves the rows as they are."""
        return rows

    @property
    def in_force(self) -> dict[str, str]:
        """What the list is narrowed by, in words by the filter's name; nothing where the address makes no sense."""
        if not (self.is_bound and self.form.is_valid()):
            return {}
        fields = self.form.fields
        given = {name: value for name, value in self.form.cleaned_data.items() if value and name != "sort"}
        return {name: f"{fields[name].label}: {_word(fields[name], value)}" for name, value in given.items()}


def known(asked: Mapping[str, Any]) -> str:
    """The part of an address that filters and sorts the list, in one order; other words and empty ones are left out."""
    said = ((name, str(asked.get(name, "")).strip()) for name in ActionFilter.base_filters)
    return urlencode([(name, words) for name, words in said if words])


NOTHING = {"nobody": "Nobody", "none": "None settled yet"}


def _word(field: forms.Field, value: Any) -> str:
    """A chosen value as the drop-down says it."""
    if value in NOTHING:
        return NOTHING[value]
    return str(dict(getattr(field, "choices", [])).get(value, value)) if isinstance(value, str) else str(value)
