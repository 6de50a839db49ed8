"""Checks: what only the whole folder can show — codes, scopes, owners, years, places."""

import re
from collections import Counter

from lantu.core.plans.faults import Faults
from lantu.core.plans.records import Place, PlanCommitment, PlanFolder

_SPACE = re.compile(r"\s+")


def whole(plan: PlanFolder, faults: Faults, name: str) -> None:
    """Check what ties the records of a plan together."""
    _codes(plan, faults)
    _years(plan, faults)
    _names(plan, faults)
    _tables(plan, faults)
    if not plan.commitments and not faults.found:
        faults.add(name, "The plan has no commitments.", "Add commitments/*.yaml.")


def _codes(plan: PlanFolder, faults: Faults) -> None:
    records = [(c.code, c.where) for c in plan.commitments]
    records += [(p.code, p.where) for p in plan.projects]
    first: dict[str, str] = {}
    for code, where in records:
        if code in first:
            faults.add(
                where, f"The code {code} stands twice; first at {first[code]}.", "Rename one."
            )
        first.setdefault(code, where)
    for commitment in plan.commitments:
        for other in (*commitment.links, *commitment.parts):
            if other not in first:
                faults.add(
                    commitment.where,
                    f"{commitment.code} names {other}, which does not exist.",
                    "Mend the code in `links` or `parts`.",
                )


def _years(plan: PlanFolder, faults: Faults) -> None:
    last = max(plan.period.end, plan.outlook or 0)
    for found in plan.commitments:
        year = found.target_date.year if found.target_date else found.target_year
        if year is not None and found.kind == "target" and not plan.period.start <= year <= last:
            faults.add(
                found.where,
                f"{found.code} is due in {year}, outside {plan.period.start} to {last}.",
                "Mend the year, or the plan's period or outlook.",
            )
        for annual in found.annual:
            if not plan.period.start <= annual <= plan.period.end:
                faults.add(
                    found.where,
                    f"{found.code} has an annual figure for {annual}, outside the plan.",
                    "Mend the year.",
                )


def _names(plan: PlanFolder, faults: Faults) -> None:
    for found in plan.commitments:
        for scope in filter(None, (found.scope, found.base.scope)):
            if scope not in plan.scopes:
                faults.add(
                    found.where,
                    f"{found.code} has the scope {scope!r}, which plan.yaml does not know.",
                    f"Use one of: {', '.join(plan.scopes) or 'none yet'}; or add it to plan.yaml.",
                )
        for owner in filter(None, (found.lead, *found.support)):
            if owner not in plan.departments:
                faults.add(
                    found.where,
                    f"{found.code} names the department {owner!r}, unknown to plan.yaml.",
                    "Add it to `departments`, or leave the owner open.",
                )


def _tables(plan: PlanFolder, faults: Faults) -> None:
    codes = {c.code for c in plan.commitments} | {p.code for p in plan.projects}
    for event in plan.events:
        if event.code and event.code not in codes:
            faults.add(
                event.where, f"The code {event.code} does not exist.", "Mend it or leave it empty."
            )
    for row in plan.observations:
        if row.scope and row.scope not in plan.scopes:
            faults.add(
                row.where,
                f"The scope {row.scope!r} is not in plan.yaml.",
                "Add it there, or leave the cell empty and keep the wording in scope_note.",
            )
    same = Counter(
        (
            r.indicator,
            r.subject,
            r.period,
            r.kind,
            r.unit,
            r.value,
            r.source_url,
            r.scope,
            r.vintage,
        )
        for r in plan.observations
    )
    for key, count in same.items():
        if count > 1:
            faults.add(
                "observations.csv",
                f"The same figure of {key[0]}, {key[1]}, {key[2]} stands {count} times.",
                "Keep one row a source.",
            )


def places(plan: PlanFolder, document: str, faults: Faults) -> None:
    """Check that every phrase is what the document has at its place."""
    spots = [(c.place, c.where, c.code) for c in plan.commitments]
    spots += [(p.place, p.where, p.code) for p in plan.projects]
    for place, where, code in spots:
        _place(place, where, code, document, faults)


def _place(place: Place, where: str, code: str, document: str, faults: Faults) -> None:
    if place.start is None or place.end is None:
        return
    there = _SPACE.sub("", document[place.start : place.end])
    if there != _SPACE.sub("", place.phrase):
        faults.add(
            where,
            f"{code}: at {place.start}–{place.end} stands {there[:40]!r}, not {place.phrase!r}.",
            "Mend the offsets or the phrase.",
        )


def unexplained(commitments: tuple[PlanCommitment, ...]) -> list[str]:
    """The codes of promises that have no place in the document."""
    return [c.code for c in commitments if c.place.start is None]
