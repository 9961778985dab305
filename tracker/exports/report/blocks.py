"""What a report is made of. A block knows nothing of paper: `exports.pdf` and `exports.docx` give it its look."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Look(StrEnum):
    """How words are set."""

    BODY = "body"
    STRONG = "strong"
    SMALL = "small"
    QUOTE = "quote"
    CODE = "code"  # a hash, letter by letter


@dataclass(frozen=True)
class Words:
    """A paragraph of somebody's words or ours. A line break in the text is a line break on paper."""

    text: str
    look: Look = Look.BODY


@dataclass(frozen=True)
class Mark:
    """A rating: letter, word and colour, and which scale it is of."""

    scale: str
    letter: str
    word: str
    colour: str


@dataclass(frozen=True)
class Link:
    """The reference of an action; leads to its section where that stands in the same file."""

    reference: str


Item = Words | Mark | Link
Cell = tuple[Item, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of the level 1 to 3; one of an action carries its reference as its anchor."""

    text: str
    level: int = 1
    anchor: str = ""


@dataclass(frozen=True)
class Text:
    """Paragraphs one below the other; `introduces`: they stay on the page of what follows."""

    items: Cell
    introduces: bool = False


@dataclass(frozen=True)
class Facts:
    """Names with what is said about them."""

    rows: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True)
class Column:
    """A column: its heading, its share of the width, and whether it holds numbers (set to the right)."""

    heading: str
    share: float = 1
    number: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under headings that repeat on every page; `sums` says whether the last row adds up the others."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sums: bool = False


@dataclass(frozen=True)
class Pile:
    """The plan on a day, for the picture over time: closed, awaiting sign-off and open, and what was due by then."""

    day: str
    closed: int
    submitted: int
    open: int
    due_original: int
    due_agreed: int
    is_ahead: bool


@dataclass(frozen=True)
class OverTime:
    """The picture of progress over time, and the same in words."""

    caption: str
    told: str
    piles: tuple[Pile, ...]
    levels: tuple[int, ...]


@dataclass(frozen=True)
class Share:
    """How many actions have a rating."""

    mark: Mark
    number: int


@dataclass(frozen=True)
class Shares:
    """A bar of ratings, and the same in words."""

    caption: str
    told: str
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class Overview:
    """The list of what stands in this file, with page numbers; `levels` of headings deep."""

    heading: str
    levels: int


Block = Heading | Text | Facts | Table | OverTime | Shares | Overview


@dataclass(frozen=True)
class Front:
    """The cover."""

    title: str
    council: str
    lines: tuple[str, ...]
    mark: str
    warning: str
    summary_heading: str
    summary: tuple[str, ...]
    head_heading: str
    head: Facts
    head_purpose: str
    readers_heading: str
    readers: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """Blocks on pages that stand upright or lie across, beginning on a new page or below what was before."""

    blocks: tuple[Block, ...]
    across: bool = False
    fresh: bool = True


@dataclass(frozen=True)
class Part:
    """One file: the whole report, or one of several. `key` and `foot` stand at the foot of every page."""

    number: int
    of: int
    title: str
    running: str
    mark: str
    foot: str
    key: tuple[tuple[str, tuple[Mark, ...]], ...]
    front: Front
    sheets: Iterator[Sheet] = field(default_factory=lambda: iter(()))
