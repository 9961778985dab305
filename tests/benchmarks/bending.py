"""Single changes behind the application's back: to rows of the database with its guards off, and to files of a pack.

Each function makes one change at random and says in words what it was; None where there was nothing to change.
"""

import csv
import io
from contextlib import suppress
from datetime import date, datetime, timedelta

from django.db import DatabaseError, models, transaction

from tests import packing
from tracker.exports.verifying import verify_pack
from tracker.models import Chain, Event, EventBody
from tracker.services import verification

ADDED = "0" * 64


class Undone(Exception):
    """Takes a change back once it was looked at."""


# The database -----------------------------------------------------------------------------------------------------


def another(field, value, rng):
    """A value that this field could hold, and that is not this one."""
    if field.is_relation:
        others = field.related_model._base_manager.exclude(pk=value).order_by("pk").values_list("pk", flat=True)
        return rng.choice(list(others[:50])) if others else None
    if field.choices:
        return rng.choice([choice for choice, _ in field.flatchoices if choice != value])
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateTimeField):
        return (value or datetime.fromisoformat("2013-01-01T12:00:00+00:00")) + timedelta(microseconds=1)
    if isinstance(field, models.DateField):
        return (value or date(2013, 1, 1)) + timedelta(days=1)
    if isinstance(field, models.JSONField):
        return {**value, "bent": 1} if isinstance(value, dict) else [*(value or []), "bent"]
    if isinstance(field, models.IntegerField):
        return (value or 0) + 1
    return f"{value or ''}x" if field.max_length is None or len(str(value or "")) < field.max_length else "x"


def some(model, rng):
    numbers = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
    return model._base_manager.get(pk=rng.choice(numbers)) if numbers else None


def changed(model, names, rng):
    """One field of one row."""
    row = some(model, rng)
    if row is None:
        return None
    field = model._meta.get_field(rng.choice(names))
    if field.many_to_many:
        return linked(row, field, rng)
    value = getattr(row, field.attname)
    new = another(field, getattr(value, "name", value), rng)
    if new == value:
        return None
    model._base_manager.filter(pk=row.pk).update(**{field.attname: new})
    return f"{model._meta.model_name} {row.pk}: {field.name} {value!r} to {new!r}"


def linked(row, field, rng):
    """One link more or one less."""
    kept = getattr(row, field.name)
    there = list(kept.values_list("pk", flat=True))
    if there and rng.random() < 0.5:
        kept.remove(there[0])
        return f"{row._meta.model_name} {row.pk}: {field.name} loses {there[0]}"
    others = field.related_model._base_manager.exclude(pk__in=[*there, row.pk]).first()
    if others is None:
        return None
    kept.add(others)
    return f"{row._meta.model_name} {row.pk}: {field.name} gains {others.pk}"


def deleted(model, rng):
    """One row, without what hangs on it."""
    row = some(model, rng)
    if row is None:
        return None
    model._base_manager.filter(pk=row.pk)._raw_delete("default")
    return f"{model._meta.model_name} {row.pk} deleted"


def inserted(model, rng):
    """One row more, like another but for what has to be unique."""
    row = some(model, rng)
    if row is None:
        return None
    copied = row.pk
    row.pk, row.id, row._state.adding = None, None, True
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            setattr(row, field.attname, free(model, field, row, rng))
    for name in ("sequence", "position", "number", "series", "reference", "name", "day", "due_on", "due_date"):
        if name in {field.name for field in model._meta.concrete_fields}:
            field = model._meta.get_field(name)
            value = getattr(row, name)
            setattr(row, name, value + 1000 if isinstance(value, int) else another(field, value, rng))
    model._base_manager.bulk_create([row])
    return f"{model._meta.model_name} {row.pk} inserted, like {copied}"


def free(model, field, row, rng):
    """A value of a unique field that no row has yet; None where there is none."""
    if not field.is_relation:
        return another(field, getattr(row, field.name), rng)
    taken = model._base_manager.exclude(**{field.name: None}).values(field.name)
    return field.related_model._base_manager.exclude(pk__in=taken).values_list("pk", flat=True).first()


