"""Structures and faults as SDMX-ML 3.0."""

from typing import Final

from lxml import etree

from lantu.services.opendata.sdmx.as_json import METRICS, dsd_urn, flow_urn, message_id
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
        _codelists(_sub(parts, "Codelists"), found)
    if found.concepts:
        _concepts(_sub(parts, "ConceptSchemes"), found)
    if found.constraint is not None:
        _constraint(_sub(parts, "DataConstraints"), found.constraint)
    if found.flows:
        _dataflows(_sub(parts, "Dataflows"), found)
    if found.data_structures:
        _data_structures(_sub(parts, "DataStructures"), found)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def fault_message(fault: Fault) -> bytes:
    """A message that says only what is wrong."""
    root = etree.Element(f"{{{MES}}}Error", nsmap=_MAP)
    message = etree.SubElement(root, f"{{{MES}}}ErrorMessage", code=str(fault.number))
    for text in (fault.title, fault.detail):
        line = etree.SubElement(message, f"{{{COM}}}Text")
        line.set(_LANG, "en")
        line.text = clean(text)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def clean(text: str) -> str:
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
        name.text = clean(text)


def _named(parent: etree._Element, tag: str, one: Codelist | Flow, is_stub: bool) -> etree._Element:
    made = _sub(parent, tag, id=one.id, agencyID=AGENCY, version=VERSION)
    if is_stub:  # by this a client knows that the rest is to be asked for
        made.set("isExternalReference", "true")
    _names(made, one.zh, one.en)
    return made


def _items(
    parent: etree._Element,
    tag: str,
    scheme: Codelist,
    listed: tuple[Code, ...] | tuple[Component, ...],
    inner: str,
    is_stub: bool,
) -> etree._Element:
    made = _named(parent, tag, scheme, is_stub)
    for one in listed:
        _names(_sub(made, inner, id=one.id), one.zh, one.en)
    return made


def _agencies(parent: etree._Element) -> None:
    made = _sub(parent, "AgencyScheme", id="AGENCIES", agencyID="SDMX")
    _names(made, "机构", "Agencies")
    _names(_sub(made, "Agency", id=AGENCY), "蓝图", "Lantu")


def _codelists(parent: etree._Element, found: Structures) -> None:
    is_stub = "codelist" in found.stubs
    for one in found.codelists:
        made = _items(parent, "Codelist", one, () if is_stub else one.codes, "Code", is_stub)
        if one.is_partial:
            made.set("isPartial", "true")


def _concepts(parent: etree._Element, found: Structures) -> None:
    is_stub = "conceptscheme" in found.stubs
    scheme = Codelist(CONCEPTS, "概念", "Concepts", ())
    listed = () if is_stub else found.concepts
    made = _items(parent, "ConceptScheme", scheme, listed, "Concept", is_stub)
    if found.is_partial:
        made.set("isPartial", "true")


def _constraint(parent: etree._Element, one: Constraint) -> None:
    made = _sub(parent, "DataConstraint", id=one.id, agencyID=AGENCY, version=VERSION)
    made.set("role", "Actual")
    notes = etree.SubElement(made, f"{{{COM}}}Annotations")
    for name, number in (("series_count", one.series), ("obs_count", one.observations)):
        note = etree.SubElement(notes, f"{{{COM}}}Annotation", id=name)
        etree.SubElement(note, f"{{{COM}}}AnnotationTitle").text = str(number)
        etree.SubElement(note, f"{{{COM}}}AnnotationType").text = METRICS
    _names(made, one.zh, one.en)
    _sub(_sub(made, "ConstraintAttachment"), "Dataflow").text = flow_urn(one.flow)
    region = _sub(made, "CubeRegion", include="true")
    for dimension, codes in one.codes.items():
        key = _sub(region, "KeyValue", id=dimension, include="true")
        for code in codes:
            _sub(key, "Value").text = code


def _dataflows(parent: etree._Element, found: Structures) -> None:
    for flow in found.flows:
        is_stub = "dataflow" in found.stubs
        made = _named(parent, "Dataflow", flow, is_stub)
        if not is_stub:
            _sub(made, "Structure").text = dsd_urn(flow)


def _data_structures(parent: etree._Element, found: Structures) -> None:
    is_stub = "datastructure" in found.stubs
    for flow in found.data_structures:
        _data_structure(_named(parent, "DataStructure", flow, is_stub), flow, is_stub)


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
