from django.urls import path

from lantu.services.comparing import views

urlpatterns = [
    path("z/<slug:zone>/compare/", views.compare_days, name="compare_days"),
    path("zones/compare/", views.compare_zones, name="compare_zones"),
]
