"""Structures and faults as SDMX-ML 3.0."""

from typing import Final

from lxml import etree

from lantu.services.opendata.sdmx.as_json import dsd_urn, message_id
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

_SPACE: Final = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0"
MES, STR, COM = f"{_SPACE}/message", f"{_SPACE}/structure", f"{_SPACE}/common"
_MAP: Final = {"mes": MES, "str": STR, "com": COM}
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def structure_message(found: Structures, prepared: str) -> bytes:
    """A structure message, its parts in the order of the schema."""
    root = _begun("Structure", prepared)
    parts = etree.SubElement(root, f"{{{MES}}}Structures")
    if found.with_agency:
        _agencies(_sub(parts, "AgencySchemes"))
    if found.codelists:
        lists = _sub(parts, "Codelists")
        for one in found.codelists:
            _items(lists, "Codelist", one, () if found.is_stub else one.codes, "Code")
    if found.concepts:
        _concepts(_sub(parts, "ConceptSchemes"), found)
    if found.flows:
        _dataflows(_sub(parts, "Dataflows"), found)
    if found.data_structures:
        holder = _sub(parts, "DataStructures")
        for flow in found.data_structures:
            _data_structure(_named(holder, "DataStructure", flow), flow, found.is_stub)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def fault_message(fault: Fault) -> bytes:
    """A message that says only what is wrong."""
    root = etree.Element(f"{{{MES}}}Error", nsmap=_MAP)
    message = etree.SubElement(root, f"{{{MES}}}ErrorMessage", code=str(fault.number))
    for text in (fault.title, fault.detail):
        line = etree.SubElement(message, f"{{{COM}}}Text")
        line.set(_LANG, "en")
        line.text = _clean(text)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(one for one in text if one.isprintable() or one in "\n\t")


def _begun(name: str, prepared: str) -> etree._Element:
    root = etree.Element(f"{{{MES}}}{name}", nsmap=_MAP)
    head = etree.SubElement(root, f"{{{MES}}}Header")
    for tag, text in (
        ("ID", message_id(prepared)),
        ("Test", "false"),
        ("Prepared", prepared),
    ):
        etree.SubElement(head, f"{{{MES}}}{tag}").text = text
    etree.SubElement(head, f"{{{MES}}}Sender", id=AGENCY)
    return root


def _sub(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{STR}}}{tag}", attributes)


def _names(parent: etree._Element, zh: str, en: str) -> None:
    for language, text in (("zh", zh), ("en", en)):
        name = etree.SubElement(parent, f"{{{COM}}}Name")
        name.set(_LANG, language)
        name.text = _clean(text)


def _named(parent: etree._Element, tag: str, one: Codelist | Flow) -> etree._Element:
    made = _sub(parent, tag, id=one.id, agencyID=AGENCY, version=VERSION)
    _names(made, one.zh, one.en)
    return made


def _items(
    parent: etree._Element,
    tag: str,
    scheme: Codelist,
    listed: tuple[Code, ...] | tuple[Component, ...],
    inner: str,
) -> None:
    made = _named(parent, tag, scheme)
    for one in listed:
        _names(_sub(made, inner, id=one.id), one.zh, one.en)


def _agencies(parent: etree._Element) -> None:
    made = _sub(parent, "AgencyScheme", id="AGENCIES", agencyID="SDMX")
    _names(made, "机构", "Agencies")
    _names(_sub(made, "Agency", id=AGENCY), "蓝图", "Lantu")


def _concepts(parent: etree._Element, found: Structures) -> None:
    listed = () if found.is_stub else found.concepts
    _items(parent, "ConceptScheme", Codelist(CONCEPTS, "概念", "Concepts", ()), listed, "Concept")
    if found.is_partial:
        parent[0].set("isPartial", "true")


def _dataflows(parent: etree._Element, found: Structures) -> None:
    for flow in found.flows:
        made = _named(parent, "Dataflow", flow)
        if not found.is_stub:
            _sub(made, "Structure").text = dsd_urn(flow)


def _data_structure(made: etree._Element, flow: Flow, is_stub: bool) -> None:
    if is_stub:
        return
    parts = _sub(made, "DataStructureComponents")
    dimensions = _sub(parts, "DimensionList", id="DimensionDescriptor")
    for place, one in enumerate(flow.dimensions, 1):
        _component(_sub(dimensions, "Dimension", id=one.id, position=str(place)), one)
    time = _sub(dimensions, "TimeDimension", id=TIME)
    _typed(time, TIME, "ObservationalTimePeriod")
    attributes = _sub(parts, "AttributeList", id="AttributeDescriptor")
    for one in flow.attributes:
        holder = _sub(attributes, "Attribute", id=one.id, usage="optional")
        _component(holder, one)
        _sub(_sub(holder, "AttributeRelationship"), "Observation")
    measures = _sub(parts, "MeasureList", id="MeasureDescriptor")
    _typed(_sub(measures, "Measure", id=VALUE, usage="optional"), VALUE, "Decimal")


def _typed(parent: etree._Element, concept: str, data_type: str) -> None:
    _sub(parent, "ConceptIdentity").text = concept_urn(concept)
    _sub(_sub(parent, "LocalRepresentation"), "TextFormat", textType=data_type)


def _component(parent: etree._Element, one: Component) -> None:
    if one.codelist is None:
        _typed(parent, one.id, one.data_type)
        return
    _sub(parent, "ConceptIdentity").text = concept_urn(one.id)
    enumeration = _sub(_sub(parent, "LocalRepresentation"), "Enumeration")
    enumeration.text = urn("codelist", "Codelist", one.codelist.id)
