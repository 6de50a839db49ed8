"""Addresses. A zone's pages begin with /z/<zone>/."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("lantu.ui.urls")),
    path("", include("lantu.kernel.facts.urls")),
    path("", include("lantu.kernel.access.urls")),
    path("", include("lantu.services.plan.urls")),
    path("", include("lantu.services.projects.urls")),
]
