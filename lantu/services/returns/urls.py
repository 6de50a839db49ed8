from django.urls import path

from lantu.services.returns import views

urlpatterns = [
    path("z/<slug:zone>/returns/", views.returns, name="returns"),
    path("z/<slug:zone>/returns/issue/", views.issue, name="returns_issue"),
    path("z/<slug:zone>/returns/lock/", views.lock, name="returns_lock"),
    path("z/<slug:zone>/returns/<slug:key>/", views.data_return, name="data_return"),
    path("z/<slug:zone>/returns/<slug:key>/template.xlsx", views.template, name="return_template"),
    path("z/<slug:zone>/returns/<slug:key>/upload/", views.upload, name="return_upload"),
    path("z/<slug:zone>/returns/<slug:key>/evidence/", views.evidence, name="return_evidence"),
    path("z/<slug:zone>/returns/<slug:key>/act/", views.act, name="return_act"),
]
