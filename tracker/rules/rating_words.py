"""The two ratings as paper shows them: a letter or figure beside each word, and what each means. Never colour alone."""

from tracker.choices import Delivery, Impact
from tracker.rules.standing import RatingSettings

# Grey has the letter N ("not yet"): G is green's.
LETTERS: dict[Delivery, str] = {
    Delivery.BLUE: "B",
    Delivery.RED: "R",
    Delivery.AMBER: "A",
    Delivery.GREY: "N",
    Delivery.GREEN: "G",
}
FIGURES: dict[Impact, str] = {Impact.NOT_EVIDENCED: "0", Impact.EMERGING: "1", Impact.EMBEDDED: "2"}
MEANINGS: dict[Delivery, str] = {
    Delivery.BLUE: "signed off by somebody other than its owner",
    Delivery.RED: "open, and its agreed due date has passed",
    Delivery.AMBER: "due within {due_soon} days, no news for {silent} days, not started on time, or lowered by a person",
    Delivery.GREY: "no due date, or not started with time to spare",
    Delivery.GREEN: "under way, in time",
}
GAINS: dict[Impact, str] = {
    Impact.NOT_EVIDENCED: "nobody can show yet that children gain",
    Impact.EMERGING: "first signs that children gain",
    Impact.EMBEDDED: "the gain is shown, and it lasts",
}
SHORT: dict[Delivery, str] = {**{each: str(each.label) for each in Delivery}, Delivery.GREY: "Not yet"}


def meaning(rating: Delivery, thresholds: RatingSettings) -> str:
    """What a delivery rating means where these thresholds hold."""
    return MEANINGS[rating].format(due_soon=thresholds.due_soon_days, silent=thresholds.silent_days)
