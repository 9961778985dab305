"""The ledger of notices: what is owed about a thing, and the envelopes it goes out in. Not part of the trail."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from tracker.choices import NoticeKind, NoticeState, words_of_the_ledger
from tracker.models.people import Authority, User

# A person gets one of these a day at most: the week's and the month's take the place of that day's digest.
DIGESTS = (NoticeKind.DIGEST, NoticeKind.LEAD_DIGEST, NoticeKind.BOARD_DIGEST, NoticeKind.CALL_FOR_UPDATES)

UNSENT = (NoticeState.OWED, NoticeState.CLAIMED)


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Envelopes by what may be done with them at a moment."""

    def waiting(self, at: datetime) -> "NoticeQuerySet":
        """Owed and not put off beyond the moment, or claimed by somebody whose lease has run out."""
        ready = Q(state=NoticeState.OWED) & (Q(not_before=None) | Q(not_before__lte=at))
        return self.unsent().filter(ready | Q(state=NoticeState.CLAIMED, claimed_until__lt=at))

    def unsent(self) -> "NoticeQuerySet":
        """Neither sent nor given up."""
        return self.filter(state__in=UNSENT)


class Notice(models.Model):
    """An envelope: at most one of a kind for a person and a day. Its content is decided when it is sent."""

    recipient = models.ForeignKey(User, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=30, choices=NoticeKind)
    day = models.DateField()
    state = models.CharField(max_length=10, choices=NoticeState, default=NoticeState.OWED)
    posted_at = models.DateTimeField("in the ledger since")
    not_before = models.DateTimeField("put off until", null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField("why it failed or was skipped", blank=True)
    subject = models.CharField(max_length=255, blank=True)
    dues: Any = models.ManyToManyField("Due", through="Told", related_name="notices")
    asked_again_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    asked_again_at = models.DateTimeField("asked to be tried again", null=True, blank=True)
    message_id = models.CharField("Message-ID", max_length=255, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects: Any = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "kind"]
        indexes = [
            # Of years of envelopes the senders look at the few that are neither sent nor given up.
            models.Index("day", "id", condition=Q(state__in=UNSENT), name="notices_to_send"),
            models.Index(fields=["day", "state"]),
        ]
        constraints = [
            models.UniqueConstraint("recipient", "kind", "day", name="one_notice_a_person_kind_and_day"),
            models.UniqueConstraint(
                "recipient", "day", condition=Q(kind__in=DIGESTS), name="one_digest_a_person_and_day"
            ),
            models.CheckConstraint(
                condition=~Q(state=NoticeState.SENT) | (Q(sent_at__isnull=False) & ~Q(message_id="")),
                name="a_sent_notice_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=NoticeState.CLAIMED) | Q(claimed_until__isnull=False),
                name="a_claim_runs_out",
            ),
            models.CheckConstraint(
                condition=Q(asked_again_by__isnull=True, asked_again_at__isnull=True)
                | Q(asked_again_by__isnull=False, asked_again_at__isnull=False),
                name="who_asked_again_asked_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} to {self.recipient.name}, {self.day:%-d %B %Y}"


class PlannerRun(models.Model):
    """One run of the planner that came to its end: so a monitor, and whoever wonders, can tell that it keeps its hours."""

    ran_at = models.DateTimeField(db_index=True)
    looked_at = models.PositiveIntegerField()
    newly_owed = models.PositiveIntegerField()
    failures = models.JSONField(default=list)

    class Meta:
        ordering = ["-ran_at"]

    def __str__(self) -> str:
        return f"{self.ran_at:%-d %B %Y %H:%M}: {self.newly_owed} newly owed"


class Due(models.Model):
    """What is owed about a thing: once for each kind and threshold. Whom to tell is decided when it is sent."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="dues")
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    kind = models.CharField(max_length=30, choices=words_of_the_ledger)
    threshold = models.CharField(max_length=30)
    owed_on = models.DateField()
    settled_at = models.DateTimeField("told, or nothing left to tell", null=True, blank=True)

    class Meta:
        ordering = ["owed_on", "id"]
        indexes = [models.Index("authority", "owed_on", condition=Q(settled_at=None), name="dues_to_tell")]
        constraints = [
            models.UniqueConstraint("subject_type", "subject_id", "kind", "threshold", name="one_due_a_threshold"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.threshold}) about {self.subject_type} {self.subject_id}"


class Told(models.Model):
    """That a person was told of a thing, and in which envelope: once each, however often a sender is interrupted."""

    due = models.ForeignKey(Due, models.PROTECT, related_name="told")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="told")

    class Meta:
        constraints = [models.UniqueConstraint("due", "person", name="a_person_is_told_once")]

    def __str__(self) -> str:
        return f"{self.person.name}: {self.due}"
