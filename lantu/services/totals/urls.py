from django.urls import path

from lantu.services.totals import views

urlpatterns = [
    path("areas/", views.areas, name="areas"),
    path("areas/<slug:slug>/", views.area, name="area"),
]
