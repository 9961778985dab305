"""What waits for those who lead, answer for or direct a plan; and the week of a plan, for its leads."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from tracker.choices import DueKind, Occasion, Role
from tracker.models import Action, Authority, Erasure, Extension, Membership, StatutoryStep
from tracker.rules.digest import Figure, Figures, Line, Place, Section
from tracker.rules.digest_words import due_words
from tracker.rules.london import day_of
from tracker.rules.notices import TO_OWNER
from tracker.rules.written_dates import counted, short_date
from tracker.services.notices.addressing import Owing
from tracker.services.notices.desk import RELATED, Desk
from tracker.services.notices.months import next_meeting
from tracker.services.notices.plates import News, line

SHOWN = 25
OF_A_WEEK = 5  # what is most overdue in a plan; the site has all of it
STEPS_AHEAD = 28  # days

ASKS_FOR_HELP = "asks for help"


@dataclass(frozen=True)
class Waiting:
    """What waits for a decision of the reader, what is long overdue in what they answer for, and how many of each."""

    sections: tuple[Section, ...]
    decisions: int
    late: int


def waiting(person: int, news: News, owings: Iterable[Owing], weeks_of: list[int], desk: Desk) -> Waiting:
    """What waits for the person. Plans of which the mail lists the week have all that is overdue or unowned there."""
    led = desk.led.get(person, [])
    decisions = [*_decisions(led, news, desk), *_erasures(person, led, owings, desk)] if led else []
    waits = _once([*decisions, *_nobody_there(person, owings, weeks_of, news, desk)])
    told = {each.reference for each in waits}
    late = [
        action
        for action in _long_overdue(person, desk)
        if action.authority_id not in weeks_of and action.reference not in told
    ]
    sections = (
        *_section("Waiting for you", waits),
        *_section("Long overdue", [_late(each, news, desk) for each in late], late=True),
    )
    return Waiting(sections, len(waits), len(late))


def _once(lines: list[Line]) -> list[Line]:
    """The lines without those about an action that has one already; a statutory step or an erasure is its own thing."""
    seen: set[str] = set()
    found = []
    for each in lines:
        if each.place in (Place.REPORT, Place.ERASURE) or each.reference not in seen:
            found.append(each)
            seen.add(each.reference)
    return found


def _section(title: str, lines: list[Line], late: bool = False) -> tuple[Section, ...]:
    shown = sorted(lines, key=lambda each: (each.place is not Place.ERASURE, each.authority, each.report))[:SHOWN]
    return (Section(title, tuple(shown), len(lines), (Place.HOME, 0), late),) if lines else ()


def _decisions(led: list[int], news: News, desk: Desk) -> list[Line]:
    """Help asked for, submissions, extensions, second looks and statutory steps of these plans."""
    plans = Action.objects.filter(authority__in=led).select_related(*RELATED)
    found = [
        line(action, says=_help_words(action, desk), place=Place.ACTION, news=news, desk=desk)
        for action in plans.asking_for_help()
    ]
    found += [
        line(action, says=_submitted_words(action, desk), place=Place.SIGN_OFF, news=news, desk=desk)
        for action in plans.awaiting_sign_off()
    ]
    asked = Extension.objects.filter(granted=None, withdrawn=False, action__authority__in=led)
    for each in asked.select_related("action__authority", "action__recommendation__report", "asked_by"):
        says = f"{each.asked_by.name} asks for {short_date(each.to_due)}, {_since(day_of(each.asked_at), desk)}"
        found.append(line(each.action, says=says, place=Place.EXTENSION, news=news, desk=desk, number=each.pk))
    found += [
        line(action, says="closed, to be looked at again", place=Place.LOOK_AGAIN, news=news, desk=desk)
        for action in plans.to_be_looked_at(desk.on).order_by("next_check_on", "reference")
    ]
    return [*found, *_steps(led, desk)]


def _submitted_words(action: Action, desk: Desk) -> str:
    since = f" {_since(day_of(action.submitted_at), desk)}" if action.submitted_at else ""
    return f"submitted{since}, awaits sign-off"


def _help_words(action: Action, desk: Desk) -> str:
    who = action.owner.name if action.owner else "Somebody"
    return f"{who} {ASKS_FOR_HELP}; {due_words(desk.standing(action), on=desk.on)}"


def _since(day: date, desk: Desk) -> str:
    days = (desk.on - day).days
    return "today" if days == 0 else f"{counted(days, 'day', 'days')} ago"


def _steps(led: list[int], desk: Desk) -> list[Line]:
    """Statutory steps that are not met and fall due within four weeks, or have fallen due."""
    steps = StatutoryStep.objects.filter(report__authority__in=led, met_on=None).select_related("report__authority")
    until = desk.on + timedelta(days=STEPS_AHEAD)
    return [_step(step, step.due, desk) for step in steps if step.due and step.due <= until]


def _step(step: StatutoryStep, due: date, desk: Desk) -> Line:
    days = (due - desk.on).days
    when = f"in {counted(days, 'day', 'days')}" if days > 0 else "today" if days == 0 else ""
    late = f"{counted(-days, 'day', 'days')} overdue" if days < 0 else when
    return Line(
        reference=str(step.get_step_display()),
        what="A statutory step after the inspection: say on the report’s page when it was met.",
        says=f"due {short_date(due)}, {late}",
        authority=step.report.authority.short_name,
        report=f"{step.report.title}, {step.report.series}",
        place=Place.REPORT,
        number=step.report_id,
        late=days < 0,
    )


def _erasures(person: int, led: list[int], owings: Iterable[Owing], desk: Desk) -> list[Line]:
    """Erasures after a breach that somebody else has asked for, where the person is a lead and stands in for none.

    What is to be erased is named on the site alone.
    """
    news = {each.number for each in owings if each.kind == Occasion.ERASURE_ASKED}
    held = Membership.objects.current().filter(user=person, role=Role.LEAD, authority__in=led)
    asked = Erasure.objects.filter(granted=None, authority__in=held.values("authority"))
    waiting = asked.exclude(asked_by=person).order_by("asked_at")
    return [_erasure(each, each.pk in news, desk) for each in waiting.select_related("authority", "asked_by")]


def _erasure(erasure: Erasure, new: bool, desk: Desk) -> Line:
    return Line(
        reference="Erasure",
        what="Something is to be erased after a breach: a second lead decides.",
        says=f"asked for by {erasure.asked_by.name}, {_since(day_of(erasure.asked_at), desk)}",
        authority=erasure.authority.short_name,
        report="After a breach",
        place=Place.ERASURE,
        number=erasure.pk,
        new=new,
    )


def _nobody_there(person: int, owings: Iterable[Owing], weeks_of: list[int], news: News, desk: Desk) -> list[Line]:
    """Actions of which a lead is told because nobody is there who would answer for them, unless the week has them."""
    owned = {action.pk for action in desk.mine.get(person, [])}
    numbers = {each.number for each in owings if each.kind in TO_OWNER and each.about_action} - owned
    rows = Action.objects.filter(pk__in=numbers).select_related(*RELATED).order_by("reference") if numbers else []
    left = [row for row in rows if row.authority_id not in weeks_of or row.owner_id]
    return [line(row, says=_left_words(row, desk), place=Place.OWNER, news=news, desk=desk) for row in left]


def _left_words(action: Action, desk: Desk) -> str:
    whose = f"{action.owner.name} can work on it no more" if action.owner else "nobody owns it"
    return f"{due_words(desk.standing(action), on=desk.on)}; {whose}"


def _settles(action: Action) -> Place:
    return Place.ACTION if action.owner_id else Place.OWNER


def _long_overdue(person: int, desk: Desk) -> list[Action]:
    """What is overdue by as many days as are told to the accountable lead, or to the director."""
    found = [(action, DueKind.ESCALATED_TO_LEAD) for action in desk.answered.get(person, [])]
    if led := desk.led.get(person):
        unnamed = Q(accountable=None, authority__in=led)
        found += [(action, DueKind.ESCALATED_TO_LEAD) for action in _late_in(unnamed, person, desk)]
    if directed := desk.directed.get(person):
        all_of_it = Q(authority__in=directed)
        found += [(action, DueKind.ESCALATED_TO_DIRECTOR) for action in _late_in(all_of_it, person, desk)]
    return list({action.pk: action for action, kind in found if _reached(action, kind, desk)}.values())


def _late_in(which: Q, person: int, desk: Desk) -> Any:
    """What is overdue there and not the person's own."""
    rows = Action.objects.filter(which).exclude(owner=person).overdue(desk.on).select_related(*RELATED)
    return rows.order_by("agreed_due", "reference")


