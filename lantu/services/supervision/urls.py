from django.urls import path

from lantu.services.supervision import views

ROOT = "z/<slug:zone>/supervision/"

urlpatterns = [
    path(ROOT, views.board, name="supervision"),
    path(f"{ROOT}pending/", views.pending, name="supervision_pending"),
    path(f"{ROOT}warnings/<int:pk>/", views.warning, name="supervision_warning"),
    path(f"{ROOT}warnings/<int:pk>/answer/", views.answer, name="supervision_answer"),
    path(f"{ROOT}warnings/<int:pk>/order/", views.order_for, name="supervision_order_for"),
    path(f"{ROOT}orders/<slug:key>/", views.order, name="supervision_order"),
    path(f"{ROOT}orders/<slug:key>/act/", views.act, name="supervision_act"),
    path(f"{ROOT}orders/<slug:key>/evidence/", views.evidence, name="supervision_evidence"),
    path(f"{ROOT}evidence/<str:sha256>/", views.file, name="supervision_file"),
]
