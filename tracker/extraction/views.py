"""What a person is shown of a file: the lines of one page with their places, and a picture of the page."""

from base64 import b64decode, b64encode
from dataclasses import dataclass

from tracker.extraction.paper import Box
from tracker.extraction.shapes import Json, box_of


@dataclass(frozen=True)
class ShownLine:
    """A printed line as a person reads it. `number` counts through the whole file, as Source.lines does; `box` is
    None in formats that know no places."""

    number: int
    text: str
    box: Box | None = None

    def to_json(self) -> Json:
        """Plain values for JSON."""
        return {"number": self.number, "text": self.text, "box": list(self.box) if self.box else None}

    @classmethod
    def from_json(cls, row: Json) -> "ShownLine":
        """The way back from to_json; raises KeyError or TypeError on anything else."""
        return cls(row["number"], row["text"], box_of(row["box"]) if row["box"] else None)


@dataclass(frozen=True)
class PageView:
    """One page of a file. `pages` is how many the file has; `width` and `height` are in tenths of a point, as the
    page is shown, and 0 in formats without pages of their own.

    `known` holds words of the whole file that begin as a line of this page breaks off ("improve-"): join_lines asks
    them whether the hyphen belongs to the word. `error` is a sentence where there is nothing to show; then nothing
    but `number` is filled.
    """

    number: int
    pages: int = 0
    width: int = 0
    height: int = 0
    lines: tuple[ShownLine, ...] = ()
    known: tuple[str, ...] = ()
    error: str | None = None

    def to_json(self) -> Json:
        """Plain values for JSON."""
        plain = {name: getattr(self, name) for name in ("number", "pages", "width", "height", "error")}
        return {**plain, "lines": [line.to_json() for line in self.lines], "known": list(self.known)}

    @classmethod
    def from_json(cls, row: Json) -> "PageView":
        """The way back from to_json; raises KeyError or TypeError on anything else."""
        lines = tuple(map(ShownLine.from_json, row["lines"]))
        known = tuple(row["known"])
        return cls(row["number"], row["pages"], row["width"], row["height"], lines, known, row["error"])


@dataclass(frozen=True)
class PagePicture:
    """A page drawn: the bytes of a PNG, and its width and height in pixels. A box of a finding lies on the picture
    in the same proportion as on the page. `error` is a sentence where nothing could be drawn; then `png` is empty."""

    png: bytes = b""
    width: int = 0
    height: int = 0
    error: str | None = None

    def to_json(self) -> Json:
        """Plain values for JSON."""
        png = b64encode(self.png).decode("ascii")
        return {"png": png, "width": self.width, "height": self.height, "error": self.error}

    @classmethod
    def from_json(cls, row: Json) -> "PagePicture":
        """The way back from to_json; raises KeyError, TypeError or ValueError on anything else."""
        return cls(b64decode(row["png"], validate=True), row["width"], row["height"], row["error"])
