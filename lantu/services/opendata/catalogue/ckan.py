"""The catalogue as CKAN's action API tells it, so that tools made for CKAN read it."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lantu import __version__
from lantu.kernel.access.models import Zone
from lantu.kernel.access.queries import zones
from lantu.services.opendata import queries
from lantu.services.opendata.queries import Dataset, Distribution

MOST: Final = 1000
Given = Mapping[str, Any]
Json = dict[str, Any]


class Wrong(Exception):
    """A call that cannot be answered: the status, CKAN's name for it, and what is wrong."""

    def __init__(self, status: int, kind: str, message: str, field: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.told: Json = {"__type": kind, "message": message}
        if field:
            self.told = {"__type": kind, field: [message]}


@csrf_exempt  # a call changes nothing, and programs have no form to take a token from
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, name: str) -> JsonResponse:
    """One call: the parameters are in the address, or in the body as JSON."""
    root = request.build_absolute_uri("/").rstrip("/")
    told: Json = {"help": f"{root}/api/3/action/help_show?name={name}"}
    try:
        found = ACTIONS.get(name)
        if found is None:
            raise Wrong(400, "Bad Request", f"Action name not known: {name}")
        result = found(_given(request), root)
    except Wrong as wrong:
        body = {**told, "success": False, "error": wrong.told}
        return JsonResponse(body, status=wrong.status)
    return JsonResponse({**told, "success": True, "result": result})


def _given(request: HttpRequest) -> Given:
    if request.method != "POST" or not request.body:
        return {**request.GET.dict(), **_form(request)}
    if "json" not in (request.content_type or "json"):
        return _form(request)
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise Wrong(400, "Bad Request", "The body is not JSON.") from error
    if not isinstance(found, dict):
        raise Wrong(400, "Bad Request", "The body is not a JSON object.")
    return found


def _form(request: HttpRequest) -> Given:
    return request.POST.dict() if request.method == "POST" else {}


def _text(given: Given, *names: str) -> str:
    """The first of these that is given. Raises Wrong for none."""
    for name in names:
        if found := given.get(name):
            return str(found)
    raise Wrong(409, "Validation Error", "Missing value", names[0])


def _number(given: Given, name: str, otherwise: int) -> int:
    text = str(given.get(name, otherwise))
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise Wrong(409, "Validation Error", "Must be a natural number", name)
    return int(text)


def _truth(given: Given, name: str) -> bool:
    return str(given.get(name, "")).lower() in ("true", "1", "yes")


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
    names = sorted(one.id for one in queries.datasets())
    start = _number(given, "offset", 0)
    return names[start : start + _number(given, "limit", len(names))]


def _package_show(given: Given, root: str) -> Json:
    found = queries.dataset(_text(given, "id", "name_or_id"))
    if found is None:
        raise Wrong(404, "Not Found Error", "Not found")
    return _package(found, root)


def _package(one: Dataset, root: str) -> Json:
    licence = settings.DATA_LICENCE
    return {
        "id": one.id,
        "name": one.id,
        "title": one.title["zh"],
        "title_translated": {"zh_CN": one.title["zh"], "en": one.title["en"]},
        "notes": one.about["zh"],
        "notes_translated": {"zh_CN": one.about["zh"], "en": one.about["en"]},
        "type": "dataset",
        "state": "active",
        "private": False,
        "isopen": False,  # nobody has said that it is, unless a licence is named
        "license_id": licence or "notspecified",
        "license_url": licence or None,
        "url": f"{root}/z/{one.zone}/data/",
        "metadata_modified": None if one.modified is None else _stamp(one),
        "owner_org": one.zone,
        "organization": _organization(one.zone, one.place),
        "groups": [],
        "tags": [{"name": one.kind, "display_name": one.kind, "id": one.kind}],
        "num_tags": 1,
        "num_resources": len(one.distributions),
        "resources": [_resource(one, number, root) for number in range(len(one.distributions))],
        "extras": [
            {"key": "temporal_start", "value": "" if one.first is None else str(one.first)},
            {"key": "temporal_end", "value": "" if one.last is None else str(one.last)},
            {"key": "in_series", "value": one.whole},
        ],
    }


