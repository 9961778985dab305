"""What a person may do to the draft of a report before accepting it. Plain values in, a new draft out; none is changed.

A draft is the machine's reading as JSON (tracker.extraction). Once a person touches it, each item has an `id`, which
never changes and is never used twice, and `from`: the numbers of the readings it was made of, so that what was read
stays beside what was accepted. What is dropped is kept under `dropped` and can be put back.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.rules.citations import divided, joined
from tracker.rules.refusal import Refused

Draft = dict[str, Any]
Item = dict[str, Any]
WORDS = ("text", "heading", "timescale", "addressee", "ref")
LONGEST = {"heading": 300, "timescale": 200, "addressee": 200, "ref": 20}
GONE = "This recommendation is no longer in the draft."


def begun(draft: Draft) -> Draft:
    """The machine's draft made ready for a person: its items with their ids. A draft that has begun comes back as it is."""
    if "dropped" in draft:
        return draft
    items = [{**item, "id": n, "from": [n]} for n, item in enumerate(draft.get("recommendations") or [], 1)]
    return {**draft, "recommendations": items, "dropped": []}


def item_of(draft: Draft, key: int) -> Item:
    """An item by its id. Raises Refused where the draft no longer holds it."""
    return draft["recommendations"][_place(draft, key)]  # type: ignore[no-any-return]


def correct(draft: Draft, key: int, words: Mapping[str, str | None]) -> Draft:
    """An item with other words, heading, timescale, addressee or number; where it stands in the report is kept."""
    place = _place(draft, key)
    before = draft["recommendations"][place]
    item = {**before, **_checked(words), "corrected": True}
    item["rewritten"] = before.get("rewritten", False) or item["text"] != before["text"]
    return _with(draft, place, place + 1, [item])


def drop(draft: Draft, key: int) -> Draft:
    """The draft without an item, which is kept aside with its place."""
    place = _place(draft, key)
    gone = {**draft["recommendations"][place], "place": place}
    return {**_with(draft, place, place + 1, []), "dropped": [*draft["dropped"], gone]}


def put_back(draft: Draft, key: int) -> Draft:
    """A dropped item at the place it had, or at the end of a list that has grown shorter."""
    found = next((item for item in draft["dropped"] if item["id"] == key), None)
    if found is None:
        raise Refused("There is no such recommendation to put back.")
    item = {name: value for name, value in found.items() if name != "place"}
    left = [each for each in draft["dropped"] if each["id"] != key]
    return {**_with(draft, found["place"], found["place"], [item]), "dropped": left}


def join_next(draft: Draft, key: int) -> Draft:
    """An item and the one after it made one: the first one's heading, timescale and addressee stand."""
    place = _place(draft, key)
    items = draft["recommendations"]
    if place + 1 == len(items):
        raise Refused("There is no recommendation after this one to join it with.")
    first, second = items[place], items[place + 1]
    whole = {
        **first,
        "text": f"{first['text']} {second['text']}",
        "timescale": first.get("timescale") or second.get("timescale"),
        "addressee": first.get("addressee") or second.get("addressee"),
        "source": joined(first.get("source"), second.get("source")),
        "from": [*first["from"], *second["from"]],
    }
    return _with(draft, place, place + 2, [whole])


def split(draft: Draft, key: int, texts: Sequence[str]) -> Draft:
    """An item made two or more, each with its part of the printed lines. Raises Refused for fewer than two texts."""
    parts = [text.strip() for text in texts if text.strip()]
    if len(parts) < 2:
        raise Refused("Divide the words into two parts at least.", "text")
    place = _place(draft, key)
    item, fresh = draft["recommendations"][place], _next_id(draft)
    sources = divided(item.get("source"), parts)
    ids = [key, *range(fresh, fresh + len(parts) - 1)]
    pieces = [
        {**item, "id": own, "text": text, "source": source, "page": source["page"] if source else item.get("page")}
        for own, text, source in zip(ids, parts, sources, strict=True)
    ]
    return _with(draft, place, place + 1, pieces)


def shift(draft: Draft, key: int, by: int) -> Draft:
    """An item moved up (-1) or down (+1) the list; at the list's end it stays."""
    items = list(draft["recommendations"])
    place = _place(draft, key)
    item = items.pop(place)
    items.insert(min(max(place + by, 0), len(items)), item)
    return {**draft, "recommendations": items}


def add(
    draft: Draft, words: Mapping[str, str | None], *, source: Mapping[str, Any] | None = None, after: int = 0
) -> Draft:
    """The draft with an item of a person's own, after the item of that id, or (0) at the top.

    `source` is where the words stand (page, lines, quote, boxes), None for what was typed.
    """
    place = _place(draft, after) + 1 if after else 0
    blank: Item = dict.fromkeys(WORDS)
    where = {"page": source["page"] if source else None, "source": dict(source) if source else None}
    item = {**blank, **_checked(words), **where, "id": _next_id(draft), "from": []}
    return _with(draft, place, place, [item])


def correct_facts(draft: Draft, facts: Mapping[str, Any]) -> Draft:
    """The draft with other facts of the report: title, kind, dates (YYYY-MM-DD), judgement, inspector, who must plan."""
    first, last = (facts.get(name, draft.get(name)) for name in ("inspection_start", "inspection_end"))
    if first and last and last < first:
        raise Refused("The inspection cannot end before it began.", "inspection_end")
    if not (facts.get("title", draft.get("title")) or "").strip():
        raise Refused("Say what the report is called.", "title")
    return {**draft, **facts}


def doubts_of(draft: Draft, item: Mapping[str, Any]) -> list[str]:
    """The doubts of the reading that are about an item's lines, as sentences."""
    lines = (item.get("source") or {}).get("lines")
    return [doubt["sentence"] for doubt in draft.get("doubts") or [] if lines and _about(doubt, lines)]


def _about(doubt: Mapping[str, Any], lines: Sequence[int]) -> bool:
    source = doubt.get("source")
    return bool(source and source["lines"][0] <= lines[1] and source["lines"][1] >= lines[0])


def _checked(words: Mapping[str, str | None]) -> Item:
    given = {name: (value or "").strip() or None for name, value in words.items() if name in WORDS}
    if "text" in given and given["text"] is None:
        raise Refused("Write the words of the recommendation, or leave it out.", "text")
    for name, most in LONGEST.items():
        if len(given.get(name) or "") > most:
            raise Refused(f"This is longer than {most} letters.", name)
    return dict(given)


def _place(draft: Draft, key: int) -> int:
    for place, item in enumerate(draft["recommendations"]):
        if item["id"] == key:
            return place
    raise Refused(GONE)


def _with(draft: Draft, first: int, last: int, items: Sequence[Item]) -> Draft:
    kept = list(draft["recommendations"])
    kept[first:last] = items
    return {**draft, "recommendations": kept}


def _next_id(draft: Draft) -> int:
    used = [item["id"] for item in (*draft["recommendations"], *draft["dropped"])]
    return max([*used, *(number for item in draft["recommendations"] for number in item["from"])], default=0) + 1
