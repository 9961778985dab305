"""A list of actions that leaves the house as a file: who may take which rows, and the line of the trail that tells of it."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from django.db import transaction

from tracker.access import Actor, exportable_actions
from tracker.choices import EventKind
from tracker.models import Action, Event
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.services import trail


@transaction.atomic
def told(
    actions: Sequence[Action], *, name: str, digest: str, filtered_by: str, by: Actor, at: datetime
) -> list[Event]:
    """Tell the trail of each authority which of its actions were saved as a file, under which hash (SHA-256).

    Raises Refused where the person may not take every one of them, or there is none.
    """
    numbers = [action.pk for action in actions]
    if not by.is_house:
        allowed = set(exportable_actions(by.person(), day_of(at)).filter(pk__in=numbers).values_list("pk", flat=True))
        if not allowed.issuperset(numbers):
            raise Refused("You may not take an export of this plan.")
    if not numbers:
        raise Refused("There is no action in this list that you may save as a file.")
    by_authority = sorted(actions, key=lambda action: (action.authority_id, action.reference))
    return [
        _told_one(list(rows), name=name, digest=digest, filtered_by=filtered_by, by=by, at=at)
        for _, rows in groupby(by_authority, key=lambda action: action.authority_id)
    ]


def _told_one(actions: Sequence[Action], *, name: str, digest: str, filtered_by: str, by: Actor, at: datetime) -> Event:
    authority = actions[0].authority
    details = {
        "name": name,
        "sha256": digest,
        "filter": filtered_by,
        "actions": [action.reference for action in actions],
    }
    return trail.record(EventKind.LIST_SAVED, authority, chain=authority, by=by, at=at, details=details)
