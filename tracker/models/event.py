"""The trail: chains of events, the bodies that hold what changed, and erasures by two people. docs/trail.md tells how."""

from django.db import models
from django.db.models import F, Q

from tracker.choices import MOVES_OF_ACTIONS, Channel, words_of_the_trail
from tracker.models.action import Action
from tracker.models.people import Authority, User
from tracker.models.spreadsheet import Spreadsheet
from tracker.models.trailed import Trailed
from tracker.models.work import Evidence, ProgressNote


class Chain(models.Model):
    """One chain an authority and one for the installation. The head is kept for speed; verification recomputes it."""

    key = models.CharField(max_length=40, unique=True)
    authority = models.OneToOneField(Authority, models.PROTECT, null=True, related_name="chain")
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.key


class Event(models.Model):
    """One line of the trail: who did what when, bound to the line before. The database refuses to change it."""

    format = models.PositiveSmallIntegerField()
    chain = models.ForeignKey(Chain, models.PROTECT, related_name="events")
    sequence = models.PositiveBigIntegerField()
    recorded_at = models.DateTimeField()
    kind = models.CharField(max_length=40, choices=words_of_the_trail)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    actor_id = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=10, choices=Channel)
    request_id = models.CharField(max_length=64, blank=True)
    body_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["chain_id", "sequence"]
        indexes = [
            models.Index(fields=["chain", "recorded_at"]),
            models.Index(fields=["hash"]),
            models.Index(fields=["chain", "sequence"], condition=Q(kind__in=MOVES_OF_ACTIONS), name="moves_of_actions"),
        ]
        constraints = [models.UniqueConstraint("chain", "sequence", name="one_event_a_place")]

    def __str__(self) -> str:
        return f"{self.sequence}: {self.get_kind_display()}"


class EventBody(models.Model):
    """What one record was after the event: a salt and canonical JSON. Only a granted erasure may empty it."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="bodies", db_index=False)
    # The event's own, kept here for the index by which the records of one chain alone are found.
    chain = models.ForeignKey(Chain, models.PROTECT, related_name="+", db_index=False)
    position = models.PositiveIntegerField()
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    salt = models.CharField(max_length=32, null=True)  # noqa: DJ001  null: erased
    body = models.TextField(null=True)  # noqa: DJ001  null: erased

    class Meta:
        ordering = ["event_id", "position"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "event"]),
            models.Index(fields=["chain", "subject_type", "subject_id", "event"]),
        ]
        constraints = [
            models.UniqueConstraint("event", "position", name="one_body_a_position"),
            models.CheckConstraint(
                condition=Q(salt__isnull=True, body__isnull=True) | Q(salt__isnull=False, body__isnull=False),
                name="a_body_is_whole_or_erased",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}"


THINGS = ("evidence", "note", "spreadsheet", "action")


def _only(thing: str) -> Q:
    """It is about this thing, and about no other."""
    return Q(**{f"{name}__isnull": name != thing for name in THINGS})


class Erasure(Trailed):
    """A request to erase evidence, a note's words, a spreadsheet or words of an action after a breach, with the bodies that
    tell of it; granted by a second person. `places` say where an action's words stand in the trail, and never what they are."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="erasures")
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="erasures")
    note = models.ForeignKey(ProgressNote, models.PROTECT, null=True, blank=True, related_name="erasures")
    spreadsheet = models.ForeignKey(Spreadsheet, models.PROTECT, null=True, blank=True, related_name="erasures")
    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="erasures")
    places = models.JSONField(default=list, blank=True)
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    granted = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    bodies = models.ManyToManyField(EventBody, blank=True, related_name="erasures")

    TRAIL_FIELDS = (
        *("authority", *THINGS, "places", "reason", "asked_at", "asked_by"),
        *("granted", "decided_at", "decided_by"),
    )
    OUTSIDE_TRAIL = {
        "id": "names the record",
        "bodies": "listed in the event of the erasure by chain, sequence and position",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint("evidence", condition=Q(granted__isnull=True), name="one_open_erasure_a_thing"),
            models.UniqueConstraint("note", condition=Q(granted__isnull=True), name="one_open_erasure_a_note"),
            models.UniqueConstraint(
                "spreadsheet", condition=Q(granted__isnull=True), name="one_open_erasure_a_spreadsheet"
            ),
            models.UniqueConstraint("action", condition=Q(granted__isnull=True), name="one_open_erasure_an_action"),
            models.CheckConstraint(
                condition=_only("evidence") | _only("note") | _only("spreadsheet") | _only("action"),
                name="an_erasure_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(action__isnull=True, places=[]) | Q(action__isnull=False) & ~Q(places=[]),
                name="an_erasure_of_words_says_where",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="an_erasure_has_a_reason"),
            models.CheckConstraint(
                condition=Q(granted__isnull=True, decided_at__isnull=True, decided_by__isnull=True)
                | Q(granted__isnull=False, decided_at__isnull=False, decided_by__isnull=False),
                name="a_decided_erasure_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="an_erasure_takes_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"Erasure of {self.thing.trail_type()} {self.thing.pk}"

    @property
    def thing(self) -> Evidence | ProgressNote | Spreadsheet | Action:
        """The one thing that it is about."""
        found = next(filter(None, (getattr(self, name) for name in THINGS)), None)
        assert found is not None  # noqa: S101  a constraint: an erasure is of one thing
        return found
