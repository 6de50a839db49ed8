from django.urls import path

from lantu.kernel.facts import views

urlpatterns = [
    path("z/<slug:zone>/facts/import/", views.import_page, name="facts_import"),
    path("z/<slug:zone>/facts/<int:number>/", views.figure_page, name="figure"),
]
