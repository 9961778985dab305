"""What a recommendation is about, proposed from its words; a person settles it."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from tracker.rules.topics import opening

MOST = 3
OPENING = 2  # a word in the opening counts double


def proposed(text: str, themes: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The themes whose words a text uses most, at most three; `themes` gives each theme's words by its code.

    A long phrase tells more than a short one, so each counts for its number of words.
    """
    first = opening(text)
    counted = {code: _weight(first, words) * OPENING + _weight(text, words) for code, words in themes.items()}
    ranked = sorted((code for code, weight in counted.items() if weight), key=lambda code: (-counted[code], code))
    most = counted[ranked[0]] if ranked else 0
    return tuple(code for code in ranked[:MOST] if counted[code] * 2 >= most)


def _weight(text: str, words: Sequence[str]) -> int:
    return sum(len(phrase.split()) for phrase in words if _pattern(phrase).search(text))


@lru_cache(maxsize=1024)
def _pattern(phrase: str) -> re.Pattern[str]:
    """A phrase as whole words, in the plural too, whatever its apostrophes and case; an abbreviation keeps its capitals."""
    spelt = re.escape(phrase).replace("'", "['’]")
    return re.compile(rf"\b{spelt}s?\b", 0 if phrase.isupper() else re.IGNORECASE)
