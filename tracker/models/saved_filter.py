"""A person's own filters of the list of actions, under names they chose. A personal setting: no part of the trail."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from tracker.models.people import User


class SavedFilter(models.Model):
    """What the list's address says after the question mark, under a name; private to the person."""

    person = models.ForeignKey(User, models.CASCADE, related_name="saved_filters")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)

    class Meta:
        ordering = [Lower("name")]
        constraints = [
            models.UniqueConstraint("person", Lower("name"), name="one_filter_a_name"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(query=""), name="a_saved_filter_says_what_it_filters"),
        ]

    def __str__(self) -> str:
        return self.name
