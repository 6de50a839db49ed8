from django.urls import path

from lantu.services.notices import views

urlpatterns = [
    path("account/notices/", views.wishes, name="wishes"),
    path("z/<slug:zone>/hooks/", views.hooks, name="hooks"),
    path("z/<slug:zone>/hooks/<int:pk>/remove/", views.hook_remove, name="hook_remove"),
]
