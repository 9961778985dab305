"""Whether two counts of the same plan agree: the totals of a pack among themselves, and with what the rows say today."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracker.choices import Delivery, Impact, Status
from tracker.rules.position import Extended, Position


@dataclass(frozen=True)
class Tally:
    """Everything that is counted of a plan."""

    position: Position
    extended: Extended
    ratings: Mapping[Delivery | None, int]
    impact: Mapping[Impact, int]


CROSSING = {
    "overdue": "overdue against the agreed date",
    "overdue_original": "overdue against the original date",
    "late_sign_off": "awaiting sign-off past their date",
    "undated": "open without a date",
}


def figures(tally: Tally) -> Iterator[tuple[str, int]]:
    """Each count with its name in words."""
    for status in Status:
        yield f"actions {str(status.label).lower()}", tally.position.by_status.get(status, 0)
    for name, words in CROSSING.items():
        yield f"actions {words}", getattr(tally.position, name)
    for rating in Delivery:
        yield f"actions rated {rating.value}", tally.ratings.get(rating, 0)
    yield "actions without a rating", tally.ratings.get(None, 0)
    for impact in Impact:
        yield f"actions whose impact is {str(impact.label).lower()}", tally.impact.get(impact, 0)
    yield "extensions granted", tally.extended.granted
    yield "actions extended", tally.extended.actions
    yield "extensions at most on one action", tally.extended.most


def differences(pack: Tally, page: Tally) -> list[str]:
    """Where a pack and the pages count otherwise, each in a sentence."""
    pairs = zip(figures(pack), figures(page), strict=True)
    return [
        f"The pack counts {ours} {name}, the pages {theirs}." for (name, ours), (_, theirs) in pairs if ours != theirs
    ]


def parts_missing(tally: Tally) -> list[str]:
    """Where the parts of a tally do not add up to all actions, each in a sentence."""
    total = tally.position.total
    sums = {
        "delivery ratings": sum(tally.ratings.values()),
        "impact ratings": sum(tally.impact.values()),
    }
    return [f"The {name} add up to {found}, the statuses to {total}." for name, found in sums.items() if found != total]
