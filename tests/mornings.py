"""Mornings of the ledger: what is planned, posted and filled at a moment, and told to whom."""

from tests.factories import at, house
from tracker.services import notices


def planned(*moment):
    """Plan and post at that moment in UTC; how many envelopes were put out."""
    when = at(*moment)
    notices.plan(by=house(), at=when)
    return notices.post(by=house(), at=when)


def filled(*moment):
    """The letters of everything that can be claimed at that moment, by the name of whom they are for."""
    when = at(*moment)
    claimed = notices.claim(by=house(), at=when, most=500)
    return {letter.notice.recipient.name: letter for letter in notices.letters(claimed, at=when)}


def delivered(letters, *moment):
    """Say of each letter that it went out, or that nothing was left to say."""
    for letter in letters.values():
        if letter.digest:
            notices.sent(letter, subject="x", message_id="<x@example.org>", by=house(), at=at(*moment))
        else:
            notices.skipped(letter, by=house(), at=at(*moment))
    return letters


def morning(*day, hour=9):
    """Everything that happens on a morning; the letters that went out, by name."""
    planned(*day, hour)
    letters = delivered(filled(*day, hour), *day, hour)
    return {name: letter for name, letter in letters.items() if letter.digest}


def kinds(letter):
    """What a letter newly tells, as kinds."""
    return {owing.kind for owing in letter.why}


def lines(letter, title=None):
    """The references in a letter, or in its section of that title."""
    sections = [section for section in letter.digest.sections if title in (None, section.title)]
    return [line.reference for section in sections for line in section.lines]
