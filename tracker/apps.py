"""Django's entry for the tracker."""

from django.apps import AppConfig


class TrackerConfig(AppConfig):
    """The one application of the project."""

    name = "tracker"
    verbose_name = "Improvement actions"
