from django.urls import path

from lantu.services.enterprises.views import firms, imports, rounds

FIRMS, EVALUATION = "z/<slug:zone>/firms/", "z/<slug:zone>/evaluation/"

urlpatterns = [
    path(FIRMS, firms.firms, name="firms"),
    path(f"{FIRMS}import/", imports.firms_import, name="firms_import"),
    path(f"{FIRMS}duplicates/", firms.duplicates, name="firm_duplicates"),
    path(f"{FIRMS}map/", firms.firm_map, name="firm_map"),
    path(f"{FIRMS}nurture/", firms.nurture, name="firm_nurture"),
    path(f"{FIRMS}<slug:code>/", firms.firm, name="firm"),
    path(f"{FIRMS}<slug:code>/merge/", firms.merge_firm, name="firm_merge"),
    path(EVALUATION, rounds.evaluation, name="evaluation"),
    path(f"{EVALUATION}start/", rounds.start, name="round_start"),
    path(f"{EVALUATION}<int:pk>/", rounds.round_page, name="round"),
    path(f"{EVALUATION}<int:pk>/run/<int:number>/", rounds.difference, name="difference"),
    path(f"{EVALUATION}<int:pk>/do/<slug:name>/", rounds.act, name="round_act"),
]
