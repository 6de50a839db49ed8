from django.urls import path

from lantu.kernel.cases import views

urlpatterns = [
    path("z/<slug:zone>/my-work/", views.work, name="work"),
    path("z/<slug:zone>/my-work/<str:token>.ics", views.calendar, name="work_calendar"),
]
