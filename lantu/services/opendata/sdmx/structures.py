"""Which structures an address asks for: type, agency, name, version, and what goes with them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from lantu.services.opendata.sdmx.faults import not_found, syntax
from lantu.services.opendata.sdmx.model import (
    AGENCY,
    CONCEPTS,
    VERSION,
    Codelist,
    Component,
    Constraint,
    Flow,
)

TYPES: Final = ("agencyscheme", "conceptscheme", "codelist", "datastructure", "dataflow")
_OTHER_TYPES: Final = frozenset(
    "categoryscheme dataproviderscheme dataconsumerscheme organisationunitscheme hierarchy "
    "hierarchyassociation valuelist metadatastructure metadataflow metadataproviderscheme "
    "provisionagreement metadataprovisionagreement structuremap representationmap "
    "conceptschememap categoryschememap organisationschememap process categorisation "
    "dataconstraint metadataconstraint reportingtaxonomy transformationscheme rulesetscheme "
    "userdefinedoperatorscheme customtypescheme namepersonalisationscheme vtlmappingscheme "
    "namealiasscheme reportingtaxonomymap".split()
)
# A stub has a name in each language and nothing else, so a complete stub is the same.
_DETAILS: Final = frozenset(
    {"full", "raw", "allstubs", "allcompletestubs", "referencestubs", "referencecompletestubs",
     "referencepartial"}
)  # fmt: skip
_BELOW: Final = {
    "dataflow": {"datastructure"},
    "datastructure": {"codelist", "conceptscheme"},
    "conceptscheme": {"agencyscheme"},
}
_ABOVE: Final = {
    "codelist": {"datastructure"},
    "conceptscheme": {"datastructure"},
    "datastructure": {"dataflow"},
}
_IDENTIFIER: Final = re.compile(r"[A-Za-z0-9_@$.,*-]{1,200}")


@dataclass(frozen=True, slots=True)
class Structures:
    """What is sent: the flows whose parts are wanted, and which types of part."""

    flows: tuple[Flow, ...]  # as dataflow
    data_structures: tuple[Flow, ...]  # as datastructure
    codelists: tuple[Codelist, ...]
    concepts: tuple[Component, ...]  # of the one scheme, empty where it is not wanted
    with_agency: bool = False
    is_partial: bool = False  # whether the scheme holds only the concepts that are referred to
    stubs: frozenset[str] = frozenset()  # the types that are told by name only
    constraint: Constraint | None = None
    schema_of: Flow | None = None  # where the message says what data of this flow look like


def structures(
    every: Callable[[], list[Flow]], path: list[str], parameters: Mapping[str, str]
) -> Structures:
    """What the path `type/agency/name/version` names. Raises Fault.

    `every` gives all flows; it is called only for a question that can be read.
    """
    types, agencies, names = _path(path)
    detail = parameters.get("detail", "full")
    references = parameters.get("references", "none")
    _check(detail, references)
    if AGENCY not in agencies and not agencies & {"*", "all", "SDMX"}:
        raise not_found(f"There is no agency {sorted(agencies)[0]}. The only one is {AGENCY}.")
    all_flows = every()
    chosen = {kind: _matching(all_flows, kind, names) for kind in types}
    if not any(chosen.values()):
        raise not_found("There is no such structure.")
    _follow(all_flows, chosen, references)
    stubs: frozenset[str] = frozenset()
    if detail.endswith("stubs"):
        stubs = frozenset(TYPES) - (set() if detail.startswith("all") else types)
    return _found(all_flows, chosen, detail, stubs)


def _path(path: list[str]) -> tuple[set[str], set[str], set[str]]:
    if not 1 <= len(path) <= 5:
        raise syntax("Write structure/type/agency/name/version.")
    parts = [*path, *["*", "*", "~"][len(path) - 1 :]]
    if not all(_IDENTIFIER.fullmatch(part) for part in parts[:3]):
        raise syntax("A name holds only letters, digits and _ @ $ -.")
    types = set(parts[0].split(","))
    if types & {"*", "structure"}:
        types = set(TYPES)
    for kind in types - set(TYPES):
        if kind in _OTHER_TYPES:
            raise not_found(f"There is no structure of the type {kind}.")
        raise syntax(f"There is no type of structure {kind[:40]!r}.")
    check_version(parts[3])
    return types, set(parts[1].split(",")), set(parts[2].split(","))


def check_version(text: str) -> None:
    """Raises Fault where there is nothing of that version."""
    for one in text.split(","):
        if one in ("*", "~", "+", " ", "all", "latest", VERSION, "1.0", "1.0.0+", "1+.0.0"):
            continue
        if not re.fullmatch(r"[0-9+~]{1,6}(\.[0-9+~]{1,6}){0,2}(-[A-Za-z0-9.]+)?", one):
            raise syntax(f"{one[:40]!r} is not a version. Write {VERSION}, * or ~.")
        raise not_found(f"There is no version {one}. The only one is {VERSION}.")


def _check(detail: str, references: str) -> None:
    if detail not in _DETAILS:
        raise syntax(f"There is no detail {detail[:40]!r}. Write full or allstubs.")
    known = {"none", "children", "descendants", "parents", "parentsandsiblings", "ancestors", "all"}
    wanted = set(references.split(","))
    if not wanted <= known | set(TYPES) | _OTHER_TYPES:
        raise syntax(f"There are no references {references[:40]!r}. Write none, children or all.")


def _matching(every: list[Flow], kind: str, names: set[str]) -> set[str]:
    ids: set[str]
    if kind == "agencyscheme":
        ids = {"AGENCIES"}
    elif kind == "conceptscheme":
        ids = {CONCEPTS}
    elif kind == "codelist":
        ids = {one.id for flow in every for one in flow.codelists}
    else:
        ids = {flow.id for flow in every}
    return ids if names & {"*", "all"} else ids & names


def _follow(every: list[Flow], chosen: dict[str, set[str]], references: str) -> None:
    """Add what is referred to; a step for children and parents, all steps for the others."""
    asked = set(references.split(","))
    steps = 1 if asked <= {"children", "parents"} else 3
    if asked & {"parents", "parentsandsiblings", "ancestors", "all"}:
        _walk(every, chosen, _ABOVE, steps)
    if asked & {"children", "descendants", "parentsandsiblings", "all"}:
        _walk(every, chosen, _BELOW, steps)
    if types := asked & set(TYPES):
        whole = {kind: set(ids) for kind, ids in chosen.items()}
        _walk(every, whole, _ABOVE, 3)
        _walk(every, whole, _BELOW, 3)
        for kind in types:
            chosen.setdefault(kind, set()).update(whole.get(kind, set()))


def _walk(
    every: list[Flow], chosen: dict[str, set[str]], ways: Mapping[str, set[str]], steps: int
) -> None:
    for _step in range(steps):
        for kind, ids in list(chosen.items()):
            for other in ways.get(kind, ()) if ids else ():
                chosen.setdefault(other, set()).update(_related(every, kind, ids, other))


def _related(every: list[Flow], kind: str, ids: set[str], other: str) -> set[str]:
    if other in ("agencyscheme", "conceptscheme"):
        return {"AGENCIES"} if other == "agencyscheme" else {CONCEPTS}
    touched = [flow for flow in every if _touches(flow, kind, ids)]
    if other == "codelist":
        return {one.id for flow in touched for one in flow.codelists}
    return {flow.id for flow in touched}


def _touches(flow: Flow, kind: str, ids: set[str]) -> bool:
    if kind == "codelist":
        return any(one.id in ids for one in flow.codelists)
    return kind == "conceptscheme" or flow.id in ids


def _found(
    every: list[Flow], chosen: dict[str, set[str]], detail: str, stubs: frozenset[str]
) -> Structures:
    meant = every
    if detail == "referencepartial":  # code lists hold only what is used; the concepts are many
        named = chosen.get("dataflow", set()) | chosen.get("datastructure", set())
        meant = [flow for flow in every if flow.id in named] or every
    lists = {one.id: one for flow in every for one in flow.codelists}
    return Structures(
        tuple(flow for flow in every if flow.id in chosen.get("dataflow", ())),
        tuple(flow for flow in every if flow.id in chosen.get("datastructure", ())),
        tuple(one for name, one in lists.items() if name in chosen.get("codelist", ())),
        concepts(meant) if chosen.get("conceptscheme") else (),
        bool(chosen.get("agencyscheme")),
        len(meant) < len(every),
        stubs,
    )


def concepts(every: list[Flow]) -> tuple[Component, ...]:
    """What the components of all flows mean, each once, with the time and the value."""
    found = {"TIME_PERIOD": Component("TIME_PERIOD", "时间", "Time period")}
    found["OBS_VALUE"] = Component("OBS_VALUE", "观测值", "Observation value")
    for flow in every:
        for one in (*flow.dimensions, *flow.attributes):
            found.setdefault(one.id, one)
    return tuple(found.values())
