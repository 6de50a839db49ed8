from django.urls import path

from lantu.services.projects import views

urlpatterns = [
    path("z/<slug:zone>/projects/", views.projects, name="projects"),
    path("z/<slug:zone>/projects/<slug:code>/", views.project, name="project"),
]
