"""Actions: what the authority does about a recommendation, and how far it has come."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from tracker.choices import Basis, Delivery, Impact, Move, Priority, Status
from tracker.models.action_sets import ActionQuerySet
from tracker.models.people import Authority, User
from tracker.models.report import Recommendation
from tracker.models.trailed import Trailed
from tracker.rules.authority_settings import read_settings
from tracker.rules.london import day_of
from tracker.rules.notices import Watched
from tracker.rules.standing import Standing, delivery


class Action(Trailed):
    """One action. The reference never changes; the original date changes only with the date it was computed from."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="actions")
    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="actions")
    reference = models.CharField(max_length=30)
    what = models.TextField("what we will do")
    outcome = models.TextField("desired outcome", blank=True)
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="owned_actions")
    accountable = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accountable_for",
        verbose_name="accountable lead",
    )
    partners = models.ManyToManyField(User, blank=True, related_name="partnered_actions")
    split_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="split_into")
    moved_from = models.ForeignKey(Recommendation, models.PROTECT, null=True, blank=True, related_name="moved_away")
    moved_reason = models.TextField(blank=True)
    start_on = models.DateField("start", null=True, blank=True)
    started_on = models.DateField("work started", null=True, blank=True)
    original_due = models.DateField(null=True, blank=True)
    original_basis = models.CharField("basis of the original date", max_length=10, choices=Basis, default=Basis.NONE)
    agreed_due = models.DateField("due", null=True, blank=True)
    overdue_after = models.DateField("overdue after", null=True, blank=True)
    due_basis = models.CharField("basis of the date", max_length=10, choices=Basis, default=Basis.NONE)
    due_explanation = models.TextField("why this date", blank=True)
    due_set_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    priority = models.CharField(max_length=10, choices=Priority, default=Priority.NORMAL)
    status = models.CharField(max_length=20, choices=Status, default=Status.NOT_STARTED)
    last_move = models.CharField(max_length=20, choices=Move, blank=True)
    last_move_reason = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_for = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    owner_then = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="owner when it was submitted"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_elsewhere = models.BooleanField("closed before this tracker", default=False)
    lowered_to = models.CharField("rating lowered to", max_length=10, choices=Delivery, blank=True)
    lowered_reason = models.TextField(blank=True)
    lowered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    impact = models.CharField("impact rating", max_length=20, choices=Impact, default=Impact.NOT_EVIDENCED)
    impact_reason = models.TextField("what the impact rating rests on", blank=True)
    impact_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    impact_on = models.DateField("impact rated on", null=True, blank=True)
    next_check_on = models.DateField("next check", null=True, blank=True)
    accepted_on = models.DateField("in the plan since")
    assigned_on = models.DateField("with its owner since", null=True, blank=True)
    last_heard_at = models.DateTimeField("last heard of")
    next_notice_on = models.DateField(null=True, blank=True, db_index=True)
    version = models.PositiveIntegerField(default=1)

    TRAIL_FIELDS = (
        "authority",
        "recommendation",
        "reference",
        "what",
        "outcome",
        "owner",
        "accountable",
        "partners",
        "split_from",
        "moved_from",
        "moved_reason",
        "start_on",
        "started_on",
        "original_due",
        "original_basis",
        "agreed_due",
        "overdue_after",
        "due_basis",
        "due_explanation",
        "due_set_by",
        "priority",
        "status",
        "last_move",
        "last_move_reason",
        "submitted_at",
        "submitted_by",
        "submitted_for",
        "owner_then",
        "closed_at",
        "closed_by",
        "closed_elsewhere",
        "lowered_to",
        "lowered_reason",
        "lowered_by",
        "impact",
        "impact_reason",
        "impact_by",
        "impact_on",
        "next_check_on",
        "accepted_on",
        "assigned_on",
        "version",
    )
    OUTSIDE_TRAIL = {
        "id": "names the record",
        "last_heard_at": "follows from the notes, evidence and moves, which are in the trail themselves",
        "next_notice_on": "the planner's bookmark, computed anew from the record at every verb",
    }

    objects: Any = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["authority", "reference"]
        indexes = [
            models.Index(fields=["authority", "status", "overdue_after"]),
            models.Index(fields=["owner", "status"]),
            models.Index("authority", "accepted_on", name="plans_began"),
        ]
        constraints = [
            models.UniqueConstraint("authority", "reference", name="one_action_a_reference"),
            models.CheckConstraint(condition=~Q(what=""), name="an_action_says_what_will_be_done"),
            models.CheckConstraint(
                condition=Q(agreed_due__isnull=True, overdue_after__isnull=True)
                | Q(agreed_due__isnull=False, overdue_after__gte=F("agreed_due")),
                name="overdue_counts_from_the_due_date_or_later",
            ),
            models.CheckConstraint(
                condition=Q(agreed_due__isnull=False) | Q(original_due__isnull=True),
                name="an_original_date_has_an_agreed_date",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=True, assigned_on__isnull=True)
                | Q(owner__isnull=False, assigned_on__isnull=False),
                name="an_owner_has_it_since_a_day",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="a_submission_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False, submitted_at__isnull=False),
                name="a_sign_off_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | ~Q(closed_by=F("submitted_by")),
                name="nobody_signs_off_their_own_submission",
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | Q(owner_then__isnull=True) | ~Q(closed_by=F("owner_then")),
                name="nobody_signs_off_what_they_owned",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.CLOSED) | Q(closed_at__isnull=False) | Q(closed_elsewhere=True),
                name="a_closed_action_was_signed_off",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.SUBMITTED) | Q(submitted_at__isnull=False),
                name="a_submitted_action_was_submitted",
            ),
            models.CheckConstraint(
                condition=Q(lowered_to="") | (~Q(lowered_reason="") & Q(lowered_by__isnull=False)),
                name="a_lowered_rating_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(submitted_for__isnull=True) | Q(submitted_by__isnull=False),
                name="a_submission_for_another_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(split_from__isnull=True) | ~Q(split_from=F("id")), name="nothing_is_split_from_itself"
            ),
            models.CheckConstraint(
                condition=Q(moved_from__isnull=True, moved_reason="")
                | (Q(moved_from__isnull=False) & ~Q(moved_from=F("recommendation")) & ~Q(moved_reason="")),
                name="a_moved_action_says_from_where_and_why",
            ),
            models.CheckConstraint(
                condition=Q(impact_by__isnull=True, impact_on__isnull=True)
                | (Q(impact_by__isnull=False, impact_on__isnull=False) & ~Q(impact_reason="")),
                name="an_impact_rating_says_who_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def standing(self) -> Standing:
        """The facts that the rules judge this action by."""
        return Standing(
            status=Status(self.status),
            due=self.agreed_due,
            original_due=self.original_due,
            start_on=self.start_on,
            priority=Priority(self.priority),
            chase_from=self.overdue_after,
            last_heard_on=day_of(self.last_heard_at),
            lowered_to=Delivery(self.lowered_to) if self.lowered_to else None,
        )

    def delivery_on(self, on: date) -> Delivery | None:
        """The delivery rating on that day, by the authority's own thresholds; None for what has no rating."""
        return delivery(self.standing, as_at=on, settings=read_settings(self.authority.settings).rating)

    def watched(self, *, extension_asked_on: date | None) -> Watched:
        """The facts from which the rules say what notice is owed about this action."""
        return Watched(
            standing=self.standing,
            accepted_on=self.accepted_on,
            has_owner=self.owner_id is not None,
            assigned_on=self.assigned_on,
            submitted_on=day_of(self.submitted_at) if self.submitted_at else None,
            extension_asked_on=extension_asked_on,
            next_check_on=self.next_check_on,
        )
