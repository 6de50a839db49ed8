"""Which codes and times there are data for: the answer to a question of availability.

Source: SDMX-REST 2.1, github.com/sdmx-twg/sdmx-rest, doc/availability.md.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from lantu.services.opendata.sdmx.asking import Wanted
from lantu.services.opendata.sdmx.faults import not_found, syntax
from lantu.services.opendata.sdmx.model import TIME, Codelist, Constraint, Flow, Row
from lantu.services.opendata.sdmx.structures import Structures, concepts

Rows = Callable[[Wanted], Iterator[Row]]
_PARTS: Final = ("dataflow", "datastructure", "codelist", "conceptscheme")
_EMPTY: Final = frozenset({"none", "valuelist", "dataproviderscheme"})  # of which there is nothing


def options(parameters: Mapping[str, str]) -> tuple[str, frozenset[str], dict[str, str]]:
    """The mode, the kinds of structure to send along, and the rest of a question. Raises Fault."""
    rest = dict(parameters)
    mode = rest.pop("mode", "exact")
    if mode not in ("exact", "available"):
        raise syntax(f"There is no mode {mode[:40]!r}. Write exact or available.")
    asked = set(rest.pop("references", "none").split(","))
    if unknown := asked - {"all", *_PARTS, *_EMPTY}:
        raise syntax(f"There are no references {sorted(unknown)[0][:40]!r}.")
    return mode, frozenset(_PARTS if "all" in asked else asked & set(_PARTS)), rest


def available(
    flow: Flow, wanted: Wanted, rows: Rows, *, mode: str, names: str, references: frozenset[str]
) -> Structures:
    """What there is for a question. Raises Fault where that is nothing.

    `exact`: the codes of what the question finds. `available`: the codes that may be asked for,
    all others staying as asked. `names`: of the components told of, or `*`.
    """
    listed = [one.id for one in flow.dimensions]
    chosen = {*listed, TIME} if names == "*" else set(names.split(","))
    if unknown := chosen - {*listed, TIME}:
        raise syntax(f"The flow {flow.id} has no dimension {sorted(unknown)[0][:40]}.")
    counts: Counter[tuple[str, ...]] = Counter()
    times: set[str] = set()
    for row in rows(wanted):
        counts[row.key] += 1
        times.add(row.period)
    if not counts:
        raise not_found("No observation fits the question.")
    found = [{key[place] for key in counts} for place in range(len(listed))]
    if mode == "available":
        found = [_selectable(wanted, rows, *pair) for pair in enumerate(found)]
    told = {
        one.id: tuple(code.id for code in one.codelist.codes if code.id in codes)
        for one, codes in zip(flow.dimensions, found, strict=True)
        if one.codelist is not None and one.id in chosen
    }
    if TIME in chosen:
        told[TIME] = tuple(sorted(times))
    return _with_parts(Constraint(flow, told, len(counts), counts.total()), references)


def _selectable(wanted: Wanted, rows: Rows, place: int, found: set[str]) -> set[str]:
    """The codes of a dimension that have data where only that dimension is not yet chosen."""
    if wanted.codes(place) is None:
        return found
    keys = tuple((*key[:place], None, *key[place + 1 :]) for key in wanted.keys)
    return {row.key[place] for row in rows(replace(wanted, keys=keys))}


def _with_parts(constraint: Constraint, references: frozenset[str]) -> Structures:
    """The constraint with what it refers to; code lists hold only what there are data for."""
    flow, told = constraint.flow, constraint.codes
    lists = tuple(
        _part_of(one.codelist, told[one.id])
        for one in flow.dimensions
        if one.codelist is not None and one.id in told
    )
    meant = tuple(one for one in concepts([flow]) if one.id in told)
    return Structures(
        flows=(flow,) if "dataflow" in references else (),
        data_structures=(flow,) if "datastructure" in references else (),
        codelists=lists if "codelist" in references else (),
        concepts=meant if "conceptscheme" in references else (),
        is_partial=True,
        constraint=constraint,
    )


def _part_of(whole: Codelist, codes: tuple[str, ...]) -> Codelist:
    part = tuple(one for one in whole.codes if one.id in codes)
    return replace(whole, codes=part, is_partial=len(part) < len(whole.codes))
