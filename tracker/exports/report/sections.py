"""One section an action, with all that belongs to it; and the board's meetings, challenges and answers."""

from collections.abc import Iterator, Mapping
from typing import Any

from tracker.choices import Basis, Delivery, Priority, Response, Status
from tracker.exports.report import doings, words
from tracker.exports.report.blocks import Block, Cell, Column, Facts, Heading, Look, Table, Text, Words
from tracker.rules.pack import Contents, Row, Section
from tracker.rules.rating_words import IMPACT, meaning
from tracker.rules.standing import RatingSettings

IN_A_HEADING = 90


def action(section: Section, thresholds: RatingSettings) -> tuple[Block, ...]:
    """Everything about one action. `thresholds` are those of the delivery rating at that moment."""
    row = section.action
    reference = row["action"]["reference"]
    heading = Heading(f"{reference}: {words.shortened(row['action']['what'], IN_A_HEADING)}", 2, anchor=reference)
    return (
        heading,
        Text((*words.ratings(row), Words(words.status(row), Look.STRONG))),
        *_asked(row),
        Heading("What we do about it", 3),
        Facts(tuple(_work(row))),
        Heading("Dates", 3),
        Facts(tuple(_dates(row))),
        Heading("Ratings", 3),
        Facts(tuple(_ratings(row, thresholds))),
        *_latest(section),
        *doings.all_of(section),
    )


def _asked(row: Row) -> Iterator[Block]:
    """The recommendation, word for word, with where it stands."""
    asked = row["recommendation"]
    yield Heading("What the report says", 3)
    above = [Words(f"Under “{asked['heading']}”:")] if asked.get("heading") else []
    yield Text((*above, Words(asked["text"], Look.QUOTE), words.small(_where(row))))


def _where(row: Row) -> str:
    asked, report = row["recommendation"], row["report"]
    page = (asked.get("citation") or {}).get("page")
    parts = [
        str(report.get("title") or ""),
        f"page {page}" if page else "",
        f"recommendation {asked['number']}" if asked.get("number") else "",
        f"published {words.day(report['publication_date'])}" if report.get("publication_date") else "",
        f"timescale as printed: {asked['timescale']}" if asked.get("timescale") else "no timescale printed",
        f"addressed to {asked['addressee']}" if asked.get("addressee") else "",
    ]
    return f"{'; '.join(part for part in parts if part)}."


def _work(row: Row) -> Iterator[tuple[str, Cell]]:
    action, asked = row["action"], row["recommendation"]
    yield "What we will do", words.plain(action["what"])
    yield "Desired outcome", words.plain(action["outcome"]) or (words.small("Not written down yet."),)
    if asked.get("response"):
        answer = Response(asked["response"]).label
        yield "The council’s response", (Words(str(answer)), *words.plain(asked.get("response_text") or ""))
    if row["computed"].get("themes"):
        yield "Themes", words.plain(", ".join(row["computed"]["themes"]))
    yield "Owner", words.plain(words.person(row["owner"], "Nobody yet"))
    yield "Accountable lead", words.plain(words.person(row["accountable"], "Nobody is named."))
    partners = tuple(Words(words.person(each)) for each in row["partners"])
    yield "Partners", partners or words.plain("None are named.")
    yield "Status", tuple(_status(row))


def _status(row: Row) -> Iterator[Words]:
    action = row["action"]
    yield Words(words.status(row))
    if action["status"] == Status.SUBMITTED:
        yield words.small(f"Submitted {words.moment(action['submitted_at'])}")
    if action["status"] == Status.CLOSED:
        yield words.small(f"Closed {words.moment(action['closed_at'], 'before this tracker')}. {words.in_time(row)}.")
    if action["last_move_reason"]:
        yield words.small(f"Reason given: {action['last_move_reason']}")
    if action.get("moved_reason"):
        yield words.small(f"Moved here from another recommendation: {action['moved_reason']}")


