from django.urls import path

from lantu.services.plan import views

urlpatterns = [
    path("", views.home, name="home"),
    path("z/<slug:zone>/", views.overview, name="overview"),
    path("z/<slug:zone>/promises/", views.promises, name="promises"),
    path("z/<slug:zone>/promises/<slug:code>/", views.promise, name="promise"),
    path("z/<slug:zone>/contradictions/", views.contradictions, name="contradictions"),
    path("z/<slug:zone>/plans/", views.nested_plans, name="nested_plans"),
    path("z/<slug:zone>/plans/<slug:name>/", views.nested_plan, name="nested_plan"),
    path("z/<slug:zone>/facts/", views.fact_list, name="facts"),
    path("z/<slug:zone>/facts/series/", views.series, name="series"),
    path("z/<slug:zone>/method/", views.method, name="method"),
]
