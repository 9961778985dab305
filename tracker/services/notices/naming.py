"""What the rows of the ledger are about, as people say it."""

from collections.abc import Iterable

from tracker.models import Action, Authority, BoardMeeting, Erasure, StatutoryStep
from tracker.rules.written_dates import short_date
from tracker.services.notices.addressing import Owing


def names(owings: Iterable[Owing]) -> dict[tuple[str, int], str]:
    """What each row is about, as people say it: an action's reference, a step, a meeting, a council.

    Of an erasure no more is said: what it is about stands on its own page.
    """
    about: dict[str, set[int]] = {}
    for owing in owings:
        about.setdefault(owing.subject, set()).add(owing.number)
    actions = Action.objects.filter(pk__in=about.get(Action.trail_type(), ())).values_list("pk", "reference")
    steps = StatutoryStep.objects.filter(pk__in=about.get(StatutoryStep.trail_type(), ())).select_related("report")
    meetings = BoardMeeting.objects.filter(pk__in=about.get(BoardMeeting.trail_type(), ()))
    places = Authority.objects.filter(pk__in=about.get(Authority.trail_type(), ()))
    return {
        **{(Action.trail_type(), pk): str(reference) for pk, reference in actions},
        **{(StatutoryStep.trail_type(), each.pk): f"{each.get_step_display()}, {each.report}" for each in steps},
        **{(Erasure.trail_type(), number): "Erasure" for number in about.get(Erasure.trail_type(), ())},
        **{(Authority.trail_type(), each.pk): each.short_name for each in places},
        **{(BoardMeeting.trail_type(), each.pk): f"Board meeting of {short_date(each.held_on)}" for each in meetings},
    }
