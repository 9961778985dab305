"""The mail to those who wait for a pack: who asked for it and will have left the page, or the leads before a meeting."""

import logging
from datetime import datetime, timedelta

from django.urls import reverse

from tracker import mail
from tracker.access import leads_of, visible
from tracker.models import Pack, User
from tracker.rules.london import day_of
from tracker.web.accounts import address_of

log = logging.getLogger(__name__)
WAITED = timedelta(minutes=1)  # so long somebody may still be looking at the page


def tell_of(pack: Pack, *, at: datetime) -> int:
    """Tell whoever waits for it that the pack is there, or why not: who asked for it, or of a meeting's own the leads.

    How many were told. Nobody is told of what came at once, or of what they may no longer take.
    """
    if pack.asked_by is not None:
        waiting = [pack.asked_by] if at - pack.asked_at >= WAITED else []
    else:
        waiting = list(leads_of(pack.authority_id)) if pack.meeting_id else []
    return sum(_told(person, pack, at) for person in waiting)


def _told(person: User, pack: Pack, at: datetime) -> bool:
    kept = visible(Pack, person, day_of(at)).select_related("authority", "meeting").filter(pk=pack.pk).first()
    if kept is None:
        return False
    try:
        mail.pack_done(person, kept, page=address_of(reverse("packs", args=[kept.authority_id])))
    except OSError:  # the mail server's errors among them: the page tells the same
        log.exception("The mail about pack %s could not be sent", pack.pk)
        return False
    return True
