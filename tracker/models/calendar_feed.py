"""A person's private calendar address: that there is one, and the fingerprint by which it is known."""

from django.db import models
from django.db.models import Q

from tracker.models.people import User
from tracker.models.trailed import Trailed


class CalendarFeed(Trailed):
    """One a person. Whoever knows the address reads the calendar, so the address itself is kept nowhere."""

    person = models.OneToOneField(User, models.PROTECT, related_name="calendar_feed")
    token_hash = models.CharField("SHA-256 of the secret", max_length=64, unique=True, null=True, blank=True)  # noqa: DJ001  null: revoked, and nulls are not the same
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    fetched_on = models.DateField("last asked for on", null=True, blank=True)

    TRAIL_FIELDS = ("person", "made_at", "revoked_at")
    OUTSIDE_TRAIL = {
        "id": "names the record",
        "token_hash": "the fingerprint of a secret; that it changed is told by made_at",
        "fetched_on": "changes with the visits of a calendar program, without an act on any record",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(token_hash__isnull=False, revoked_at__isnull=True)
                | Q(token_hash__isnull=True, revoked_at__isnull=False),
                name="a_calendar_is_open_or_revoked",
            ),
        ]

    def __str__(self) -> str:
        return f"Calendar of {self.person.name}"
