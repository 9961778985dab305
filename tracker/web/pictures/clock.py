"""The statutory clock as a line: a mark for each step of a report, from the day it is counted from, with today on it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.models import Report, StatutoryStep
from tracker.rules.step_states import StepState, state_of
from tracker.rules.written_dates import counted, long_date, short_date
from tracker.templatetags.presentation import distance
from tracker.web.pictures.scales import percent

LEFT, RIGHT = 0.04, 0.96  # the line keeps clear of the edges, so that no mark is cut off
# Where the steps of a line end that would be all waiting, and between which places it then breaks off.
BROKEN_AT, BREAK = 0.7, (0.8, 0.87)
TOO_LONG = 1.0  # times the length of the steps that today may lie beyond them before the line is broken
APART = 0.09  # two marks nearer than this would touch on a narrow screen
ON_THE_LINE, RAISED = 62, 30  # pixels from the top


@dataclass(frozen=True)
class Mark:
    """One step on the line, or where it would stand if it had a day (x is empty then)."""

    number: int
    step: StatutoryStep
    state: StepState
    words: str
    x: str = ""
    y: int = ON_THE_LINE


@dataclass(frozen=True)
class Clock:
    """The line of one report. Where it is broken, `waited` says how long it is from the last step to today."""

    report: Report
    begins: str
    marks: tuple[Mark, ...]
    start: str
    end: str
    today: str
    anchor: str
    broken_from: str
    broken_to: str
    middle: str
    waited: str
    told: str

    @property
    def is_drawn(self) -> bool:
        """Whether any step has a day, so that there is a line to draw."""
        return any(mark.x for mark in self.marks)


def clocks(steps: Iterable[StatutoryStep], today: date) -> list[Clock]:
    """A clock for each report of the steps, what comes soonest first, then what is longest behind, then what is met."""
    by_report: dict[int, list[StatutoryStep]] = {}
    for step in steps:
        by_report.setdefault(step.report_id, []).append(step)
    return [clock_of(own, today) for own in sorted(by_report.values(), key=lambda own: _urgency(own, today))]


ORDER = (StepState.AHEAD, StepState.BEHIND, StepState.UNKNOWN, StepState.MET)


def _urgency(steps: Sequence[StatutoryStep], today: date) -> tuple[int, date]:
    return min((ORDER.index(_state(step, today)), step.due or date.max) for step in steps)


def _state(step: StatutoryStep, today: date) -> StepState:
    return state_of(step.due, step.met_on, as_at=today)


def clock_of(steps: Sequence[StatutoryStep], today: date) -> Clock:
    """The line of one report's steps, of which there is at least one."""
    report = steps[0].report
    ordered = sorted(steps, key=lambda step: (step.due is None, step.due or date.max, step.pk))
    start, words = _start(report)
    days = [day for step in ordered for day in (step.met_on or step.due,) if day]
    first = min([*days, *([start] if start else [])], default=today)
    place, is_broken = _places(first, max(days, default=today), today)
    marks = _marked(ordered, place, today)
    told = "; ".join(f"{mark.step.get_step_display()}: {mark.words}" for mark in marks)
    here = place(max(today, first))
    return Clock(
        report=report,
        begins=words,
        marks=marks,
        start=percent(place(first)) if start else "",
        end=percent(RIGHT),
        today=percent(here),
        anchor="end" if here > 0.8 else "start" if here < 0.2 else "middle",
        broken_from=percent(BREAK[0]) if is_broken else "",
        broken_to=percent(BREAK[1]) if is_broken else "",
        middle=percent(sum(BREAK) / 2),
        waited=distance(max(days), today).removesuffix(" ago") if is_broken else "",
        told=f"{told}. Today is {long_date(today)}.",
    )


def _start(report: Report) -> tuple[date | None, str]:
    """The day the clock is counted from, and the words for it."""
    if report.received_on:
        return report.received_on, f"Received {short_date(report.received_on)}"
    if report.publication_date:
        return report.publication_date, f"Published {short_date(report.publication_date)}"
    return None, ""


def _places(first: date, last: date, today: date) -> tuple[Callable[[date], float], bool]:
    """Where a day stands on the line; the line breaks off where today lies far beyond the steps."""
    length = max((last - first).days, 1)
    is_broken = (today - last).days > TOO_LONG * length
    end = BROKEN_AT if is_broken else RIGHT
    whole = length if is_broken else max(length, (today - first).days)

    def place(day: date) -> float:
        if is_broken and day > last:
            return RIGHT
        return LEFT + (end - LEFT) * (day - first).days / whole

    return place, is_broken


def _marked(steps: Sequence[StatutoryStep], place: Callable[[date], float], today: date) -> tuple[Mark, ...]:
    """The steps with their places; one that would touch the one before it is raised above the line."""
    marks: list[Mark] = []
    taken = -1.0
    for number, step in enumerate(steps, 1):
        state, day = _state(step, today), step.met_on or step.due
        words = _words(step, state, today)
        if day is None:
            marks.append(Mark(number, step, state, words))
            continue
        here = place(day)
        is_raised = abs(here - taken) < APART
        taken = -1.0 if is_raised else here
        marks.append(Mark(number, step, state, words, percent(here), RAISED if is_raised else ON_THE_LINE))
    return tuple(marks)


def _words(step: StatutoryStep, state: StepState, today: date) -> str:
    """How the step stands, in words."""
    if state is StepState.MET and step.met_on:
        return f"met on {short_date(step.met_on)}{_timeliness(step.met_on, step.due)}"
    if step.due is None:
        return "no date until the day of receipt or publication is known"
    if state is StepState.AHEAD:
        return f"due {long_date(step.due)}, {distance(step.due, today)}"
    return f"was due {short_date(step.due)}, {distance(step.due, today)}; no word that it was done"


def _timeliness(met_on: date, due: date | None) -> str:
    """In time or late, where that can be said."""
    if due is None:
        return ""
    apart = counted(abs((met_on - due).days), "day", "days")
    if met_on > due:
        return f", {apart} late"
    return f", {apart} early" if met_on < due else ", on the day"
