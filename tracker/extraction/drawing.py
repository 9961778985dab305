"""A page of a PDF drawn as a picture, in this process."""

import io
import math

from PIL import Image, ImageChops, ImageStat
from pypdfium2 import PdfBitmap, PdfDocument, raw  # type: ignore[import-untyped]

from tracker.extraction.formats import PDF, kind_of
from tracker.extraction.pages import check_size
from tracker.extraction.paper import Unreadable, check_page
from tracker.extraction.pdf_file import opened
from tracker.extraction.views import PagePicture

WIDEST, HIGHEST = 3000, 10_000  # pixels
MOST_PIXELS = 6_000_000  # of one picture: a page of A4 that is 2,000 wide has as many
COLOURS, MOST_COLOURS = 64, 256
NEAR = 4.0  # of 255: a picture that differs less from its page, root mean square, looks the same
WHITE = (255, 255, 255, 255)
FLAGS = raw.FPDF_ANNOT | raw.FPDF_RENDER_LIMITEDIMAGECACHE
NO_PAGES = "This file has no pages that can be drawn: only a PDF has."


def draw_here(data: bytes, *, number: int, width: int, size: int) -> PagePicture:
    """Page `number` (from 1) of a PDF of at most `size` bytes, `width` pixels wide; narrower where the page is so long
    that the picture would be too large.

    Never raises for what the bytes hold: where nothing can be drawn, the picture has `error`, a sentence.
    """
    try:
        check_size(data, size)
        if kind_of(data) != PDF:
            raise Unreadable(NO_PAGES)
        with opened(data) as document:
            check_page(number, len(document))
            drawn = _drawn(document, number, width)
    except Unreadable as refusal:
        return PagePicture(error=str(refusal))
    return PagePicture(_png(drawn), drawn.width, drawn.height)


def _drawn(document: PdfDocument, number: int, width: int) -> Image.Image:
    page = document[number - 1]
    across, down = _pixels(page.get_width(), page.get_height(), width)
    bitmap = PdfBitmap.new_native(across, down, raw.FPDFBitmap_BGR)
    bitmap.fill_rect(WHITE, 0, 0, across, down)
    raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, 0, FLAGS)
    drawn: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    page.close()
    return drawn


def _pixels(across: float, down: float, width: int) -> tuple[int, int]:
    """Width and height of the picture of a page of so many points, within the limits. Raises Unreadable."""
    if not (0 < across < math.inf and 0 < down < math.inf):
        raise Unreadable("This page has no size and cannot be drawn.")
    wanted = min(max(1, width), WIDEST)
    scale = min(wanted / across, math.sqrt(MOST_PIXELS / (across * down)), HIGHEST / down)
    return max(1, round(across * scale)), max(1, round(down * scale))


def _png(drawn: Image.Image) -> bytes:
    held = io.BytesIO()  # not optimised further: 3 % fewer bytes would cost five times the processor's time
    _reduced(drawn).save(held, "PNG")
    return held.getvalue()


def _reduced(drawn: Image.Image) -> Image.Image:
    """The picture with as few colours as it looks the same with: printed pages need no more than a few dozen."""
    few = drawn.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    differs = ImageStat.Stat(ImageChops.difference(drawn, few.convert("RGB"))).rms
    if max(differs) <= NEAR:
        return few
    return drawn.quantize(MOST_COLOURS, method=Image.Quantize.FASTOCTREE)
