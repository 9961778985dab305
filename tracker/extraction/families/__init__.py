"""The register: one small file a family of report, each with the same furniture, asked in order; `unknown` last."""

from collections.abc import Sequence
from typing import Protocol

from tracker.extraction.families import (
    ilacs_focused_visit,
    protection_of_children,
    unannounced_assessment,
    unknown,
)
from tracker.extraction.shapes import Findings, Line


class Family(Protocol):
    """What each file of this folder offers."""

    NAME: str

    def recognises(self, lines: Sequence[Line]) -> bool:
        """Whether the report is of this family, by its own words."""

    def read(self, lines: Sequence[Line]) -> Findings:
        """What the report says, with sources and doubts. Never raises for odd text: it doubts."""


FAMILIES: tuple[Family, ...] = (
    protection_of_children,
    ilacs_focused_visit,
    unannounced_assessment,
    unknown,
)


def family_of(lines: Sequence[Line]) -> Family:
    """The first family that recognises the lines; the last one always does."""
    return next(family for family in FAMILIES if family.recognises(lines))
