"""The page of open data, and the catalogue as files. They only join."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lantu.kernel.access.models import Zone
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.commitments.views import version
from lantu.kernel.facts.export import table_response
from lantu.services.opendata import queries
from lantu.services.opendata.catalogue.datapackage import data_package
from lantu.services.opendata.catalogue.dcat import FORMS, dcat
from lantu.services.opendata.catalogue.schema_org import schema_org
from lantu.services.opendata.sdmx.forms import ranked
from lantu.ui.pages import draw, language

SERIES = 100  # of a page of the list


def _root(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


@require_safe
def data(request: HttpRequest, zone: str) -> HttpResponse:
    """All that other systems can read of a zone, and what each is for."""
    found = get_object_or_404(Zone, slug=zone)
    asked = request.GET.get("page", "")
    # Six digits at most: no offset that a database cannot count to.
    page = max(int(asked), 1) if asked.isdecimal() and len(asked) < 7 else 1
    start, root = (page - 1) * SERIES, _root(request)
    return draw(
        request,
        "opendata/data.html",
        zone=found,
        view="data",
        wholes=SimpleLazyObject(lambda: queries.wholes(found)),
        # One more than is shown tells whether there is a next page, without counting all.
        series=SimpleLazyObject(lambda: queries.series(found, start=start, most=SERIES + 1)),
        most=f":{SERIES}",
        rest=SERIES,
        before=f"?page={page - 1}#series" if page > 1 else "",
        after=f"?page={page + 1}#series",
        kept_as=[version(zone), language(), page, root, settings.DATA_LICENCE],
        root=root,
        markup=SimpleLazyObject(lambda: _markup(queries.wholes(found), root)),
        licence=settings.DATA_LICENCE,
        ways=SimpleLazyObject(lambda: queries.ways(found)),
    )


def _markup(found: Sequence[queries.Dataset], root: str) -> str:
    """The data sets as search engines read them in a page; nothing in it ends the element."""
    told = schema_org(found, root, licence=settings.DATA_LICENCE)
    return mark_safe(json.dumps(told, ensure_ascii=False).replace("<", r"\u003c"))  # noqa: S308


@require_safe
def catalog(request: HttpRequest, form: str = "") -> HttpResponse:
    """The catalogue of all zones as DCAT: in the form of its ending, else in the one asked for."""
    name = _FILES.get(form) or _wanted(request.headers.get("Accept", ""))
    if not name:
        told = _("Offered are: %(forms)s.") % {"forms": ", ".join(FORMS.values())}
        response = HttpResponse(told, status=406, content_type="text/plain; charset=utf-8")
    else:
        text = catalogue_text(name, _root(request), settings.DATA_LICENCE, queries.state())
        response = HttpResponse(text, content_type=FORMS[name])
    if not form:
        patch_vary_headers(response, ["Accept"])
    return response


@lru_cache(maxsize=4)
def catalogue_text(form: str, root: str, licence: str, state: str) -> str:
    """The catalogue as text, which stays until a zone has another state.

    To write it takes a second for each few hundred series, and anybody may ask for it.
    """
    return dcat(queries.datasets(), root, licence=licence).serialize(format=form)


_FILES: Final = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}


def _wanted(accept: str) -> str:
    """The name of the form of the catalogue that is wanted most; empty where none is offered."""
    for _weight, kind, _version in ranked(accept or "*/*"):
        for name, whole in FORMS.items():
            if kind in ("*/*", whole.partition(";")[0]):
                return name
    return ""


@require_safe
def schema(request: HttpRequest, zone: str) -> HttpResponse:
    """A zone's data sets for search engines; the page links to it."""
    found = queries.datasets(get_object_or_404(Zone, slug=zone))
    told = schema_org(found, _root(request), licence=settings.DATA_LICENCE)
    text = json.dumps(told, ensure_ascii=False)
    return HttpResponse(text, content_type="application/ld+json")


@require_safe
def package(request: HttpRequest, zone: str) -> HttpResponse:
    """A zone's tables as a Data Package."""
    found = get_object_or_404(Zone, slug=zone)
    told = data_package(
        found,
        queries.wholes(found),
        queries.flows(found),
        _root(request),
        licence=settings.DATA_LICENCE,
    )
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type="application/json")


@require_safe
def findings(request: HttpRequest, zone: str) -> HttpResponse:
    """What the plan's own arithmetic says, as a table."""
    found = get_object_or_404(Zone, slug=zone)
    heads = ["plan", "id", "rule", "result", "severity", "message_zh", "message_en", "stated",
             "computed", "codes"]  # fmt: skip
    rows = [
        [
            plan.name, one.id, one.rule, one.result, one.severity, one.message["zh"],
            one.message["en"], one.stated, one.computed, " ".join(one.codes),
        ]
        for plan in commitments.plans(found)
        for one in commitments.findings(plan.name)
    ]  # fmt: skip
    return table_response(heads, rows, kind="csv", name=f"{found.slug}-findings")


@require_safe
def projects(request: HttpRequest, zone: str) -> HttpResponse:
    """The zone's projects as OC4IDS; not found where it has none, for no package may be empty."""
    found = get_object_or_404(Zone, slug=zone)
    package = queries.oc4ids(
        found, _root(request), licence=settings.DATA_LICENCE, prefix=settings.OC4IDS_PREFIX
    )
    if package is None:
        raise Http404("No plan of this zone names a project.")
    text = json.dumps(package, ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/json")
