"""Progress over time as a picture: a column for each look at the plan, and lines for what was due by then."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.rules.axis import ticks
from tracker.rules.periods import Pace
from tracker.rules.progress import Phase, Point
from tracker.rules.written_dates import counted, short_date
from tracker.services.progress import Progress
from tracker.web.pictures.scales import percent

TOP, BOTTOM = 26, 26  # pixels above and below the columns, for the words there
HEIGHT, SMALL = 300, 220
WIDE_LABELS, NARROW_LABELS = 6, 3
WIDE_END, NARROW_END = 0.86, 0.7  # a label that began beyond would run over the edge
NEAR_THE_EDGE = 0.14  # so near the beginning, the word for today stands on the other side of its line
STACK = (Phase.CLOSED, Phase.SUBMITTED, Phase.OPEN)  # from the ground up
WORDS = {Phase.CLOSED: "Closed", Phase.SUBMITTED: "Awaiting sign-off", Phase.OPEN: "Open"}
EVERY = {Pace.WEEK: "week", Pace.MONTH: "month", Pace.QUARTER: "quarter", Pace.YEAR: "year"}
LABELS: dict[Pace, Callable[[date], str]] = {
    Pace.WEEK: lambda day: f"{day.day} {day:%b %Y}",
    Pace.MONTH: lambda day: f"{day:%b %Y}",
    Pace.QUARTER: lambda day: f"{day:%b %Y}",
    Pace.YEAR: lambda day: f"{day:%Y}",
}


@dataclass(frozen=True)
class Band:
    """One phase in a column: its name, and where it stands in pixels."""

    phase: str
    y: float
    height: float


@dataclass(frozen=True)
class Column:
    """One look at the plan."""

    x: str
    width: str
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class Stroke:
    """A straight piece of a line."""

    x1: str
    y1: float
    x2: str
    y2: float


@dataclass(frozen=True)
class Line:
    """A line of its own look: what was due by then."""

    name: str
    words: str
    now: int
    strokes: tuple[Stroke, ...]


@dataclass(frozen=True)
class Label:
    """Words on an axis; `only_wide`: a narrow picture does without them."""

    words: str
    x: str
    y: float
    anchor: str
    only_wide: bool = False


@dataclass(frozen=True)
class Row:
    """A row of the table: the day, the counts of what was (None of what is to come), and what was due by then."""

    on: date
    is_today: bool
    counts: tuple[int | None, ...]
    total: int | None
    due: tuple[int, ...]


@dataclass(frozen=True)
class Picture:
    """All that the template draws and says."""

    height: int
    ground: float
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    levels: tuple[Label, ...]
    times: tuple[Label, ...]
    today: Label | None
    legend: tuple[tuple[str, str, int], ...]
    rows: tuple[Row, ...]
    heads: tuple[str, ...]
    title: str
    told: str
    due: str
    then: str
    notes: tuple[str, ...]


def draw(progress: Progress, *, small: bool = False) -> Picture:
    """The picture of a plan's progress; a small one for pages that have more to say."""
    height = SMALL if small else HEIGHT
    past, looks = progress.points[: progress.looks.present + 1], progress.looks
    highest = max(max(point.total for point in past), max(_highest_due(point) for point in progress.points))
    levels = ticks(highest)
    up = _heights(height, levels[-1])
    lines = _lines(progress, up)
    now, first = progress.present, progress.points[0]
    return Picture(
        height=height,
        ground=up(0),
        columns=tuple(_column(n, point, len(looks.days), up) for n, point in enumerate(past)),
        lines=lines,
        levels=tuple(Label(f"{level:,}", "", up(level), "end") for level in levels),
        times=_times(progress, height),
        today=_today(progress),
        legend=tuple((phase.value, WORDS[phase], now.counts[phase]) for phase in STACK),
        rows=tuple(_row(n, point, progress, lines) for n, point in enumerate(progress.points)),
        heads=tuple(line.words for line in lines),
        title=f"Where the actions stood at the end of each {EVERY[looks.pace]}, {_span(progress)}",
        told=_told(now),
        due=_due(lines),
        then=f"{short_date(first.on)}: {_told(first)}" if looks.present else "",
        notes=tuple(_notes(progress)),
    )


def _highest_due(point: Point) -> int:
    return max(point.due_original, point.due_agreed)


def _heights(height: int, highest: int) -> Callable[[int], float]:
    """Where a count stands in pixels from the top."""
    return lambda number: round(TOP + (height - TOP - BOTTOM) * (1 - number / highest), 1)


