"""Structures and faults as SDMX-JSON 2.0.0."""

import re
from typing import Any

from lantu.services.opendata.sdmx.faults import Fault
from lantu.services.opendata.sdmx.model import (
    AGENCY,
    CONCEPTS,
    TIME,
    VALUE,
    VERSION,
    Code,
    Codelist,
    Component,
    Constraint,
    Flow,
    concept_urn,
    urn,
)
from lantu.services.opendata.sdmx.structures import Structures

Json = dict[str, Any]
METRICS = "sdmx_metrics"  # the kind of a note that tells a number of series or observations


def meta(kind: str, prepared: str) -> Json:
    """The head of a message; `kind` is structure or data."""
    return {
        "schema": f"https://json.sdmx.org/2.0.0/sdmx-json-{kind}-schema.json",
        "id": message_id(prepared),
        "test": False,
        "prepared": prepared,
        "contentLanguages": ["zh", "en"],
        "sender": {"id": AGENCY},
    }


def message_id(prepared: str) -> str:
    """A name for a message that holds no character that names may not hold."""
    return "LANTU-" + re.sub(r"[^0-9T]", "-", prepared)


def structure_message(found: Structures, prepared: str) -> Json:
    """A structure message; lists that are empty are left out."""
    stubs = found.stubs
    data: Json = {
        "agencySchemes": [_agencies()] if found.with_agency else [],
        "conceptSchemes": [_concepts(found)] if found.concepts else [],
        "codelists": [_codelist(one, "codelist" in stubs) for one in found.codelists],
        "dataConstraints": [] if found.constraint is None else [_constraint(found.constraint)],
        "dataStructures": [
            _data_structure(one, "datastructure" in stubs) for one in found.data_structures
        ],
        "dataflows": [_dataflow(one, "dataflow" in stubs) for one in found.flows],
    }
    head = meta("structure", prepared)
    if found.schema_of is not None:
        urns = [flow_urn(found.schema_of), dsd_urn(found.schema_of)]
        head["links"] = [{"rel": "schema", "urn": one} for one in urns]
    return {
        "meta": head,
        "data": {name: listed for name, listed in data.items() if listed},
    }


def fault_message(fault: Fault) -> Json:
    """A message that says only what is wrong."""
    error = {"code": fault.number, "title": fault.title, "detail": fault.detail}
    return {"errors": [error]}


def names(one: Code | Codelist | Component | Constraint | Flow) -> Json:
    """The name of something, in both languages; Chinese is the first."""
    return {"id": one.id, "name": one.zh, "names": {"zh": one.zh, "en": one.en}}


def _maintained(one: Codelist | Constraint | Flow, *, is_stub: bool = False) -> Json:
    whole = {**names(one), "agencyID": AGENCY, "version": VERSION}
    # By this a client knows that the rest is to be asked for.
    return {**whole, "isExternalReference": True} if is_stub else whole


def _agencies() -> Json:
    return {
        "id": "AGENCIES",
        "agencyID": "SDMX",
        "version": "1.0",  # fixed by the standard
        "name": "机构",
        "names": {"zh": "机构", "en": "Agencies"},
        "agencies": [{"id": AGENCY, "name": "蓝图", "names": {"zh": "蓝图", "en": "Lantu"}}],
    }


def _concepts(found: Structures) -> Json:
    is_stub = "conceptscheme" in found.stubs
    whole = _maintained(Codelist(CONCEPTS, "概念", "Concepts", ()), is_stub=is_stub)
    if found.is_partial:
        whole["isPartial"] = True
    return whole if is_stub else {**whole, "concepts": [names(c) for c in found.concepts]}


def _codelist(one: Codelist, is_stub: bool) -> Json:
    whole = _maintained(one, is_stub=is_stub)
    if one.is_partial:
        whole["isPartial"] = True
    return whole if is_stub else {**whole, "codes": [names(code) for code in one.codes]}


def _constraint(one: Constraint) -> Json:
    """What there are data for. How many is told in the notes that the registry of SDMX uses."""
    keys: list[Json] = [
        {"id": name, "include": True, "values": [{"value": code} for code in codes]}
        for name, codes in one.codes.items()
    ]
    counts = {"series_count": one.series, "obs_count": one.observations}
    return {
        **_maintained(one),
        "annotations": [
            {"id": name, "title": str(number), "type": METRICS} for name, number in counts.items()
        ],
        "role": "Actual",
        "constraintAttachment": {"dataflows": [flow_urn(one.flow)]},
        "cubeRegions": [{"include": True, "keyValues": keys}],
    }


def _dataflow(flow: Flow, is_stub: bool) -> Json:
    whole = _maintained(flow, is_stub=is_stub)
    return whole if is_stub else {**whole, "structure": dsd_urn(flow)}


def dsd_urn(flow: Flow) -> str:
    """The name of a flow's structure."""
    return urn("datastructure", "DataStructure", flow.id)


def flow_urn(flow: Flow) -> str:
    """The name of a flow."""
    return urn("datastructure", "Dataflow", flow.id)


def _data_structure(flow: Flow, is_stub: bool) -> Json:
    if is_stub:
        return _maintained(flow, is_stub=True)
    dimensions = [
        {**_component(one), "position": place} for place, one in enumerate(flow.dimensions)
    ]
    attributes = [
        {**_component(one), "usage": "optional", "attributeRelationship": {"observation": {}}}
        for one in flow.attributes
    ]
    time = {
        "id": TIME,
        "conceptIdentity": concept_urn(TIME),
        "localRepresentation": {"format": {"dataType": "ObservationalTimePeriod"}},
    }
    measure = {
        "id": VALUE,
        "conceptIdentity": concept_urn(VALUE),
        "localRepresentation": {"format": {"dataType": "Decimal"}},
        "usage": "optional",
    }
    return {
        **_maintained(flow),
        "dataStructureComponents": {
            "dimensionList": {
                "id": "DimensionDescriptor",
                "dimensions": dimensions,
                "timeDimension": time,
            },
            "measureList": {"id": "MeasureDescriptor", "measures": [measure]},
            "attributeList": {"id": "AttributeDescriptor", "attributes": attributes},
        },
    }


def _component(one: Component) -> Json:
    shape: Json = (
        {"format": {"dataType": one.data_type}}
        if one.codelist is None
        else {"enumeration": urn("codelist", "Codelist", one.codelist.id)}
    )
    return {"id": one.id, "conceptIdentity": concept_urn(one.id), "localRepresentation": shape}
