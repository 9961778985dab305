"""A plan that came in from a spreadsheet: the file with what a person settled about it, and each row brought in."""

from django.db import models
from django.db.models import Q

from tracker.models.action import Action
from tracker.models.people import Authority, User
from tracker.models.report import Report
from tracker.models.trailed import Trailed


class Spreadsheet(Trailed):
    """The bytes of a spreadsheet; the same bytes twice in one authority are one.

    `choices` is what a person has settled: {"sheet": from 1, "heading": row from 1, "columns": {column from 0: what it
    holds}, "into": {"report": number} or a new plan's {"family", "title", "issued_on", "source"}, "people": {name: number
    or None}, "statuses": {word: status}}.
    """

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="spreadsheets")
    name = models.CharField("name of the file", max_length=255)
    file = models.FileField(upload_to="spreadsheets")
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField()
    choices = models.JSONField("what a person settled", default=dict, blank=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    report = models.ForeignKey(
        Report, models.PROTECT, null=True, blank=True, related_name="spreadsheets", verbose_name="the plan it went into"
    )
    brought_at = models.DateTimeField(null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    TRAIL_FIELDS = (
        "authority",
        "name",
        "file",
        "sha256",
        "size",
        "choices",
        "received_at",
        "received_by",
        "report",
        "brought_at",
        "set_aside_at",
        "erased_at",
        "version",
    )
    OUTSIDE_TRAIL = {"id": "names the record"}

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint("authority", "sha256", name="the_same_bytes_are_one_spreadsheet"),
            models.CheckConstraint(
                condition=Q(brought_at__isnull=True, report__isnull=True)
                | Q(brought_at__isnull=False, report__isnull=False),
                name="a_spreadsheet_brought_in_says_where_and_when",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at__isnull=True) | Q(brought_at__isnull=True),
                name="a_spreadsheet_set_aside_is_in_no_plan",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BroughtRow(Trailed):
    """A row that came in as an action: what it said, cell by cell, and what recognises it in a later file."""

    spreadsheet = models.ForeignKey(Spreadsheet, models.PROTECT, related_name="rows")
    action = models.ForeignKey(Action, models.PROTECT, related_name="brought")
    sheet = models.PositiveSmallIntegerField()
    row = models.PositiveIntegerField()
    reference = models.CharField("reference in the spreadsheet", max_length=60, blank=True)
    keys = models.JSONField("what recognises it", default=list)
    told = models.TextField("what it said of progress", blank=True)
    cells = models.JSONField("heading and words of each cell", default=list)

    TRAIL_FIELDS = ("spreadsheet", "action", "sheet", "row", "reference", "keys", "told", "cells")
    OUTSIDE_TRAIL = {"id": "names the record"}

    class Meta:
        ordering = ["spreadsheet", "sheet", "row"]
        constraints = [
            models.UniqueConstraint("spreadsheet", "sheet", "row", name="a_row_is_brought_in_once"),
        ]

    def __str__(self) -> str:
        return f"{self.spreadsheet}, row {self.row}"
