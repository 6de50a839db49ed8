from django.urls import path

from lantu.services.assessment import views

ROOT = "z/<slug:zone>/assessment/"

urlpatterns = [
    path(ROOT, views.rounds, name="assessment"),
    path(f"{ROOT}start/", views.start, name="assessment_start"),
    path(f"{ROOT}rules/", views.rules, name="assessment_rules"),
    path(f"{ROOT}appeals/<slug:key>/", views.appeal, name="assessment_appeal"),
    path(f"{ROOT}appeals/<slug:key>/act/", views.appeal_act, name="assessment_appeal_act"),
    path(f"{ROOT}<int:number>/", views.one_round, name="assessment_round"),
    path(f"{ROOT}<int:number>/table.<slug:kind>", views.table, name="assessment_table"),
    path(f"{ROOT}<int:number>/act/", views.act, name="assessment_act"),
    path(f"{ROOT}<int:number>/changes/<int:run>/", views.changes, name="assessment_changes"),
    path(f"{ROOT}<int:number>/<slug:department>/", views.sheet, name="assessment_sheet"),
    path(
        f"{ROOT}<int:number>/<slug:department>/table.<slug:kind>",
        views.sheet_table,
        name="assessment_sheet_table",
    ),
    path(f"{ROOT}<int:number>/<slug:department>/appeal/", views.lodge, name="assessment_lodge"),
]
