"""How fast the trail is written, on PostgreSQL: `python -m tests.servers postgres -- python -m tests.benchmarks.trail [EVENTS]`.

Eight writers, each on an authority of its own, beside the same events inserted without a chain: the same bodies in the
same transaction, but no lock, no clock read under it, no hash of the event before, no head moved on. Then all eight on
one authority, and one writer alone. Each figure is the median of rounds in turns, so that both meet the same machine.
"""

import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
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
    chained, unchained, together, alone, waits = [], [], [], [], []
    together_at = [places[0]] * WRITERS
    for _ in range(ROUNDS):
        unchained.append(rate(bare, places)[0])
        chained.append(rate(recorded, places)[0])
        together.append(rate(recorded, together_at)[0])
        figure, took = rate(recorded, places[:1])
        alone.append(figure)
        waits += took
        rounds = f"{unchained[-1]:.0f} unchained, {chained[-1]:.0f} chained, {together[-1]:.0f} on one, {alone[-1]:.0f} alone"
        say(f"  a round: {rounds}")
    ratio = median(one / other for one, other in zip(chained, unchained, strict=True))
    p95 = 1000 * quantiles(waits, n=20)[-1]
    say(f"{WRITERS} writers, {EVENTS} events each, median of {ROUNDS} rounds, {os.cpu_count()} processors")
    say(f"unchained:                       {median(unchained):7.0f} events a second")
    say(f"chained, an authority each:      {median(chained):7.0f} events a second")
    say(f"ratio:                           {ratio:7.2f} (at least {LEAST})")
    say(f"chained, all on one authority:   {median(together):7.0f} events a second")
    say(
        f"one writer on one authority:     {median(alone):7.0f} events a second (at least {LEAST_ALONE}), p95 {p95:.1f} ms"
    )
    for name, words in (("bare", "unchained"), ("recorded", "chained")):
        say(f"our own processor time, {words + ':':10} {median(PROCESSOR[name]):6.2f} ms an event")
    return int(ratio < LEAST or median(alone) < LEAST_ALONE)


def rate(write, places):
    """Events a second of these writers together, and how long each event took, in seconds."""
    with ThreadPoolExecutor(len(places)) as pool:
        list(pool.map(connected, range(len(places) * 4)))
        before, worked = time.perf_counter(), time.process_time()
        took = [each for some in pool.map(lambda place: writer(write, *place), places) for each in some]
        spent = 1000 * (time.process_time() - worked) / (len(places) * EVENTS)
        PROCESSOR.setdefault(write.__name__, []).append(spent)
        return len(places) * EVENTS / (time.perf_counter() - before), took


def connected(_):
    """A connection of the thread's own is open before the clock starts."""
    from django.db import connection

    connection.ensure_connection()
    time.sleep(0.01)


def writer(write, place, action, lead):
    """One writer's events, one after the other, each in a transaction of its own."""
    from django.db import connection

    from tests.factories import acting

    by, took = acting(lead), []
    for _ in range(EVENTS):
        before = time.perf_counter()
        write(place, action, by)
        took.append(time.perf_counter() - before)
    connection.close()
    return took


def recorded(place, action, by):
    """One event as a verb writes it."""
    from django.db import transaction
    from django.utils import timezone

    from tracker.choices import EventKind
    from tracker.services import trail

    with transaction.atomic():
        trail.record(EventKind.ACTION_EDITED, action, chain=place, by=by, at=timezone.now())


def bare(place, action, by):
    """The same event and body in the same tables, bound to nothing: places beyond all others keep them apart."""
    from django.db import transaction
    from django.utils import timezone

    from tracker.choices import EventKind
    from tracker.models import Event, EventBody
    from tracker.services import trail

    with transaction.atomic():
        told = {"actor": trail._actor(by, place), "reason": "", "details": {}, "state": action.trail_state()}
        row = trail._body(0, "action", action.pk, told)
        row.event = Event.objects.create(
            format=1,
            chain_id=place.chain.pk,
            sequence=next(PLACES),
            recorded_at=timezone.now(),
            kind=EventKind.ACTION_EDITED,
            subject_type="action",
            subject_id=action.pk,
            actor_id=by.user.pk,
            channel=by.channel,
            request_id=by.request_id,
            body_hash=row.hash,
            previous_hash="",
            hash="",
        )
        EventBody.objects.bulk_create([row])


PROCESSOR = {}  # milliseconds an event of this process, which a busy machine changes little
PLACES = iter(range(10**9, 2 * 10**9))


def say(line):
    """One line of the figures."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
