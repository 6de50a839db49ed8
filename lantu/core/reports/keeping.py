"""Keeping: what a report rests on, as plain JSON; and what has changed since."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from lantu.core.figures.decimals import rounded, shown
from lantu.core.judging.records import Verdict
from lantu.core.plans.records import PlanFolder
from lantu.core.plans.standing import Judged, Question, Standing
from lantu.core.reports.document import Block, Document, Heading, Paragraph, Table

_BLOCKS: Final = {"heading": Heading, "paragraph": Paragraph, "table": Table}
Snapshot = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One promise or project that stands otherwise, and the figures that came or went."""

    code: str
    title: Mapping[str, str]
    before: str | None  # the state; None where it was not there
    after: str | None
    progress_before: str | None  # per cent, one place
    progress_after: str | None
    came: tuple[tuple[str, ...], ...]  # year, value, source
    went: tuple[tuple[str, ...], ...]


def document_as_json(document: Document) -> dict[str, Any]:
    """A document as plain JSON; `document_from_json` gives it back the same."""
    names = {kind: name for name, kind in _BLOCKS.items()}
    blocks = [{"is": names[type(block)], **asdict(block)} for block in document.blocks]
    return {**asdict(document), "blocks": blocks}


def document_from_json(kept: Mapping[str, Any]) -> Document:
    """The document that was kept."""
    return Document(**{**kept, "blocks": tuple(_block(one) for one in kept["blocks"])})


def _block(kept: Mapping[str, Any]) -> Block:
    terms = {key: value for key, value in kept.items() if key != "is"}
    if kept["is"] == "table":
        return Table(terms["title"], tuple(terms["head"]), tuple(map(tuple, terms["rows"])))
    found: Block = _BLOCKS[kept["is"]](**terms)
    return found


def checksum(documents: Snapshot, rests_on: Snapshot) -> str:
    """SHA-256 of a report and its snapshot, whatever the order of their keys."""
    text = json.dumps([documents, rests_on], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def snapshot(plan: PlanFolder, question: Question) -> dict[str, Any]:
    """How every promise and project of a plan stands, and on which figures."""
    judged = Judged(plan)
    return rests_on((*judged.commitments(question), *judged.projects(question)), question)


def rests_on(standings: Iterable[Standing], question: Question) -> dict[str, Any]:
    """The same of standings that are at hand."""
    lines = {}
    for one in standings:
        lines[one.record.code] = {
            "title": dict(one.record.title),
            "state": one.verdict.state,
            "progress": _per_cent(one.verdict),
            "facts": [list(fact) for fact in _facts(one.verdict)],
        }
    return {"as_of": question.as_of.isoformat(), "lines": lines}


def _per_cent(verdict: Verdict) -> str | None:
    return None if verdict.progress is None else shown(rounded(verdict.progress * 100, 1))


def _facts(verdict: Verdict) -> Iterator[tuple[str, ...]]:
    for fact in verdict.used:
        yield (str(fact.year), shown(fact.value), fact.source or "")


def differences(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    """What stands otherwise, in the order of the later snapshot; what is gone comes last."""
    old, new = before["lines"], after["lines"]
    codes = [*new, *(code for code in old if code not in new)]
    changes = (_change(code, old.get(code), new.get(code)) for code in codes)
    return tuple(one for one in changes if one is not None)


def _change(code: str, old: Snapshot | None, new: Snapshot | None) -> Change | None:
    if old == new:
        return None
    was, now = _facts_of(old), _facts_of(new)
    found = Change(
        code=code,
        title=(new or old or {})["title"],
        before=None if old is None else old["state"],
        after=None if new is None else new["state"],
        progress_before=None if old is None else old["progress"],
        progress_after=None if new is None else new["progress"],
        came=tuple(fact for fact in now if fact not in was),
        went=tuple(fact for fact in was if fact not in now),
    )
    stands_alike = (found.before, found.progress_before) == (found.after, found.progress_after)
    # Only a title that was worded anew is no change of how things stand.
    return None if stands_alike and not found.came and not found.went else found


def _facts_of(line: Snapshot | None) -> list[tuple[str, ...]]:
    return [] if line is None else [tuple(fact) for fact in line["facts"]]