def swapped(rng):
    """Two events of a chain change places."""
    chain = Chain.objects.order_by("-length").first()
    one, two = rng.sample(list(Event.objects.filter(chain=chain).order_by("sequence")[:200]), 2)
    for event, place in ((one, 10**6), (two, one.sequence), (one, two.sequence)):
        Event.objects.filter(pk=event.pk).update(sequence=place)
    return f"events {one.sequence} and {two.sequence} of {chain} change places"


def emptied(rng):
    """One body loses its words and its salt, as an erasure would take them."""
    row = EventBody.objects.exclude(body=None).order_by("?").first()
    EventBody.objects.filter(pk=row.pk).update(body=None, salt=None)
    return f"body {row.pk} emptied"


TRAIL = {
    Event: [field.name for field in Event._meta.concrete_fields if field.name != "id"],
    EventBody: [field.name for field in EventBody._meta.concrete_fields if field.name != "id"],
    Chain: [field.name for field in Chain._meta.concrete_fields if field.name != "id"],
}


def in_database():
    """Each way of changing the database: its name, and what does it."""
    ways = {"events change places": swapped, "a body is emptied": emptied}
    for model, names in TRAIL.items():
        ways |= ways_of(model, names)
    for model in verification.trailed_models():
        ways |= ways_of(model, list(model.TRAIL_FIELDS))
    return ways


def ways_of(model, names):
    called = model._meta.model_name
    return {
        f"{called} changed": lambda rng: changed(model, names, rng),
        f"{called} deleted": lambda rng: deleted(model, rng),
        f"{called} inserted": lambda rng: inserted(model, rng),
    }


def tried_in_database(way, rng):
    """Make one change, verify, take it back: (what was changed, what was said of it); None where it was refused."""
    told = None
    with suppress(Undone), transaction.atomic():
        try:
            with transaction.atomic():
                what = way(rng)
        except DatabaseError:  # the database's own rules would not have it
            what = None
        if what:
            said = [finding.sentence for finding in verification.verify() if not finding.lawful]
            told = (what, [each for each in said if not each.startswith("The database's own guard")])
        raise Undone
    return told


# A pack -----------------------------------------------------------------------------------------------------------


def bytes_of_the_zip(files, rng, path):
    """One byte of the ZIP itself."""
    data = bytearray(packing.zipped(files, path).read_bytes())
    place = rng.randrange(len(data))
    data[place] ^= rng.randrange(1, 256)
    path.write_bytes(data)
    return f"byte {place} of the ZIP"


def bytes_of_a_file(files, rng, path):
    """One byte of one of the files."""
    name = rng.choice(sorted(files))
    data = bytearray(files[name])
    place = rng.randrange(len(data))
    data[place] ^= rng.randrange(1, 256)
    packing.zipped({**files, name: bytes(data)}, path)
    return f"byte {place} of {name}"


def file_removed(files, rng, path):
    name = rng.choice(sorted(files))
    packing.zipped({each: data for each, data in files.items() if each != name}, path)
    return f"{name} removed"


def file_added(files, rng, path):
    name = rng.choice(["board-report.pdf", "evidence/99-more.txt", "notes.txt", ".hidden", "a/b/c.csv"])
    packing.zipped({**files, name: rng.randbytes(rng.randrange(50))}, path)
    return f"{name} added"


def file_renamed(files, rng, path):
    name = rng.choice(sorted(files))
    packing.zipped({(f"{each}x" if each == name else each): data for each, data in files.items()}, path)
    return f"{name} renamed"


def sum_changed(files, rng, path):
    lines = files["SHA256SUMS"].decode().splitlines(True)
    place = rng.randrange(len(lines))
    lines[place] = rng.choice(["", lines[place] * 2, ADDED + lines[place][64:]])
    packing.zipped({**files, "SHA256SUMS": "".join(lines).encode()}, path)
    return f"line {place + 1} of SHA256SUMS"


def manifest_changed(files, rng, path):
    manifest = packing.manifest_of(files)
    key = rng.choice(["chain", "sequence", "head", "recorded_at", "events", "withheld"])
    value = manifest[key]
    new = value + 1 if isinstance(value, int) else value[:-1] + ("0" if value[-1] != "0" else "1")
    packing.zipped(packing.resealed(files, **{key: new}), path)
    return f"MANIFEST.json: {key}, with its sum"


def resealed_events(files, events, path):
    packing.zipped(packing.resealed(packing.with_events(files, events)), path)


