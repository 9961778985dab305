"""Reference rows that a new installation loads: families of report, bank holidays, themes, reminder defaults."""

from django.db import models

from tracker.choices import DueKind, Family
from tracker.models.trailed import Trailed


class ReportFamily(Trailed):
    """What is known of a family of report: its years, its statute, and how it lists what must improve."""

    code = models.CharField(max_length=40, choices=Family, unique=True)
    title = models.CharField(max_length=200)
    first_year = models.PositiveSmallIntegerField(null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(null=True, blank=True)
    statutory_basis = models.CharField(max_length=100, blank=True)
    prints_timescale = models.BooleanField()
    prints_publication_date = models.CharField(max_length=10)
    how_listed = models.TextField(blank=True)
    by_hand = models.BooleanField("entered by hand")

    TRAIL_FIELDS = (
        "code",
        "title",
        "first_year",
        "last_year",
        "statutory_basis",
        "prints_timescale",
        "prints_publication_date",
        "how_listed",
        "by_hand",
    )
    OUTSIDE_TRAIL = {"id": "names the record"}

    class Meta:
        ordering = ["first_year", "code"]
        verbose_name_plural = "report families"

    def __str__(self) -> str:
        return self.title


class BankHoliday(Trailed):
    """A bank holiday in England and Wales; `announced` where the day it was announced matters (one-off, moved)."""

    on = models.DateField(unique=True)
    name = models.CharField(max_length=100)
    announced = models.DateField(null=True, blank=True)
    provisional = models.BooleanField(default=False)

    TRAIL_FIELDS = ("on", "name", "announced", "provisional")
    OUTSIDE_TRAIL = {"id": "names the record"}

    class Meta:
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.name}, {self.on:%-d %B %Y}"


class Theme(Trailed):
    """What a recommendation is about; `words` are hints from which a theme is proposed, never settled."""

    code = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=100)
    words = models.JSONField(default=list)

    TRAIL_FIELDS = ("code", "title", "words")
    OUTSIDE_TRAIL = {"id": "names the record"}

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class ReminderDefault(Trailed):
    """On which days a kind of notice is owed where the authority has set nothing of its own."""

    kind = models.CharField(max_length=30, choices=DueKind, unique=True)
    days = models.JSONField(default=list)
    to_whom = models.CharField(max_length=100)
    explanation = models.TextField(blank=True)

    TRAIL_FIELDS = ("kind", "days", "to_whom", "explanation")
    OUTSIDE_TRAIL = {"id": "names the record"}

    class Meta:
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.get_kind_display()
