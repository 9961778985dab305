"""The plan in figures: the statement of totals, what stands out in it, movement, the statutory clock, pictures."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from tracker.choices import Delivery, Status, Step
from tracker.exports.report import front, words
from tracker.exports.report.blocks import (
    Block,
    Cell,
    Column,
    Heading,
    Link,
    OverTime,
    Pile,
    Share,
    Shares,
    Table,
    Text,
    Words,
)
from tracker.rules.axis import ticks
from tracker.rules.london import day_of
from tracker.rules.pack import Contents, Row
from tracker.rules.progress import Phase, Point
from tracker.rules.since import Movement
from tracker.rules.step_states import StepState, state_of
from tracker.rules.written_dates import counted, short_date

COUNTS = (Column("", 0.78), Column("Actions", 0.22, number=True))
ADDS_UP = (
    "Every action is in one row of the statement of totals, so its rows add up. The other figures cut across it. Overdue "
    "means open with its date passed: what is submitted awaits sign-off and is counted there."
)


def totals(contents: Contents) -> tuple[Block, ...]:
    """The statement of totals, which adds up, and the counts that cut across it."""
    position = contents.position
    if not position.total:
        return (Heading("Where the plan stands"), Text(words.plain(front.EMPTY_PLAN)))
    rows = [(words.plain(str(each.label)), words.number(position.by_status[each])) for each in Status]
    rows.append(((words.strong("All actions"),), (words.strong(f"{position.total:,}"),)))
    statuses = (Column("Status", 0.78), COUNTS[1])
    return (
        Heading("Where the plan stands"),
        Table("Statement of totals", statuses, tuple(rows), sums=True),
        Table("What stands out in it", (Column("What", 0.78), COUNTS[1]), tuple(exceptions(contents))),
        Text((words.small(ADDS_UP),)),
    )


def exceptions(contents: Contents) -> Iterator[tuple[Cell, Cell]]:
    """The counts that cut across the totals, in the words of the board's page."""
    position, extended = contents.position, contents.extended
    note = f"on {counted(extended.actions, 'action', 'actions')}" if extended.granted else ""
    if extended.most > 1:
        note += f", up to {extended.most} times on one"
    submitted = position.by_status[Status.SUBMITTED]
    figures = (
        ("Overdue against the agreed date", position.overdue, ""),
        ("Overdue against the original date", position.overdue_original, ""),
        ("Awaiting sign-off past the due date", position.late_sign_off, f"of {submitted} awaiting sign-off"),
        ("Open without a due date", position.undated, ""),
        ("Extensions granted", extended.granted, note),
        ("Extensions asked for, awaiting a decision", _asked(contents), ""),
    )
    for what, count, said in figures:
        yield words.plain(f"{what} ({said})" if said and count else what), words.number(count)


def _asked(contents: Contents) -> int:
    rows = (row["extension"] for row in contents.extensions())
    return sum(row["granted"] is None and not row["withdrawn"] for row in rows)


def movement(contents: Contents) -> tuple[Block, ...]:
    """How many actions moved in which way since the earlier moment; the table of them follows."""
    since = contents.cover.scope.since
    if since is None:
        return Heading("Movement"), Text(
            words.plain("This report was asked for without a comparison: it tells no movement.")
        )
    found = Counter(way for row in contents.movement() for way in ways(row))
    known = [way.value for way in Movement]
    rows = [
        (words.plain(way), words.number(found[way])) for way in (*known, *sorted(set(found) - set(known))) if found[way]
    ]
    heading = Heading(f"Movement since {words.as_at(since)}")
    if not rows:
        return heading, Text(
            words.plain("Nothing has moved: no action was added, closed, returned, reopened or redated.")
        )
    none = ", ".join(way.lower() for way in known if not found[way])
    table = Table("Movement in numbers", (Column("What happened", 0.78), COUNTS[1]), tuple(rows))
    note = "An action that moved in several ways is counted in each."
    return heading, table, Text((words.small(f"{note} None: {none}." if none else note),))


def ways(row: Row) -> tuple[str, ...]:
    """In which ways an action moved, in words."""
    return tuple(str(row["computed"]["how"]).split("; "))


MOVEMENT = (
    Column("Action", 0.12),
    Column("What we will do", 0.38),
    Column("What happened", 0.5),
)


def moved(row: Row) -> tuple[Cell, ...]:
    """A row of the table of movement."""
    told = tuple(Words(f"{way}{_detail(way, row)}") for way in ways(row))
    return (Link(row["action"]["reference"]),), words.plain(words.shortened(row["action"]["what"])), told


def _detail(way: str, row: Row) -> str:
    after, before = row["action"], row["before"]
    if way == Movement.DATE_MOVED.value:
        return f": from {words.day(before.get('agreed_due'), 'no date')} to {words.day(after['agreed_due'], 'no date')}"
    if way == Movement.DATED.value:
        return f": {words.day(after['agreed_due'], 'no date')}"
    if way == Movement.OWNER_CHANGED.value:
        return f": from {words.name(row['owner_before'], 'nobody')} to {words.name(row['owner'], 'nobody')}"
    if way.startswith("Delivery rating"):
        computed = row["computed"]
        return f": from {computed['delivery_before'].lower()} to {computed['delivery'].lower()}"
    reason = {
        Movement.LOWERED.value: after.get("lowered_reason"),
        Movement.RETURNED.value: after["last_move_reason"] if after.get("last_move") == "return" else "",
        Movement.REOPENED.value: after["last_move_reason"] if after.get("last_move") == "reopen" else "",
    }.get(way)
    return f": {words.shortened(reason)}" if reason else ""


