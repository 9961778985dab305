"""The steps of an axis that counts things, as people count: in ones, twos, fives and ten times that."""

TICKS = 5


def ticks(highest: int) -> list[int]:
    """Round counts from 0 to the highest or a little above: at most five steps of 1, 2 or 5 or ten times that."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            step = factor * size
            if step * TICKS >= max(highest, 1):
                return list(range(0, step * -(-max(highest, 1) // step) + 1, step))
        size *= 10
