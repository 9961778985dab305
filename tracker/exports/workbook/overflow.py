"""Text that is longer than a cell may be: the cell holds its beginning, and another sheet holds the whole of it.

The limit is counted as spreadsheets count, in units of UTF-16: most characters are one, an emoji is two.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO

from tracker.exports.columns import Column, Kind
from tracker.exports.reading import Row

TITLE = "Overflow"
MOST = 32_767  # what a cell holds
BEGINNING = 32_000  # what stands of a longer text in its own cell, beside the words that say where it continues


def fits(text: str) -> bool:
    """Whether a cell can hold it. The units are only counted where there may be too many."""
    return len(text) <= MOST // 2 or len(text.encode("utf-16-le")) // 2 <= MOST


def pieces(text: str, most: int = MOST) -> Iterator[str]:
    """The text in pieces of at most so many units; joined, they are the text. None begins within a character."""
    units = text.encode("utf-16-le")
    start = 0
    while start < len(units):
        end = min(start + 2 * most, len(units))
        if end < len(units) and 0xD8 <= units[end - 1] < 0xDC:
            end -= 2
        yield units[start:end].decode("utf-16-le")
        start = end


COLUMNS: tuple[Column, ...] = (
    Column("Row", lambda piece: piece["row"], Kind.NUMBER, 9),
    Column("Sheet", lambda piece: piece["sheet"], width=16),
    Column("Column", lambda piece: piece["heading"], width=24),
    Column("Piece", lambda piece: piece["piece"], width=10),
    Column("Text", lambda piece: piece["text"], width=120),
)


@dataclass
class Overflow:
    """What has overflowed so far, kept on disk; close it at the end."""

    kept: IO[str] = field(default_factory=lambda: TemporaryFile("w+", encoding="utf-8"))  # noqa: SIM115  closed by close
    count: int = 0

    def take(self, sheet: str, row: int, heading: str, text: str) -> str:
        """Keep a text, and answer with what its own cell holds: where all of it stands, and how it begins."""
        first = self.count + 2  # the sheet's first row is its heading
        cut = list(pieces(text))
        for number, words in enumerate(cut, 1):
            piece = {"row": row, "sheet": sheet, "heading": heading, "piece": f"{number} of {len(cut)}", "text": words}
            self.kept.write(json.dumps(piece) + "\n")
        self.count += len(cut)
        # In front, because a row is only so high: the end of a text as long as this is not seen.
        return f"[Continues on sheet {TITLE}, row {first}] {next(pieces(text, BEGINNING))}…"

    def rows(self) -> Iterator[Row]:
        """Every piece, in order: of which row (from 1), sheet and column it is, which piece of how many, its words."""
        self.kept.seek(0)
        return map(json.loads, self.kept)

    def close(self) -> None:
        """Let go of what was kept."""
        self.kept.close()
