"""The admin's site: Django's own, with its groups in plain order, and without what would go round the verbs.

No model of another package is registered here: what this site shows is what tracker.admin shows.
"""

from typing import Any

from django.contrib import admin
from django.db.models.base import ModelBase
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

GROUPS: dict[str, tuple[str, ...]] = {
    "The plan": ("Action", "Extension", "Evidence"),
    "Reports": ("Intake", "Report", "Recommendation", "StatutoryStep"),
    "The board": ("BoardMeeting", "Challenge"),
    "People and settings": ("User", "Membership", "Authority"),
    "The trail": ("Event",),
    "Reference": ("Theme", "ReportFamily", "BankHoliday", "ReminderDefault"),
}


class ImprovementSite(admin.AdminSite):
    """Lists the records by what they are for. Passwords and sign-out are the site's own."""

    site_header = "Improvement tracker"
    site_title = "Improvement tracker"
    index_title = "Records"
    site_url = "/"
    enable_nav_sidebar = False
    index_template = "admin/tracker/index.html"
    empty_value_display = "–"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only the tracker's own records: the forms that other packages bring would write past the verbs."""
        one = isinstance(model_or_iterable, ModelBase)
        models = [model_or_iterable] if one else model_or_iterable
        super().register([model for model in models if model._meta.app_label == "tracker"], admin_class, **options)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        """The records the person may see, group by group."""
        listed = {entry["object_name"]: entry for app in super().get_app_list(request) for entry in app["models"]}
        groups = [
            {
                "name": title,
                "app_label": f"group-{number}",
                "app_url": "",
                "has_module_perms": True,
                "models": [listed[name] for name in names if name in listed],
            }
            for number, (title, names) in enumerate(GROUPS.items(), 1)
        ]
        return [group for group in groups if group["models"]]

    def app_index(self, request: HttpRequest, app_label: str, extra_context: dict | None = None) -> Any:
        """There is one application, so its own page is the index."""
        return redirect("admin:index")

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> Any:
        """The site's own page changes a password."""
        return redirect("account_change_password")

    def get_urls(self) -> list:
        """Without "view on site", which would look a record up by its number for anybody."""
        return [self._closed(address) for address in super().get_urls()]

    def _closed(self, address):
        if getattr(address, "name", None) == "view_on_site":
            address.callback = self.admin_view(_not_here)
        return address


def _not_here(request: HttpRequest, **parts: str) -> HttpResponse:
    raise Http404


site = ImprovementSite()
site.disable_action("delete_selected")
# Django's own site is a lazy object; what it stands for is this one, so that admin.site is routed and found everywhere.
admin.site._wrapped = site  # type: ignore[attr-defined]
