"""Pages drawn: the boxes of the lines lie on the words of the picture, and no page is too much for the child."""

import io
import os
import random
from pathlib import Path

import pytest
from PIL import Image

from tests.extraction.mutants import mutant
from tests.extraction.printed import assemble, content, pdf
from tests.extraction.test_pdf_pages import LOCK, REPORT
from tracker.extraction import Limits, PagePicture, Sandbox, draw_page, read_here
from tracker.extraction.asking import PICTURE, Request
from tracker.extraction.drawing import MOST_PIXELS, NO_PAGES, draw_here
from tracker.extraction.showing import show_here

CORPUS = os.environ.get("CORPUS_DIR")
SIZE = Limits().size
WIDTH = 800
DARK = 128  # of 255
ROUND = 2  # pixels that rounding and soft edges may take
LARGEST = 120 * 1024  # bytes of a page of text
MUTANTS = 60
PAPERS = {  # what a page says of its paper, and what all pages share
    "plain": ("/MediaBox [0 0 595 842]", ""),
    "turned right": ("/MediaBox [0 0 595 842] /Rotate 90", ""),
    "upside down": ("/MediaBox [0 0 595 842] /Rotate 180", ""),
    "turned left": ("/MediaBox [0 0 595 842] /Rotate 270", ""),
    "turned the other way": ("/MediaBox [0 0 595 842] /Rotate -90", ""),
    "cut": ("/MediaBox [0 0 595 842] /CropBox [50 500 400 800]", ""),
    "cut and turned right": ("/MediaBox [0 0 595 842] /CropBox [50 500 400 800] /Rotate 90", ""),
    "cut and turned left": ("/MediaBox [0 0 595 842] /CropBox [50 500 400 800] /Rotate 270", ""),
    "cut beyond its edge": ("/MediaBox [0 0 595 842] /CropBox [-100 -100 900 900]", ""),
    "moved": ("/MediaBox [-100 -50 495 792]", ""),
    "moved and upside down": ("/MediaBox [-100 -50 495 792] /Rotate 180", ""),
    "inherited": ("", "/MediaBox [0 0 842 1191] /CropBox [20 30 800 1100] /Rotate 90"),
    "not given": ("", ""),
}


def drawn(data, number=1, width=WIDTH):
    return draw_here(data, number=number, width=width, size=SIZE)


def opened(picture):
    return Image.open(io.BytesIO(picture.png))


def dark(picture):
    """Left, top, right and bottom of everything dark on the picture, in pixels."""
    return opened(picture).convert("L").point(lambda value: 255 * (value < DARK)).getbbox()


def apart(box, view, picture):
    """How far, in pixels, the dark of the picture stands inside each edge of the box."""
    scale = picture.width / view.width
    _, left, top, right, bottom = box
    edges = dark(picture)
    return (
        edges[0] - left * scale,
        edges[1] - top * scale,
        right * scale - edges[2],
        bottom * scale - edges[3],
    )


@pytest.mark.parametrize("paper", PAPERS)
def test_the_box_of_a_word_holds_all_that_is_dark_on_the_picture(paper):
    on, shared = PAPERS[paper]
    data = assemble([content("Recommendations", 0x25FC)], paper=on, shared=shared)
    view = show_here(data, number=1, size=SIZE)
    room = apart(view.lines[0].box, view, drawn(data))
    assert min(room) >= -ROUND and max(room) < 12


@pytest.mark.parametrize("paper", PAPERS)
def test_a_picture_has_the_shape_of_the_page_as_it_is_shown(paper):
    on, shared = PAPERS[paper]
    data = assemble([content("Recommendations", 0x25FC)], paper=on, shared=shared)
    view, picture = show_here(data, number=1, size=SIZE), drawn(data)
    assert (picture.width, picture.height) == opened(picture).size == (WIDTH, round(WIDTH * view.height / view.width))


def test_a_report_printed_along_a_turned_page_is_read_as_one_that_is_upright():
    upright = assemble([content(REPORT, 0x25FC)], paper="/MediaBox [0 0 842 842]")
    along = b"0 1 -1 0 842 0 cm\n" + content(REPORT, 0x25FC)  # reads upright when the page is turned to the right
    turned = assemble([along], paper="/MediaBox [0 0 842 842] /Rotate 90")
    assert read_here(turned, name="x") == read_here(upright, name="x")


