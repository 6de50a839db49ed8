"""The catalogue as CKAN's action API tells it, so that tools made for CKAN read it."""

import re
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from lantu import __version__
from lantu.kernel.access.queries import zones
from lantu.services.opendata import queries
from lantu.services.opendata.catalogue import finding
from lantu.services.opendata.catalogue.asking import Unreadable
from lantu.services.opendata.catalogue.given import (
    Given,
    Wrong,
    not_found,
    number,
    part,
    read,
    text,
    truth,
)
from lantu.services.opendata.catalogue.packages import Json, of_zone, package, resource, tag

MOST: Final = 1000
# What CKAN knows and this service never does.
_WRITES: Final = re.compile(
    r"\w+_(?:create|update|delete|patch|purge|revise|upsert|reorder|generate|add|remove|invite)"
    r"|(?:un)?follow_\w+|dashboard_\w+"
)


@csrf_exempt  # a call changes nothing, and programs have no form to take a token from
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, name: str) -> JsonResponse:
    """One call: the parameters are in the address, or in the body as JSON."""
    root = request.build_absolute_uri("/").rstrip("/")
    told: Json = {"help": f"{root}/api/3/action/help_show?name={name}"}
    try:
        found = ACTIONS.get(name)
        if found is None and _WRITES.fullmatch(name):
            raise Wrong(403, "Authorization Error", "Access denied: the catalogue is only read.")
        if found is None:
            raise Wrong(400, "Bad Request", f"Action name not known: {name}")
        result = found(read(request), root)
    except Unreadable as error:
        wrong = Wrong(400, "Search Query Error", f"Search Query is invalid: {error}")
        return JsonResponse({**told, "success": False, "error": wrong.told}, status=wrong.status)
    except Wrong as wrong:
        return JsonResponse({**told, "success": False, "error": wrong.told}, status=wrong.status)
    return JsonResponse({**told, "success": True, "result": result})


@require_safe
def version(request: HttpRequest) -> JsonResponse:
    """By this tools learn that there is a CKAN."""
    return JsonResponse({"version": 3})


def _status(given: Given, root: str) -> Json:
    return {
        "ckan_version": "2.10.0",  # the version whose answers these follow
        "site_url": root,
        "site_title": "蓝图 Lantu",
        "site_description": "",
        "locale_default": "zh_CN",
        "error_emails_to": None,
        "extensions": [],
        "lantu_version": __version__,
    }


def _package_list(given: Given, root: str) -> list[str]:
    """The names of all data sets; `limit` and `offset` give a part of them."""
    return part(given, sorted(one.id for one in queries.datasets()))


def _package_show(given: Given, root: str) -> Json:
    """A data set with its resources, by its `id`, which is its name too."""
    found = queries.dataset(text(given, "id", "name_or_id"))
    if found is None:
        raise not_found()
    return package(found, root)


def _package_search(given: Given, root: str) -> Json:
    """Data sets by `q` and `fq` in the words of Solr, with `sort`, `start`, `rows` and facets."""
    licence = settings.DATA_LICENCE
    start, count = number(given, "start", 0), min(number(given, "rows", 10), MOST)
    found = finding.found(queries.datasets(), given, licence)
    return {
        "count": len(found),
        "start": start,
        "sort": str(given.get("sort") or finding.DEFAULT_SORT),
        **finding.facets(found, given, licence),
        "results": [package(one, root) for one in found[start : start + count]],
    }


def _with_resources(given: Given, root: str) -> list[Json]:
    """Data sets with their resources, the last changed first; at most 1,000 at once."""
    start, count = number(given, "offset", 0), min(number(given, "limit", MOST), MOST)
    found = finding.found(queries.datasets(), {}, settings.DATA_LICENCE)
    return [package(one, root) for one in found[start : start + count]]


def _package_autocomplete(given: Given, root: str) -> list[Json]:
    """Data sets whose name or title holds `q`."""
    wanted = text(given, "q", "incomplete").lower()
    found = [
        {"name": one.id, "title": one.title["zh"], "match_field": field, "match_displayed": said}
        for one in queries.datasets()
        for field, said in [("title", one.title["zh"]), ("name", one.id)]
        if wanted in said.lower()
    ]
    once = list({one["name"]: one for one in reversed(found)}.values())[::-1]
    return once[: number(given, "limit", 10)]


def _resource_show(given: Given, root: str) -> Json:
    """One form of a data set, by its `id`."""
    name, _, place = text(given, "id").rpartition(".")
    found = queries.dataset(name)
    places = {str(at + 1): at for at in range(len(found.distributions) if found else 0)}
    if found is None or place not in places:
        raise not_found("Not found: Resource was not found.")
    return resource(found, places[place], root)


