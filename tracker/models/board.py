"""The Children's Improvement Board: its meetings, their calls for updates, its challenges and their answers."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import F, Q

from tracker.models.action import Action
from tracker.models.people import Authority, User
from tracker.models.trailed import Trailed


class BoardMeetingQuerySet(models.QuerySet["BoardMeeting"]):
    """Meetings by whether they take place, and when."""

    def standing(self) -> "BoardMeetingQuerySet":
        """Those that have not been cancelled."""
        return self.filter(cancelled_at__isnull=True)

    def ahead(self, on: date) -> "BoardMeetingQuerySet":
        """Those on that day or later, the next one first."""
        return self.standing().filter(held_on__gte=on).order_by("held_on")

    def before(self, on: date) -> "BoardMeetingQuerySet":
        """Those before that day, the last one first."""
        return self.standing().filter(held_on__lt=on).order_by("-held_on")


class BoardMeeting(Trailed):
    """A day on which the board meets, and the day by which owners are asked for updates.

    A meeting planned by mistake is cancelled with a reason and stays to be seen.
    """

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    updates_by = models.DateField("updates called for by", null=True, blank=True)
    called_at = models.DateTimeField("updates called for at", null=True, blank=True)
    notes = models.TextField(blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    TRAIL_FIELDS = (
        "authority",
        "held_on",
        "updates_by",
        "called_at",
        "notes",
        "cancelled_at",
        "cancelled_by",
        "cancelled_reason",
        "version",
    )
    OUTSIDE_TRAIL = {"id": "names the record"}

    objects: Any = BoardMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                "authority", "held_on", condition=Q(cancelled_at__isnull=True), name="one_meeting_a_day"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True, cancelled_reason="")
                | (Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancelled_reason="")),
                name="a_cancelled_meeting_says_who_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(updates_by__isnull=True) | Q(updates_by__lte=F("held_on")),
                name="updates_are_called_for_before_the_meeting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on:%-d %B %Y}"

    @property
    def call(self) -> tuple[date, datetime] | None:
        """By which day updates are called for, and since when; None where they are not."""
        return (self.updates_by, self.called_at) if self.updates_by and self.called_at else None


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    """Challenges by whether they have their answer."""

    def unanswered(self) -> "ChallengeQuerySet":
        """Those that await an answer."""
        return self.filter(answered_at__isnull=True)


class Challenge(Trailed):
    """A question the board puts, about an action or the plan, and the answer it was given."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="challenges")
    meeting = models.ForeignKey(BoardMeeting, models.PROTECT, null=True, blank=True, related_name="challenges")
    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="challenges")
    text = models.TextField()
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    TRAIL_FIELDS = (
        "authority",
        "meeting",
        "action",
        "text",
        "raised_at",
        "raised_by",
        "answer",
        "answered_at",
        "answered_by",
    )
    OUTSIDE_TRAIL = {"id": "names the record"}

    objects: Any = ChallengeQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_challenge_has_words"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="an_answer_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.text
