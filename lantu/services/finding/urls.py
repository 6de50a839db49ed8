from django.urls import path

from lantu.services.finding import views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search.json", views.search_json, name="search_json"),
    path("z/<slug:zone>/search/", views.search, name="zone_search"),
]
