"""A rehearsal: what mail would go out at a moment, to whom and why, and who gets none. It writes nothing.

It reads what the planner, the poster and the senders would read, and goes through the same rules; nothing is locked,
so that a page may ask for it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from tracker.access import Actor, check_site
from tracker.choices import NoticeState
from tracker.models import DIGESTS, Membership, Notice, Told, User
from tracker.rules.digest import RIDING, Digest, Timing, envelope
from tracker.rules.digest_words import subject
from tracker.rules.london import day_of
from tracker.rules.notices import TO_OWNER
from tracker.rules.reasons import Silence, in_words
from tracker.services.notices.addressing import AUDIENCES, Household, Owing, Wishes, household, is_stale
from tracker.services.notices.auditors import heads_ahead
from tracker.services.notices.desk import Desk
from tracker.services.notices.foreseeing import Ledger
from tracker.services.notices.letters import letter, still_standing
from tracker.services.notices.naming import names
from tracker.services.scheduling import Houses

MONTHLY = "the head of the trail, once a month for auditors"


@dataclass(frozen=True)
class Reason:
    """One thing that a mail goes out for: what it is about, why in words, and of which authority's plan."""

    about: str
    why: str
    authority: int


@dataclass(frozen=True)
class Rehearsed:
    """A mail that would go out: the envelope (not stored), what it says, and why it goes."""

    notice: Notice
    digest: Digest
    why: tuple[Reason, ...]

    @property
    def subject(self) -> str:
        """The subject line."""
        return subject(self.digest)

    @property
    def lines(self) -> int:
        """How many things it tells of, those that are only counted included."""
        return sum(section.total for section in self.digest.sections)


@dataclass(frozen=True)
class Quiet:
    """Somebody who gets no mail though the ledger holds something, with why not, and of which authorities' plans."""

    person: User
    why: Silence
    authorities: frozenset[int]


@dataclass(frozen=True)
class Rehearsal:
    """A day rehearsed. `day_off` names what makes it one ("a Saturday"): then nothing goes out."""

    on: date
    day_off: str
    next_working_day: date
    letters: tuple[Rehearsed, ...] = ()
    quiet: tuple[Quiet, ...] = ()
    others: int = 0


@dataclass
class _Sorted:
    """The rows of a day by whom they are for, and of everybody else the reasons why they hear nothing."""

    to: dict[int, list[Owing]] = field(default_factory=dict)
    silent: dict[int, set[tuple[Silence, int]]] = field(default_factory=dict)

    def hush(self, people: Iterable[int], why: Silence, rows: Iterable[Owing]) -> None:
        """These hear nothing of these rows."""
        for person in people:
            self.silent.setdefault(person, set()).update((why, owing.authority) for owing in rows)


def rehearse(*, by: Actor, at: datetime, whatever_the_hour: bool = True, hindsight: bool = False) -> Rehearsal:
    """What would go out at the moment, everywhere. For the house and administrators of the site.

    `whatever_the_hour`: the hour of each authority counts as come. `hindsight`: see Ledger.
    """
    check_site(by)
    return _rehearse(at, None, whatever_the_hour=whatever_the_hour, hindsight=hindsight)


def rehearse_for(person: User, *, at: datetime) -> Rehearsal:
    """What the person themselves would get at the moment, from all their authorities, whatever the hour."""
    return _rehearse(at, _places_of(person), only=person.pk)


def rehearse_in(authority: int, *, at: datetime, only: int | None = None) -> Rehearsal:
    """What would go out because of one authority's plan, and of each mail the part that is about it. Ask access first."""
    return _rehearse(at, [authority], within=authority, only=only)


def next_working_day(after: date) -> date:
    """The first working day after that day: the next on which digests go out."""
    return Houses().calendar.next_working_day(after)


def day_off(on: date) -> tuple[str, date] | None:
    """What makes a day one on which nothing goes out, with the working day after it; None for a working day."""
    calendar = Houses().calendar
    name = calendar.name_of(on)
    return (name, calendar.next_working_day(on)) if name else None


def _places_of(person: User) -> list[int]:
    """The authorities from which something may be owed to the person: as member, deputy or director."""
    held = Membership.objects.current().filter(user=person).values_list("authority", flat=True)
    stands_in = Membership.objects.current().filter(deputy=person).values_list("authority", flat=True)
    return sorted({*held, *stands_in, *person.directs.values_list("pk", flat=True)})


def _rehearse(
    at: datetime,
    places: Collection[int] | None,
    *,
    whatever_the_hour: bool = True,
    hindsight: bool = False,
    within: int | None = None,
    only: int | None = None,
) -> Rehearsal:
    on, houses = day_of(at), Houses()
    off, following = houses.calendar.name_of(on), houses.calendar.next_working_day(on)
    if off:
        return Rehearsal(on, off, following)
    ledger = Ledger.foreseen(on, houses=houses, places=places, hindsight=hindsight)
    found = _sorted(ledger, houses, None if whatever_the_hour else at)
    had = {} if hindsight else dict(_envelopes(on))
    wanted = {person: rows for person, rows in found.to.items() if only in (None, person)}
    going = {person: rows for person, rows in wanted.items() if _goes(person, rows, had, found)}
    letters, empty = _letters(going, ledger, houses, within)
    for person in empty:
        found.hush([person], Silence.NOTHING, going[person])
    letters += _heads(heads_ahead(houses, at=at, places=places, whatever_the_hour=whatever_the_hour), only)
    return _told(on, following, letters, found, places, only)


