"""Reports as they were accepted, their recommendations word for word, and the statutory clock beside them."""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from tracker.choices import AcceptedAs, Family, Response, Step
from tracker.models.intake import Intake
from tracker.models.people import Authority, User
from tracker.models.reference import Theme
from tracker.models.trailed import Trailed


class Report(Trailed):
    """An inspection report, or a plan entered by hand in the same shape."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="reports")
    intake = models.OneToOneField(Intake, models.PROTECT, null=True, blank=True, related_name="report")
    family = models.CharField(max_length=40, choices=Family)
    title = models.CharField(max_length=300)
    provider = models.CharField("body as printed", max_length=200, blank=True)
    series = models.CharField("year and letter in references", max_length=6)
    inspection_start = models.DateField(null=True, blank=True)
    inspection_end = models.DateField(null=True, blank=True)
    publication_date = models.DateField(null=True, blank=True)
    publication_source = models.CharField("where the publication date comes from", max_length=300, blank=True)
    publication_set_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    received_on = models.DateField("received by the authority on", null=True, blank=True)
    received_source = models.CharField("where the date of receipt comes from", max_length=300, blank=True)
    overall_judgement = models.CharField(max_length=100, blank=True)
    judgements = models.JSONField(default=list, blank=True)
    lead_inspector = models.CharField(max_length=150, blank=True)
    accepted_as = models.CharField(max_length=10, choices=AcceptedAs)
    accepted_at = models.DateTimeField()
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    TRAIL_FIELDS = (
        "authority",
        "intake",
        "family",
        "title",
        "provider",
        "series",
        "inspection_start",
        "inspection_end",
        "publication_date",
        "publication_source",
        "publication_set_by",
        "received_on",
        "received_source",
        "overall_judgement",
        "judgements",
        "lead_inspector",
        "accepted_as",
        "accepted_at",
        "accepted_by",
        "version",
    )
    OUTSIDE_TRAIL = {"id": "names the record"}

    class Meta:
        ordering = ["authority", "-series"]
        constraints = [
            models.UniqueConstraint("authority", "series", name="one_report_a_series"),
            models.CheckConstraint(
                condition=Q(inspection_end__isnull=True)
                | Q(inspection_start__isnull=True)
                | Q(inspection_end__gte=F("inspection_start")),
                name="an_inspection_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(publication_date__isnull=True) | ~Q(publication_source=""),
                name="a_publication_date_has_a_source",
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | ~Q(received_source=""), name="a_date_of_receipt_has_a_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority.code}-{self.series}: {self.title}"


class Recommendation(Trailed):
    """One printed item: what the report says, word for word, where it says it, and what the authority answered."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    printed_ref = models.CharField("number as printed", max_length=20, blank=True)
    heading = models.CharField(max_length=300, blank=True)
    addressee = models.CharField(max_length=200, blank=True)
    timescale = models.CharField("timescale as printed", max_length=200, blank=True)
    text = models.TextField()
    citation = models.JSONField("page, lines and quote, and the file where it is a later one", default=dict)
    read_as = models.JSONField("what the machine had read", null=True, blank=True)
    gone_from = models.ForeignKey(
        Intake,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="the later version that no longer holds it",
    )
    response = models.CharField(max_length=10, choices=Response, default=Response.ACCEPTED)
    response_text = models.TextField(blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="recommendations")

    TRAIL_FIELDS = (
        "report",
        "number",
        "printed_ref",
        "heading",
        "addressee",
        "timescale",
        "text",
        "citation",
        "read_as",
        "gone_from",
        "response",
        "response_text",
        "themes",
    )
    OUTSIDE_TRAIL = {"id": "names the record"}

    class Meta:
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint("report", "number", name="one_recommendation_a_number"),
            models.CheckConstraint(condition=~Q(text=""), name="a_recommendation_has_words"),
        ]

    @property
    def cited_file(self) -> int | None:
        """The intake on whose pages the words stand: a later version of the report's, where they come from one."""
        return self.citation.get("intake") or self.report.intake_id

    def __str__(self) -> str:
        return self.text


class Recurrence(Trailed):
    """Two recommendations that may say the same thing, proposed by the machine and settled by a person."""

    earlier = models.ForeignKey(Recommendation, models.PROTECT, related_name="raised_again")
    later = models.ForeignKey(Recommendation, models.PROTECT, related_name="raised_before")
    confirmed = models.BooleanField(null=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    TRAIL_FIELDS = ("earlier", "later", "confirmed", "settled_by", "settled_at")
    OUTSIDE_TRAIL = {"id": "names the record"}

    class Meta:
        constraints = [
            models.UniqueConstraint("earlier", "later", name="one_recurrence_a_pair"),
            models.CheckConstraint(condition=~Q(earlier=F("later")), name="nothing_recurs_as_itself"),
            models.CheckConstraint(
                condition=Q(confirmed__isnull=True, settled_at__isnull=True)
                | Q(confirmed__isnull=False, settled_at__isnull=False),
                name="a_settled_recurrence_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earlier_id} → {self.later_id}"


# The date of a step that counts, as the property `due` says it.
STEP_DUE = Coalesce("chosen", "printed", "computed")


class StatutoryStepQuerySet(models.QuerySet["StatutoryStep"]):
    """Steps of the statutory clock by their day."""

    def coming(self, on: date, *, within: timedelta) -> "StatutoryStepQuerySet":
        """Not met, and due no longer than so before or after the day."""
        rows = self.filter(met_on__isnull=True).alias(counts=STEP_DUE)
        return rows.filter(counts__gte=on - within, counts__lte=on + within)


class StatutoryStep(Trailed):
    """One step of the statutory clock: the date printed, computed and chosen, each kept, and when it was met."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="statutory_steps")
    step = models.CharField(max_length=40, choices=Step)
    body = models.CharField("who owes it", max_length=200, blank=True)
    sent_to = models.CharField("to whom it goes", max_length=300, blank=True)
    printed = models.DateField(null=True, blank=True)
    computed = models.DateField(null=True, blank=True)
    chosen = models.DateField(null=True, blank=True)
    chosen_reason = models.TextField(blank=True)
    explanation = models.TextField(blank=True)
    source = models.CharField("rule it comes from", max_length=200, blank=True)
    met_on = models.DateField(null=True, blank=True)
    met_note = models.TextField(blank=True)

    TRAIL_FIELDS = (
        "report",
        "step",
        "body",
        "sent_to",
        "printed",
        "computed",
        "chosen",
        "chosen_reason",
        "explanation",
        "source",
        "met_on",
        "met_note",
    )
    OUTSIDE_TRAIL = {"id": "names the record"}

    objects: Any = StatutoryStepQuerySet.as_manager()

    class Meta:
        ordering = ["report", "computed"]
        indexes = [models.Index(STEP_DUE, condition=Q(met_on__isnull=True), name="steps_to_come")]
        constraints = [
            models.UniqueConstraint("report", "step", name="one_step_a_report"),
            models.CheckConstraint(
                condition=Q(chosen__isnull=True) | ~Q(chosen_reason=""), name="a_chosen_step_date_has_a_reason"
            ),
        ]

    @property
    def due(self) -> date | None:
        """The date that counts: a person's, else the printed, else the computed one."""
        return self.chosen or self.printed or self.computed

    def __str__(self) -> str:
        return self.get_step_display()
