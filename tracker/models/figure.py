"""The figures that a measure of impact had before the one it has now."""

from django.db import models
from django.db.models import Q

from tracker.models.people import User
from tracker.models.trailed import Trailed
from tracker.models.work import ImpactMeasure


class EarlierFigure(Trailed):
    """A figure of a measure that a newer one has taken the place of: rows, so that owners and boards see the course."""

    measure = models.ForeignKey(ImpactMeasure, models.PROTECT, related_name="earlier")
    figure = models.CharField(max_length=100)
    as_at = models.DateField()
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    TRAIL_FIELDS = ("measure", "figure", "as_at", "replaced_at", "replaced_by")
    OUTSIDE_TRAIL = {"id": "names the record"}

    class Meta:
        ordering = ["measure", "-as_at", "-replaced_at", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(figure=""), name="an_earlier_figure_says_what_it_was")]

    def __str__(self) -> str:
        return f"{self.figure} as at {self.as_at:%-d %B %Y}"
