from django.urls import path

from lantu.services.reports.views import opinions, reports

REPORTS, OPINIONS = "z/<slug:zone>/reports/", "z/<slug:zone>/opinions/"

urlpatterns = [
    path(REPORTS, reports.reports, name="reports"),
    path(f"{REPORTS}draft/", reports.draft, name="report_draft"),
    path(f"{REPORTS}<int:number>/", reports.report, name="report"),
    path(f"{REPORTS}<int:number>/as/<slug:form>/", reports.download, name="report_file"),
    path(f"{REPORTS}<int:number>/against/<int:other>/", reports.against, name="report_against"),
    path(f"{REPORTS}<int:number>/do/<slug:act>/", reports.act, name="report_act"),
    path(f"{REPORTS}<int:number>/finished/<int:pk>/", reports.finished, name="report_finished"),
    path(OPINIONS, opinions.opinions, name="opinions"),
    path(f"{OPINIONS}<int:number>/answer/", opinions.answer, name="opinion_answer"),
]
