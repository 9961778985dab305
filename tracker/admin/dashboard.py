"""The first page of the admin: what waits for somebody, counted with the same sets as the site, each with its list."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

from tracker.admin.list_filters import NeedsFilter
from tracker.admin.rights import keeps_people, kept, person_in, rows
from tracker.choices import IntakeState
from tracker.models import Action, Challenge, Extension, Intake, Membership
from tracker.rules.roles import Ability
from tracker.web.acting import day_in, moment_of
from tracker.web.reminders import reminders


@dataclass(frozen=True)
class Waiting:
    """How many of something wait, in words that follow the number, and the list that shows them."""

    count: int
    words: str
    address: str


def waiting(request: HttpRequest) -> list[Waiting]:
    """What waits in the plans the person keeps; nothing for those who keep none."""
    led = kept(request, Ability.KEEP_PLAN)
    if not led:
        return []
    actions = rows(Action, request).filter(authority__in=led)
    found = [
        _counted(label.lower(), chosen(actions, day_in(request)), Action, needs=name)
        for name, (label, chosen) in NeedsFilter.SETS.items()
    ]
    asked = rows(Extension, request).filter(action__authority__in=led, granted=None, withdrawn=False)
    read = rows(Intake, request).filter(authority__in=led, state=IntakeState.READ)
    put = rows(Challenge, request).filter(authority__in=led, answered_at=None)
    return [
        *found,
        _counted("extensions to decide", asked, Extension, granted__isempty=1, withdrawn__exact=0),
        _counted("readings to confirm", read, Intake, state__exact=IntakeState.READ.value),
        _counted("challenges without an answer", put, Challenge, answered_at__isempty=1),
    ]


def _counted(words: str, found: Any, model: type[Model], **asked: object) -> Waiting:
    address = reverse(f"admin:tracker_{model._meta.model_name}_changelist")
    return Waiting(found.count(), words, f"{address}?{urlencode(asked)}")


def house(request: HttpRequest) -> dict[str, object]:
    """What those who keep people see of the house: who has access but never signed in, and how the reminders are."""
    if not keeps_people(request):
        return {}
    current = rows(Membership, request).current()
    unused = current.filter(user__last_login=None).values("user").distinct().count()
    return {"unused": unused, "reminders": reminders(moment_of(request)) if person_in(request).is_superuser else None}
