from django.urls import path, re_path

from lantu.services.opendata import embeds, feeds, views
from lantu.services.opendata.catalogue import ckan
from lantu.services.opendata.sdmx import answers

urlpatterns = [
    path("z/<slug:zone>/data/", views.data, name="data"),
    path("z/<slug:zone>/data/schema.jsonld", views.schema, name="data_schema"),
    path("z/<slug:zone>/data/datapackage.json", views.package, name="data_package"),
    path("z/<slug:zone>/data/findings.csv", views.findings, name="data_findings"),
    path("z/<slug:zone>/news.atom", feeds.news, name="news"),
    path("z/<slug:zone>/due.ics", feeds.due, name="due"),
    path("z/<slug:zone>/projects.oc4ids.json", views.projects, name="oc4ids"),
    path("z/<slug:zone>/promises/<slug:code>/embed/", embeds.embed, name="promise_embed"),
    path("oembed", embeds.oembed, name="oembed"),
    path("catalog", views.catalog, name="catalog_chosen"),
    re_path(r"^catalog\.(?P<form>ttl|jsonld|rdf)\Z", views.catalog, name="catalog"),
    path("api/3", ckan.version, name="ckan_version"),
    path("api/3/action/<slug:name>", ckan.act, name="ckan"),
    # CKAN's own client leaves the version out.
    path("api/action/<slug:name>", ckan.act, name="ckan_unversioned"),
    re_path(r"^sdmx/structure(?:/(?P<path>.*))?\Z", answers.structure, name="sdmx_structure"),
    path("sdmx/data/<path:path>", answers.observations, name="sdmx_data"),
    path("sdmx/schema/<path:path>", answers.schema, name="sdmx_schema"),
    path("sdmx/availability/<path:path>", answers.availability, name="sdmx_availability"),
    path("sdmx/<path:path>", answers.other, name="sdmx_other"),
]