def test_a_picture_is_a_thousand_pixels_wide_unless_another_width_is_asked_for():
    picture = draw_page(pdf(REPORT), number=1, name="any.pdf")
    assert (picture.width, picture.height, picture.error) == (1000, 1415, None)


def test_a_picture_drawn_by_the_child_is_as_here():
    assert draw_page(pdf(REPORT), number=1, name="any.pdf", width=WIDTH) == drawn(pdf(REPORT))


@pytest.mark.parametrize("width", [-5, 0, 1, 3, 10**9])
def test_a_picture_of_any_width_is_drawn_within_bounds(width):
    picture = drawn(pdf(REPORT), width=width)
    assert picture.error is None and 1 <= picture.width <= 3000


@pytest.mark.parametrize(
    "paper",
    [
        "/MediaBox [0 0 14400 14400]",
        "/MediaBox [0 0 3 14400]",
        "/MediaBox [0 0 900000000 5]",
        "/MediaBox [0 0 1 900000000]",
    ],
)
def test_an_absurd_page_is_drawn_small(paper):
    picture = drawn(assemble([b"0 0 m 9 9 l S"], paper=paper), width=3000)
    assert picture.error is None and picture.width * picture.height <= MOST_PIXELS * 1.01
    assert picture.height <= 10_000


@pytest.mark.parametrize("colour", ["0.1 0.3 0.7", "0.9 0.2 0.1"])
def test_colours_are_kept(colour):
    picture = drawn(assemble([f"{colour} rg 100 100 300 300 re f".encode()]))
    wanted = [round(255 * float(each)) for each in colour.split()]
    found = opened(picture).convert("RGB").getpixel((WIDTH // 2 - 100, 900))
    assert all(abs(one - other) <= 8 for one, other in zip(found, wanted, strict=True))


def test_a_page_of_text_takes_little_space():
    full = "\n".join(["Words go on here, from one edge of the page to the other, as they do in reports."] * 50)
    assert len(drawn(pdf(full), width=1000).png) < LARGEST


@pytest.mark.skipif(not CORPUS, reason="CORPUS_DIR is not set: no real pages to draw")
def test_pages_of_real_reports_take_little_space():
    paths = sorted(Path(CORPUS or ".").glob("labelled/*.pdf"))[::6]
    large = [
        path.name for path in paths for number in (1, 3) if len(drawn(path.read_bytes(), number, 1000).png) > LARGEST
    ]
    assert paths and large == []


def test_a_scan_is_drawn():
    assert drawn(assemble([b"0 0 m 300 300 l S"])).error is None


REFUSED = {
    "text": (b"Recommendations", NO_PAGES),
    "web page": (b"<html><p>Words</html>", NO_PAGES),
    "empty": (b"", "This file is empty."),
    "locked": (
        assemble([content(REPORT, 0x25FC)], trailer=LOCK),
        "This PDF is locked with a password. Save a copy without one and try again.",
    ),
    "damaged": (
        b"%PDF-1.4\n" + b"\xff" * 500 + b"\n%%EOF\n",
        "This PDF is damaged and cannot be opened. Fetch the file again.",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_drawn_says_why(kind):
    data, sentence = REFUSED[kind]
    assert drawn(data) == PagePicture(error=sentence)


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_page_that_is_not_there_is_not_drawn(number):
    assert drawn(pdf(REPORT), number).error == f"This file has 1 page: there is no page {number}."


def test_a_picture_survives_json():
    picture = drawn(pdf(REPORT))
    assert PagePicture.from_json(picture.to_json()) == picture


def test_mutants_are_drawn_or_refused_with_a_sentence(capfd):
    chance, sandbox = random.Random(20130410), Sandbox()  # noqa: S311 - the same mutants every time
    original = pdf(REPORT)
    broken = [mutant(original, chance) for _ in range(MUTANTS)]
    pictures = [sandbox.ask(PICTURE, data, Request("mutant", Limits(), 1, 300)) for data in broken]
    sandbox.close()
    odd = [each.error for each in pictures if bool(each.png) == bool(each.error) or (each.error or ".")[-1] != "."]
    assert odd == [] and capfd.readouterr() == ("", "")
    assert any(each.png for each in pictures) and any(each.error for each in pictures)
