from django.urls import path

from lantu.services.appraisal import views

ROOT = "z/<slug:zone>/appraisals/"

urlpatterns = [
    path(ROOT, views.appraisals, name="appraisals"),
    path(f"{ROOT}write/<slug:sort>/", views.write, name="appraisal_write"),
    path(f"{ROOT}<slug:key>/", views.appraisal, name="appraisal"),
    path(f"{ROOT}<slug:key>/act/", views.act, name="appraisal_act"),
]
