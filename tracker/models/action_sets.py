"""The sets of actions that are counted and listed: by what they are, what they wait for, how they stand on a day."""

from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Q

from tracker.choices import NoteKind, Priority, Status
from tracker.models.rated import RatedQuerySet
from tracker.rules.answers import LEAVES_HELP
from tracker.rules.standing import OPEN


class ActionQuerySet(RatedQuerySet):
    """The sets of actions that pages, digests and packs count with, so that their totals reconcile."""

    def open(self) -> "ActionQuerySet":
        """Not started or in progress; returned and reopened actions are in progress."""
        return self.filter(status__in=OPEN)

    def unfinished(self) -> "ActionQuerySet":
        """Open, or submitted and not yet signed off: somebody still has to answer for it."""
        return self.filter(status__in=[*OPEN, Status.SUBMITTED])

    def overdue(self, on: date) -> "ActionQuerySet":
        """Open, and the day is after the date they count from; the same predicate as rules.standing.is_overdue."""
        return self.open().filter(overdue_after__lt=on)

    def overdue_against_original(self, on: date) -> "ActionQuerySet":
        """Open, and the day is after the date first set, whatever has been agreed since; as the rule of that name."""
        kept = Q(original_due=F("agreed_due"))
        return self.open().filter(kept & Q(overdue_after__lt=on) | ~kept & Q(original_due__lt=on))

    def due_within(self, on: date, days: int) -> "ActionQuerySet":
        """Open, not overdue, and due within so many days of that day."""
        return self.open().filter(overdue_after__gte=on, overdue_after__lte=on + timedelta(days=days))

    def undated(self) -> "ActionQuerySet":
        """Open without an agreed due date: a bucket of its own, never overdue."""
        return self.open().filter(agreed_due__isnull=True)

    def waiting_for_publication(self) -> "ActionQuerySet":
        """Undated because the report prints a timescale, and its publication date is not known yet."""
        printed = ~Q(recommendation__timescale="")
        return self.undated().filter(printed, recommendation__report__publication_date__isnull=True)

    def without_timescale(self) -> "ActionQuerySet":
        """Undated though nothing is waited for: the report prints no timescale that gives a date. The other part."""
        waiting = Q(recommendation__report__publication_date__isnull=True) & ~Q(recommendation__timescale="")
        return self.undated().exclude(waiting)

    def unowned(self) -> "ActionQuerySet":
        """Open without an owner."""
        return self.open().filter(owner__isnull=True)

    def awaiting_sign_off(self) -> "ActionQuerySet":
        """Submitted, and nobody has tested the evidence yet."""
        return self.filter(status=Status.SUBMITTED)

    def awaiting_sign_off_late(self, on: date) -> "ActionQuerySet":
        """Submitted, and the day is after the date they count from: a count of its own, never overdue."""
        return self.awaiting_sign_off().filter(overdue_after__lt=on)

    def extension_asked(self) -> "ActionQuerySet":
        """With an extension asked for and not yet decided (there is at most one)."""
        return self.filter(extensions__asked_at__isnull=False, extensions__granted=None, extensions__withdrawn=False)

    def asking_for_help(self) -> "ActionQuerySet":
        """Unfinished, and the last note on it asks for help; as rules.answers.standing_help."""
        notes: Any = apps.get_model("tracker", "ProgressNote")  # defined above actions, so it cannot be imported here
        telling = notes.objects.filter(action=models.OuterRef("pk")).exclude(kind__in=LEAVES_HELP)
        last = telling.order_by("-written_at", "-pk").values("kind")[:1]
        return self.unfinished().alias(last_note=models.Subquery(last)).filter(last_note=NoteKind.HELP)

    def to_be_looked_at(self, on: date) -> "ActionQuerySet":
        """Closed, and the day of the next look, at 6 or 12 months, has come."""
        return self.filter(status=Status.CLOSED, next_check_on__lte=on)

    def ranked(self) -> "ActionQuerySet":
        """As a plan is read: immediate first, then by date with the undated last, then by reference."""
        rank = models.Case(
            models.When(priority=Priority.IMMEDIATE, then=0), models.When(priority=Priority.HIGH, then=1), default=2
        )
        return self.annotate(rank=rank).order_by("rank", F("agreed_due").asc(nulls_last=True), "reference")
