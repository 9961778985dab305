"""The words of a digest: its subject and first sentence, an action's words cut short, and when it is due."""

from collections.abc import Iterator
from datetime import date

from tracker.choices import NoticeKind, Priority
from tracker.rules.digest import Digest, Place
from tracker.rules.identities import identities_in
from tracker.rules.standing import OPEN, Standing, days_overdue, is_overdue, late_after
from tracker.rules.written_dates import counted, long_date, short_date

LENGTH = 160  # letters of an action's words; the page has them all
WITHHELD = "The words of this action stand on the site alone: they seem to identify a child."


def shortened(words: str, most: int = LENGTH) -> str:
    """The beginning of an action's words, at most so many letters, cut between two words.

    Words that seem to identify a child are not given at all: what has left the house cannot be erased.
    """
    plain = " ".join(words.split())
    if identities_in(plain):
        return WITHHELD
    cut = plain if len(plain) <= most else plain[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
    return cut[:1].upper() + cut[1:]


def due_words(facts: Standing, *, on: date) -> str:
    """When an action is due, as people say it, on that day."""
    last = late_after(facts)
    if facts.due is None or last is None:
        return "no due date yet"
    if is_overdue(facts, as_at=on):
        return f"{counted(days_overdue(facts, as_at=on), 'day', 'days')} overdue, due {short_date(facts.due)}"
    if facts.status not in OPEN and facts.due < on:
        return f"was due on {short_date(facts.due)}"
    if facts.priority is Priority.IMMEDIATE and facts.due <= on:
        return f"to be done immediately; overdue after {long_date(last)}"
    return _ahead((facts.due - on).days, facts.due)


def _ahead(days: int, due: date) -> str:
    if days == 0:
        return f"due today, {long_date(due)}"
    if days == 1:
        return f"due tomorrow, {long_date(due)}"
    return f"due in {days} days, on {long_date(due)}"


def places_in_words(places: tuple[str, ...]) -> str:
    """One name, two names, or how many councils."""
    return " and ".join(places) if len(places) <= 2 else f"{len(places)} councils"


def subject(digest: Digest) -> str:
    """The subject line, which says the number: "3 overdue, 2 due this week – Rotherham"."""
    where = places_in_words(digest.places)
    if digest.heads:
        return f"The head of the trail, {short_date(digest.day)} – {where}"
    said = ", ".join(_said(digest)) or _quiet(digest)
    lead = {NoticeKind.LEAD_DIGEST: "Your week: ", NoticeKind.BOARD_DIGEST: f"{_month_before(digest.day)}: "}
    return f"{lead.get(digest.kind, '')}{said} – {where}"


def _said(digest: Digest) -> Iterator[str]:
    counts = digest.counts
    if counts.asked:
        by = f" by {digest.called_by.day} {digest.called_by:%B}" if digest.called_by else ""
        late = f" ({counts.asked_overdue} overdue)" if counts.asked_overdue else ""
        yield f"{counted(counts.asked, 'update', 'updates')} asked for{by}{late}"
    if counts.overdue:
        yield f"{counts.overdue} overdue"
    if counts.this_week:
        yield f"{counts.this_week} due this week"
    if counts.soon and not counts.overdue and not counts.this_week:
        yield f"{counts.soon} due soon"
    if counts.new and not counts.overdue:
        yield f"{counts.new} new to you"
    if counts.waiting:
        yield f"{counts.waiting} waiting for you"
    if counts.late:
        yield f"{counts.late} long overdue"
    if counts.in_plan:
        yield f"{counts.in_plan} overdue in the plan"
    if digest.kind == NoticeKind.BOARD_DIGEST:
        yield f"{sum(each.overdue_number for each in digest.figures)} overdue in the plan"
        yield f"{sum(each.closed_number for each in digest.figures)} closed in the month"


def _quiet(digest: Digest) -> str:
    lines = sum(section.total for section in digest.sections)
    return counted(lines, "action", "actions") if lines else "nothing needs you"


def _month_before(day: date) -> str:
    last = date.fromordinal(day.replace(day=1).toordinal() - 1)
    return f"{last:%B %Y}"


def opening(digest: Digest) -> str:
    """The first sentence, which mail programs show beside the subject: what to do first, and about what."""
    first = digest.first
    if digest.counts.asked:
        return "The board asks how things stand. Choose an answer below each action, or open it to write more."
    if first is None:
        return "This is how the plan stands at the beginning of the month." if digest.figures else "Nothing needs you."
    named = f"“{first.reference}”" if first.place is Place.REPORT else first.reference
    return f"Start with {named}: {first.says}."