def _column(place: int, point: Point, places: int, up: Callable[[int], float]) -> Column:
    gap = 0.12 if places <= 24 else 0.06
    bands, below = [], 0
    for phase in STACK:
        number = point.counts[phase]
        if number:
            top = up(below + number)
            bands.append(Band(phase.value, top, round(up(below) - top, 1)))
        below += number
    return Column(percent((place + gap) / places), percent((1 - 2 * gap) / places), tuple(bands))


def _lines(progress: Progress, up: Callable[[int], float]) -> tuple[Line, ...]:
    """The line by the original dates and the one by the agreed dates; one for both where they never differ."""
    original = [point.due_original for point in progress.points]
    agreed = [point.due_agreed for point in progress.points]
    now = progress.looks.present
    if not any((*original, *agreed)):
        return ()
    if original == agreed:
        return (Line("original", "Due by then", original[now], _strokes(original, up)),)
    return (
        Line("original", "Due by then, by the original dates", original[now], _strokes(original, up)),
        Line("agreed", "Due by then, by the agreed dates", agreed[now], _strokes(agreed, up)),
    )


def _strokes(numbers: Sequence[int], up: Callable[[int], float]) -> tuple[Stroke, ...]:
    """Level over each look, and upright between two that differ."""
    strokes, begun, places = [], 0, len(numbers)
    for place in range(1, places + 1):
        if place < places and numbers[place] == numbers[begun]:
            continue
        level = up(numbers[begun])
        strokes.append(Stroke(percent(begun / places), level, percent(place / places), level))
        if place < places:
            strokes.append(Stroke(percent(place / places), level, percent(place / places), up(numbers[place])))
        begun = place
    return tuple(strokes)


def _times(progress: Progress, height: int) -> tuple[Label, ...]:
    """The days below the columns, as many as there is room for."""
    words = [LABELS[progress.looks.pace](day) for day in progress.looks.days]
    places = len(words)
    wide = -(-places // WIDE_LABELS)
    narrow = wide * -(-places // (NARROW_LABELS * wide))
    chosen = [place for place in range(0, places, wide) if not place or words[place] != words[place - 1]]
    return tuple(
        Label(
            words[place],
            percent(place / places),
            height - 6,
            "start",
            place % narrow > 0 or place / places > NARROW_END,
        )
        for place in chosen
        if place / places <= WIDE_END
    )


def _today(progress: Progress) -> Label | None:
    """Where what was ends and what is to come begins; None where nothing is to come."""
    places, after = len(progress.looks.days), progress.looks.present + 1
    if after == places:
        return None
    return Label("Today", percent(after / places), 16, "start" if after / places < NEAR_THE_EDGE else "end")


def _row(place: int, point: Point, progress: Progress, lines: Sequence[Line]) -> Row:
    now = progress.looks.present
    due = {"original": point.due_original, "agreed": point.due_agreed}
    counts: Any = (point.counts[phase] if place <= now else None for phase in STACK)
    total = point.total if place <= now else None
    return Row(point.on, place == now, tuple(counts), total, tuple(due[line.name] for line in lines))


def _span(progress: Progress) -> str:
    days, now = progress.looks.days, progress.looks.present
    return f"from {short_date(days[0])} to {short_date(days[now])}" if now else f"on {short_date(days[0])}"


def _told(point: Point) -> str:
    """13 actions: 5 open, 2 awaiting sign-off, 6 closed."""
    parts = [f"{point.counts[phase]} {WORDS[phase].lower()}" for phase in reversed(STACK)]
    return f"{counted(point.total, 'action', 'actions')}: {', '.join(parts)}"


def _due(lines: Sequence[Line]) -> str:
    """19 were due by today by their original dates, 10 by the dates agreed since."""
    if not lines:
        return ""
    said = f"{counted(lines[0].now, 'was', 'were')} due by today"
    return f"{said} by their original dates, {lines[1].now} by the dates agreed since." if lines[1:] else f"{said}."


def _notes(progress: Progress) -> list[str]:
    """What the picture cannot show."""
    now, notes = progress.present, []
    if progress.undated == now.total:
        notes.append("None of them has a due date yet.")
    elif progress.undated:
        notes.append(f"{counted(progress.undated, 'action has', 'actions have')} no due date.")
    if progress.later:
        last = short_date(progress.looks.days[-1])
        notes.append(f"{counted(progress.later, 'action is', 'actions are')} due after {last}.")
    if now.counts[Phase.ASIDE]:
        aside = counted(now.counts[Phase.ASIDE], "action", "actions")
        notes.append(f"{aside} superseded or no longer applicable: not counted from the day of that decision.")
    if not progress.looks.present:
        notes.append(f"The plan has been kept here since {short_date(progress.first)}: the picture grows from there.")
    return notes
