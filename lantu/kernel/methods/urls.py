from django.urls import path

from lantu.kernel.methods import views

urlpatterns = [
    path("methods/", views.method_list, name="methods"),
    path("methods/<str:name>/", views.method_page, name="calculation"),
    path("z/<slug:zone>/runs/", views.run_list, name="runs"),
    path("z/<slug:zone>/runs/<int:pk>/", views.run_page, name="run"),
    path(
        "z/<slug:zone>/runs/<int:pk>/since/<int:other>/",
        views.run_difference,
        name="run_difference",
    ),
]