def event_moved(files, rng, path):
    """An event out, twice, or in another place; manifest and sums recomputed."""
    events = packing.events_of(files)
    place = rng.randrange(len(events))
    event = events.pop(place)
    how = rng.choice(["removed", "twice", "elsewhere"])
    if how == "twice":
        events[place:place] = [event, event]
    elif how == "elsewhere":
        events.insert(rng.choice([other for other in range(len(events) + 1) if other != place]), event)
    resealed_events(files, events, path)
    return f"event {event['sequence']} {how}"


def event_changed(files, rng, path):
    """One value of an event's header; manifest and sums recomputed."""
    events = packing.events_of(files)
    event = rng.choice(events)
    key = rng.choice(sorted(set(event) - {"bodies"}))
    value = event[key]
    event[key] = (value or 0) + 1 if isinstance(value, int | None) else bent(value, rng)
    resealed_events(files, events, path)
    return f"event {event['sequence']}: {key}"


def bent(value, rng):
    if isinstance(value, list):
        return [value[0], value[1] + 1]
    return f"{value}x"


def body_changed(files, rng, path):
    """One body: its words, its salt, its hash, whom it is of, or the whole of it; manifest and sums recomputed."""
    events = packing.events_of(files)
    event = rng.choice(events)
    body = rng.choice(event["bodies"])
    key = rng.choice(sorted(set(body) - {"withheld", "erased"}))
    how = rng.choice(["changed", "changed", "removed", "emptied", "twice"])
    if how == "changed":
        body[key] = bent(body[key], rng) if key != "body" else body[key].replace('"', "'", 1)
    elif how == "removed":
        event["bodies"].remove(body)
    elif how == "twice":
        event["bodies"].append(body)
    elif {"salt", "body"} <= set(body):
        del body["salt"], body["body"]
    else:
        return None
    resealed_events(files, events, path)
    return f"event {event['sequence']}, body of {body['subject']}: {key} {how}"


def rows_of(files):
    return list(csv.reader(io.StringIO(files["actions.csv"].decode("utf-8-sig"), newline="")))


def with_rows(files, rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return {**files, "actions.csv": text.getvalue().encode("utf-8-sig")}


def cell_changed(files, rng, path):
    """One cell; manifest and sums recomputed where the trail can speak for its column."""
    rows = rows_of(files)
    row, column = rng.randrange(1, len(rows)), rng.randrange(len(rows[0]))
    rows[row][column] += "x"
    guarded = rows[0][column] in verify_pack.columns_of("actions.csv")
    made = with_rows(files, rows)
    packing.zipped(packing.resealed(made) if guarded else made, path)
    return f"{rows[row][0]}: {rows[0][column]}{', manifest recomputed' if guarded else ''}"


def row_moved(files, rng, path):
    """A row out or twice; manifest and sums recomputed."""
    rows = rows_of(files)
    place = rng.randrange(1, len(rows))
    row = rows.pop(place)
    how = rng.choice(["removed", "twice"])
    packing.zipped(packing.resealed(with_rows(files, [*rows, row, row] if how == "twice" else rows)), path)
    return f"row {row[0]} {how}"


def evidence_changed(files, rng, path):
    """A byte of evidence; manifest and sums recomputed."""
    name = rng.choice(sorted(name for name in files if name.startswith("evidence/")))
    data = bytearray(files[name])
    data[rng.randrange(len(data))] ^= rng.randrange(1, 256)
    packing.zipped(packing.resealed({**files, name: bytes(data)}), path)
    return f"{name}, manifest recomputed"


IN_PACK = {
    way.__name__.replace("_", " "): way
    for way in (
        *(bytes_of_the_zip, bytes_of_a_file, file_removed, file_added, file_renamed, sum_changed, manifest_changed),
        *(event_moved, event_changed, body_changed, cell_changed, row_moved, evidence_changed),
    )
}


def tried_in_pack(way, files, rng, path):
    """Make one change and verify: (what, what was said of it, whether any reader sees other files); None for no change."""
    what = way(files, rng, path)
    if what is None:
        return None
    try:
        said = verify_pack.verify(str(path))[0].wrong
    except verify_pack.Unreadable as error:
        said = [str(error)]
    return what, said, bool(said) or packing.unzipped(path) != files
