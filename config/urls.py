"""Addresses of the project: each edge brings its own list."""

from django.urls import include, path

from tracker.admin.site import site

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("admin/", site.urls),
    path("", include("tracker.web.urls")),
    path("", include("tracker.api.urls")),
]
