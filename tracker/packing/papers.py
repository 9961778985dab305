"""What stands in a pack: each paper with the words said while it is written. One table, in the order of the making."""

from collections.abc import Callable
from pathlib import Path

from tracker.exports import columns, csv
from tracker.rules.chain import canonical
from tracker.rules.pack import Contents, Cover, Name

Paper = Callable[[Path, Contents], None]


def sheets(folder: Path, contents: Contents) -> None:
    """The tables as CSV."""
    with (folder / Name.ACTIONS).open("w", encoding="utf-8-sig", newline="") as file:
        csv.write(file, columns.ACTIONS, contents.actions())


def trail(folder: Path, contents: Contents) -> None:
    """The trail, one event a line."""
    with (folder / Name.TRAIL).open("wb") as file:
        file.writelines(canonical(event) + b"\n" for event in contents.events())


PAPERS: tuple[tuple[str, Paper], ...] = (
    ("Writing the tables", sheets),
    ("Writing the trail", trail),
)


def explained(cover: Cover, names: list[str], *, withheld: int, erased: int) -> dict[str, bytes]:
    """The files that say how a pack of these files is verified, by their names."""
    return {}
