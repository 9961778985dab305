"""The admin's site: Django's own, with its groups in plain order, and without what would go round the verbs."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from tracker.admin import dashboard
from tracker.admin.asking import OwnFieldsAutocomplete

GROUPS: dict[str, tuple[str, ...]] = {
    "The plan": ("Action", "Extension", "Evidence"),
    "Reports": ("Intake", "Report", "Recommendation", "StatutoryStep"),
    "The board": ("BoardMeeting", "Challenge", "Pack"),
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

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> Any:
        """The records, below what waits for somebody."""
        shown = {"waiting": dashboard.waiting(request), "house": dashboard.house(request)}
        return super().index(request, {**shown, **(extra_context or {})})

    def app_index(self, request: HttpRequest, app_label: str, extra_context: dict | None = None) -> Any:
        """There is one application, so its own page is the index."""
        return redirect("admin:index")

    def autocomplete_view(self, request: HttpRequest) -> Any:
        """The records of which a field offers some, found by words."""
        return OwnFieldsAutocomplete.as_view(admin_site=self)(request)

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


# Other packages register their records with Django's own site, which has no address here: their forms would write
# past the verbs.
site = ImprovementSite()
site.disable_action("delete_selected")
# The admin has no sign-in of its own: whoever goes there passes the site's, with its lockout.
site.login = secure_admin_login(site.login)  # type: ignore[method-assign]
