"""What waits for those who lead, answer for or direct a plan; and the week of a plan, for its leads."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from tracker.choices import DueKind
from tracker.models import Action, Authority, Extension, StatutoryStep
from tracker.rules.digest import Line, Place, Section, due_words
from tracker.rules.london import day_of
from tracker.rules.notices import TO_OWNER
from tracker.rules.written_dates import counted, short_date
from tracker.services.notices.addressing import Owing
from tracker.services.notices.desk import RELATED, Desk
from tracker.services.notices.plates import News, line

SHOWN = 25
OF_A_WEEK = 5  # lines of each list of the week; the site has all of them
STEPS_AHEAD = 28  # days

ASKS_FOR_HELP = "asks for help"


def waiting(person: int, news: News, owings: Iterable[Owing], weeks_of: list[int], desk: Desk) -> tuple[Section, ...]:
    """What waits for a decision of the person, and what is long overdue in what they answer for or direct.

    Plans of which the mail lists the week, with all that is overdue in them, are left out of the second.
    """
    led = desk.led.get(person, [])
    decisions = _decisions(led, news, desk) if led else []
    late = [action for action in _long_overdue(person, desk) if action.authority_id not in weeks_of]
    waits = [*decisions, *_checks(owings, news, desk), *_nobody_there(person, owings, news, desk)]
    return (*_section("Waiting for you", waits), *_section("Long overdue", [_late(each, news, desk) for each in late]))


def _section(title: str, lines: list[Line], total: int | None = None) -> tuple[Section, ...]:
    shown = sorted(lines, key=lambda each: (each.authority, each.report))[:SHOWN]
    return (Section(title, tuple(shown), total or len(lines), (Place.HOME, 0)),) if lines else ()


def _decisions(led: list[int], news: News, desk: Desk) -> list[Line]:
    """Help asked for, submissions, extensions and statutory steps of these plans."""
    plans = Action.objects.filter(authority__in=led).select_related(*RELATED)
    found = [
        line(action, says=f"{_owner(action)} {ASKS_FOR_HELP}", place=Place.ACTION, news=news)
        for action in plans.asking_for_help()
    ]
    found += [
        line(action, says=f"submitted {_since(day_of(action.submitted_at), desk)}", place=Place.SIGN_OFF, news=news)
        for action in plans.awaiting_sign_off()
    ]
    asked = Extension.objects.filter(granted=None, withdrawn=False, action__authority__in=led)
    for each in asked.select_related("action__authority", "action__recommendation__report", "asked_by"):
        says = f"{each.asked_by.name} asks for {short_date(each.to_due)}, {_since(day_of(each.asked_at), desk)}"
        found.append(line(each.action, says=says, place=Place.EXTENSION, news=news, number=each.pk))
    return [*found, *_steps(led, desk)]


def _owner(action: Action) -> str:
    return str(action.owner.name) if action.owner else "Somebody"


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
    late = f"{counted(-days, 'day', 'days')} past its day" if days < 0 else when
    return Line(
        reference="Statutory step",
        what=str(step.get_step_display()),
        says=f"due {short_date(due)}, {late}",
        authority=step.report.authority.short_name,
        report=str(step.report.title),
        place=Place.REPORT,
        number=step.report_id,
    )


def _checks(owings: Iterable[Owing], news: News, desk: Desk) -> list[Line]:
    """Closed actions that are to be looked at again, of which this mail tells for the first time."""
    numbers = [owing.number for owing in owings if owing.kind == DueKind.CHECK_DUE]
    rows = Action.objects.filter(pk__in=numbers).select_related(*RELATED) if numbers else []
    return [line(row, says="closed; to be looked at again", place=Place.LOOK_AGAIN, news=news) for row in rows]


def _nobody_there(person: int, owings: Iterable[Owing], news: News, desk: Desk) -> list[Line]:
    """Actions of which a lead is told because nobody is there who would answer for them."""
    owned = {action.pk for action in desk.mine.get(person, [])}
    numbers = {each.number for each in owings if each.kind in TO_OWNER and each.about_action} - owned
    rows = Action.objects.filter(pk__in=numbers).select_related(*RELATED) if numbers else []
    return [line(row, says=_late_words(row, desk), place=_settles(row), news=news) for row in rows]


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
    return rows.order_by("overdue_after", "reference")


def _reached(action: Action, kind: DueKind, desk: Desk) -> bool:
    days = desk.houses[action.authority_id].settings.reminders.of(kind).days
    return bool(days) and (desk.on - action.overdue_after).days >= days[0]  # type: ignore[operator]


def _late(action: Action, news: News, desk: Desk) -> Line:
    return line(action, says=_late_words(action, desk), place=Place.ACTION, news=news)


def _late_words(action: Action, desk: Desk) -> str:
    return f"{due_words(action.standing, on=desk.on)}; {_with(action)}"


def _with(action: Action) -> str:
    return f"with {action.owner.name}" if action.owner else "nobody owns it"


# The lists of a week: a title, where all of them stand, and which actions of a plan are in them.
Listed = Callable[[Any, Desk, int], Any]
LISTS: tuple[tuple[str, Place, Listed], ...] = (
    ("Overdue", Place.OVERDUE, lambda rows, desk, days: rows.overdue(desk.on)),
    ("No news for a while", Place.SILENT, lambda rows, desk, days: rows.open().filter(last_heard_at__date__lte=desk.on - timedelta(days=days))),
    ("No owner", Place.UNOWNED, lambda rows, desk, days: rows.unowned()),
    ("No due date", Place.UNDATED, lambda rows, desk, days: rows.undated()),
    ("Awaiting sign-off", Place.SUBMITTED, lambda rows, desk, days: rows.awaiting_sign_off()),
)  # fmt: skip


def overdue_in(authorities: Iterable[int], desk: Desk) -> int:
    """How many actions are overdue in these plans."""
    places = list(authorities)
    return int(Action.objects.filter(authority__in=places).overdue(desk.on).count()) if places else 0


def weeks(authorities: Iterable[int], desk: Desk) -> tuple[Section, ...]:
    """The week of each plan: what is overdue, silent, without owner or date, or awaits sign-off, in short lists."""
    numbers = list(authorities)
    places = Authority.objects.filter(pk__in=numbers).order_by("short_name") if numbers else ()
    return tuple(section for place in places for section in _week(place, desk))


def _week(place: Authority, desk: Desk) -> Iterable[Section]:
    plan = Action.objects.filter(authority=place)
    for title, where, listed in LISTS:
        rows = listed(plan, desk, desk.houses[place.pk].settings.silent_days)
        total = rows.count()
        if total:
            first = rows.select_related(*RELATED).order_by("overdue_after", "reference")[:OF_A_WEEK]
            lines = tuple(_of_week(action, desk) for action in first)
            yield Section(f"The plan of {place.short_name}: {title.lower()}", lines, total, (where, place.pk))


def _of_week(action: Action, desk: Desk) -> Line:
    return _late(action, set(), desk)
