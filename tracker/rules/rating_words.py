"""Both ratings in words, letters and colours: the same on every page, in every picture and on paper."""

from tracker.choices import Delivery, Impact
from tracker.rules.standing import RatingSettings

# Letter and colour of each rating. Grey has the letter N ("not yet"): G is green's.
DELIVERY: dict[Delivery, tuple[str, str]] = {
    Delivery.BLUE: ("B", "blue"),
    Delivery.RED: ("R", "red"),
    Delivery.AMBER: ("A", "orange"),
    Delivery.GREY: ("N", "grey"),
    Delivery.GREEN: ("G", "green"),
}
SHORT: dict[Delivery, str] = {**{each: str(each.label) for each in Delivery}, Delivery.GREY: "Not yet"}
MEANING: dict[Delivery, str] = {
    Delivery.BLUE: "signed off by somebody other than its owner",
    Delivery.RED: "open, and its agreed due date has passed",
    Delivery.AMBER: "due within {due_soon} days, no news for {silent} days, not started on time, or lowered by a person",
    Delivery.GREY: "no due date, or not started with time to spare",
    Delivery.GREEN: "under way, in time",
}
IMPACT: dict[Impact, tuple[str, str]] = {
    Impact.NOT_EVIDENCED: ("0", "nobody can show yet that children gain"),
    Impact.EMERGING: ("1", "first signs that children gain"),
    Impact.EMBEDDED: ("2", "the gain is shown, and it lasts"),
}


def meaning(value: Delivery, thresholds: RatingSettings | None = None) -> str:
    """What a delivery rating means, in words, with the thresholds that hold there."""
    chosen = thresholds or RatingSettings()
    return MEANING[value].format(due_soon=chosen.due_soon_days, silent=chosen.silent_days)
