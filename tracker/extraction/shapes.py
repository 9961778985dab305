"""What the rooms of the extractor hand to one another, and what they hand out. Values only: nothing here reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from tracker.extraction.paper import Box, Line

Json = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True)
class Limits:
    """What one reading may use: wall-clock seconds, bytes of address space, and bytes of the file itself."""

    seconds: float = 30.0
    memory: int = 1024**3
    size: int = 50 * 1024**2


@dataclass(frozen=True)
class Source:
    """Where words stand: the page they begin on, first and last line, the words as they are, and each line's box.

    A box is (page, left, top, right, bottom) in tenths of a point from the top left corner of the page as it is
    shown: whole numbers, so that a hash of the draft is the same everywhere. Formats without pages of their own have none.
    """

    page: int
    lines: tuple[int, int]
    quote: str
    boxes: tuple[Box, ...] = ()

    def to_json(self) -> Json:
        """Plain values for JSON."""
        boxes = [list(box) for box in self.boxes]
        return {"page": self.page, "lines": list(self.lines), "quote": self.quote, "boxes": boxes}

    @classmethod
    def from_json(cls, row: Json) -> "Source":
        """The way back from to_json; raises KeyError or TypeError on anything else."""
        first, last = row["lines"]
        return cls(row["page"], (first, last), row["quote"], tuple(map(box_of, row.get("boxes", []))))


@dataclass(frozen=True)
class Found(Generic[T]):
    """A value and the words it was read from."""

    value: T
    source: Source


@dataclass(frozen=True)
class Doubt:
    """A sentence for the person who confirms the reading. Only a serious one asks for a review by itself."""

    sentence: str
    serious: bool = True
    source: Source | None = None

    def to_json(self) -> Json:
        """Plain values for JSON."""
        source = self.source.to_json() if self.source else None
        return {"sentence": self.sentence, "serious": self.serious, "source": source}

    @classmethod
    def from_json(cls, row: Json) -> "Doubt":
        """The way back from to_json."""
        return cls(row["sentence"], row["serious"], _source(row["source"]))


@dataclass(frozen=True)
class Hint:
    """A day that may be the publication date, and where it stands, in words. `before_inspection` says that it lies
    before the inspection's end, so that it hardly can be."""

    day: date
    source: str
    before_inspection: bool = False

    def to_json(self) -> Json:
        """Plain values for JSON: "date" as YYYY-MM-DD, "from" in words."""
        return {"date": self.day.isoformat(), "from": self.source, "before_inspection": self.before_inspection}

    @classmethod
    def from_json(cls, row: Json) -> "Hint":
        """The way back from to_json."""
        return cls(date.fromisoformat(row["date"]), row["from"], row["before_inspection"])


@dataclass(frozen=True)
class Judgement:
    """A graded line of the report's own table of judgements, both as printed."""

    name: str
    grade: str

    def to_json(self) -> Json:
        """Plain values for JSON."""
        return {"name": self.name, "grade": self.grade}


@dataclass(frozen=True)
class ExtractedRecommendation:
    """One printed item, whole and verbatim. `timescale` is normalised where it is a plain number of months or weeks."""

    text: str
    source: Source
    heading: str | None = None
    timescale: str | None = None
    addressee: str | None = None
    ref: str | None = None

    @property
    def page(self) -> int:
        """The page the item begins on."""
        return self.source.page

    def to_json(self) -> Json:
        """Plain values for JSON."""
        return {
            "ref": self.ref,
            "heading": self.heading,
            "addressee": self.addressee,
            "timescale": self.timescale,
            "text": self.text,
            "page": self.page,
            "source": self.source.to_json(),
        }

    @classmethod
    def from_json(cls, row: Json) -> "ExtractedRecommendation":
        """The way back from to_json."""
        source = Source.from_json(row["source"])
        return cls(row["text"], source, row["heading"], row["timescale"], row["addressee"], row["ref"])


