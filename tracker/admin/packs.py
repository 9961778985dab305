"""Board packs in the admin: to look at. They are asked for, tried again and downloaded on the site."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tracker.admin.base import VerbAdmin
from tracker.admin.site import site
from tracker.models import Pack
from tracker.rules.roles import Ability


@admin.register(Pack, site=site)
class PackAdmin(VerbAdmin):
    """Who asked for what, how far it has come, and why there is none."""

    sight = Ability.EXPORT
    list_display = (
        "__str__",
        "authority",
        "confidential",
        "files",
        "state",
        "words",
        "asked_by",
        "asked_at",
        "made_at",
    )
    list_filter = ("authority", "state", "confidential")
    search_fields = ("sha256", "head")
    ordering = ("-asked_at",)
    list_select_related = ("authority", "asked_by")
    exclude = ("file", "fingerprint", "claims")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Nothing is changed here."""
        hidden = set(self.exclude or ())
        return [field.name for field in Pack._meta.concrete_fields if field.name not in hidden | {"id"}]