def _resource_search(given: Given, root: str) -> Json:
    """Resources by `query`, such as `format:csv`; several of them must all hold."""
    told = given.get("query")
    wanted = [told] if isinstance(told, str) else told
    if not isinstance(wanted, list) or not wanted or not all(isinstance(x, str) for x in wanted):
        raise Wrong(409, "Validation Error", "Missing value", "query")
    pairs = [one.partition(":")[::2] for one in wanted]
    if not {field for field, _ in pairs} <= {"name", "format", "mimetype", "url", "description"}:
        raise Wrong(409, "Validation Error", "There is no such field", "query")
    found = [
        told
        for one in queries.datasets()
        for at in range(len(one.distributions))
        for told in [resource(one, at, root)]
        if all(words.lower() in told[field].lower() for field, words in pairs)
    ]
    start = number(given, "offset", 0)
    return {"count": len(found), "results": found[start : start + number(given, "limit", MOST)]}


def _organization_list(given: Given, root: str) -> list[Any]:
    """The zones; `all_fields` tells more of each."""
    found = zones()
    if wanted := given.get("organizations"):
        names = wanted if isinstance(wanted, list) else str(wanted).split(",")
        found = [zone for zone in found if zone.slug in names]
    found = part(given, found)
    if not truth(given, "all_fields"):
        return [zone.slug for zone in found]
    return [{**of_zone(one), "package_count": len(queries.datasets(one))} for one in found]


def _organization_show(given: Given, root: str) -> Json:
    """A zone by its `id`; `include_datasets` adds its data sets."""
    wanted = text(given, "id")
    for zone in zones():
        if zone.slug == wanted:
            every = queries.datasets(zone)
            told = {**of_zone(zone), "package_count": len(every), "users": [], "groups": []}
            if truth(given, "include_datasets"):
                told["packages"] = [package(one, root) for one in every[:MOST]]
            return told
    raise not_found()


def _organization_autocomplete(given: Given, root: str) -> list[Json]:
    """Zones whose name or title holds `q`."""
    wanted = str(given.get("q", "")).lower()
    found = [of_zone(one) for one in zones() if wanted in f"{one.slug} {one.zh} {one.en}".lower()]
    return [{key: one[key] for key in ("id", "name", "title")} for one in found]


def _group_show(given: Given, root: str) -> Json:
    """There are no groups: what goes together is told by tags and zones."""
    text(given, "id")
    raise not_found()


def _kinds() -> list[str]:
    return sorted({one.kind for one in queries.datasets()})


def _tag_list(given: Given, root: str) -> list[Any]:
    """The kinds of data sets that there are."""
    wanted = str(given.get("query") or given.get("q") or "").lower()
    found = [name for name in _kinds() if wanted in name]
    return [tag(name) for name in found] if truth(given, "all_fields") else found


def _tag_show(given: Given, root: str) -> Json:
    """A kind of data sets by its `id`; `include_datasets` adds them."""
    wanted = text(given, "id")
    if wanted not in _kinds():
        raise not_found()
    told = tag(wanted)
    if truth(given, "include_datasets"):
        every = [one for one in queries.datasets() if one.kind == wanted]
        told["packages"] = [package(one, root) for one in every[:MOST]]
    return told


def _tag_search(given: Given, root: str) -> Json:
    """Kinds of data sets whose name holds `query`."""
    found = [tag(name) for name in _tag_list({**given, "all_fields": False}, root)]
    return {"count": len(found), "results": part(given, found)}


def _format_autocomplete(given: Given, root: str) -> list[str]:
    """Forms of data whose name holds `q`."""
    wanted = str(given.get("q", "")).lower()
    found = {form.key for one in queries.datasets() for form in one.distributions}
    return sorted(name for name in found if wanted in name)[: number(given, "limit", 5)]


def _licences(given: Given, root: str) -> list[Json]:
    """The licence of all data sets, where one is stated."""
    licence = settings.DATA_LICENCE
    told = {"id": licence, "title": licence, "url": licence, "status": "active"}
    return [told] if licence else []


def _help(given: Given, root: str) -> str:
    """What an action is for, by its `name`."""
    found = ACTIONS.get(text(given, "name"))
    if found is None:
        raise not_found()
    return (found.__doc__ or "See the documentation of CKAN's action API.").strip()


ACTIONS: Final[dict[str, Callable[[Given, str], Any]]] = {
    "site_read": lambda given, root: True,
    "status_show": _status,
    "package_list": _package_list,
    "package_show": _package_show,
    "package_search": _package_search,
    "package_autocomplete": _package_autocomplete,
    "current_package_list_with_resources": _with_resources,
    "resource_show": _resource_show,
    "resource_search": _resource_search,
    "organization_list": _organization_list,
    "organization_show": _organization_show,
    "organization_autocomplete": _organization_autocomplete,
    "organization_list_for_user": lambda given, root: [],
    "group_list": lambda given, root: [],
    "group_show": _group_show,
    "tag_list": _tag_list,
    "tag_show": _tag_show,
    "tag_search": _tag_search,
    "tag_autocomplete": _tag_list,
    "vocabulary_list": lambda given, root: [],
    "format_autocomplete": _format_autocomplete,
    "license_list": _licences,
    "help_show": _help,
}
