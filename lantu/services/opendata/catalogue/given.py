"""What a call of CKAN's API gives, and what is answered where that will not do."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

Given = Mapping[str, Any]


class Wrong(Exception):
    """A call that cannot be answered: the status, CKAN's name for it, and what is wrong."""

    def __init__(self, status: int, kind: str, message: str, field: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.told: dict[str, Any] = {"__type": kind, "message": message}
        if field:
            self.told = {"__type": kind, field: [message]}


def read(request: HttpRequest) -> Given:
    """The parameters of a call. Raises Wrong where the body is not what it says."""
    if request.method != "POST" or not request.body:
        return {**request.GET.dict(), **_form(request)}
    # A body that looks like JSON is taken for it, whatever its kind is said to be, as CKAN does.
    if "json" not in (request.content_type or "json") and request.body[:1] != b"{":
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


def text(given: Given, *names: str) -> str:
    """The first of these that is given. Raises Wrong for none."""
    for name in names:
        if found := given.get(name):
            return str(found)
    raise Wrong(409, "Validation Error", "Missing value", names[0])


def number(given: Given, name: str, otherwise: int) -> int:
    """A whole number from 0. Raises Wrong for anything else."""
    told = given.get(name)
    digits = str(otherwise if told is None else told)
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
        raise Wrong(409, "Validation Error", "Must be a natural number", name)
    return int(digits)


def truth(given: Given, name: str, *, otherwise: bool = False) -> bool:
    """Whether something is wanted, as CKAN's clients write it."""
    return str(given.get(name, otherwise)).lower() in ("true", "1", "yes")


def part(given: Given, every: list[Any]) -> list[Any]:
    """So many of a list as `offset` and `limit` ask for."""
    start = number(given, "offset", 0)
    return every[start : start + number(given, "limit", len(every))]


def not_found(what: str = "Not found") -> Wrong:
    """There is nothing of that name."""
    return Wrong(404, "Not Found Error", what)