def _reached(action: Action, kind: DueKind, desk: Desk) -> bool:
    days = desk.houses[action.authority_id].settings.reminders.of(kind).days
    return bool(days) and (desk.on - action.overdue_after).days >= days[0]  # type: ignore[operator]


def _late(action: Action, news: News, desk: Desk) -> Line:
    return line(action, says=_late_words(action, desk), place=Place.ACTION, news=news, desk=desk)


def _late_words(action: Action, desk: Desk) -> str:
    return f"{due_words(desk.standing(action), on=desk.on)}; {_with(action)}"


def _with(action: Action) -> str:
    return f"with {action.owner.name}" if action.owner else "nobody owns it"


# The lists of a week: their words, where exactly these actions are listed, and which of a plan are in them.
Listed = Callable[[Any, date], Any]
LISTS: tuple[tuple[str, Place, Listed], ...] = (
    ("Overdue", Place.OVERDUE, lambda rows, on: rows.overdue(on)),
    ("No news for a while", Place.SILENT, lambda rows, on: rows.silent(on)),
    ("No owner", Place.UNOWNED, lambda rows, on: rows.unowned()),
    ("No due date", Place.UNDATED, lambda rows, on: rows.undated()),
    ("Awaiting sign-off", Place.SUBMITTED, lambda rows, on: rows.awaiting_sign_off()),
    ("Extension asked for", Place.EXTENSIONS, lambda rows, on: rows.extension_asked()),
)


