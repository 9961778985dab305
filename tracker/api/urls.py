"""Addresses that machines ask."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
