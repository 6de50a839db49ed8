from django.urls import path

from lantu.services.environment import views

urlpatterns = [
    path("z/<slug:zone>/air/", views.air, name="air"),
    path("z/<slug:zone>/air/import/", views.import_page, name="air_import"),
    path("z/<slug:zone>/air/publish/", views.publish, name="air_publish"),
    path("z/<slug:zone>/air/station/<slug:code>/", views.station, name="air_station"),
    path("z/<slug:zone>/air/day/<str:day>/", views.day, name="air_day"),
    path("z/<slug:zone>/air/station/<slug:code>/<str:day>/", views.day, name="air_station_day"),
    path("z/<slug:zone>/water/", views.water, name="water"),
    path("z/<slug:zone>/water/<slug:code>/<str:month>/", views.water_sample, name="water_sample"),
    path("z/<slug:zone>/water/import/", views.water_import, name="water_import"),
    path("z/<slug:zone>/energy/", views.energy, name="energy"),
]
