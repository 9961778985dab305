"""What may be asked of the child process about one file: a row for each question, with its way to an answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from tracker.extraction.drawing import draw_here
from tracker.extraction.reading import read_here
from tracker.extraction.shapes import ExtractedReport, Json, Limits
from tracker.extraction.showing import show_here
from tracker.extraction.tables import Table, tabulate_here
from tracker.extraction.views import PagePicture, PageView


class Answer(Protocol):
    """What passes back through the pipe: it becomes JSON, and its question has the way back."""

    def to_json(self) -> Json:
        """Plain values for JSON."""


A = TypeVar("A", bound=Answer)


@dataclass(frozen=True)
class Request:
    """What is asked about a file beside its bytes: a page or sheet by its number from 1, the picture's width in pixels."""

    name: str
    limits: Limits
    number: int = 1
    width: int = 0

    def to_json(self) -> Json:
        """Plain values for JSON. The child knows its memory limit already."""
        plain = {name: getattr(self, name) for name in ("name", "number", "width")}
        return {**plain, "seconds": self.limits.seconds, "size": self.limits.size}

    @classmethod
    def from_json(cls, row: Json, *, memory: int) -> "Request":
        """The way back from to_json; raises KeyError on anything else."""
        limits = Limits(seconds=row["seconds"], memory=memory, size=row["size"])
        return cls(row["name"], limits, row["number"], row["width"])


@dataclass(frozen=True)
class Question(Generic[A]):
    """`asked` is its word in the pipe, `doing` begins a sentence, `answer` never raises for what the bytes hold, and
    `refuse` makes an answer of a sentence that says why there is none."""

    asked: str
    doing: str
    answer: Callable[[bytes, Request], A]
    refuse: Callable[[Request, str], A]
    from_json: Callable[[Json], A]


REPORT = Question(
    "report",
    "Reading this file",
    lambda data, request: read_here(data, name=request.name, limits=request.limits),
    lambda request, sentence: ExtractedReport(request.name, error=sentence),
    ExtractedReport.from_json,
)
PAGE = Question(
    "page",
    "Reading this page",
    lambda data, request: show_here(data, number=request.number, size=request.limits.size),
    lambda request, sentence: PageView(request.number, error=sentence),
    PageView.from_json,
)
PICTURE = Question(
    "picture",
    "Drawing this page",
    lambda data, request: draw_here(data, number=request.number, width=request.width, size=request.limits.size),
    lambda request, sentence: PagePicture(error=sentence),
    PagePicture.from_json,
)
TABLE = Question(
    "table",
    "Reading this sheet",
    lambda data, request: tabulate_here(data, number=request.number, size=request.limits.size),
    lambda request, sentence: Table(request.number, error=sentence),
    Table.from_json,
)
Questions = Mapping[str, Question[Any]]
QUESTIONS: Questions = {question.asked: question for question in (REPORT, PAGE, PICTURE, TABLE)}
