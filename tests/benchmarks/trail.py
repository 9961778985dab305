"""How fast the trail is written, on PostgreSQL: `python -m tests.servers postgres -- python -m tests.benchmarks.trail [EVENTS]`.

Eight writers, each on an authority of its own, beside the same events inserted without a chain: the same bodies in the
same transaction, but no lock, no clock read under it, no hash of the event before, no head moved on. Then all eight on
one authority, where they wait for one another, and one writer with nobody beside. Each figure is the median of rounds in turns, so that both meet the same machine.
"""

import os
import sys
import tempfile
import time
from multiprocessing import get_context
from statistics import median, quantiles

WRITERS = 8
EVENTS = int(sys.argv[1]) if sys.argv[1:] else 150  # each writer writes in a round
ROUNDS = 5
LEAST, LEAST_ALONE = 0.6, 200


def main():
    """Print the figures; exit status 1 where one misses its aim."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        say("This is measured on PostgreSQL: python -m tests.servers postgres -- python -m tests.benchmarks.trail")
        return 2
    with tempfile.TemporaryDirectory() as own:
        os.environ.update({"VAR_DIR": own, "DJANGO_SETTINGS_MODULE": "config.settings"})
        places = begin()
        return measure(places)


def begin():
    """A real installation (its clock is the database's); a report, a lead and a first event for each of the places."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from tests import factories
    from tracker.choices import Family, Role
    from tracker.models import Authority
    from tracker.services import memberships, people, plan

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0, stdout=open(os.devnull, "w"))  # noqa: SIM115, PTH123
    places = []
    for number, place in enumerate(Authority.objects.filter(ended_on=None).order_by("code")[:WRITERS]):
        now, house = timezone.now(), factories.house()
        lead = people.add_person(email=f"lead-{number}@example.org", name=f"Lead {number}", by=house, at=now)
        memberships.grant_membership(user=lead, authority=place, role=Role.LEAD, by=house, at=now)
        about = {"family": Family.PEER_REVIEW, "title": "Peer review", "texts": ("see every child alone",)}
        day = {"issued_on": now.date(), "source": "the letter"}
        report = plan.enter_by_hand(authority=place, **about, **day, by=factories.acting(lead), at=now)
        places.append((place, report.recommendations.get().actions.get(), lead))
    return places


def measure(places):
    """All figures in turns; exit status 1 where one misses its aim."""
    chained, unchained, together, alone, waits, waits_alone = [], [], [], [], [], []
    together_at = [places[0]] * WRITERS
    for _ in range(ROUNDS):
        unchained.append(rate(bare, places)[0])
        chained.append(rate(recorded, places)[0])
        for found, held, at in ((together, waits, together_at), (alone, waits_alone, places[:1])):
            figure, took = rate(recorded, at)
            found.append(figure)
            held += took
        rounds = f"{unchained[-1]:.0f} unchained, {chained[-1]:.0f} chained, {together[-1]:.0f} on one, {alone[-1]:.0f} alone"
        say(f"  a round: {rounds}")
    ratio = median(one / other for one, other in zip(chained, unchained, strict=True))
    say(f"{WRITERS} writers, {EVENTS} events each, median of {ROUNDS} rounds, {os.cpu_count()} processors")
    say(f"unchained:                       {median(unchained):7.0f} events a second")
    say(f"chained, an authority each:      {median(chained):7.0f} events a second")
    say(f"ratio:                           {ratio:7.2f} (at least {LEAST})")
    say(f"all of them on one authority:    {told(together, waits)} (at least {LEAST_ALONE} a second)")
    say(f"one writer, nobody beside:       {told(alone, waits_alone)}")
    for name, words in (("bare", "unchained"), ("recorded", "chained")):
        say(f"our own processor time, {words + ':':10} {median(PROCESSOR[name]):6.2f} ms an event")
    return int(ratio < LEAST or median(together) < LEAST_ALONE)


def told(rates, waits):
    """A rate with the time in which 95 of 100 events were written."""
    return f"{median(rates):7.0f} events a second, p95 {1000 * quantiles(waits, n=20)[-1]:.1f} ms"


def rate(write, places):
    """Events a second of these writers together, each a process of its own; and how long each event took, in seconds."""
    from django.db import connection

    connection.close()  # or the children would share it
    forked = get_context("fork")
    ready, answers = forked.Barrier(len(places) + 1), forked.SimpleQueue()
    writers = [forked.Process(target=writer, args=(write, *place, ready, answers)) for place in places]
    for each in writers:
        each.start()
    ready.wait(timeout=30)
    before = time.perf_counter()
    told = [answers.get() for _ in writers]
    seconds = time.perf_counter() - before
    for each in writers:
        each.join()
    PROCESSOR.setdefault(write.__name__, []).append(1000 * sum(spent for _, spent in told) / (len(places) * EVENTS))
    return len(places) * EVENTS / seconds, [each for took, _ in told for each in took]


def writer(write, place, action, lead, ready, answers):
    """One writer's events, one after the other, each in a transaction of its own."""
    from tests.factories import acting

    by, took = acting(lead), []
    write(place, action, by)  # the connection is open and everything is loaded before the clock starts
    ready.wait(timeout=30)
    worked = time.process_time()
    for _ in range(EVENTS):
        before = time.perf_counter()
        write(place, action, by)
        took.append(time.perf_counter() - before)
    answers.put((took, time.process_time() - worked))


def recorded(place, action, by):
    """One event as a verb writes it."""
    from django.db import transaction
    from django.utils import timezone

    from tracker.choices import EventKind
    from tracker.services import trail

    with transaction.atomic():
        trail.record(EventKind.ACTION_EDITED, action, chain=place, by=by, at=timezone.now())


def bare(place, action, by):
    """The same event and body by the same statements, bound to nothing: places beyond all others keep them apart."""
    from django.db import connection, transaction
    from django.utils import timezone

    from tracker.choices import EventKind
    from tracker.services import trail, trail_rows

    with transaction.atomic():
        told = {"actor": trail._actor(by, place), "reason": "", "details": {}, "state": action.trail_state()}
        body = trail._body(0, "action", action.pk, told)
        about = [EventKind.ACTION_EDITED, "action", action.pk, by.user.pk, by.channel, by.request_id, body.hash, "", ""]
        event = [1, place.chain.pk, time.time_ns(), timezone.now(), *about]
        with connection.cursor() as cursor:
            body.chain_id = place.chain.pk
            body.event_id = trail_rows._inserted(
                cursor, trail_rows._insert(trail_rows.EVENT, trail_rows.EVENT_COLUMNS, 1), event
            )
            values = [getattr(body, name) for name in trail_rows.BODY_COLUMNS]
            cursor.execute(trail_rows._insert(trail_rows.BODY, trail_rows.BODY_COLUMNS, 1), values)


PROCESSOR = {}  # milliseconds an event of this process, which a busy machine changes little


def say(line):
    """One line of the figures."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
