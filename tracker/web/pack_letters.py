"""The mail to somebody who asked for a pack and will not have waited for it on the page."""

import logging
from datetime import datetime, timedelta

from django.urls import reverse

from tracker import mail
from tracker.access import visible
from tracker.models import Pack
from tracker.rules.london import day_of
from tracker.web.accounts import address_of

log = logging.getLogger(__name__)
WAITED = timedelta(minutes=1)  # so long somebody may still be looking at the page


def tell_of(pack: Pack, *, at: datetime) -> bool:
    """Tell whoever asked for it that the pack is there, or why not; whether a mail went out.

    Nobody is told of what came at once, of what the house asked for, or of what they may no longer take.
    """
    person = pack.asked_by
    if person is None or at - pack.asked_at < WAITED:
        return False
    kept = visible(Pack, person, day_of(at)).select_related("authority").filter(pk=pack.pk).first()
    if kept is None:
        return False
    try:
        mail.pack_done(person, kept, page=address_of(reverse("packs", args=[kept.authority_id])))
    except OSError:  # the mail server's errors among them: the page tells the same
        log.exception("The mail about pack %s could not be sent", pack.pk)
        return False
    return True
