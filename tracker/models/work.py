"""What is done on an action: notes, evidence, extensions, measures of impact, checks after closure."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from tracker.choices import CheckOutcome, EvidenceKind, NoteKind
from tracker.models.action import Action
from tracker.models.people import User
from tracker.models.trailed import Trailed


class ProgressNote(Trailed):
    """What somebody said about progress; add-only, and its words are erased after a breach alone."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=12, choices=NoteKind, default=NoteKind.UPDATE)
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    erased_at = models.DateTimeField(null=True, blank=True)

    TRAIL_FIELDS = ("action", "kind", "text", "written_at", "written_by", "on_behalf_of", "erased_at")
    OUTSIDE_TRAIL = {"id": "names the record"}

    class Meta:
        ordering = ["-written_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | ~Q(kind=NoteKind.UPDATE),
                name="an_update_has_words",
            ),
        ]

    def __str__(self) -> str:
        return self.text or self.get_kind_display()


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Evidence by what it still proves."""

    def standing(self) -> "EvidenceQuerySet":
        """Neither withdrawn nor erased."""
        return self.filter(withdrawn_at__isnull=True, erased_at__isnull=True)


class Evidence(Trailed):
    """A file, a link or a note that shows what was done. Withdrawn or erased with a reason, never silently gone."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=10, choices=EvidenceKind)
    title = models.CharField(max_length=255)
    file = models.FileField(upload_to="evidence", blank=True)
    url = models.URLField("address", max_length=1000, blank=True)
    text = models.TextField(blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    size = models.PositiveBigIntegerField(null=True, blank=True)
    about_on = models.DateField("the date it is about", null=True, blank=True)
    confidential = models.BooleanField(default=True)
    received_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    TRAIL_FIELDS = (
        "action",
        "kind",
        "title",
        "file",
        "url",
        "text",
        "media_type",
        "sha256",
        "size",
        "about_on",
        "confidential",
        "received_at",
        "added_by",
        "on_behalf_of",
        "withdrawn_at",
        "withdrawn_by",
        "withdrawn_reason",
        "erased_at",
    )
    OUTSIDE_TRAIL = {"id": "names the record"}

    objects: Any = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-id"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=False)
                | (Q(kind=EvidenceKind.FILE) & ~Q(file="") & ~Q(sha256="") & Q(size__isnull=False))
                | (Q(kind=EvidenceKind.LINK) & ~Q(url=""))
                | (Q(kind=EvidenceKind.NOTE) & ~Q(text="")),
                name="evidence_holds_what_its_kind_says",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="a_withdrawal_says_who_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(file="", url="", text=""), name="erased_evidence_is_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Extension(Trailed):
    """A later date asked for with a reason, and decided by another person."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="extensions")
    from_due = models.DateField()
    to_due = models.DateField("asked for")
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    owner_then = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="owner when it was asked for"
    )
    granted = models.BooleanField(null=True)
    withdrawn = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decision_reason = models.TextField(blank=True)

    TRAIL_FIELDS = (
        "action",
        "from_due",
        "to_due",
        "reason",
        "asked_at",
        "asked_by",
        "owner_then",
        "granted",
        "withdrawn",
        "decided_at",
        "decided_by",
        "decision_reason",
    )
    OUTSIDE_TRAIL = {"id": "names the record"}

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                "action", condition=Q(granted__isnull=True, withdrawn=False), name="one_open_extension_an_action"
            ),
            models.CheckConstraint(condition=Q(to_due__gt=F("from_due")), name="an_extension_leads_to_a_later_date"),
            models.CheckConstraint(condition=~Q(reason=""), name="an_extension_has_a_reason"),
            models.CheckConstraint(
                condition=Q(granted__isnull=True, decided_at__isnull=True, decided_by__isnull=True)
                | Q(granted__isnull=False, decided_at__isnull=False, decided_by__isnull=False, withdrawn=False),
                name="a_decision_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="nobody_decides_their_own_extension",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(owner_then__isnull=True) | ~Q(decided_by=F("owner_then")),
                name="nobody_decides_an_extension_of_what_they_owned",
            ),
            models.CheckConstraint(
                condition=~Q(granted=False) | ~Q(decision_reason=""), name="a_refused_extension_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} to {self.to_due:%-d %B %Y}"


class ImpactMeasure(Trailed):
    """A figure that shows whether children gain: where it began, where it should go, where it is, as at when."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="measures")
    name = models.CharField(max_length=200)
    baseline = models.CharField(max_length=100, blank=True)
    target = models.CharField(max_length=100, blank=True)
    current = models.CharField(max_length=100, blank=True)
    as_at = models.DateField(null=True, blank=True)

    TRAIL_FIELDS = ("action", "name", "baseline", "target", "current", "as_at")
    OUTSIDE_TRAIL = {"id": "names the record"}

    class Meta:
        ordering = ["action", "name"]
        constraints = [
            models.UniqueConstraint("action", "name", name="one_measure_a_name"),
            models.CheckConstraint(
                condition=Q(current="") | Q(as_at__isnull=False), name="a_current_figure_says_as_at_when"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ActionCheck(Trailed):
    """A second look at a closed action: due at 6 and 12 months, and what was found."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="checks")
    due_on = models.DateField()
    done_on = models.DateField()
    done_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=CheckOutcome)
    note = models.TextField()

    TRAIL_FIELDS = ("action", "due_on", "done_on", "done_by", "outcome", "note")
    OUTSIDE_TRAIL = {"id": "names the record"}

    class Meta:
        ordering = ["action", "due_on"]
        constraints = [models.UniqueConstraint("action", "due_on", "done_on", name="one_check_a_day")]

    def __str__(self) -> str:
        return self.get_outcome_display()
