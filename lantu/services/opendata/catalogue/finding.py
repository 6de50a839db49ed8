"""Finding data sets as CKAN's package_search does: questions, order and facets."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any, Final

from lantu.services.opendata.catalogue.asking import TEXT, Unreadable, Values, asked
from lantu.services.opendata.queries import Dataset

Json = dict[str, Any]
DEFAULT_SORT: Final = "score desc, metadata_modified desc"
_FACETS: Final = ("organization", "tags", "groups", "res_format", "license_id")
_SORTS: Final = frozenset({"name", "id", "title", "title_string", "metadata_modified"})


def found(every: Sequence[Dataset], given: Mapping[str, Any], licence: str) -> list[Dataset]:
    """The data sets that `q`, `fq` and `fq_list` ask for, in the order of `sort`.

    Raises Unreadable.
    """
    questions = [str(given.get("q") or ""), str(given.get("fq") or ""), *_list(given, "fq_list")]
    tests = [asked(one, _FIELDS) for one in questions if one.strip()]
    chosen = [one for one in every if _all(tests, values(one, licence))]
    return _sorted(chosen, str(given.get("sort") or DEFAULT_SORT))


def _all(tests: Sequence[Any], said: Values) -> bool:
    return all(test(said) for test in tests)


def stamp(one: Dataset) -> str:
    """When it was changed, as CKAN writes it: UTC without a zone; empty where it is not known."""
    if one.modified is None:
        return ""
    return one.modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")


def values(one: Dataset, licence: str) -> Values:
    """What a data set says in each field that can be asked for, in lower case."""
    said = _said(one, licence)
    return {field: frozenset(text.lower() for text in texts) for field, texts in said.items()}


def _said(one: Dataset, licence: str) -> dict[str, set[str]]:
    return {
        TEXT: {one.id, *one.title.values(), *one.about.values(), one.kind},
        "title": set(one.title.values()),
        "notes": set(one.about.values()),
        "name": {one.id},
        "id": {one.id},
        "organization": {one.zone},
        "owner_org": {one.zone},
        "groups": set(),
        "tags": {one.kind},
        "res_format": {form.key.upper() for form in one.distributions},
        "license_id": {licence or "notspecified"},
        "metadata_modified": {stamp(one)} - {""},
        "type": {"dataset"},
        "dataset_type": {"dataset"},
        "state": {"active"},
        "capacity": {"public"},
        "private": {"false"},
    }


_FIELDS: Final = frozenset(
    "text title notes name id organization owner_org groups tags res_format license_id "
    "metadata_modified type dataset_type state capacity private".split()
)


def _sorted(chosen: list[Dataset], text: str) -> list[Dataset]:
    """In the order of `name asc, metadata_modified desc`; all fit alike, so a score orders none."""
    parts = [part.split() for part in text.split(",") if part.strip()]
    for name, *way in reversed(parts):
        if way not in ([], ["asc"], ["desc"]) or name not in {*_SORTS, "score"}:
            raise Unreadable(f"Cannot sort by {text[:60]!r}.")
        if name != "score":
            chosen = sorted(chosen, key=lambda one: _key(one, name), reverse=way == ["desc"])  # noqa: B023
    return chosen


def _key(one: Dataset, name: str) -> str:
    if name == "metadata_modified":
        return stamp(one)
    return one.title["zh"] if name.startswith("title") else one.id


def facets(chosen: Sequence[Dataset], given: Mapping[str, Any], licence: str) -> dict[str, Json]:
    """How many data sets have each value of the fields that `facet.field` names.

    Raises Unreadable.
    """
    names = _list(given, "facet.field") or _list(given, "facet_field")
    if str(given.get("facet", "true")).lower() == "false":
        names = []
    told: dict[str, Json] = {"facets": {}, "search_facets": {}}
    for name in names:
        if name not in _FACETS:
            raise Unreadable(f"There is no facet {name[:40]!r}.")
        counts = Counter(value for one in chosen for value in _said(one, licence)[name])
        listed = dict(counts.most_common())
        told["facets"][name] = listed
        items = [{"name": one, "display_name": one, "count": n} for one, n in listed.items()]
        told["search_facets"][name] = {"title": name, "items": items}
    return told


def _list(given: Mapping[str, Any], name: str) -> list[str]:
    """A list, or a text that holds one as JSON, as CKAN takes them in an address."""
    told = given.get(name)
    if isinstance(told, str):
        try:
            told = json.loads(told) if told.strip().startswith(("[", '"')) else [told]
        except (ValueError, RecursionError) as error:
            raise Unreadable(f"{name} is not a list.") from error
    if told is None:
        return []
    if not isinstance(told, list) or not all(isinstance(one, str) for one in told):
        raise Unreadable(f"{name} is not a list of texts.")
    return told
