"""Cases of what recommendations have in common: their themes, and what was raised before."""

from tests import factories
from tests.services.verb_case import Case
from tracker.choices import EventKind
from tracker.models import Theme
from tracker.services import recurrences, themes

K = EventKind


def with_a_second_report(there):
    there.other = factories.peer_review(there.authority, by=there.lead).recommendations.first()


CASES: dict[str, Case] = {
    "themes.settle": Case(
        K.RECOMMENDATION_THEMED,
        "recommendation",
        lambda t, **m: themes.settle(t.report, {t.recommendation.pk: [Theme.objects.first()]}, **m),
    ),
    "recurrences.settle": Case(
        K.RECURRENCE_SETTLED,
        "recurrence",
        lambda t, **m: recurrences.settle(t.recommendation, t.other, confirmed=True, **m),
        before=with_a_second_report,
    ),
}
