"""Addresses. A zone's pages begin with /z/<zone>/."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
]
