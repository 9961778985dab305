"""How the report says things: people with their posts, days and moments, ratings, and long texts in a table's cell."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tracker.choices import Delivery, Impact, NoteKind, Status
from tracker.exports.report.blocks import Cell, Item, Look, Mark, Words
from tracker.rules.london import day_of, end_of
from tracker.rules.rating_words import DELIVERY, IMPACT, SHORT
from tracker.rules.written_dates import long_date, moment_in_words, short_date

State = Mapping[str, Any]
# So many letters of a long text stand in a table; the whole of it stands in the action's own section.
MOST_IN_A_CELL = 320
NO_RATING = Mark("Delivery", "–", "No rating", "none")


def small(text: str) -> Words:
    """Words in small type."""
    return Words(text, Look.SMALL)


def small_if(text: str | None) -> tuple[Words, ...]:
    """Words in small type, nothing where there are none."""
    return (small(text),) if text else ()


def strong(text: str) -> Words:
    """Words that stand out."""
    return Words(text, Look.STRONG)


def plain(text: str) -> Cell:
    """A cell of nothing but words; empty for none."""
    return (Words(text),) if text else ()


def number(value: int) -> Cell:
    """A count."""
    return (Words(f"{value:,}"),)


def day(iso: str | None, none: str = "") -> str:
    """10 November 2012 of a day in ISO form."""
    return short_date(date.fromisoformat(iso)) if iso else none


def moment(iso: str | None, none: str = "") -> str:
    """10 November 2012 at 9:05am, in London, of a moment in ISO form."""
    return moment_in_words(datetime.fromisoformat(iso)) if iso else none


def day_of_moment(iso: str | None, none: str = "") -> str:
    """The day in London of a moment in ISO form: 10 November 2012."""
    return short_date(day_of(datetime.fromisoformat(iso))) if iso else none


def as_at(at: datetime) -> str:
    """The end of Friday 1 March 2013, or 1 March 2013 at 5:00pm, in London."""
    on = day_of(at)
    return f"the end of {long_date(on)}" if at == end_of(on) else moment_in_words(at)


def person(who: State, none: str = "nobody is named") -> str:
    """Name, post and organisation, as papers print them."""
    parts = [who.get(name) for name in ("name", "job_title", "organisation")]
    return ", ".join(str(part) for part in parts if part) or none


def name(who: State, none: str = "somebody not named") -> str:
    """The name alone."""
    return str(who.get("name") or none)


def by(who: State, behalf: State) -> str:
    """Who wrote it, and for whom where it was for somebody else."""
    return f"{name(who)} on behalf of {name(behalf)}" if behalf else name(who)


def delivery(row: State) -> Mark:
    """The delivery rating of a row of actions; a lowered one says so."""
    code = row["computed"].get("delivery_code")
    if not code:
        return NO_RATING
    rated = delivery_mark(Delivery(code))
    is_lowered = bool(row["action"].get("lowered_to")) and code == row["action"]["lowered_to"]
    return Mark(rated.scale, rated.letter, f"{rated.word}, lowered", rated.colour) if is_lowered else rated


def delivery_mark(value: Delivery | None) -> Mark:
    """A delivery rating as a mark; the one of what has none."""
    if value is None:
        return NO_RATING
    letter, colour = DELIVERY[value]
    return Mark("Delivery", letter, SHORT[value], colour)


def impact_mark(value: str) -> Mark:
    """An impact rating as a mark."""
    return Mark("Impact", IMPACT[Impact(value)][0], str(Impact(value).label), "outline")


def ratings(row: State) -> tuple[Item, ...]:
    """Both ratings, side by side."""
    return delivery(row), impact_mark(row["action"]["impact"])


def status(row: State) -> str:
    """The status in its own words."""
    return str(Status(row["action"]["status"]).label)


def shortened(text: str, most: int = MOST_IN_A_CELL) -> str:
    """A text for a table: whole, or its beginning up to a word's end with a mark that more follows."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    beginning = line[:most]
    return f"{beginning.rsplit(' ', 1)[0] if ' ' in beginning else beginning} …"


def in_time(row: State) -> str:
    """Whether a closed action was in time against both dates."""
    agreed, original = row["computed"].get("in_time"), row["computed"].get("in_time_original")
    if agreed is None and original is None:
        return "No date to compare with"
    if agreed == original or original is None:
        return "In time" if agreed else "Late"
    if agreed is None:
        return "In time against the original date" if original else "Late against the original date"
    return "In time against the agreed date, late against the original" if agreed else "Late against the agreed date"


def latest(row: State) -> Cell:
    """The latest update for a table's cell."""
    update = row["computed"].get("latest_update") or {}
    if not update:
        return (small("No update yet"),)
    who = f"{day_of_moment(update.get('at'))}, {update.get('by') or 'somebody not named'}"
    return Words(shortened(update.get("text") or note_kind(update))), small(who)


def note_kind(update: State) -> str:
    """What a note without words says: on track, or nothing changed."""
    kind = update.get("kind")
    return f"{NoteKind(kind).label}." if kind in NoteKind.values else str(kind or "")
