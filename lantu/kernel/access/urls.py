from django.urls import path

from lantu.kernel.access import views

urlpatterns = [
    path("z/<slug:zone>/ledger/", views.ledger, name="ledger"),
    path("z/<slug:zone>/seen/", views.seen, name="seen"),
]
