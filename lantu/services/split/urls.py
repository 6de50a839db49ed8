from django.urls import path

from lantu.services.split import views

urlpatterns = [
    path("z/<slug:zone>/split/", views.splits, name="splits"),
    path("z/<slug:zone>/split/<slug:code>/", views.split, name="split"),
    path("z/<slug:zone>/split/<slug:code>/<slug:act>/", views.act, name="split_act"),
]
