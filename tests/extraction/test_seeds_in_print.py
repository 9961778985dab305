"""The seed reports printed as PDF and read again: the same items, whatever the format and wherever a page ends."""

import re
import textwrap
from pathlib import Path

import pytest

from tests.extraction.printed import pdf
from tracker.extraction import read_here

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
WIDTH = 84  # letters to a line
MARKDOWN = re.compile(r"^#+ |\*\*")
KEYS = ("framework", "authority", "inspection_start", "inspection_end", "publication_date", "overall_judgement")


def printed(text, height):
    """The text as marked lines: wrapped, its headings bold, a page of `height` lines each, with a page number."""
    rows = []
    for paragraph in text.replace("\f", "\n").split("\n"):
        bare = MARKDOWN.sub("", paragraph).strip()
        if bare.startswith("- "):
            rows += wrapped(bare[2:], "* ", "  ")
        elif bare and len(bare) < WIDTH and bare[-1] not in ".,;" and "\t" not in bare:
            rows += ["", f"## {bare}"] if bare[0].isupper() else [bare]
        else:
            rows += wrapped(bare.replace("\t", " "), "", "") or [""]
    pages = [rows[at : at + height] for at in range(0, len(rows), height)]
    return "\f".join("\n".join([*page, f"foot: {number}"]) for number, page in enumerate(pages, 1))


def wrapped(words, first, below):
    return textwrap.wrap(words, WIDTH, initial_indent=first, subsequent_indent=below)


def told(report):
    return [(item.heading, item.timescale, " ".join(item.text.split())) for item in report.recommendations]


@pytest.mark.parametrize("height", [34, 45])
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_seed_printed_as_pdf_gives_the_same_items(path, height):
    text = path.read_text()
    read = read_here(pdf(printed(text, height)), name="any.pdf")
    assert told(read) == told(read_here(text.encode(), name="any.txt"))


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_seed_printed_as_pdf_gives_the_same_facts(path, key):
    text = path.read_text()
    read = read_here(pdf(printed(text, 45)), name="any.pdf")
    assert getattr(read, key) == getattr(read_here(text.encode(), name="any.txt"), key)
