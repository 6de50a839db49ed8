from django.urls import path

from lantu.ui import views

urlpatterns = [
    path("ui/", views.gallery, name="gallery"),
    path("lang/<slug:code>/", views.choose_language, name="choose_language"),
]
