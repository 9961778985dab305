"""Addresses of the site."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def home(request: HttpRequest) -> HttpResponse:
    """Stands in until the site has its pages."""
    return HttpResponse("home")


urlpatterns = [path("", home, name="home")]
