"""What pictures share: shares of a width as SVG takes them, steps of an axis that people count in."""

TICKS = 5


def percent(share: float) -> str:
    """A share of the width (0 to 1) as SVG takes it: 12.5%."""
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"


def ticks(highest: int) -> list[int]:
    """Round counts from 0 to the highest or a little above: at most five steps of 1, 2 or 5 or ten times that."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            step = factor * size
            if step * TICKS >= max(highest, 1):
                return list(range(0, step * -(-max(highest, 1) // step) + 1, step))
        size *= 10
