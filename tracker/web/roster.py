"""The people of one council as its keepers read them: a line a person, made from rows read once for all of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tracker.models import Membership, User
from tracker.rules.london import day_of
from tracker.rules.sign_ins import is_unused, seen_since


@dataclass(frozen=True)
class Line:
    """One person: their memberships here (all current, or all ended), and what hangs on them today."""

    person: User
    memberships: tuple[Membership, ...]
    stands_in_for: tuple[Membership, ...]
    open_actions: int

    @property
    def since(self) -> date:
        """The day on which the first of these roles was granted."""
        return day_of(min(each.granted_at for each in self.memberships))

    @property
    def until(self) -> date | None:
        """The day on which the last of them ended; None while one has not."""
        ends = [each.ended_at for each in self.memberships if each.ended_at]
        return day_of(max(ends)) if len(ends) == len(self.memberships) else None

    @property
    def seen_on(self) -> date | None:
        """The day of the last sign-in since the first role here was granted."""
        seen = seen_since(self._granted_at, self.person.last_login)
        return day_of(seen) if seen else None

    def is_unused(self, at: datetime, after_days: int) -> bool:
        """Whether the account could sign in and has not done so for long, or ever."""
        return self.person.is_active and is_unused(
            self._granted_at, self.person.last_login, at=at, after_days=after_days
        )

    @property
    def _granted_at(self) -> datetime:
        return min(each.granted_at for each in self.memberships)


@dataclass(frozen=True)
class Roster:
    """Who is here, and who has left."""

    here: tuple[Line, ...]
    left: tuple[Line, ...]

    def unused(self, at: datetime, after_days: int) -> tuple[Line, ...]:
        """Those whose accounts are not used: no sign-in for so many days."""
        return tuple(line for line in self.here if line.is_unused(at, after_days))


def roster(memberships: Iterable[Membership], owners: Iterable[int | None], *, on: date) -> Roster:
    """Group the memberships of one council by person; `owners` has each unfinished action's owner."""
    rows, counts = list(memberships), Counter(owners)
    mine: dict[User, list[Membership]] = {}
    for row in rows:
        mine.setdefault(row.user, []).append(row)
    lines = [
        Line(person, _current_or_all(held), _deputised(person, rows, on), counts[person.pk])
        for person, held in sorted(mine.items(), key=lambda item: item[0].name.casefold())
    ]
    return Roster(
        tuple(line for line in lines if line.until is None), tuple(line for line in lines if line.until is not None)
    )


def _current_or_all(held: list[Membership]) -> tuple[Membership, ...]:
    return tuple(each for each in held if not each.ended_at) or tuple(held)


def _deputised(person: User, rows: list[Membership], on: date) -> tuple[Membership, ...]:
    """The memberships for whose holder the person stands in on that day."""
    return tuple(
        row
        for row in rows
        if row.deputy_id == person.pk and not row.ended_at and row.deputy_from and row.deputy_to
        if row.deputy_from <= on <= row.deputy_to
    )
