"""Addresses that machines ask."""

from django.urls import path

from tracker.api import calendar, health

urlpatterns = [
    path("health", health.health, name="health"),
    path("calendar/<str:secret>.ics", calendar.feed, name="calendar-feed"),
]