def weeks(authorities: Iterable[int], told: Collection[str], desk: Desk) -> tuple[Figures, ...]:
    """The week of each plan: how much is overdue, silent, without owner or date, or waits; first what is most overdue.

    What the mail has told already, by its reference, is not listed again.
    """
    numbers = list(authorities)
    places = Authority.objects.filter(pk__in=numbers).order_by("short_name") if numbers else ()
    return tuple(_week(place, told, desk) for place in places)


def _week(place: Authority, told: Collection[str], desk: Desk) -> Figures:
    plan = Action.objects.filter(authority=place)
    found = [(words, listed(plan, desk.on).count(), where) for words, where, listed in LISTS]
    rows = tuple(
        Figure(words, number, where if number else None, late=where is Place.OVERDUE and number > 0)
        for words, number, where in found
        if number or where is Place.OVERDUE
    )
    left = plan.overdue(desk.on).exclude(reference__in=told)
    first = left.select_related(*RELATED).order_by("agreed_due", "reference")[:OF_A_WEEK]
    lines = tuple(line(row, says=_late_words(row, desk), place=_settles(row), news=set(), desk=desk) for row in first)
    more = (Place.OVERDUE, place.pk)
    overdue = Section("Overdue longest", lines, left.count(), more, late=True) if lines else None
    return Figures(
        place.short_name, place.pk, rows, next_meeting(place, desk.on), overdue=overdue, overdue_number=found[0][1]
    )