@dataclass(frozen=True)
class Findings:
    """What a family reads: each value with its source, and what it is not sure of."""

    recommendations: tuple[ExtractedRecommendation, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    provider: Found[str] | None = None
    title: Found[str] | None = None
    inspection: Found[tuple[date, date]] | None = None
    published: Found[date] | None = None
    overall: Found[str] | None = None
    judgements: tuple[Judgement, ...] = ()
    lead_inspector: Found[str] | None = None
    addressed_to: Found[str] | None = None
    plan_due: Found[date] | None = None
    plan_due_to: Found[str] | None = None
    urn: Found[str] | None = None


@dataclass(frozen=True)
class ExtractedReport:
    """The machine's reading of one file: a draft for a person to confirm. Dates are as printed, without a time.

    `error` is a sentence where the file could not be read; then nothing else is filled.
    `citations` gives the source of each value beside the recommendations, by the value's name; `sizes` the width and
    height, in tenths of a point, of each page on which a recommendation stands. `hints` are days that may be the
    publication date, where none is printed.
    """

    file: str
    framework: str = "other"
    provider: str | None = None
    authority: str | None = None
    title: str | None = None
    inspection_start: date | None = None
    inspection_end: date | None = None
    publication_date: date | None = None
    publication_date_quote: str | None = None
    overall_judgement: str | None = None
    judgements: tuple[Judgement, ...] = ()
    lead_inspector: str | None = None
    addressed_to: str | None = None
    plan_due_printed: date | None = None
    plan_due_to: str | None = None
    urn: str | None = None
    recommendations: tuple[ExtractedRecommendation, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    citations: Mapping[str, Source] = field(default_factory=dict)
    sizes: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    hints: tuple[Hint, ...] = ()
    pages: int = 0
    error: str | None = None

    @property
    def needs_review(self) -> bool:
        """Whether the reader is not sure: a serious doubt, or a file that could not be read."""
        return self.error is not None or any(doubt.serious for doubt in self.doubts)

    @property
    def warnings(self) -> list[str]:
        """The doubts as sentences, in the order they arose."""
        return [doubt.sentence for doubt in self.doubts]

    def to_json(self) -> Json:
        """Plain values for JSON: dates as YYYY-MM-DD, what is not printed as None."""
        return {
            **{name: getattr(self, name) for name in (*PLAIN_KEYS, "plan_due_to")},
            **{name: _iso(getattr(self, name)) for name in DATE_KEYS},
            "judgements": [judgement.to_json() for judgement in self.judgements],
            "recommendations": [item.to_json() for item in self.recommendations],
            "needs_review": self.needs_review,
            "warnings": self.warnings,
            "doubts": [doubt.to_json() for doubt in self.doubts],
            "citations": {name: source.to_json() for name, source in self.citations.items()},
            "sizes": {str(page): list(size) for page, size in self.sizes.items()},
            "hints": [hint.to_json() for hint in self.hints],
        }

    @classmethod
    def from_json(cls, row: Json) -> "ExtractedReport":
        """The way back from to_json; raises KeyError, TypeError or ValueError on anything else."""
        return cls(
            **{name: row[name] for name in PLAIN_KEYS},
            plan_due_to=row.get("plan_due_to"),  # not in drafts stored before it was read
            inspection_start=_day(row["inspection_start"]),
            inspection_end=_day(row["inspection_end"]),
            publication_date=_day(row["publication_date"]),
            plan_due_printed=_day(row["plan_due_printed"]),
            judgements=tuple(Judgement(each["name"], each["grade"]) for each in row["judgements"]),
            recommendations=tuple(map(ExtractedRecommendation.from_json, row["recommendations"])),
            doubts=tuple(map(Doubt.from_json, row["doubts"])),
            citations={name: Source.from_json(source) for name, source in row["citations"].items()},
            sizes={int(page): (size[0], size[1]) for page, size in row.get("sizes", {}).items()},
            hints=tuple(map(Hint.from_json, row.get("hints", []))),  # nor are these
        )


PLAIN_KEYS = (
    "file",
    "provider",
    "authority",
    "framework",
    "title",
    "publication_date_quote",
    "overall_judgement",
    "lead_inspector",
    "addressed_to",
    "urn",
    "pages",
    "error",
)
DATE_KEYS = ("inspection_start", "inspection_end", "publication_date", "plan_due_printed")


def source_of(lines: Sequence[Line]) -> Source:
    """The place of one or more lines, with the blank lines between them as they stand in the file."""
    first, last = lines[0], lines[-1]
    pairs = zip(lines, lines[1:], strict=False)
    below = ["\n" * max(1, line.number - before.number) + line.raw for before, line in pairs]
    boxes = tuple(line.box for line in lines if line.box)
    return Source(first.page, (first.number, last.number), "".join([first.raw, *below]), boxes)


def box_of(row: Sequence[int]) -> Box:
    """A box as JSON keeps it, a list of five numbers; raises TypeError or ValueError on anything else."""
    page, left, top, right, bottom = row
    return page, left, top, right, bottom


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _source(row: Json | None) -> Source | None:
    return Source.from_json(row) if row else None
