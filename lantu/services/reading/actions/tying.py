"""Tying: a link holds both ways, so what changes at one end changes at the other."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from lantu.core.errors import Refused
from lantu.core.reading.ties import Ties
from lantu.services.reading.models import Draft, Reading
from lantu.services.reading.records import put_ties, ties_of

MOST_LINKS = 40
MOST_DEPARTMENTS = 30


def checked(reading: Reading, code: str, ties: Ties, *, is_project: bool) -> Ties:
    """The ties of a draft as a plan folder can hold them. Raises Refused for what it cannot."""
    if is_project and (ties.scope or ties.lead or ties.support):
        raise Refused(
            "A project of a plan folder has no scope and no departments. "
            "Leave them empty, and write who builds it."
        )
    if len(ties.links) > MOST_LINKS or len(ties.support) > MOST_DEPARTMENTS:
        raise Refused(
            f"A promise has {MOST_LINKS} links and {MOST_DEPARTMENTS} supporting departments at "
            "most. Keep the closest ones."
        )
    support = tuple(one for one in dict.fromkeys(ties.support) if one != ties.lead)
    links = tuple(sorted(set(ties.links) - {code}))
    kinds = dict(reading.drafts.filter(code__in=links).values_list("code", "kind"))
    for other in links:
        if other not in kinds:
            raise Refused(f"There is no draft {other}. Write the code that stands on its card.")
        if is_project and kinds[other] == "project":
            raise Refused(
                f"{code} and {other} are both projects; a plan folder keeps links at promises. "
                "Link each to the promise that it serves."
            )
    return replace(ties, support=support, links=links)


def partners(reading: Reading, draft: Draft, new: Ties) -> dict[int, Ties]:
    """The drafts at the other ends that change, by key, with their new ties."""
    old, now = set(ties_of(draft).links), set(new.links)
    found = {}
    for row in reading.drafts.filter(code__in=old ^ now).exclude(pk=draft.pk):
        ties = ties_of(row)
        links = {*ties.links, draft.code} if row.code in now else {*ties.links} - {draft.code}
        found[row.pk] = replace(ties, links=tuple(sorted(links)))
    return found


def settled(rows: Iterable[Draft]) -> dict[str, Ties]:
    """The ties of each accepted draft, its links led on from what was merged away, by code."""
    every = list(rows)
    into = {row.code: row.into for row in every if row.state == Draft.State.MERGED}
    kept = {row.code for row in every if row.state == Draft.State.ACCEPTED}
    links: dict[str, set[str]] = {code: set() for code in kept}
    for row in every:
        one = _end(row.code, into)
        for code in ties_of(row).links:
            other = _end(code, into)
            if one in kept and other in kept and one != other:
                links[one].add(other)
                links[other].add(one)
    return {
        row.code: replace(ties_of(row), links=tuple(sorted(links[row.code])))
        for row in every
        if row.code in kept
    }


def _end(code: str, into: Mapping[str, str]) -> str:
    seen = set()
    while code in into and code not in seen:
        seen.add(code)
        code = into[code]
    return code


def change_ties(row: Draft, changed: Mapping[int, Ties]) -> None:
    """Give a draft its new ties, where it has any."""
    if row.pk in changed:
        put_ties(row, changed[row.pk])
