"""Addresses that machines ask."""

from django.urls import path

from tracker.api import health

urlpatterns = [path("health", health.health, name="health")]
