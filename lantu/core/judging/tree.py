"""The tree of an explanation: a verdict, the sentences it rests on, and the sources they end in.

VERDICTS §6. Which sentence rests on which is data (`explanations.yaml`). Every step of a verdict
stands in the tree once, and so does every figure, used or not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from lantu.core import content
from lantu.core.judging.records import Event, Fact, Step, Verdict
from lantu.core.judging.rulesets import rule_set

_FILE: Final = Path(__file__).with_name("explanations.yaml")


@dataclass(frozen=True, slots=True)
class Node:
    """One sentence of a tree. `key` names its words; leaves carry their figure or event."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    children: tuple["Node", ...] = ()
    is_step: bool = False  # whether `key` is a step; a leaf or a branch otherwise
    fact: Fact | None = None
    event: Event | None = None
    reason: str = ""  # why a figure was not used

    def all(self) -> Iterator["Node"]:
        """This node and everything it rests on, in the order of reading."""
        yield self
        for child in self.children:
            yield from child.all()


def tree(verdict: Verdict, as_of: date) -> Node:
    """What led to a verdict that was reached with `explain`, as of a day."""
    grown = _Growing(verdict, as_of)
    for step in verdict.steps:
        grown.add(step)
    key = "verdict" if verdict.at is None else "verdict-at"
    values = {"state": verdict.state, "at": verdict.at}
    return Node(key, values, (*grown.roots, *grown.rest(), *_unused(verdict)))


class _Growing:
    """The sentences so far that no other rests on, and the figures not yet placed."""

    def __init__(self, verdict: Verdict, as_of: date) -> None:
        self.roots: list[Node] = []
        self.figures = list(verdict.used)
        self.events = list(verdict.events)
        self.as_of = as_of

    def add(self, step: Step) -> None:
        shape = shapes()[step.key]
        below = [node for node in self.roots if node.is_step and node.key in shape.rests_on]
        self.roots = [node for node in self.roots if node not in below]
        leaves = [*below]
        if shape.takes_figures:
            leaves += self._take(step)
        if shape.takes_events:
            leaves += [_event(event) for event in self.events]
        leaves += [self._input(kind, step.values.get(name)) for kind, name in shape.inputs.items()]
        self.roots.append(Node(step.key, step.values, tuple(leaves), is_step=True))

    def _take(self, step: Step) -> list[Node]:
        """The figures of a step: of its year where it speaks of one, else all that are left."""
        year = step.values.get("year")
        mine = [fact for fact in self.figures if year is None or fact.year == year]
        self.figures = [fact for fact in self.figures if fact not in mine]
        return [_figure(fact) for fact in mine]

    def _input(self, kind: str, value: object) -> Node:
        if kind == "rules":
            found = rule_set(str(value), self.as_of)
            return Node(kind, {"value": value, "since": found.since, "source": found.source})
        if kind == "base":
            for fact in self.figures:
                if fact.value == value:
                    self.figures.remove(fact)
                    return Node(kind, {"value": value}, (_figure(fact),))
        return Node(kind, {"value": value})

    def rest(self) -> tuple[Node, ...]:
        """Figures that no sentence names, so that none is lost."""
        left = tuple(_figure(fact) for fact in self.figures)
        return (Node("other", {}, left),) if left else ()


def _figure(fact: Fact, reason: str = "") -> Node:
    key = "growth" if fact.kind == "growth" else "figure"
    if fact.is_part:
        key += "-part"
    values = {"year": fact.year, "value": fact.value, "months": fact.months}
    return Node(key, values, fact=fact, reason=reason)


def _event(event: Event) -> Node:
    return Node("event", {"date": event.date, "event": event.event}, event=event)


def _unused(verdict: Verdict) -> tuple[Node, ...]:
    found = tuple(_figure(one.fact, one.reason) for one in verdict.unused)
    return (Node("unused", {}, found),) if found else ()


@dataclass(frozen=True, slots=True)
class Shape:
    """What a sentence rests on."""

    rests_on: tuple[str, ...]
    inputs: Mapping[str, str]  # kind of leaf → the value of the sentence that it shows
    takes_figures: bool
    takes_events: bool


@lru_cache(maxsize=1)
def shapes() -> Mapping[str, Shape]:
    """The shape of every sentence, as explanations.yaml gives it."""
    steps: dict[str, dict[str, Any]] = content.read(_FILE, "judging/explanations.yaml").plain()[
        "steps"
    ]
    return {
        key: Shape(
            tuple(step.get("from", ())),
            step.get("inputs", {}),
            step.get("figures") in (True, "true"),
            step.get("events") in (True, "true"),
        )
        for key, step in steps.items()
    }
