"""Forms about what recommendations have in common: their themes, and what was raised before."""

from collections.abc import Iterable
from typing import Any

from django import forms

from tracker.models import Recommendation, Theme
from tracker.web.forms.fields import PageForm


class ThemesForm(PageForm):
    """The themes of each recommendation of a report, one row of boxes a recommendation."""

    def __init__(self, *args: Any, items: Iterable[Recommendation], themes: list[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.themes = {theme.code: theme for theme in themes}
        for item in items:
            self.fields[f"item_{item.pk}"] = forms.MultipleChoiceField(
                label=f"Themes of recommendation {item.number}",
                choices=[(theme.code, theme.title) for theme in themes],
                required=False,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": "Choose from the list"},
            )

    def chosen(self) -> dict[int, list[Theme]]:
        """The themes ticked, by the number of the recommendation."""
        given = (
            (int(name.removeprefix("item_")), codes) for name, codes in self.cleaned_data.items() if "item_" in name
        )
        return {number: [self.themes[code] for code in codes] for number, codes in given}


class RaisedWithForm(PageForm):
    """Another recommendation that says the same."""

    recommendation = forms.TypedChoiceField(
        label="Which recommendation says the same?",
        coerce=int,
        error_messages={"required": "Choose the recommendation", "invalid_choice": "Choose one from the list"},
    )

    def __init__(self, *args: Any, groups: list[tuple[str, list[tuple[int, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["recommendation"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  declared so above
        field.choices = [("", "Choose a recommendation"), *groups]