CLOCK = (
    Column("Step", 0.3),
    Column("Due", 0.17),
    Column("How it stands", 0.2),
    Column("Why this date", 0.33),
)


def clock(contents: Contents) -> tuple[Block, ...]:
    """The statutory clock: the steps of each report with their dates and where those come from."""
    heading = Heading("Statutory clock")
    if not contents.steps:
        return heading, Text(words.plain("No report of this plan owes a statutory step."))
    on = day_of(contents.cover.scope.as_at)
    by_report: dict[str, list[tuple[Cell, ...]]] = {}
    for row in contents.steps:
        by_report.setdefault(row["report"]["title"], []).append(_step(row, on))
    return heading, *(Table(title, CLOCK, tuple(rows)) for title, rows in by_report.items())


def _step(row: Row, on: date) -> tuple[Cell, ...]:
    step = row["step"]
    due = row["computed"].get("due") or step.get("chosen") or step.get("printed") or step.get("computed")
    who = ", ".join(text for text in (step.get("body"), f"to {step['sent_to']}" if step.get("sent_to") else "") if text)
    why = [Words(text) for text in (step.get("explanation"), step.get("chosen_reason")) if text]
    source = [words.small(f"Source: {step['source']}")] if step.get("source") else []
    return (
        (Words(str(Step(step["step"]).label)), *([words.small(who)] if who else [])),
        words.plain(words.day(due, "No date yet")),
        words.plain(_stands(step, date.fromisoformat(due) if due else None, on)),
        (*why, *source),
    )


def _stands(step: Mapping[str, Any], due: date | None, on: date) -> str:
    met = date.fromisoformat(step["met_on"]) if step.get("met_on") else None
    if met:
        apart = (met - due).days if due else 0
        late = f", {counted(apart, 'day', 'days')} late" if apart > 0 else ", in time" if due else ""
        note = f". {step['met_note']}" if step.get("met_note") else ""
        return f"Met on {short_date(met)}{late}{note}"
    state = state_of(due, None, as_at=on)
    if state is StepState.BEHIND and due:
        return f"Not met; {counted((on - due).days, 'day', 'days')} past its date"
    return "Ahead" if state is StepState.AHEAD else "Waits for a date"


def pictures(contents: Contents) -> tuple[Block, ...]:
    """Progress over time and the ratings, each with its words and figures."""
    ratings = _ratings(contents)
    heading = Heading("Progress in pictures")
    if not contents.position.total:
        return heading, Text(words.plain("There is nothing to draw yet."))
    impact = [(words.impact_mark(each), count) for each, count in contents.impact.items()]
    shares = _shares("Impact ratings", impact)
    return heading, ratings, shares, *_over_time(contents)


def _ratings(contents: Contents) -> Shares:
    order = (*Delivery, None)
    return _shares("Delivery ratings", [(words.delivery_mark(each), contents.ratings.get(each, 0)) for each in order])


def _shares(caption: str, found: list[tuple[Any, int]]) -> Shares:
    shares = tuple(Share(mark, count) for mark, count in found if count)
    told = ", ".join(f"{share.number} {share.mark.word.lower()}" for share in shares)
    return Shares(caption, f"{caption}: {told or 'none'}.", shares)


def _over_time(contents: Contents) -> Iterator[Block]:
    points, on = contents.progress, day_of(contents.cover.scope.as_at)
    past = [point for point in points if point.on <= on]
    if not past:
        return
    piles = tuple(_pile(point, on) for point in points)
    highest = max(max(each.closed + each.submitted + each.open, each.due_original, each.due_agreed) for each in piles)
    caption = f"Where the actions stood from {short_date(past[0].on)} to {short_date(past[-1].on)}"
    yield OverTime(caption, f"{_told(past[0])} {_told(past[-1])} {_due(past[-1])}", piles, tuple(ticks(highest)))
    yield Table(f"{caption}: the figures", FIGURES, tuple(_figures(pile) for pile in piles))


def _pile(point: Point, on: date) -> Pile:
    counts = point.counts
    is_ahead = point.on > on
    closed, submitted, still = (
        (0, 0, 0) if is_ahead else (counts[Phase.CLOSED], counts[Phase.SUBMITTED], counts[Phase.OPEN])
    )
    return Pile(short_date(point.on), closed, submitted, still, point.due_original, point.due_agreed, is_ahead)


def _told(point: Point) -> str:
    counts = point.counts
    said = ((Phase.OPEN, "open"), (Phase.SUBMITTED, "awaiting sign-off"), (Phase.CLOSED, "closed"))
    parts = ", ".join(f"{counts[phase]} {word}" for phase, word in said if counts[phase])
    aside = f"; {counts[Phase.ASIDE]} set aside and not drawn" if counts.get(Phase.ASIDE) else ""
    return f"{short_date(point.on)}: {counted(point.total, 'action', 'actions')}{f', {parts}' if parts else ''}{aside}."


def _due(point: Point) -> str:
    return (
        f"By then {point.due_original} were due by their original dates, {point.due_agreed} by the dates agreed since."
    )


FIGURES = (
    Column("At the end of", 0.23),
    Column("Closed", 0.11, number=True),
    Column("Awaiting sign-off", 0.2, number=True),
    Column("Open", 0.1, number=True),
    Column("Due by then, original dates", 0.18, number=True),
    Column("Due by then, agreed dates", 0.18, number=True),
)


def _figures(pile: Pile) -> tuple[Cell, ...]:
    counts = ("–",) * 3 if pile.is_ahead else (str(pile.closed), str(pile.submitted), str(pile.open))
    return tuple(words.plain(text) for text in (pile.day, *counts, str(pile.due_original), str(pile.due_agreed)))
