from django.urls import path

from lantu.services.departments import views

urlpatterns = [
    path("z/<slug:zone>/departments/", views.departments, name="departments"),
    path("z/<slug:zone>/departments/<slug:code>/", views.department, name="department"),
]
