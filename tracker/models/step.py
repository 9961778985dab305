"""The steps within an action: what is to be done one after the other, each with its own date and tick."""

from typing import Any

from django.db import models
from django.db.models import Q

from tracker.models.action import Action
from tracker.models.people import User
from tracker.models.trailed import Trailed


class ActionStepQuerySet(models.QuerySet["ActionStep"]):
    """Steps by whether they still count."""

    def standing(self) -> "ActionStepQuerySet":
        """Not withdrawn."""
        return self.filter(withdrawn_on__isnull=True)


class ActionStep(Trailed):
    """A step within an action. Withdrawn with a reason, never silently gone."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    done_for = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = models.TextField(blank=True)

    TRAIL_FIELDS = (
        "action",
        "position",
        "text",
        "due_on",
        "done_on",
        "done_by",
        "done_for",
        "withdrawn_on",
        "withdrawn_by",
        "withdrawn_reason",
    )
    OUTSIDE_TRAIL = {"id": "names the record"}

    objects: Any = ActionStepQuerySet.as_manager()

    class Meta:
        ordering = ["action", "position"]
        constraints = [
            # A withdrawn step keeps the place it had; the others close up.
            models.UniqueConstraint(
                "action", "position", condition=Q(withdrawn_on__isnull=True), name="one_step_a_position"
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_by__isnull=True, done_for__isnull=True)
                | Q(done_on__isnull=False, done_by__isnull=False),
                name="a_ticked_step_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="a_withdrawn_step_says_who_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.text
