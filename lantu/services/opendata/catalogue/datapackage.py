"""A zone's tables as a Data Package (Frictionless), for tools that check tables."""

from collections.abc import Sequence
from typing import Any, Final

from lantu.kernel.access.models import Zone
from lantu.services.opendata.queries import Dataset, Distribution
from lantu.services.opendata.sdmx.model import TIME, VALUE, Flow

Json = dict[str, Any]
_TABLES: Final = ("csv", "sdmx-csv")


def data_package(
    zone: Zone, found: Sequence[Dataset], flows: Sequence[Flow], root: str, *, licence: str
) -> Json:
    """The tables of a zone's data sets. Of SDMX the columns are told; those of others say it."""
    columns = {flow.kind: _columns(flow) for flow in flows}
    told: Json = {
        "name": f"lantu-{zone.slug}",
        "title": f"{zone.zh} {zone.en}",
        "homepage": f"{root}/z/{zone.slug}/data/",
        "resources": [
            _table(one, form, columns, root)
            for one in found
            for form in one.distributions
            if form.key in _TABLES
        ],
    }
    if licence:
        told["licenses"] = [{"path": licence}]
    return told


def _table(one: Dataset, form: Distribution, columns: dict[str, Json], root: str) -> Json:
    told: Json = {
        "name": f"{one.id}.{form.key}",
        "title": f"{one.title['zh']} {one.title['en']}",
        "description": f"{one.about['zh']} {one.about['en']}",
        "path": root + form.path,
        "scheme": "https" if root.startswith("https") else "http",
        "format": "csv",
        "mediatype": form.media_type,
        "encoding": "utf-8",
    }
    return {**told, "schema": columns[one.kind]} if form.key == "sdmx-csv" else told


def _columns(flow: Flow) -> Json:
    """The columns of SDMX-CSV. Numbers are decimals; an empty cell is what is not known."""
    heads = ["STRUCTURE", "STRUCTURE_ID", "ACTION", *(one.id for one in flow.dimensions), TIME]
    after = [one.id for one in flow.attributes]
    fields = [
        *({"name": name, "type": "string"} for name in heads),
        {"name": VALUE, "type": "number"},
        *({"name": name, "type": "string"} for name in after),
    ]
    return {"fields": fields, "missingValues": [""]}
