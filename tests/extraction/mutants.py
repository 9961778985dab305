"""Broken copies of whole files: bytes changed, cut out, doubled or moved by chance, and made again by their number."""

import random
import time

from tracker.extraction import Limits, Sandbox

SEED = 20130410
LONGEST = Limits().seconds  # what one reading may take
FEW, MANY = 12, 200  # changes at most: a file broken here and there, and one broken all over


def mutant(data, chance, most=FEW):
    """The bytes with a few of them changed, cut out, doubled or put elsewhere, in at most so many places."""
    made = bytearray(data)
    for _ in range(chance.randint(1, most)):
        at, length = chance.randrange(len(made) or 1), chance.randint(1, 40)
        kind = chance.randrange(5)
        if kind == 0:
            made[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del made[at : at + length]
        elif kind == 2:
            made[at:at] = made[at : at + length] * chance.randint(1, 20)
        elif kind == 3:
            made[at : at + length] = chance.randbytes(length)
        else:
            made[at:at] = str(chance.choice([0, -1, 2**31, 2**63, 10**30])).encode()
    return bytes(made)


def numbered(originals, number):
    """The mutant of that number: the originals in turn, every other round broken all over; the same every time."""
    chance = random.Random(f"{SEED} {number}")  # noqa: S311 - no secret hangs on it
    turn, place = divmod(number, len(originals))
    return mutant(originals[place], chance, MANY if turn % 2 else FEW)


def readings(originals, numbers):
    """Each number with what a sandbox of its own reads in that mutant, and the seconds it took."""
    sandbox = Sandbox()
    try:
        for number in numbers:
            data = numbered(originals, number)
            before = time.monotonic()
            report = sandbox.read(data, name=f"mutant {number}", limits=Limits())
            yield number, report, time.monotonic() - before
    finally:
        sandbox.close()
