"""What the ledger would hold on a day, written nowhere: the rows that stand in it, and those the planner would add."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import Q

from tracker.models import Action, Due, StatutoryStep
from tracker.rules.london import LONDON, day_of
from tracker.rules.notices import Owed, owed
from tracker.services.notices import occasions
from tracker.services.notices.addressing import Owing, unsettled
from tracker.services.notices.planning import FIELDS, asked_on, step_watched
from tracker.services.scheduling import Houses

REPORT = ("recommendation__report__publication_date",)
BATCH = 2000
Key = tuple[str, int, str, str]


@dataclass
class Ledger:
    """The rows of a day. `rows`: those in the ledger already, and with a negative number those that would be added.

    `hindsight`: the day has gone by. Then everything is looked at anew, what was told on that day or since counts as
    not told, and what came into a plan later is taken as if it had been there since its report was published.
    """

    on: date
    houses: Houses
    places: Collection[int] | None = None
    hindsight: bool = False
    rows: list[Owing] = field(default_factory=list)
    _known: set[Key] = field(default_factory=set)
    _began: dict[int, date] = field(default_factory=dict)

    @classmethod
    def foreseen(
        cls, on: date, *, houses: Houses, places: Collection[int] | None = None, hindsight: bool = False
    ) -> "Ledger":
        """Look ahead, or back, for these authorities (None: all)."""
        found = cls(on, houses, places, hindsight)
        found.rows += unsettled(found._within(), on, settled_since=found.begins if hindsight else None)
        for actions in found._batches():
            found._look_at(actions)
        for step in found._steps():
            found._add_step(step)
        found._add_occasions()
        return found

    @property
    def begins(self) -> datetime:
        """The first moment of the day in London."""
        return datetime.combine(self.on, time.min, LONDON)

    @property
    def fresh(self) -> frozenset[int]:
        """The numbers of the rows that are not in the ledger yet: their reasons hold, for they were just found."""
        return frozenset(owing.due for owing in self.rows if owing.due < 0)

    def _within(self, path: str = "authority") -> Q:
        return Q() if self.places is None else Q(**{f"{path}__in": list(self.places)})

    def _batches(self) -> Iterator[list[Action]]:
        rows = Action.objects.filter(self._within())
        if not self.hindsight:
            rows = rows.filter(next_notice_on__lte=self.on)
        rows = rows.select_related("recommendation__report").only(*FIELDS, "accountable", *REPORT).order_by("pk")
        last: int | None = 0
        while last is not None:
            actions = list(rows.filter(pk__gt=last)[:BATCH])
            last = actions[-1].pk if actions else None
            yield actions

    def _look_at(self, actions: list[Action]) -> None:
        numbers = [action.pk for action in actions]
        asked = asked_on(numbers)
        self._know(Action.trail_type(), numbers)
        for action in actions:
            if self.hindsight:
                action.accepted_on = self._since(action.accepted_on, action.recommendation.report.publication_date)
            self._begin(action)
            house = self.houses[action.authority_id]
            facts = action.watched(extension_asked_on=asked.get(action.pk))
            rungs = owed(facts, as_at=self.on, settings=house.settings.reminders, calendar=house.calendar)
            named = {"owner": action.owner_id, "accountable": action.accountable_id}
            self._add(Action.trail_type(), action.pk, action.authority_id, rungs, **named)

    def _since(self, accepted_on: date, published: date | None) -> date:
        """Since when a thing counts as being in the plan on a day gone by."""
        return published if accepted_on > self.on and published and published <= self.on else accepted_on

    def _begin(self, action: Action) -> None:
        self._began[action.authority_id] = min(
            self._began.get(action.authority_id, action.accepted_on), action.accepted_on
        )

    def _steps(self) -> list[StatutoryStep]:
        steps = StatutoryStep.objects.filter(self._within("report__authority"), met_on=None).select_related("report")
        self._know(StatutoryStep.trail_type(), [step.pk for step in steps])
        return list(steps)

    def _add_step(self, step: StatutoryStep) -> None:
        report = step.report
        if self.hindsight:
            since = self._since(day_of(report.accepted_at), report.publication_date)
            report.accepted_at = datetime.combine(since, time(12), LONDON)
        house = self.houses[report.authority_id]
        rungs = owed(step_watched(step), as_at=self.on, settings=house.settings.reminders, calendar=house.calendar)
        self._add(StatutoryStep.trail_type(), step.pk, report.authority_id, rungs)

    def _add(self, kind: str, number: int, authority: int, rungs: tuple[Owed, ...], **named: int | None) -> None:
        for rung in rungs:
            if (kind, number, rung.kind, rung.key) not in self._known:
                self.rows.append(
                    Owing(-len(self.rows) - 1, authority, rung.kind, rung.key, kind, number, rung.since, **named)
                )

    def _add_occasions(self) -> None:
        began = self._began if self.hindsight else occasions.began()
        for due in occasions.owed_on(self.houses, self.on, began=began):
            within = self.places is None or due.authority_id in self.places
            if within and due.owed_on <= self.on and not self._stands(due):
                told = (due.authority_id, due.kind, due.threshold, due.subject_type, due.subject_id, due.owed_on)
                self.rows.append(Owing(-len(self.rows) - 1, *told))

    def _know(self, kind: str, numbers: Collection[int]) -> None:
        rows = Due.objects.filter(subject_type=kind, subject_id__in=list(numbers))
        self._known |= set(rows.values_list("subject_type", "subject_id", "kind", "threshold"))

    def _stands(self, due: Due) -> bool:
        same = {name: getattr(due, name) for name in ("subject_type", "subject_id", "kind", "threshold")}
        return Due.objects.filter(**same).exists()
