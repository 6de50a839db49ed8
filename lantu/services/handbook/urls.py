from django.urls import path, re_path

from lantu.services.handbook import views

urlpatterns = [
    path("docs/", views.handbook, name="handbook"),
    path("docs/glossary/", views.glossary, name="glossary"),
    path("docs/<slug:name>/", views.page, name="handbook_page"),
    re_path(r"^docs/(?P<name>[\w-]+\.(?:png|svg))$", views.picture, name="handbook_picture"),
    path("guide/", views.guide, name="guide"),
]
