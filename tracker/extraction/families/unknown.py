"""A layout no other family knows: what can be found is offered, and all of it is for a person to check."""

import re
from collections.abc import Sequence

from tracker.extraction.bodies import body_in
from tracker.extraction.covers import FRONT, cover_of
from tracker.extraction.letters import addressee, greeting, letter_date, signatory, subject
from tracker.extraction.lists import Shape, read_lists
from tracker.extraction.paper import Line
from tracker.extraction.shapes import Doubt, Findings, Found, source_of

NAME = "other"
LIST = Shape(
    starts=re.compile(
        r"(?:(?:key |main |priority )?recommendations?|areas? for (?:improvement|development|priority action)"
        r"|what needs to improve\b.{0,80}|priority and immediate action|(?:required|recommended|priority) actions?"
        r"|actions? (?:required|needed))",
        re.IGNORECASE,
    ),
    ends=re.compile(r"yours (?:sincerely|faithfully)", re.IGNORECASE),
    any_end=True,
)
NOT_KNOWN = "This is not a layout the reader knows: check everything against the report."


def recognises(lines: Sequence[Line]) -> bool:
    """Always: the last resort."""
    return True


def read(lines: Sequence[Line]) -> Findings:
    """The likeliest list, the first name of a council, and labelled dates; in doubt as a whole."""
    cover = cover_of(lines)
    items, doubts = read_lists(lines, LIST)
    letter = greeting(lines[:FRONT]) is not None
    return Findings(
        recommendations=items,
        doubts=(Doubt(NOT_KNOWN), *cover.doubts, *doubts),
        provider=_provider(lines[:FRONT]),
        title=subject(lines) if letter else None,
        inspection=cover.inspection,
        published=cover.published or letter_date(lines[:FRONT]),
        lead_inspector=cover.lead_inspector or (signatory(lines) if letter else None),
        addressed_to=addressee(lines) if letter else None,
        urn=cover.urn,
    )


def _provider(lines: Sequence[Line]) -> Found[str] | None:
    named = ((line, body_in(line.text)) for line in lines)
    return next((Found(body, source_of([line])) for line, body in named if body), None)
