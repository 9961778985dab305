"""The paper of one PDF page as a person sees it: cut to its crop box and turned as the file asks."""

from pypdfium2 import PdfPage  # type: ignore[import-untyped]


class Sheet:
    """Where things of a page stand on its paper. `width` and `height` are in tenths of a point, as it is shown.

    Inside the file places are points from any corner, before turning; a picture of the page shows it cut and turned,
    so that places mean something to a person only after the same.
    """

    def __init__(self, page: PdfPage) -> None:
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self._turn = page.get_rotation()
        across, down = self._right - self._left, self._top - self._bottom
        if self._turn in (90, 270):
            across, down = down, across
        self.width, self.height = round(across * 10), round(down * 10)

    def placed(self, left: float, bottom: float, right: float, top: float) -> tuple[int, int, int, int]:
        """Left, top, right and bottom in tenths of a point from the top left corner, of a box in the file's points."""
        if self._turn == 0:
            edges = (left - self._left, self._top - top, right - self._left, self._top - bottom)
        elif self._turn == 90:
            edges = (bottom - self._bottom, left - self._left, top - self._bottom, right - self._left)
        elif self._turn == 180:
            edges = (self._right - right, bottom - self._bottom, self._right - left, top - self._bottom)
        else:
            edges = (self._top - top, self._right - right, self._top - bottom, self._right - left)
        start, upper, end, lower = edges
        return round(start * 10), round(upper * 10), round(end * 10), round(lower * 10)
