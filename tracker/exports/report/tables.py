"""The five tables of a board's paper: live, closed, extended, overdue, and the totals by report."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from tracker.choices import Status
from tracker.exports.report import front, words
from tracker.exports.report.blocks import Cell, Column, Heading, Item, Link, Table, Text, Words
from tracker.exports.report.figures import MOVEMENT, moved
from tracker.rules.pack import Contents, Row
from tracker.rules.refusal import Refused
from tracker.rules.standing import OPEN


class DoesNotAddUp(Refused):
    """The tables of a report count otherwise than its statement of totals; the sentence names the difference."""


@dataclass(frozen=True)
class Listing:
    """A table that may be long: what stands before it, what stands in its place when it is empty, and its rows."""

    heading: str
    level: int
    intro: str
    empty: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[tuple[Cell, ...]]]
    expected: Callable[[Contents], int | None] = lambda contents: None


def listings(contents: Contents) -> Iterator[Listing]:
    """The tables in the order of the paper."""
    if contents.cover.scope.since is not None:
        yield _movement(contents)
    yield from (_live(contents), _closed(contents), _extended(contents), _overdue(contents))


def _movement(contents: Contents) -> Listing:
    return Listing(
        "Movement, action by action",
        1,
        "",
        "Nothing has moved.",
        MOVEMENT,
        lambda: (moved(row) for row in contents.movement()),
    )


def is_open(row: Row) -> bool:
    """Not started or in progress."""
    return Status(row["action"]["status"]) in OPEN


def is_live(row: Row) -> bool:
    """Open and not past its date, or submitted and awaiting sign-off."""
    return row["action"]["status"] == Status.SUBMITTED or (is_open(row) and not row["computed"]["overdue"])


def is_overdue(row: Row) -> bool:
    """Open and past its agreed date."""
    return is_open(row) and bool(row["computed"]["overdue"])


LIVE = (
    Column("Action", 0.105),
    Column("What we will do", 0.275),
    Column("Owner", 0.15),
    Column("Due", 0.12),
    Column("Ratings", 0.14),
    Column("Latest update", 0.21),
)


def _live(contents: Contents) -> Listing:
    return Listing(
        "A. Live actions, in date or without a date",
        1,
        "Open and not past the agreed date, or submitted and awaiting sign-off. What is past its date is in table D.",
        "No action is live and in date.",
        LIVE,
        lambda: (_live_row(row) for row in contents.actions() if is_live(row)),
        lambda c: sum(c.position.by_status[each] for each in (*OPEN, Status.SUBMITTED)) - c.position.overdue,
    )


def _live_row(row: Row) -> tuple[Cell, ...]:
    return _named(row), _what(row), _owner(row), _due(row), words.ratings(row), words.latest(row)


def _named(row: Row) -> Cell:
    return Link(row["action"]["reference"]), words.small(words.status(row))


def _what(row: Row) -> Cell:
    return words.plain(words.shortened(row["action"]["what"]))


def _owner(row: Row) -> Cell:
    owner = row["owner"]
    post = ", ".join(str(owner[each]) for each in ("job_title", "organisation") if owner.get(each))
    return Words(words.name(owner, "Nobody yet")), *([words.small(post)] if post else [])


def _due(row: Row) -> Cell:
    action = row["action"]
    items: list[Item] = [Words(words.day(action["agreed_due"], "No date yet"))]
    if action["original_due"] and action["original_due"] != action["agreed_due"]:
        items.append(words.small(f"Originally {words.day(action['original_due'])}"))
    if action["priority"] != "normal":
        items.append(words.small("Immediate" if action["priority"] == "immediate" else "Priority action"))
    return tuple(items)


CLOSED = (
    Column("Action", 0.105),
    Column("What we did", 0.33),
    Column("Owner", 0.16),
    Column("Closed", 0.13),
    Column("In time?", 0.12),
    Column("Ratings", 0.155),
)


def _closed(contents: Contents) -> Listing:
    since = contents.cover.scope.since
    when = f"since {words.as_at(since)}" if since else "so far"
    return Listing(
        f"B. Closed {when}",
        1,
        "Signed off by somebody other than the owner."
        + (
            "" if since else " The report was asked for without an earlier moment, so all that was ever closed is here."
        ),
        f"No action was closed {when}." if since else "No action has been closed yet.",
        CLOSED,
        lambda: (_closed_row(row) for row in contents.actions() if _is_closed_since(row, since)),
        lambda c: c.position.by_status[Status.CLOSED] if since is None else None,
    )


def _is_closed_since(row: Row, since: datetime | None) -> bool:
    action = row["action"]
    if action["status"] != Status.CLOSED:
        return False
    return since is None or bool(action["closed_at"] and datetime.fromisoformat(action["closed_at"]) > since)


def _closed_row(row: Row) -> tuple[Cell, ...]:
    action = row["action"]
    closed = words.day_of_moment(action["closed_at"], "Before this tracker")
    look = f"To be looked at again {words.day(action['next_check_on'])}" if action["next_check_on"] else ""
    when = (Words(closed), *([words.small(look)] if look else []))
    return (
        (Link(action["reference"]),),
        _what(row),
        _owner(row),
        when,
        words.plain(words.in_time(row)),
        words.ratings(row),
    )


EXTENDED = (
    Column("Action", 0.105),
    Column("From", 0.12),
    Column("To", 0.12),
    Column("Asked by", 0.155),
    Column("Reason", 0.27),
    Column("Decision", 0.23),
)


def _extended(contents: Contents) -> Listing:
    return Listing(
        "C. Extensions asked for and granted",
        1,
        "All of this plan so far, by action. An extended action also stands in one of the other tables.",
        "Nobody has asked for an extension.",
        EXTENDED,
        lambda: (_extension(row) for row in contents.extensions()),
    )


def _extension(row: Row) -> tuple[Cell, ...]:
    asked = row["extension"]
    return (
        (Link(row["action"]["reference"]),),
        words.plain(words.day(asked["from_due"])),
        words.plain(words.day(asked["to_due"])),
        (Words(words.name(row["asked_by"])), words.small(words.day_of_moment(asked["asked_at"]))),
        words.plain(words.shortened(asked["reason"])),
        decision(row, whole=False),
    )


def decision(row: Row, *, whole: bool) -> Cell:
    """What became of an extension: who decided, when, and why."""
    asked = row["extension"]
    if asked["withdrawn"]:
        return words.plain("Taken back")
    if asked["granted"] is None:
        return words.plain("Awaits a decision")
    verdict = "Granted" if asked["granted"] else "Refused"
    reason = asked["decision_reason"] if whole else words.shortened(asked["decision_reason"])
    who = f"{words.name(row['decided_by'])}, {words.day_of_moment(asked['decided_at'])}"
    return words.strong(verdict), *words.plain(reason), words.small(who)


OVERDUE = (
    Column("Action", 0.105),
    Column("What we will do", 0.245),
    Column("Owner", 0.14),
    Column("Due", 0.12),
    Column("Days over", 0.055, number=True),
    Column("Ratings", 0.14),
    Column("Latest update", 0.195),
)


def _overdue(contents: Contents) -> Listing:
    return Listing(
        "D. Open past the agreed date",
        1,
        "",
        "No open action is past its agreed date.",
        OVERDUE,
        lambda: (_overdue_row(row) for row in contents.actions() if is_overdue(row)),
        lambda c: c.position.overdue,
    )


def _overdue_row(row: Row) -> tuple[Cell, ...]:
    over = words.number(row["computed"]["days_overdue"])
    return _named(row), _what(row), _owner(row), _due(row), over, words.ratings(row), words.latest(row)


TOTALS = (
    Column("Report", 0.3),
    *(Column(label, 0.1, number=True) for label in ("Not started", "In progress", "Submitted", "Closed")),
    *(Column(label, 0.1, number=True) for label in ("Superseded", "Not applicable", "All")),
)


def by_report(contents: Contents) -> tuple[Heading, Text] | tuple[Heading, Text, Table]:
    """Table E: the statement of totals, report by report. Raises DoesNotAddUp where it differs from the position."""
    heading = Heading("E. Totals")
    found: Counter[tuple[str, Status]] = Counter()
    for row in contents.actions():
        found[row["report"].get("title") or "Without a report", Status(row["action"]["status"])] += 1
    check_totals(contents, found)
    if not found:
        return heading, Text(words.plain(front.EMPTY_PLAN))
    titles = sorted({title for title, _ in found})
    rows = [_counted(title, [found[title, each] for each in Status]) for title in titles]
    last = _counted("All actions", [contents.position.by_status[each] for each in Status])
    intro = "Every action is counted once, in the column of its status: each row, and the last row, add up."
    table = Table("Actions by report and status", TOTALS, (*rows, last), sums=True)
    return heading, Text(words.plain(intro), introduces=True), table


def _counted(title: str, counts: list[int]) -> tuple[Cell, ...]:
    return words.plain(title), *(words.number(count) for count in counts), (words.strong(f"{sum(counts):,}"),)


def check_totals(contents: Contents, found: Counter[tuple[str, Status]]) -> None:
    """Compare the actions listed with the statement of totals, status by status."""
    for status in Status:
        listed = sum(count for (_, each), count in found.items() if each is status)
        check(f"actions with the status “{status.label}”", listed, contents.position.by_status[status])


def check(what: str, listed: int, counted: int | None) -> None:
    """Raise DoesNotAddUp where a table lists another number than the statement of totals counts."""
    if counted is not None and listed != counted:
        raise DoesNotAddUp(f"The report lists {listed} {what}, the statement of totals counts {counted}.")
