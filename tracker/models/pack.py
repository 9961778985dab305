"""Board packs: who asked for what, how far the making has come, and the file. A ledger of its own beside the trail."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from tracker.choices import PackState
from tracker.models.board import BoardMeeting
from tracker.models.people import Authority, User
from tracker.rules.pack import Scope, pack_name


class PackQuerySet(models.QuerySet["Pack"]):
    """Packs by what may be done with them."""

    def waiting(self, at: datetime) -> "PackQuerySet":
        """Those to be made: asked for, or begun by somebody whose lease has run out."""
        return self.filter(Q(state=PackState.WAITING) | Q(state=PackState.MAKING, claimed_until__lt=at))

    def standing(self) -> "PackQuerySet":
        """Those that were not taken away."""
        return self.exclude(state=PackState.REMOVED)


class Pack(models.Model):
    """A pack of a plan as at a moment. The trail tells who asked for it, that it was made and who downloaded it.

    `sequence` and `head` are where the chain stood at its moment. `fingerprint` is made of all that decides its bytes:
    who asks for the same gets the same pack. `claims` only rises: a maker knows by it whether the pack is still theirs.
    """

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="packs")
    as_at = models.DateTimeField()
    since = models.DateTimeField("movement since", null=True, blank=True)
    confidential = models.BooleanField("with confidential evidence", default=False)
    files = models.BooleanField("with the files of evidence", default=False)
    version = models.PositiveSmallIntegerField()
    sequence = models.PositiveBigIntegerField("last event")
    head = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    meeting = models.OneToOneField(
        BoardMeeting, models.PROTECT, null=True, blank=True, related_name="pack", verbose_name="made for the meeting"
    )
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=PackState, default=PackState.WAITING)
    words = models.TextField("what is being done, or why there is none", blank=True)
    done = models.PositiveSmallIntegerField("steps done", default=0)
    steps = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    claims = models.PositiveIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to="packs", blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    size = models.PositiveBigIntegerField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)

    objects: Any = PackQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["state", "claimed_until"])]
        constraints = [
            models.UniqueConstraint(
                "fingerprint", condition=~Q(state=PackState.REMOVED), name="one_pack_of_the_same_things"
            ),
            models.CheckConstraint(
                condition=~Q(state=PackState.MADE)
                | (~Q(file="") & ~Q(sha256="") & Q(size__isnull=False, made_at__isnull=False)),
                name="a_made_pack_has_a_file",
            ),
            models.CheckConstraint(condition=Q(state=PackState.MADE) | Q(file=""), name="only_a_made_pack_has_a_file"),
            models.CheckConstraint(
                condition=~Q(state=PackState.MAKING) | Q(claimed_until__isnull=False), name="a_making_runs_out"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PackState.FAILED, PackState.REMOVED]) | ~Q(words=""),
                name="a_pack_that_is_not_there_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority.code} as at {self.as_at:%-d %B %Y}"

    @property
    def download_name(self) -> str:
        """What its file is called outside, without what the store has added."""
        return pack_name(self.authority.code, self.scope)

    @property
    def scope(self) -> Scope:
        """What was asked for."""
        return Scope(self.as_at, self.since, self.confidential, self.files)
