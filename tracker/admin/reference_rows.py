"""Reference rows, to read: they are loaded from files, so that every installation has the same."""

from django.contrib import admin

from tracker.admin.base import VerbAdmin
from tracker.admin.site import site
from tracker.models import BankHoliday, ReminderDefault, ReportFamily, Theme


class ReferenceAdmin(VerbAdmin):
    """Open to everybody who may open the admin."""

    sight = None


@admin.register(Theme, site=site)
class ThemeAdmin(ReferenceAdmin):
    """What recommendations are about."""

    list_display = ("title", "code")
    search_fields = ("title", "code")


@admin.register(ReportFamily, site=site)
class ReportFamilyAdmin(ReferenceAdmin):
    """Families of report."""

    list_display = ("title", "first_year", "last_year", "prints_timescale", "prints_publication_date", "by_hand")
    list_filter = ("by_hand", "prints_timescale")
    search_fields = ("title", "statutory_basis")


@admin.register(BankHoliday, site=site)
class BankHolidayAdmin(ReferenceAdmin):
    """Bank holidays in England and Wales."""

    list_display = ("on", "name", "announced", "provisional")
    list_filter = ("provisional",)
    search_fields = ("name",)
    date_hierarchy = "on"
    ordering = ("-on",)


@admin.register(ReminderDefault, site=site)
class ReminderDefaultAdmin(ReferenceAdmin):
    """On which days reminders are owed where an authority has set nothing of its own."""

    list_display = ("kind", "days", "to_whom", "explanation")
