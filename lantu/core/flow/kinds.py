"""Kinds of case: states, acts and roles, as a service writes them in its `cases.yaml`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from lantu.core import content
from lantu.core.clock.terms import Term, Unit
from lantu.core.content import Entry

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class State:
    """Where a case can be. While the clock runs, the case can become late."""

    name: str
    label: Words
    runs: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class Act:
    """What a person can do with a case, from which states, into which."""

    name: str
    label: Words
    sources: tuple[str, ...]
    target: str
    roles: frozenset[str]
    own_department: bool  # only for the department of the case
    needs_note: bool
    not_by: tuple[str, ...]  # acts after which the same person may not do this one: four eyes


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of case."""

    name: str
    label: Words
    view: str  # the name of the page of such a case; it takes the zone and the key
    start: str
    term: Term | None
    states: Mapping[str, State]
    acts: Mapping[str, Act]
    suspends: frozenset[str]  # the roles that may stop the clock

    def refusal(self, act: str, state: str, actor: "Actor") -> str:
        """Why a person may not do an act now, as a sentence; empty where he may."""
        found = self.acts.get(act)
        if found is None:
            return f"There is no act {act!r} here. Choose one of: {', '.join(self.acts)}."
        if state not in found.sources:
            return (
                f"It is {self.states[state].label['en']}, so it cannot be done: "
                f"{found.label['en']}. Reload the page to see where it stands."
            )
        return self._who(found, actor)

    def _who(self, act: Act, actor: "Actor") -> str:
        if not act.roles & actor.roles:
            return f"Only {', '.join(sorted(act.roles))} may do this: {act.label['en']}."
        if act.own_department and not actor.is_own_department:
            return f"Only the department of the case may do this: {act.label['en']}."
        for before in act.not_by:
            if before in actor.did:
                return (
                    f"The person who did “{self.acts[before].label['en']}” may not do "
                    f"“{act.label['en']}” as well. Ask a colleague."
                )
        return ""

    def open_to(self, state: str, actor: "Actor") -> list[Act]:
        """The acts that a person may do now."""
        return [act for act in self.acts.values() if not self.refusal(act.name, state, actor)]


@dataclass(frozen=True, slots=True)
class Actor:
    """A person before a case: roles, whether of its department, and the acts done in its course.

    `did` holds the acts of this person since the case last came back to its beginning.
    """

    roles: frozenset[str]
    is_own_department: bool = False
    did: frozenset[str] = frozenset()


def kinds(path: Path, service: str) -> list[Kind]:
    """The kinds of one file. Raises ContentError with file and line."""
    root = content.read(path, f"{service}/cases.yaml")
    return [_kind(f"{service}.{name}", entry) for name, entry in root.mapping().items()]


def _kind(name: str, entry: Entry) -> Kind:
    entry.only({"label", "view", "start", "term", "states", "acts", "suspends"})
    states = {key: _state(key, one) for key, one in entry.need("states").mapping().items()}
    acts = {key: _act(key, one, states) for key, one in entry.need("acts").mapping().items()}
    start = entry.need("start")
    _known(start, start.text(), states)
    for act in acts.values():
        for other in act.not_by:
            _known(entry.need("acts").need(act.name), other, acts)
    term, suspends = entry.get("term"), entry.get("suspends")
    return Kind(
        name,
        _words(entry.need("label")),
        entry.need("view").text(),
        start.text(),
        None if term is None else _term(term),
        states,
        acts,
        frozenset(() if suspends is None else (one.text() for one in suspends.items())),
    )


def _state(name: str, entry: Entry) -> State:
    entry.only({"label", "runs", "ends"})
    runs, ends = entry.get("runs"), entry.get("ends")
    return State(
        name,
        _words(entry.need("label")),
        runs is not None and runs.truth(),
        ends is not None and ends.truth(),
    )


def _act(name: str, entry: Entry, states: Mapping[str, State]) -> Act:
    entry.only({"label", "from", "to", "roles", "own_department", "needs_note", "not_by"})
    sources = tuple(one.text() for one in entry.need("from").items())
    target = entry.need("to").text()
    for state in (*sources, target):
        _known(entry, state, states)
    own, note, not_by = (entry.get(key) for key in ("own_department", "needs_note", "not_by"))
    return Act(
        name,
        _words(entry.need("label")),
        sources,
        target,
        frozenset(one.text() for one in entry.need("roles").items()),
        own is not None and own.truth(),
        note is not None and note.truth(),
        () if not_by is None else tuple(one.text() for one in not_by.items()),
    )


def _known(entry: Entry, name: str, known: Collection[str]) -> None:
    if name not in known:
        raise entry.fail(f"{name!r} is not known here.", f"Use one of: {', '.join(known)}.")


def _term(entry: Entry) -> Term:
    entry.only({"working_days", "days"})
    unit: Unit = "days" if entry.get("days") is not None else "working_days"
    return Term(entry.need(unit).integer(), unit)


def _words(entry: Entry) -> Words:
    return {"zh": entry.need("zh").text(), "en": entry.need("en").text()}
