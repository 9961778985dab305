"""The admin: every record for leads and administrators, in Django's own admin. See base.py for its one rule."""

from tracker.admin import (
    actions,
    authorities,
    board,
    events,
    evidence,
    extensions,
    intakes,
    packs,
    people,
    recommendations,
    reference_rows,
    reports,
)

__all__ = [
    "actions",
    "authorities",
    "board",
    "events",
    "evidence",
    "extensions",
    "intakes",
    "packs",
    "people",
    "recommendations",
    "reference_rows",
    "reports",
]