def _stamp(one: Dataset) -> str:
    """CKAN writes UTC without a zone."""
    assert one.modified is not None
    return timezone.localtime(one.modified, timezone.get_fixed_timezone(0)).strftime(
        "%Y-%m-%dT%H:%M:%S.%f"
    )


def _resource(one: Dataset, number: int, root: str) -> Json:
    form: Distribution = one.distributions[number]
    return {
        "id": f"{one.id}.{number + 1}",
        "package_id": one.id,
        "name": form.key,
        "format": form.key.upper(),
        "mimetype": form.media_type,
        "url": root + form.path,
        "position": number,
        "state": "active",
        "conforms_to": form.standard or None,
    }


def _resource_show(given: Given, root: str) -> Json:
    name, _, number = _text(given, "id").rpartition(".")
    found = queries.dataset(name)
    places = {str(place + 1): place for place in range(len(found.distributions) if found else 0)}
    if found is None or number not in places:
        raise Wrong(404, "Not Found Error", "Not found: Resource was not found.")
    return _resource(found, places[number], root)


def _organization(slug: str, words: Mapping[str, str]) -> Json:
    return {
        "id": slug,
        "name": slug,
        "title": words["zh"],
        "title_translated": {"zh_CN": words["zh"], "en": words["en"]},
        "type": "organization",
        "is_organization": True,
        "state": "active",
    }


def _of_zone(zone: Zone) -> Json:
    return _organization(zone.slug, {"zh": zone.zh, "en": zone.en})


def _organization_list(given: Given, root: str) -> list[Any]:
    whole = _truth(given, "all_fields")
    return [_of_zone(zone) if whole else zone.slug for zone in zones()]


def _organization_show(given: Given, root: str) -> Json:
    wanted = _text(given, "id")
    for zone in zones():
        if zone.slug == wanted:
            return {**_of_zone(zone), "package_count": len(queries.datasets(zone))}
    raise Wrong(404, "Not Found Error", "Not found")


def _package_search(given: Given, root: str) -> Json:
    """Words that must all occur, and `fq` with organization, tags and res_format."""
    words = [word for word in str(given.get("q", "")).lower().split() if word not in ("*:*", "*")]
    found = [
        one
        for one in queries.datasets()
        if all(word in _searched(one) for word in words) and _filtered(one, given)
    ]
    start, count = _number(given, "start", 0), min(_number(given, "rows", 10), MOST)
    return {
        "count": len(found),
        "start": start,
        "sort": "zone asc",
        "facets": {},
        "search_facets": {},
        "results": [_package(one, root) for one in found[start : start + count]],
    }


def _searched(one: Dataset) -> str:
    return " ".join((one.id, *one.title.values(), *one.about.values(), one.kind)).lower()


def _filtered(one: Dataset, given: Given) -> bool:
    values = {
        "organization": {one.zone},
        "owner_org": {one.zone},
        "tags": {one.kind},
        "name": {one.id},
        "res_format": {form.key.upper() for form in one.distributions},
    }
    for part in str(given.get("fq", "")).replace("+", " ").split():
        name, _, value = part.partition(":")
        if name not in values:
            raise Wrong(409, "Validation Error", f"There is no field {name[:40]}", "fq")
        if value.strip("\"'()") not in values[name]:
            return False
    return True


def _with_resources(given: Given, root: str) -> list[Json]:
    start, count = _number(given, "offset", 0), min(_number(given, "limit", MOST), MOST)
    return [_package(one, root) for one in queries.datasets()[start : start + count]]


def _tags(given: Given, root: str) -> list[str]:
    return sorted({one.kind for one in queries.datasets()})


def _help(given: Given, root: str) -> str:
    found = ACTIONS.get(_text(given, "name"))
    if found is None:
        raise Wrong(404, "Not Found Error", "Not found")
    return (found.__doc__ or "See the documentation of CKAN's action API.").strip()


ACTIONS: Final[dict[str, Callable[[Given, str], Any]]] = {
    "site_read": lambda given, root: True,
    "status_show": _status,
    "package_list": _package_list,
    "package_show": _package_show,
    "package_search": _package_search,
    "current_package_list_with_resources": _with_resources,
    "resource_show": _resource_show,
    "organization_list": _organization_list,
    "organization_show": _organization_show,
    "group_list": lambda given, root: [],
    "tag_list": _tags,
    "license_list": lambda given, root: [],
    "help_show": _help,
}
