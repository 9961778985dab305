"""The one way in which the house says no."""


class Refused(Exception):
    """A rule, or somebody's rights, stand against what was asked.

    `sentence` is shown to the person as it is. `field` names the input it is about, where there is one,
    so that a form can set the sentence beside it.
    """

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
