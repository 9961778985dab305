"""Which recommendations of an authority's inspections may say the same thing again: proposals for a person to settle.

Likeness is the cosine between two texts, each told by its subjects (rules.topics) and its words, both weighed by how few
recommendations speak of them; what a long item tells after its opening counts a third. Without a telling subject in
common nothing is proposed: words alone are alike by chance.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt

from tracker.rules.topics import COUNTS, SAMPLE, opening, stems, topics
from tracker.rules.word_counts import RARE, WORDS

ENOUGH = 33  # of 100: read by eye over nine authorities, see docs/recurrence.md
TELLING = 2.4  # the weight of a subject that one recommendation in eleven opens with
SUBJECT, WORD, AFTERWARDS = 1.7, 0.5, 0.35
COMMON = 150  # a word in more recommendations than this tells nothing
MOST = 2  # proposals for one recommendation among those of one other report


@dataclass(frozen=True)
class Raised:
    """A recommendation: `key` names it, `when` orders the reports (the same for all of one report)."""

    key: int | str
    when: str
    text: str


@dataclass(frozen=True)
class Proposal:
    """Two recommendations that may say the same: how alike they are, of 100, and the subjects both speak of."""

    earlier: Raised
    later: Raised
    likeness: int
    shared: tuple[str, ...]


def proposals(raised: Iterable[Raised]) -> list[Proposal]:
    """The pairs of different reports that are alike enough, the likest first; of each recommendation the best few."""
    rows = list(raised)
    found = [pair for earlier in rows for later in rows if earlier.when < later.when for pair in _pair(earlier, later)]
    ranked = sorted(found, key=lambda pair: (-pair.likeness, str(pair.earlier.key), str(pair.later.key)))
    kept: list[Proposal] = []
    seen: dict[tuple[int | str, str], int] = {}
    for pair in ranked:
        places = ((pair.earlier.key, pair.later.when), (pair.later.key, pair.earlier.when))
        if all(seen.get(place, 0) < MOST for place in places):
            kept.append(pair)
            for place in places:
                seen[place] = seen.get(place, 0) + 1
    return kept


def likeness(one: str, other: str) -> tuple[int, tuple[str, ...]]:
    """How alike two texts are, of 100, and the subjects both speak of, the most telling first; 0 without one."""
    a, b = _weights(one), _weights(other)
    shared = a.keys() & b.keys()
    subjects = sorted((name for name in shared if name in COUNTS), key=lambda name: -min(a[name], b[name]))
    if not any(min(a[name], b[name]) >= TELLING for name in subjects):
        return 0, ()
    alike = sum(a[name] * b[name] for name in shared) / (_length(a) * _length(b))
    return round(100 * alike), tuple(subjects)


def _pair(earlier: Raised, later: Raised) -> list[Proposal]:
    alike, shared = likeness(earlier.text, later.text)
    return [Proposal(earlier, later, alike, shared)] if alike >= ENOUGH else []


@lru_cache(maxsize=4096)
def _weights(text: str) -> Mapping[str, float]:
    first = opening(text)
    found: dict[str, float] = {}
    for part, share in ((first, 1.0), (text[len(first) :], AFTERWARDS)):
        told = {word: WORD * log(SAMPLE / WORDS.get(word, RARE)) for word in stems(part) if _tells(word)}
        told |= {name: SUBJECT * log(SAMPLE / COUNTS[name]) for name in topics(part)}
        for name, weight in told.items():
            found[name] = max(found.get(name, 0.0), share * weight)
    return found


def _tells(word: str) -> bool:
    return WORDS.get(word, RARE) <= COMMON


def _length(weights: Mapping[str, float]) -> float:
    return sqrt(sum(weight * weight for weight in weights.values()))


def groups(pairs: Sequence[tuple[int, int]]) -> list[frozenset[int]]:
    """The recommendations that pairs bind together, each in one group."""
    found: list[set[int]] = []
    for pair in pairs:
        touched = [group for group in found if group & set(pair)]
        found = [group for group in found if group not in touched]
        found.append(set(pair).union(*touched))
    return [frozenset(group) for group in found]
