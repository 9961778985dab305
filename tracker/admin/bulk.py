"""Several actions at once: each row by its own verb, shown first, and whatever was skipped is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from tracker.access import Actor, assignable_people
from tracker.admin.rights import rows
from tracker.admin.verb_forms import Values, choice_field, day_field, offer, text_field
from tracker.choices import Channel
from tracker.models import User
from tracker.rules.london import day_of
from tracker.rules.questions import question_due
from tracker.rules.refusal import Refused
from tracker.rules.written_dates import counted
from tracker.services import actions
from tracker.web.acting import actor_of, moment_of


class BulkOwnerForm(forms.Form):
    """Who owns them all."""

    owner = choice_field()

    def __init__(self, *args: Any, chosen: Sequence[Any], request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = rows(User, request).none()
        for authority in {row.authority_id for row in chosen}:
            people |= assignable_people(authority)
        offer(self, "owner", people)


class BulkDueForm(forms.Form):
    """The first due date of them all."""

    due = day_field("Due date", help_text="Only for actions without one. A date that is there moves by an extension.")
    reason = text_field("Why this date", required=True)

    def __init__(self, *args: Any, chosen: Sequence[Any], request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


@dataclass(frozen=True)
class Bulk:
    """One thing that can be done to several actions."""

    name: str
    title: str
    form: Callable[..., forms.Form]
    verb: Callable[..., object]
    before: Callable[[Any], Any]
    after: Callable[[Values], Any]
    question: Callable[[Values, datetime], str | None] = lambda values, at: None


OWNER = Bulk(
    "assign_owner",
    "Assign an owner",
    BulkOwnerForm,
    actions.assign,
    before=lambda row: row.owner or "Nobody",
    after=lambda values: values["owner"],
)
DUE = Bulk(
    "set_first_due_dates",
    "Set first due dates",
    BulkDueForm,
    actions.set_first_due,
    before=lambda row: f"{row.agreed_due:%-d %B %Y}" if row.agreed_due else "No date",
    after=lambda values: f"{values['due']:%-d %B %Y}",
    question=lambda values, at: question_due(values["due"], as_at=day_of(at)),
)


@admin.action(description=OWNER.title, permissions=["keep"])
def assign_owner(model_admin: Any, request: HttpRequest, queryset: Any) -> HttpResponse | None:
    """Give the chosen actions to one owner."""
    return served(OWNER, model_admin, request, queryset)


@admin.action(description=DUE.title, permissions=["keep"])
def set_first_due_dates(model_admin: Any, request: HttpRequest, queryset: Any) -> HttpResponse | None:
    """Date the chosen actions that have no date."""
    return served(DUE, model_admin, request, queryset)


def served(bulk: Bulk, model_admin: Any, request: HttpRequest, queryset: Any) -> HttpResponse | None:
    """Ask; then show what would become of each row; then do it, row by row."""
    chosen = list(queryset.select_related("authority", "owner"))
    step = request.POST.get("step", "ask")
    form = bulk.form(None if step == "ask" else request.POST, chosen=chosen, request=request)
    shown, question = [], None
    if form.is_valid():
        by, at = actor_of(request, Channel.ADMIN), moment_of(request)
        if step == "do":
            _done(bulk, chosen, form.cleaned_data, request, by, at)
            return None
        shown = [_foreseen(bulk, row, form.cleaned_data, by, at) for row in chosen]
        question = bulk.question(form.cleaned_data, at)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": bulk.title,
        "bulk": bulk,
        "form": form,
        "chosen": chosen,
        "shown": shown,
        "question": question,
        "will_do": sum(not refused for *_, refused in shown),
        "checkbox": ACTION_CHECKBOX_NAME,
        "opts": model_admin.opts,
        "media": model_admin.media,
    }
    return TemplateResponse(request, "admin/tracker/bulk.html", context)


def _foreseen(bulk: Bulk, row: Any, values: Values, by: Actor, at: datetime) -> tuple[Any, Any, Any, str]:
    """The row, how it is, how it would be, and the sentence with which the verb would refuse it."""
    with transaction.atomic():
        refused = _refusal(bulk, row, values, by, at)
        transaction.set_rollback(True)
    return row, bulk.before(row), bulk.after(values), refused


def _refusal(bulk: Bulk, row: Any, values: Values, by: Actor, at: datetime) -> str:
    try:
        bulk.verb(row, by=by, at=at, **values)
    except Refused as refused:
        return refused.sentence
    return ""


def _done(bulk: Bulk, chosen: Sequence[Any], values: Values, request: HttpRequest, by: Actor, at: datetime) -> None:
    answers = [(row, _refusal(bulk, row, values, by, at)) for row in chosen]
    skipped = [(row, refused) for row, refused in answers if refused]
    if len(skipped) < len(answers):
        done = counted(len(answers) - len(skipped), "action", "actions")
        messages.success(request, f"{bulk.title}: {done} changed to {bulk.after(values)}.")
    for row, refused in skipped:
        messages.warning(request, f"{row} was skipped: {refused}")