def _dates(row: Row) -> Iterator[tuple[str, Cell]]:
    action, computed = row["action"], row["computed"]
    yield "Due", tuple(_due(row))
    if action["original_due"] != action["agreed_due"]:
        basis = Basis(action["original_basis"]).label
        yield "First set for", (Words(words.day(action["original_due"], "No date")), words.small(str(basis)))
    yield "Why this date", words.plain(action["due_explanation"] or "Nothing has been said about its date yet.")
    if computed.get("extensions"):
        yield "Extensions granted", words.number(computed["extensions"])
    if action["start_on"] or action.get("started_on"):
        started = f"Work started {words.day(action['started_on'])}" if action.get("started_on") else "Not started"
        yield "Start", (Words(words.day(action["start_on"], "No date planned")), words.small(started))
    if action["next_check_on"]:
        yield "Next check", words.plain(words.day(action["next_check_on"]))


def _due(row: Row) -> Iterator[Words]:
    action, computed = row["action"], row["computed"]
    yield Words(words.day(action["agreed_due"], "No due date"), Look.STRONG)
    notes = [str(Basis(action["due_basis"]).label)] if action["agreed_due"] else []
    if action["priority"] != Priority.NORMAL:
        notes.append(str(Priority(action["priority"]).label).lower())
    yield from words.small_if("; ".join(notes))
    if computed["overdue"]:
        days = computed["days_overdue"]
        yield Words(f"Overdue by {days:,} {'day' if days == 1 else 'days'}", Look.STRONG)
    elif computed.get("overdue_original"):
        yield words.small("Past its original date, not past the agreed one")


def _ratings(row: Row, thresholds: RatingSettings) -> Iterator[tuple[str, Cell]]:
    action, code = row["action"], row["computed"].get("delivery_code")
    said = (
        f"{meaning(Delivery(code), thresholds).capitalize()}."
        if code
        else "Superseded and no longer applicable actions have none."
    )
    lowered = [Words(f"Lowered by a person: {action['lowered_reason']}")] if action["lowered_to"] else []
    yield "Delivery", (words.delivery(row), words.small(said), *lowered)
    rated = words.impact_mark(action["impact"])
    means = next(text for each, (_, text) in IMPACT.items() if each.value == action["impact"])
    reason = words.plain(action["impact_reason"]) or (words.small("Nobody has rated it yet."),)
    when = [words.small(f"Rated {words.day(action['impact_on'])}")] if action.get("impact_on") else []
    yield "Impact", (rated, words.small(f"{means.capitalize()}."), *reason, *when)


def _latest(section: Section) -> Iterator[Block]:
    """The newest update; the ones before it follow in a list of their own."""
    yield Heading("Latest position", 3)
    if section.updates:
        yield doings.update(section.updates[-1])
        return
    told = section.action["computed"].get("latest_update") or {}
    if not told:
        yield Text(words.plain("Nobody has written an update yet."))
        return
    who = f"{words.moment(told.get('at'))}, {told.get('by') or 'somebody not named'}"
    yield Text((words.small(who), Words(told.get("text") or words.note_kind(told))))


MEETINGS = (Column("Meeting", 0.25), Column("Updates called for by", 0.25), Column("Notes", 0.5))


def board(contents: Contents) -> tuple[Block, ...]:
    """The board's challenges with their answers, and its meetings."""
    rows = tuple(doings.challenge(row) for row in contents.challenges)
    asked: Block = (
        Table("", doings.CHALLENGES, rows) if rows else Text(words.plain("The board has raised no challenge yet."))
    )
    held = tuple(_meeting(row["meeting"]) for row in contents.meetings)
    met: Block = Table("", MEETINGS, held) if held else Text(words.plain("No meeting is known."))
    return Heading("The board’s challenges and answers"), asked, Heading("Meetings of the board"), met


def _meeting(meeting: Mapping[str, Any]) -> tuple[Cell, ...]:
    when = words.day(meeting["held_on"])
    if meeting.get("cancelled_at"):
        when = f"{when}, cancelled: {meeting['cancelled_reason']}"
    called = words.day(meeting.get("updates_by"), "No updates called for")
    return words.plain(when), words.plain(called), words.plain(meeting.get("notes") or "")
