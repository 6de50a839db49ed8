"""Which form is wanted: what `Accept` says, or `format` for a plain link."""

import re
from collections.abc import Mapping
from typing import Final

from lantu.services.opendata.sdmx.faults import not_acceptable, syntax

_V: Final = "application/vnd.sdmx"
# The first of each is sent to those who take anything; clients take structures to be SDMX-ML then.
STRUCTURE: Final = {
    "xml": f"{_V}.structure+xml; version=3.0.0",
    "json": f"{_V}.structure+json; version=2.0.0",
}
DATA: Final = {
    "csv": f"{_V}.data+csv; version=2.0.0",
    "json": f"{_V}.data+json; version=2.0.0",
    "xml": f"{_V}.data+xml; version=3.0.0",
}
_PLAIN: Final = {
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/csv": "csv",
}


def chosen(accept: str, parameters: Mapping[str, str], offered: Mapping[str, str]) -> str:
    """The name of the form that is wanted most. Raises Fault where none is offered."""
    if name := parameters.get("format"):
        if name not in offered:
            raise syntax(f"There is no format {name[:40]!r}. Write {' or '.join(offered)}.")
        return name
    if not accept.strip():
        return next(iter(offered))
    for _weight, kind, version in ranked(accept):
        if name := _fits(kind, version, offered):
            return name
    raise not_acceptable(f"Offered are: {', '.join(offered.values())}.")


def ranked(accept: str) -> list[tuple[float, str, str]]:
    """What an Accept names, the most wanted first: its weight, its kind and its version."""
    found = []
    for part in accept.split(",")[:50]:
        kind, *more = (one.strip().lower() for one in part.split(";"))
        extra = dict(one.split("=", 1) for one in more if "=" in one)
        weight = extra.get("q", "1")
        number = float(weight) if re.fullmatch(r"[01](\.\d{0,3})?", weight) else 1.0
        if number:
            found.append((number, kind, extra.get("version", "").strip('"')))
    return sorted(found, key=lambda one: -one[0])


def _fits(kind: str, version: str, offered: Mapping[str, str]) -> str:
    if kind in ("*/*", "application/*"):
        return next(iter(offered))
    for name, whole in offered.items():
        plain, _, number = whole.partition("; version=")
        if kind == plain and version in ("", number, number.removesuffix(".0")):
            return name
    name = _PLAIN.get(kind, "")
    if kind == "text/*" and "csv" in offered:
        name = "csv"
    return name if name in offered else ""
