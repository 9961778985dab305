"""A file as it was received, and what the machine read in it."""

from django.db import models

from tracker.choices import IntakeState
from tracker.models.people import Authority, User
from tracker.models.trailed import Trailed


class Intake(Trailed):
    """The bytes of a report and the draft read from them; the same bytes twice in one authority are one intake."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="intakes")
    name = models.CharField("name of the file", max_length=255)
    file = models.FileField(upload_to="intakes")
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField()
    state = models.CharField(max_length=20, choices=IntakeState, default=IntakeState.WAITING)
    draft = models.JSONField("what the machine read", null=True, blank=True)
    corrected = models.JSONField("what a person made of it", null=True, blank=True)
    problem = models.TextField(blank=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    corrects = models.ForeignKey(
        "tracker.Report",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name="the report it is a corrected version of",
    )
    version = models.PositiveIntegerField(default=1)

    TRAIL_FIELDS = (
        "authority",
        "name",
        "file",
        "sha256",
        "size",
        "state",
        "draft",
        "corrected",
        "problem",
        "received_at",
        "received_by",
        "corrects",
        "version",
    )
    OUTSIDE_TRAIL = {"id": "names the record"}

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint("authority", "sha256", name="the_same_bytes_are_one_intake"),
        ]

    def __str__(self) -> str:
        return self.name
