"""Small pages beside a record: one form, one verb, and where it matters a look at what would happen first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.forms import CharField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from tracker.access import Actor, check
from tracker.admin.rights import is_visible
from tracker.admin.verb_forms import RowForm, Values, set_beside
from tracker.choices import Channel
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.web.acting import actor_of, day_in, moment_of


@dataclass(frozen=True)
class Preview:
    """What would happen: sentences, and a table where there is more to show."""

    sentences: Sequence[str] = ()
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[Any]] = ()


Closed = Callable[[Any, Actor, date], str]


def never_closed(row: Any, by: Actor, on: date) -> str:
    """A page that is open to whoever sees the record."""
    return ""


def refusal_of(check: Callable[[Any, Actor, date], object]) -> Closed:
    """The sentence with which a check refuses, or nothing."""

    def closed(row: Any, by: Actor, on: date) -> str:
        try:
            check(row, by, on)
        except Refused as refused:
            return refused.sentence
        return ""

    return closed


def for_keepers(ability: Ability, authority: Callable[[Any], Any] = lambda row: row.authority) -> Closed:
    """Closed with the table's own sentence to whom the ability does not reach."""
    return refusal_of(lambda row, by, on: check(by, ability, authority(row)))


@dataclass(frozen=True)
class Page:
    """One small page. `closed` gives the sentence for which it is not open, or nothing; `act` calls the verb."""

    name: str
    label: str
    form: type[RowForm]
    act: Callable[[Any, Values, Actor, datetime], object]
    closed: Closed = never_closed
    preview: Callable[[Any, Values, Actor, datetime], Preview] | None = None
    done: str = "Saved, and written in the trail."


def serve(page: Page, row: Any, model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Show a page, show what it would do, or do it and go back to the record."""
    by, at = actor_of(request, Channel.ADMIN), moment_of(request)
    closed = page.closed(row, by, day_in(request))
    if closed:  # no form is made: its options may be names that the person has no right to read
        return _refused(page, row, model_admin, request, closed)
    form = page.form(request.POST if request.method == "POST" else None, row=row, request=request)
    looked_at, seen = None, ""
    if form.is_valid():
        by = actor_of(request, Channel.ADMIN)  # anew: it tells what the form has asked about and the person has kept
        seen = repr(sorted((name, str(value)) for name, value in form.cleaned_data.items()))
        try:
            if page.preview is None or request.POST.get("seen") == seen:
                page.act(row, form.cleaned_data, by, at)
                return _back(page, row, model_admin, request)
            looked_at = page.preview(row, form.cleaned_data, by, at)
        except Refused as refused:
            set_beside(form, refused)
    return _shown(page, row, model_admin, request, form=form, preview=looked_at, seen=seen)


def _refused(page: Page, row: Any, model_admin: Any, request: HttpRequest, closed: str) -> HttpResponse:
    """The sentence that closes the page, and the words that were typed on it, so that they are not lost."""
    boxes = {name: field for name, field in page.form.base_fields.items() if type(field) is CharField}
    typed = [(field.label, request.POST[name]) for name, field in boxes.items() if request.POST.get(name)]
    answer = _shown(page, row, model_admin, request, closed=closed, typed=typed)
    answer.status_code = 403 if request.method == "POST" else 200
    return answer


def _back(page: Page, row: Any, model_admin: Any, request: HttpRequest) -> HttpResponse:
    messages.success(request, f"{page.label}: {page.done}")
    stem = f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}"
    if is_visible(row, request):
        return redirect(reverse(f"{stem}_change", args=[row.pk]))
    return redirect(reverse(f"{stem}_changelist"))


def _shown(page: Page, row: Any, model_admin: Any, request: HttpRequest, **more: Any) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": page.label,
        "page": page,
        "row": row,
        "facts": model_admin.facts(row, request),
        "opts": model_admin.opts,
        "media": model_admin.media,
        **more,
    }
    return TemplateResponse(request, "admin/tracker/page.html", context)