def _sorted(ledger: Ledger, houses: Houses, at: datetime | None) -> _Sorted:
    """Whom each row is for today, as the poster asks it; with `at`, the hour of the authority has to have come."""
    there = household(ledger.rows, ledger.on)
    audiences = {
        owing.due: AUDIENCES[owing.kind](owing, there) for owing in ledger.rows if not is_stale(owing, ledger.on)
    }
    named = {person for people in audiences.values() for person in people}
    wishes = Wishes.of(named, _told_of(ledger), ledger.on)
    found = _Sorted()
    for owing in ledger.rows:
        people = audiences.get(owing.due, frozenset())
        found.hush(_gone(owing, people, there), Silence.LEFT, [owing])
        if at is not None and not houses.hour_has_come(owing.authority, at):
            found.hush(people, Silence.HOUR, [owing])
            continue
        for person in people:
            why = _kept_from(owing, person, wishes)
            if why:
                found.hush([person], why, [owing])
            else:
                found.to.setdefault(person, []).append(owing)
    return found


def _told_of(ledger: Ledger) -> set[tuple[int, int]]:
    rows = Told.objects.filter(due__settled_at=None)
    if ledger.hindsight:
        rows = Told.objects.filter(notice__day__lt=ledger.on)
    return set(rows.values_list("due", "person"))


def _gone(owing: Owing, people: Collection[int], there: Household) -> list[int]:
    """The owner, where it is for the owner and they are not there any more; nobody where somebody stands in."""
    if owing.kind not in TO_OWNER or owing.owner is None or owing.owner in people:
        return []
    stands_in = there.deputies.get((owing.authority, owing.owner))
    return [] if stands_in in people else [owing.owner]


def _kept_from(owing: Owing, person: int, wishes: Wishes) -> Silence | None:
    """Why the person does not hear of the row today; None where they do."""
    if (owing.due, person) in wishes.told:
        return Silence.TOLD
    return {Timing.LATER: Silence.CHOSEN, Timing.NEVER: Silence.NEVER}.get(wishes.when(owing, person))


def _envelopes(on: date) -> Iterable[tuple[int, str]]:
    """The state of each envelope that somebody has for that day."""
    return Notice.objects.filter(day=on, kind__in=DIGESTS).values_list("recipient", "state")


def _goes(person: int, rows: list[Owing], had: dict[int, str], found: _Sorted) -> bool:
    """Whether the rows make a mail go out; if not, why."""
    state = had.get(person)
    closed = {NoticeState.SENT: Silence.HAD, NoticeState.FAILED: Silence.FAILED}
    if all(owing.kind in RIDING for owing in rows):
        found.hush([person], Silence.RIDES, rows)
        return False
    if state in closed:
        found.hush([person], closed[NoticeState(state)], rows)
        return False
    return True


def _letters(
    going: dict[int, list[Owing]], ledger: Ledger, houses: Houses, within: int | None
) -> tuple[list[Rehearsed], list[int]]:
    """The filled envelopes, and those for whom nothing is left to say."""
    people = User.objects.in_bulk(list(going))
    existing = {owing for rows in going.values() for owing in rows if owing.due > 0}
    holds = still_standing(existing, ledger.on, houses) | ledger.fresh
    desk = Desk.of(list(going), on=ledger.on, houses=houses)
    desk = desk if within is None else desk.within(within)
    filled, empty = [], []
    for number, rows in going.items():
        kind = envelope(frozenset(owing.kind for owing in rows if owing.kind not in RIDING))
        one = letter(Notice(recipient=people[number], kind=kind, day=ledger.on), rows, holds, desk)
        filled += [one] if one.digest else []
        empty += [] if one.digest else [number]
    named = names(owing for one in filled for owing in one.why)
    return [
        Rehearsed(one.notice, one.digest, tuple(_reason(owing, named) for owing in one.why))
        for one in filled
        if one.digest
    ], empty


def _heads(ahead: Iterable[tuple[Notice, Digest, frozenset[int]]], only: int | None) -> list[Rehearsed]:
    """What auditors get beside: where the trail stands."""
    return [
        Rehearsed(notice, digest, tuple(Reason("", MONTHLY, place) for place in sorted(places)))
        for notice, digest, places in ahead
        if only in (None, notice.recipient_id)
    ]


def _reason(owing: Owing, named: dict[tuple[str, int], str]) -> Reason:
    return Reason(named.get((owing.subject, owing.number), ""), in_words(owing.kind, owing.threshold), owing.authority)


def _told(
    on: date,
    following: date,
    letters: list[Rehearsed],
    found: _Sorted,
    places: Collection[int] | None,
    only: int | None,
) -> Rehearsal:
    hearing = {each.notice.recipient_id for each in letters}
    order = list(Silence)
    silent = {person: why for person, why in found.silent.items() if person not in hearing}
    people = User.objects.in_bulk([person for person in silent if only in (None, person)])
    quiet = [
        Quiet(
            person,
            min((why for why, _ in silent[number]), key=order.index),
            frozenset(place for _, place in silent[number]),
        )
        for number, person in people.items()
    ]
    rows = Membership.objects.current() if places is None else Membership.objects.current().filter(authority__in=places)
    others = set(rows.values_list("user", flat=True)) - hearing - set(silent)
    by_name = sorted(letters, key=lambda each: each.notice.recipient.name.casefold())
    return Rehearsal(
        on, "", following, tuple(by_name), tuple(sorted(quiet, key=lambda each: each.person.name)), len(others)
    )
