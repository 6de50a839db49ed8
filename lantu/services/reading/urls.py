from django.urls import path

from lantu.services.reading import views

urlpatterns = [
    path("z/<slug:zone>/reading/", views.readings, name="readings"),
    path("z/<slug:zone>/reading/receive/", views.receive, name="reading_receive"),
    path(
        "z/<slug:zone>/reading/place/<slug:sha256>/<int:start>/<int:end>/",
        views.place,
        name="reading_place",
    ),
    path("z/<slug:zone>/reading/<int:pk>/", views.desk, name="reading"),
    path("z/<slug:zone>/reading/<int:pk>/again/", views.again, name="reading_again"),
    path("z/<slug:zone>/reading/<int:pk>/act/", views.act, name="reading_act"),
    path("z/<slug:zone>/reading/<int:pk>/add/", views.add, name="reading_add"),
    path("z/<slug:zone>/reading/<int:pk>/all/", views.act_on_all, name="reading_all"),
    path("z/<slug:zone>/reading/<int:pk>/draft/<int:draft>/", views.draft, name="reading_draft"),
    path("z/<slug:zone>/reading/<int:pk>/confirm/", views.confirm, name="reading_confirm"),
    path("z/<slug:zone>/reading/<int:pk>/load/", views.load, name="reading_load"),
    path("z/<slug:zone>/reading/<int:pk>/versions/", views.versions, name="reading_versions"),
]
