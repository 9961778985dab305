"""What every change of an action shares: its due date by the rules, its next notice, its version, its saving."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from tracker.choices import Basis, Family
from tracker.models import Action, Authority, Extension, Recommendation, Report
from tracker.rules.authority_settings import AuthoritySettings, read_settings
from tracker.rules.due_dates import Anchor, DueDate, Timescale, due_date, first_chase_on, parse_timescale
from tracker.rules.london import LONDON, day_of
from tracker.rules.notices import next_notice_on
from tracker.rules.refusal import Refused
from tracker.rules.working_days import Calendar
from tracker.rules.written_dates import short_date
from tracker.services import reference


@dataclass(frozen=True)
class House:
    """What the rules need beside the action: the calendar and the authority's settings, read once a verb."""

    calendar: Calendar
    settings: AuthoritySettings

    @classmethod
    def of(cls, authority: Authority) -> "House":
        """Read both for an authority."""
        return cls(reference.calendar(), reference.settings_of(authority))


class Houses(dict[int, House]):
    """The houses of several authorities by number, each read when it is first asked for; the calendar is read once.

    Where an authority's settings make no sense, the installation's hold for it, so that nobody goes unreminded;
    `problems` says so.
    """

    def __init__(self) -> None:
        super().__init__()
        self.calendar = reference.calendar()
        self.problems: list[str] = []
        self._defaults = reference.reminder_defaults()
        self._known: dict[str, House] = {}

    def __missing__(self, number: int) -> House:
        return self._read(Authority.objects.only("short_name", "settings").get(pk=number))

    def read(self, numbers: Iterable[int]) -> None:
        """Read these together, those that are not there yet."""
        missing = set(numbers) - self.keys()
        for authority in Authority.objects.filter(pk__in=missing).only("short_name", "settings") if missing else ():
            self._read(authority)

    def hour_has_come(self, authority: int, at: datetime) -> bool:
        """Whether the hour at which the council wants its digests has come on the day of the moment, in London."""
        return at >= datetime.combine(day_of(at), time(self[authority].settings.digest_hour), LONDON)

    def _read(self, authority: Authority) -> House:
        words = repr(authority.settings)
        # Most councils set nothing of their own: settings of the same words are understood once.
        self[authority.pk] = self._known.get(words) or self._understood(authority, words)
        return self[authority.pk]

    def _understood(self, authority: Authority, words: str) -> House:
        try:
            found = House(self.calendar, read_settings(authority.settings, house=self._defaults))
        except Refused as refusal:
            self.problems.append(f"The settings of {authority} make no sense: {refusal.sentence}")
            return House(self.calendar, read_settings({}, house=self._defaults))
        self._known[words] = found
        return found


def anchor_of(publication_date: date | None, source: str) -> Anchor | None:
    """What a report's timescales are counted from: its publication date, with where that comes from."""
    if publication_date is None:
        return None
    return Anchor(publication_date, f"published on {short_date(publication_date)}, {source}")


def default_of(report: Report, house: House) -> Timescale | None:
    """The authority's own timescale for reports of this family, where it has set one."""
    return house.settings.family_defaults.get(Family(report.family))


def reckon(recommendation: Recommendation, report: Report, house: House) -> DueDate:
    """The due date of a recommendation by what is printed and, failing that, by the authority's default."""
    heading = recommendation.heading or None
    return due_date(
        parse_timescale(recommendation.timescale or None, heading=heading),
        heading=heading,
        anchor=anchor_of(report.publication_date, report.publication_source),
        calendar=house.calendar,
        default=default_of(report, house),
    )


def set_due(action: Action, found: DueDate, *, report: Report, house: House) -> None:
    """Put a due date on an action that is not yet extended: agreed, when it counts as overdue, why."""
    action.agreed_due, action.due_basis = found.on, found.basis
    action.due_explanation, action.priority = found.explanation, found.priority
    count_overdue(action, report=report, house=house)


def count_overdue(action: Action, *, report: Report, house: House) -> None:
    """Work out after which day the action counts as overdue. Only the date it was first given waits for a response."""
    if action.agreed_due != action.original_due and action.due_basis != Basis.NONE and action.original_due is not None:
        action.overdue_after = action.agreed_due
        return
    action.overdue_after = first_chase_on(
        priority=action.standing.priority,
        due=action.agreed_due,
        publication=report.publication_date,
        accepted_on=action.accepted_on,
        period_days=house.settings.first_response_days,
        calendar=house.calendar,
    )


def keep(action: Action, *, house: House, at: datetime) -> None:
    """Save an action a verb has changed: a version further, and the day on which a notice will next be owed."""
    if action.pk is not None:
        action.version += 1
    schedule(action, house=house, on=day_of(at))
    action.save()


def schedule(action: Action, *, house: House, on: date) -> None:
    """Set the day on which the planner has to look at the action next; today counts."""
    asked = None
    if action.pk is not None:  # nothing is asked of what is new
        asked = Extension.objects.filter(action=action.pk, granted__isnull=True, withdrawn=False).first()
    facts = action.watched(extension_asked_on=day_of(asked.asked_at) if asked else None)
    yesterday = date.fromordinal(on.toordinal() - 1)
    action.next_notice_on = next_notice_on(
        facts, after=yesterday, settings=house.settings.reminders, calendar=house.calendar
    )
