"""How the site shows things: dates as people say them, ratings as word, letter and colour, fields with their errors."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.contrib.messages.storage.base import Message
from django.forms import BoundField

from tracker.choices import Delivery, Impact, Role, Status
from tracker.models import Action
from tracker.rules import rating_words
from tracker.rules.rating_words import DELIVERY, IMPACT, SHORT
from tracker.rules.roles import IN_WORDS, WORKING
from tracker.rules.standing import OPEN, RatingSettings, Standing
from tracker.rules.written_dates import clock_time, counted, long_date, moment_in_words, short_date

register = template.Library()


@register.filter
def distance(day: date | None, today: date) -> str:
    """How far a day lies from today: today, tomorrow, in 3 days, 2 weeks ago, 14 years ago."""
    if day is None:
        return ""
    days = (day - today).days
    if days in NEAR:
        return NEAR[days]
    span = _span(abs(days))
    return f"in {span}" if days > 0 else f"{span} ago"


NEAR = {0: "today", 1: "tomorrow", -1: "yesterday"}


def _span(days: int) -> str:
    for length, one, many in ((730, "year", "years"), (60, "month", "months"), (21, "week", "weeks")):
        if days >= length:
            return counted(int(days / {"year": 365.25, "month": 30.44, "week": 7}[one]), one, many)
    return counted(days, "day", "days")


@register.filter
def said(day: date | None, today: date) -> str:
    """Tuesday 24 November 2026, in 3 days."""
    return f"{long_date(day)}, {distance(day, today)}" if day else ""


@register.filter
def short(day: date | None) -> str:
    """24 November 2026."""
    return short_date(day) if day else ""


@register.filter
def printed_day(iso: str | None) -> str:
    """A day of a draft, which keeps it as YYYY-MM-DD, as 24 November 2026."""
    return short_date(date.fromisoformat(iso)) if iso else ""


@register.filter
def long(day: date | None) -> str:
    """Tuesday 24 November 2026."""
    return long_date(day) if day else ""


@register.filter
def moment(at: datetime | None) -> str:
    """24 November 2026 at 9:05am, in London's time."""
    if at is None:
        return ""
    return moment_in_words(at)


@register.filter
def clock(at: datetime | None) -> str:
    """9:05am, in London's time."""
    if at is None:
        return ""
    return clock_time(at)


@register.filter
def once(messages: Iterable[Message]) -> list[Message]:
    """The messages, each sentence once: somebody who was sent back three times reads why one time."""
    return list({(message.level, str(message)): message for message in messages}.values())


@register.inclusion_tag("tracker/parts/rating.html")
def rating(value: Delivery | None, lowered: bool = False) -> dict[str, Any]:
    """The delivery rating as a tag with letter and word; what has no rating says so."""
    if value is None:
        return {}
    letter, colour = DELIVERY[value]
    return {"letter": letter, "colour": colour, "word": SHORT[value], "lowered": lowered}


@register.inclusion_tag("tracker/parts/impact.html")
def impact(value: str) -> dict[str, Any]:
    """The impact rating as an outlined tag with its figure and word, unlike the delivery rating's."""
    return {"letter": IMPACT[Impact(value)][0], "word": Impact(value).label}


@register.inclusion_tag("tracker/parts/key.html")
def key(thresholds: RatingSettings | None = None, with_impact: bool = False) -> dict[str, Any]:
    """The key to both ratings, with the thresholds that hold here."""
    impacts = [(each, text) for each, (_, text) in IMPACT.items()] if with_impact else []
    return {"deliveries": [(each, rating_words.meaning(each, thresholds)) for each in Delivery], "impacts": impacts}


@register.filter
def meaning(value: Delivery, thresholds: RatingSettings | None = None) -> str:
    """What a delivery rating means, in words."""
    return rating_words.meaning(value, thresholds)


@register.filter
def is_open(standing: Standing) -> bool:
    """Whether what stands so is not started or in progress: only that can become overdue."""
    return standing.status in OPEN


@register.filter
def status_word(value: str) -> str:
    """The status in a word or two, for lists."""
    return "Awaiting sign-off" if value == Status.SUBMITTED else str(Status(value).label)


@register.filter
def role_words(value: str) -> str:
    """What a role is for."""
    return IN_WORDS[Role(value)]


@register.filter
def holds_actions(value: str) -> bool:
    """Whether somebody in this role may own actions, and so may need a deputy."""
    return value in WORKING


KINDS: tuple[tuple[type[forms.Widget], str, str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes", "govuk-checkboxes__input"),
    (forms.RadioSelect, "radios", "govuk-radios__input"),
    (forms.CheckboxInput, "checkbox", "govuk-checkboxes__input"),
    (forms.MultiWidget, "day", ""),
    (forms.Select, "box", "govuk-select"),
    (forms.Textarea, "box", "govuk-textarea"),
    (forms.FileInput, "box", "govuk-file-upload"),
    (forms.Widget, "box", "govuk-input"),
)


@register.inclusion_tag("tracker/parts/field.html")
def field(bound: BoundField, heading: bool = False) -> dict[str, Any]:
    """A field with its label, hint, error and input, in the manner of the design system."""
    _, kind, css = next(row for row in KINDS if isinstance(bound.field.widget, row[0]))
    wrong = f" {css}--error" if bound.errors and css and kind == "box" else ""
    drawn = bound.as_widget(attrs={"class": f"{css}{wrong}"}) if kind in ("box", "checkbox") else ""
    return {"field": bound, "kind": kind, "input": drawn, "heading": heading}


@register.simple_tag
def day_parts(bound: BoundField) -> str:
    """The three boxes of a date, marked where the date is wrong."""
    return bound.as_widget(attrs={"wrong": True} if bound.errors else None)


@register.simple_tag
def own_day(form: forms.BaseForm, action: Action) -> BoundField:
    """The box for the date of one action among several."""
    return form[f"own_{action.pk}"]


@register.filter
def first_input(bound: BoundField) -> str:
    """The id of the input that an error leads to: the first of a group, or the input itself."""
    group = isinstance(bound.field.widget, forms.MultiWidget | forms.RadioSelect)
    return f"{bound.auto_id}_0" if group else str(bound.auto_id)


@register.inclusion_tag("tracker/parts/error_summary.html")
def error_summary(form: forms.BaseForm | str) -> dict[str, Any]:
    """All errors of a form, each leading to its field; a hidden field's and the form's own lead to the first field."""
    # A page without a form hands in the template engine's empty string.
    if not isinstance(form, forms.BaseForm) or not form.errors:
        return {}
    visible = form.visible_fields()
    first = first_input(visible[0]) if visible else "main"
    found = [(first_input(bound), error) for bound in visible for error in bound.errors]
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    return {"problems": [*((first, error) for error in [*form.non_field_errors(), *hidden]), *found]}


@register.filter
def of(rows: dict[Any, Any], name: Any) -> Any:
    """What a table holds under a name; nothing where it holds none."""
    return rows.get(name, ())
