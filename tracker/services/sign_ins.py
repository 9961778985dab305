"""Sessions: a person ends all of theirs, wherever they are open."""

from datetime import datetime

from django.db import transaction

from tracker.access import Actor
from tracker.choices import EventKind
from tracker.models import User
from tracker.rules.refusal import Refused
from tracker.services import trail


@transaction.atomic
def sign_out_everywhere(person: User, *, by: Actor, at: datetime) -> User:
    """End every session of one's own, this one too. Raises Refused for anybody else's."""
    if by.is_house or by.person().pk != person.pk:
        raise Refused("Only the person themselves may sign out everywhere.")
    kept = User.objects.select_for_update().get(pk=person.pk)
    kept.end_sessions()
    kept.save(update_fields=["session_round"])
    trail.record(EventKind.SIGNED_OUT_EVERYWHERE, kept, chain=None, by=by, at=at)
    return kept
