"""What stands on the cover, in words: of which moment the pack is, and who may see it."""

from datetime import datetime

from tracker.rules.london import LONDON, day_of, end_of
from tracker.rules.pack import Cover
from tracker.rules.written_dates import short_date


def moment_words(at: datetime) -> str:
    """1 March 2013 at 17:05, in London's time; the last moment of a day is its end."""
    day = day_of(at)
    return (
        f"the end of {short_date(day)}" if at == end_of(day) else f"{short_date(day)} at {at.astimezone(LONDON):%H:%M}"
    )


def as_at(cover: Cover) -> str:
    """Of which moment: As at the end of 1 March 2013."""
    return f"As at {moment_words(cover.scope.as_at)}"


def secrecy(cover: Cover) -> str:
    """Whether the pack tells of confidential evidence, in one word."""
    return "Confidential" if cover.scope.confidential else "Public"


def handling(cover: Cover) -> str:
    """How the pack is to be handled, in a sentence."""
    if cover.scope.confidential:
        return "Confidential: it tells of evidence that is marked confidential. Do not publish it."
    if cover.withheld == 0:
        return "Public: no confidential evidence was withheld."
    some = "1 piece of evidence is" if cover.withheld == 1 else f"{cover.withheld} pieces of evidence are"
    return f"Public: {some} confidential and not told of here."
