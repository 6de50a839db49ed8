from django.urls import path

from lantu.services.opendata.sdmx import answers

urlpatterns = [
    path("sdmx/structure/<path:path>", answers.structure, name="sdmx_structure"),
    path("sdmx/data/<path:path>", answers.observations, name="sdmx_data"),
    path("sdmx/<path:path>", answers.other, name="sdmx_other"),
]
