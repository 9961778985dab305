"""Forms about what an action has brought: both ratings, measures of impact, the second look."""

from django import forms

from tracker.choices import CheckOutcome, Impact
from tracker.web.forms.fields import PageForm, VersionedForm, day, line, words

FIGURE_HINT = "For example 82%, 14 of 20, or 31 days."


class RatingReasonForm(VersionedForm):
    """Why a rating is lowered, or speaks again."""

    reason = words("Reason", hint="It is shown on the action’s page and kept in the history.", rows=3)


class ImpactForm(VersionedForm):
    """How far children can be shown to have gained, and what that rests on."""

    impact = forms.ChoiceField(
        label="How far can children be shown to have gained?",
        choices=[
            (Impact.NOT_EVIDENCED, "Not yet evidenced: nobody can show yet that children gain"),
            (Impact.EMERGING, "Emerging: first signs that children gain"),
            (Impact.EMBEDDED, "Embedded: the gain is shown, and it lasts"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how far children can be shown to have gained"},
    )
    reason = words(
        "What does this rest on?",
        hint="For example an audit, what children said, a measure. It is shown beside the rating.",
        rows=4,
    )


class ChangeMeasureForm(PageForm):
    """What a measure is called, where it began and where it should go."""

    name = line("What is measured?", hint="For example: children seen alone at each visit.", max_length=200)
    baseline = line("Where did it begin? (optional)", hint=FIGURE_HINT, max_length=100)
    target = line("Where should it go? (optional)", hint=FIGURE_HINT, max_length=100)


class MeasureForm(ChangeMeasureForm):
    """A new measure, with its figure where there is one."""

    current = line("Where is it now? (optional)", hint=FIGURE_HINT, max_length=100)
    as_at = day("As at which day? (needed with a figure)")


class FigureForm(PageForm):
    """A measure's latest figure."""

    current = line("Where is it now?", hint=FIGURE_HINT, required="Enter the figure.", max_length=100)
    as_at = day("As at which day?", required="Say as at which day the figure stands.")


class LookForm(VersionedForm):
    """What a second look at a closed action found."""

    outcome = forms.ChoiceField(
        label="What was found?",
        choices=[
            (CheckOutcome.HELD, "The change has held: it stays closed"),
            (CheckOutcome.SLIPPED, "The change has slipped: it is reopened"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what was found"},
    )
    note = words("In words", hint="What you looked at, and what it showed.", rows=5)
    new_due = day("If it has slipped: the new due date", hint="The original due date stays. For example, 27 3 2027")
