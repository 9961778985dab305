"""On which days each kind of notice is owed: the defaults, and how an authority's own days replace them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tracker.choices import DueKind
from tracker.rules.refusal import Refused

WEEK = 7


@dataclass(frozen=True)
class Rhythm:
    """Days counted from what a notice is about, ascending, and then again every so many days (None: never again).

    Before a due date and before a statutory step the days are counted backwards; everywhere else forwards.
    """

    days: tuple[int, ...]
    every: int | None = None


DEFAULTS: Mapping[DueKind, Rhythm] = {
    DueKind.ASSIGNED: Rhythm((0,)),
    DueKind.BEFORE_DUE: Rhythm((1, 7, 14)),
    DueKind.DUE_TODAY: Rhythm((0,)),
    DueKind.OVERDUE: Rhythm((1, 2, 4, 8, 16), WEEK),
    DueKind.ESCALATED_TO_LEAD: Rhythm((8,)),
    DueKind.ESCALATED_TO_DIRECTOR: Rhythm((30,)),
    DueKind.SILENT: Rhythm((30,)),
    DueKind.SIGN_OFF_WAITING: Rhythm((2, 7), WEEK),
    DueKind.EXTENSION_WAITING: Rhythm((2, 7), WEEK),
    DueKind.STATUTORY_STEP: Rhythm((1, 5, 10, 20)),
    DueKind.CHECK_DUE: Rhythm((0,)),
    DueKind.NO_DATE: Rhythm((), WEEK),
    DueKind.NO_OWNER: Rhythm((), WEEK),
}
FROM_THE_DAY = frozenset(
    {DueKind.ASSIGNED, DueKind.DUE_TODAY, DueKind.SIGN_OFF_WAITING, DueKind.EXTENSION_WAITING, DueKind.CHECK_DUE}
)  # may be owed on the day itself; the others begin a day before or after it
ONCE = frozenset({DueKind.ASSIGNED, DueKind.BEFORE_DUE, DueKind.DUE_TODAY, DueKind.STATUTORY_STEP})


@dataclass(frozen=True)
class ReminderSettings:
    """The rhythm of every kind of notice. Refused where the days make no sense or overdue work could go unchased."""

    rhythms: Mapping[DueKind, Rhythm] = field(default_factory=lambda: DEFAULTS)

    def __post_init__(self) -> None:
        for kind, rhythm in self.rhythms.items():
            _check(kind, rhythm)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(frozenset(self.rhythms.items()))

    def of(self, kind: DueKind) -> Rhythm:
        """The rhythm of one kind; the default where nothing else is set."""
        return self.rhythms.get(kind, DEFAULTS[kind])

    def changed(self, days: Mapping[str, Sequence[int | str]]) -> "ReminderSettings":
        """These settings with other days for some kinds, as reference rows hold them: {"overdue": [1, 2, "weekly"]}.

        Refused for a kind that does not exist, and for anything but whole days and "weekly".
        """
        return ReminderSettings({**self.rhythms, **{_kind(name): _rhythm(row) for name, row in days.items()}})


def _kind(name: str) -> DueKind:
    try:
        return DueKind(name)
    except ValueError:
        raise Refused(f"“{name}” is no kind of notice.") from None


def _rhythm(row: Sequence[int | str]) -> Rhythm:
    words = [str(word).strip() for word in row]
    days = [word for word in words if word != "weekly"]
    if not all(word.isdecimal() for word in days):
        raise Refused("Give whole numbers of days, and “weekly” for every seven days after the last of them.")
    return Rhythm(tuple(sorted({int(word) for word in days})), WEEK if "weekly" in words else None)


def _check(kind: DueKind, rhythm: Rhythm) -> None:
    first = 0 if kind in FROM_THE_DAY else 1
    if list(rhythm.days) != sorted(set(rhythm.days)) or any(day < first for day in rhythm.days):
        raise Refused(f"“{kind.label}”: give each number of days once, in order, from {first} up.")
    if rhythm.every is not None and (kind in ONCE or rhythm.every < 1):
        raise Refused(f"“{kind.label}” cannot be repeated every {rhythm.every} days.")
    if kind is DueKind.OVERDUE and rhythm.every is None:
        raise Refused("Overdue actions are chased for as long as they are overdue: add “weekly”.")
