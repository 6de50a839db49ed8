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
    Flow,
    concept_urn,
    urn,
)
from lantu.services.opendata.sdmx.structures import Structures

Json = dict[str, Any]


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
    data: Json = {
        "agencySchemes": [_agencies()] if found.with_agency else [],
        "conceptSchemes": [_concepts(found)] if found.concepts else [],
        "codelists": [_codelist(one, found.is_stub) for one in found.codelists],
        "dataStructures": [_data_structure(one, found.is_stub) for one in found.data_structures],
        "dataflows": [_dataflow(one, found.is_stub) for one in found.flows],
    }
    return {
        "meta": meta("structure", prepared),
        "data": {name: listed for name, listed in data.items() if listed},
    }


def fault_message(fault: Fault) -> Json:
    """A message that says only what is wrong."""
    error = {"code": fault.number, "title": fault.title, "detail": fault.detail}
    return {"errors": [error]}


def names(one: Code | Codelist | Component | Flow) -> Json:
    """The name of something, in both languages; Chinese is the first."""
    return {"id": one.id, "name": one.zh, "names": {"zh": one.zh, "en": one.en}}


def _maintained(one: Codelist | Flow) -> Json:
    return {**names(one), "agencyID": AGENCY, "version": VERSION}


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
    whole = _maintained(Codelist(CONCEPTS, "概念", "Concepts", ()))
    if found.is_partial:
        whole["isPartial"] = True
    return whole if found.is_stub else {**whole, "concepts": [names(c) for c in found.concepts]}


def _codelist(one: Codelist, is_stub: bool) -> Json:
    whole = _maintained(one)
    return whole if is_stub else {**whole, "codes": [names(code) for code in one.codes]}


def _dataflow(flow: Flow, is_stub: bool) -> Json:
    whole = _maintained(flow)
    return whole if is_stub else {**whole, "structure": dsd_urn(flow)}


def dsd_urn(flow: Flow) -> str:
    """The name of a flow's structure."""
    return urn("datastructure", "DataStructure", flow.id)


def flow_urn(flow: Flow) -> str:
    """The name of a flow."""
    return urn("datastructure", "Dataflow", flow.id)


def _data_structure(flow: Flow, is_stub: bool) -> Json:
    if is_stub:
        return _maintained(flow)
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
