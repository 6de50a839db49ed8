from django.urls import path

from lantu.kernel.methods import views

urlpatterns = [
    path("methods/", views.method_list, name="methods"),
    path("methods/<str:name>/", views.method_page, name="calculation"),
]
