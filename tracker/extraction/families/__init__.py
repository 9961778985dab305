"""The register: one small file a family of report, each with the same furniture, asked in order; `unknown` last."""

from collections.abc import Sequence
from typing import Protocol

from tracker.extraction.families import (
    area_send,
    area_send_2016,
    ilacs,
    ilacs_focused_visit,
    ilacs_monitoring_visit,
    jtai,
    looked_after_children,
    lscb_review,
    protection_of_children,
    safeguarding_and_looked_after,
    sif,
    unannounced_assessment,
    unknown,
)
from tracker.extraction.paper import Line
from tracker.extraction.shapes import Findings


class Family(Protocol):
    """What each file of this folder offers."""

    NAME: str

    def recognises(self, lines: Sequence[Line]) -> bool:
        """Whether the report is of this family, by its own words."""

    def read(self, lines: Sequence[Line]) -> Findings:
        """What the report says, with sources and doubts. Never raises for odd text: it doubts."""


FAMILIES: tuple[Family, ...] = (
    protection_of_children,
    looked_after_children,
    safeguarding_and_looked_after,
    sif,
    lscb_review,
    area_send,
    ilacs_focused_visit,
    ilacs_monitoring_visit,
    unannounced_assessment,
    jtai,
    area_send_2016,
    ilacs,
    unknown,
)


def family_of(lines: Sequence[Line]) -> Family:
    """The first family that recognises the lines; the last one always does."""
    return next(family for family in FAMILIES if family.recognises(lines))
