"""How a family prints its lists, and a list while it is being read."""

import re
from dataclasses import dataclass, field

from tracker.extraction.paper import Line, Mark
from tracker.extraction.shapes import Doubt, source_of

NEVER = re.compile(r"(?!)")
CONTINUED = re.compile(r"(?:\s+|\s*[-–—]\s*)[(\[]?cont(?:inued|[’']?d)?\.?[)\]]?$", re.IGNORECASE)


@dataclass(frozen=True)
class Shape:
    """How a family prints its lists: the heading that begins one, and the words known to follow the last item."""

    starts: re.Pattern[str]
    ends: re.Pattern[str]
    any_end: bool = False  # the layout is not known, so any heading ends a list without a doubt
    divided: bool = False  # headings of lower rank divide the list by theme or body
    paragraphs: bool = False  # items may be paragraphs without a mark
    rows: bool = False  # every paragraph without a mark is an item, and bullets belong to the one above them
    asides: re.Pattern[str] = NEVER  # the heading of a box that is passed over
    must: bool = True  # every report of the family has a list
    inline: bool = False  # an item's own words may set its deadline ("… is published immediately.")


@dataclass
class Reading:
    """A list while it is being read. `rank` is the look of its heading, the greater the higher."""

    heading: str
    rank: tuple[float, bool] = (0.0, False)
    timescale: str | None = None
    items: list[list[Line]] = field(default_factory=list)
    under: list[tuple[str, str | None]] = field(default_factory=list)
    kind: Mark | None = None
    is_open: bool = False
    level: bool = False  # the headings between the items look as high as the list's own
    aside: float | None = None  # the indent of the box that is being passed over
    ended_by: str = ""  # the heading that ended the list, where one did
    repeated: set[int] = field(default_factory=set)  # the places of its heading at the top of further pages
    heading_line: Line | None = None  # the last heading, while nothing has followed it
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def last(self) -> Line:
        """The last line of the open item."""
        return self.items[-1][-1]

    def begin(self, line: Line) -> None:
        """A new item under the heading of the moment."""
        self.items.append([line])
        self.under.append((self.heading, self.timescale))
        self.is_open = True

    def add(self, line: Line) -> None:
        """One more line of the open item."""
        self.items[-1].append(line)

    def turn_to(self, line: Line, timescale: str | None) -> None:
        """A heading between the items."""
        self.heading, self.timescale, self.is_open = title_of(line), timescale, False
        self.heading_line = line

    def doubt(self, sentence: str, line: Line, *, serious: bool = True) -> None:
        """Something for a person to look at, with the line it stands on."""
        self.doubts.append(Doubt(sentence, serious, source_of([line])))


def title_of(line: Line) -> str:
    """The words of a heading, without its colon and the "(continued)" at the top of another page."""
    return CONTINUED.sub("", line.text.rstrip(": ")).rstrip(": ")


def rank(line: Line) -> tuple[float, bool]:
    """The look of a heading: size of type in half points, and weight. (0, False) where the file tells none."""
    return (round(line.size * 2) / 2, line.bold) if line.size else (0.0, False)
