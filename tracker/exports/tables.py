"""The tables of a pack, in the order of a reader's interest: which columns, whose rows, on which sheet, in which file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tracker.exports import columns
from tracker.exports.columns import Column
from tracker.exports.reading import Row
from tracker.rules.pack import Contents, Name


@dataclass(frozen=True)
class Table:
    """A table: the title of its sheet, its file ("" where it has none), and the words that stand where it is empty."""

    title: str
    file: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Row]]
    empty: str


def tables(contents: Contents) -> tuple[Table, ...]:
    """All tables of a pack. Each is a sheet of the workbook; those with a file are a CSV as well."""
    return (
        Table("Actions", Name.ACTIONS, columns.ACTIONS, contents.actions, "The plan has no actions."),
        Table("Updates", Name.UPDATES, columns.UPDATES, contents.updates, "No progress has been noted."),
        Table("Evidence", Name.EVIDENCE, columns.EVIDENCE, contents.evidence, "There is no evidence."),
        Table("Extensions", Name.EXTENSIONS, columns.EXTENSIONS, contents.extensions, "Nobody asked for a later date."),
        Table(
            "Recommendations",
            Name.RECOMMENDATIONS,
            columns.RECOMMENDATIONS,
            contents.recommendations,
            "No report has been accepted as a plan.",
        ),
        Table("Clock", Name.STEPS, columns.STEPS, lambda: iter(contents.steps), "No statutory step is known."),
        Table("Movement", Name.MOVEMENT, columns.MOVEMENT, contents.movement, _still(contents)),
        Table(
            "Challenges", "", columns.CHALLENGES, lambda: iter(contents.challenges), "The board raised no challenge."
        ),
        Table("Trail", "", columns.TRAIL, contents.events, "The trail of this plan has no event."),
    )


def _still(contents: Contents) -> str:
    if contents.cover.scope.since is None:
        return "No earlier moment was asked about, so no movement is told."
    return "Nothing has moved since the earlier moment."
