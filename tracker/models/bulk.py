"""What was done to several actions at once, with how each was before: so that it can be undone within the hour."""

from django.db import models
from django.db.models import Q

from tracker.choices import BulkKind
from tracker.models.people import Authority, User
from tracker.models.trailed import Trailed


class BulkChange(Trailed):
    """One act on several actions of one authority. `before` holds, by each action's number, the fields it changed."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="bulk_changes")
    kind = models.CharField(max_length=12, choices=BulkKind)
    told = models.CharField("what was done", max_length=300)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    before = models.JSONField("how each action was before")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    left = models.JSONField("what an undoing left, and why", default=dict, blank=True)

    TRAIL_FIELDS = (
        "authority",
        "kind",
        "told",
        "reason",
        "made_at",
        "made_by",
        "before",
        "undone_at",
        "undone_by",
        "left",
    )
    OUTSIDE_TRAIL = {"id": "names the record"}

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="an_undoing_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.told

    @property
    def numbers(self) -> list[int]:
        """The numbers of the actions that it changed."""
        return [int(number) for number in self.before]
