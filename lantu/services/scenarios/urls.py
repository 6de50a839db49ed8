from django.urls import path

from lantu.services.scenarios import views

ROOT = "z/<slug:zone>/scenarios/"

urlpatterns = [
    path(ROOT, views.scenarios, name="scenarios"),
    path(f"{ROOT}begin/", views.begin, name="scenario_begin"),
    path(f"{ROOT}beside/", views.beside, name="scenarios_beside"),
    path(f"{ROOT}ranking/", views.ranking, name="ranking_simulated"),
    path(f"{ROOT}<int:number>/", views.scenario, name="scenario"),
    path(f"{ROOT}<int:number>/pull/<slug:sort>/", views.pull, name="scenario_pull"),
    path(f"{ROOT}<int:number>/take-out/", views.take_out, name="scenario_take_out"),
    path(f"{ROOT}<int:number>/release/", views.release, name="scenario_release"),
]
