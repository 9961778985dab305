"""Random single changes to a database and to a pack, each of which verification has to name: `python -m tests.benchmarks.tampering 1000`.

Half are made in a database of every kind of record with its guards off, half in a pack; each is taken back before the
next. Exit status 1 where one was not named. A change of the ZIP's own book-keeping after which every file is as before
has no meaning, and is counted apart.
"""

import os
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

SEED = 20130301
GIVEN_UP = 200  # attempts for one change, where the database's own rules refuse


def main(arguments):
    """Print the figures by kind of change; exit status 1 where one was missed."""
    total = int(arguments[0]) if arguments else 1000
    with tempfile.TemporaryDirectory() as own:
        begin(own)
        counts = {}
        missed = [*bend_database(total // 2, counts), *bend_pack(total - total // 2, counts, Path(own))]
    for name, count in counts.items():
        meaningless = f", {count['meaningless']} without meaning" if count["meaningless"] else ""
        say(
            f"{name:34}{count['named']:5} named{meaningless}{', MISSED ' + str(count['missed']) if count['missed'] else ''}"
        )
    whole = sum(counts.values(), Counter())
    say(f"{'all':34}{whole['named']:5} named, {whole['meaningless']} without meaning, {whole['missed']} missed")
    for what in missed:
        say(f"MISSED {what}")
    return int(bool(missed))


def begin(folder):
    """A demonstration in a folder of its own, with two councils in which everything is there once."""
    os.environ.update({"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings"})
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from tests.factories import begin_demonstration
    from tests.packs import story
    from tests.plenty import plenty
    from tracker.models import Authority, triggers

    call_command("migrate", verbosity=0)
    begin_demonstration()
    plenty(Authority.objects.get(code="STF"), "protection-of-children-staffordshire")
    story.told(Authority.objects.get(code="RTH"))
    triggers.remove(connection)


def bend_database(total, counts):
    """So many changes of the database, each kind in turn; those that were not named."""
    from tests.benchmarks import bending

    rng, ways = random.Random(SEED), bending.in_database()  # noqa: S311  the same changes each time
    return run(total, ways, counts, lambda way: bending.tried_in_database(way, rng), "database: ")


def bend_pack(total, counts, folder):
    """So many changes of a pack, each kind in turn; those that were not named."""
    from tests.benchmarks import bending
    from tests.factories import acting
    from tests.packing import packed
    from tests.packs import story
    from tracker.models import Authority, User

    rng = random.Random(SEED)  # noqa: S311  the same changes each time
    lead = User.objects.get(email="amina.lark@example.org")
    files = packed(Authority.objects.get(code="RTH"), by=acting(lead), at=story.END, confidential=False)
    path = folder / "pack.zip"
    return run(total, bending.IN_PACK, counts, lambda way: bending.tried_in_pack(way, files, rng, path), "pack: ")


def run(total, ways, counts, attempt, where):
    """Try the ways in turn until so many changes were made; what was not named."""
    missed, made, refused = [], 0, Counter()
    while made < total:
        for name, way in ways.items():
            if made == total or refused[name] == GIVEN_UP:
                continue
            told = attempt(way)
            if told is None:
                refused[name] += 1
                continue
            made += 1
            what, said, *means = told
            verdict = "named" if said else "missed" if all(means) else "meaningless"
            counts.setdefault(f"{where}{name}", Counter())[verdict] += 1
            if verdict == "missed":
                missed.append(f"{where}{name}: {what}")
    return missed


def say(line):
    """One line of the figures."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
