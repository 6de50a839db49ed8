"""Drafts: what was read from a document and reviewed → the entries of a plan folder."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from lantu.core import content
from lantu.core.content import Entry
from lantu.core.errors import ContentError
from lantu.core.figures.decimals import shown
from lantu.core.figures.english import in_sentence
from lantu.core.plans.commitments import LONGEST_PHRASE, commitment
from lantu.core.plans.projects import project
from lantu.core.plans.records import Words
from lantu.core.plans.sample import Plain
from lantu.core.reading.records import GOAL, Proposal
from lantu.core.reading.ties import Ties

_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])\s+|\s+(?=[\u3400-\u9fff])")
_GROWTH = re.compile(r"(年均)?(增速|增长率?|增幅)$")  # the title says it by itself
_AREA = re.compile(r"([\d.,]+)\s*(\D.*)")
_BY_VALUE = ("level", "cumulative", "change", "reduction", "floor", "ceiling", "rank", "per_year")
_UNMEASURED = ("milestone", "task", "delegated", "relative", "multiple")


@dataclass(frozen=True, slots=True)
class Draft:
    """A reviewed proposal with the code it keeps. `en` is the English name of what it measures.

    The scope and the departments of `ties` go by their printed names, its links by codes.
    """

    code: str
    record: Proposal
    en: str = ""
    ties: Ties = Ties()


@dataclass(frozen=True, slots=True)
class Head:
    """What plan.yaml says of a plan that is made from a document."""

    name: str
    zone: str
    zone_zh: str
    zone_en: str
    invented: bool
    zh: str
    en: str
    start: int
    end: int
    outlook: int | None
    document: str
    sha256: str
    characters: int
    number: str = ""
    issued: date | None = None
    scopes: Mapping[str, Words] = field(default_factory=dict)  # by slug
    departments: Mapping[str, Words] = field(default_factory=dict)  # by slug


def entry_of(draft: Draft, text: str, subject: str) -> dict[str, Any]:
    """The entry of a plan folder: of projects.yaml for a project, else of commitments/*.yaml.

    `subject` is of whom figures are published: the zone. A target of a single project is not
    tied to the zone's figures.
    """
    if draft.record.kind == "project":
        return _project(draft, text)
    one, start, end, phrase = draft.record, *spot(draft.record, text)
    entry: dict[str, Any] = {
        "code": draft.code,
        "kind": one.kind,
        "form": one.form if one.kind == "target" else None,
        "title": title(draft),
        "subject": one.subject,
        "metric": {"zh": _plain(one.metric), "en": draft.en or _plain(one.metric)},
        "unit": one.unit,
        "comparator": one.comparator if one.kind == "target" else None,
        "nature": one.nature,
        "place": {"section": one.section, "table": one.table, "start": start, "end": end},
        "phrase": phrase,
    }
    if one.kind == "fact":
        entry |= {"value": _number(one), "year": one.target_year, "tense": "past"}
    elif one.kind == "target":
        entry |= _target(one)
        if one.form not in _UNMEASURED and not one.project:
            entry["measured_by"] = {"indicator": _plain(one.metric), "subject": subject}
    return _filled(entry)


def tied(entry: dict[str, Any], draft: Draft, head: Head, codes: frozenset[str]) -> dict[str, Any]:
    """The entry of a commitment with its scope, its departments and its links within the plan.

    A project's folder entry has none of these; a link stands with the promise at its other end.
    """
    if draft.record.kind == "project":
        return entry
    scopes = {words["zh"]: slug for slug, words in head.scopes.items()}
    slugs = {words["zh"]: slug for slug, words in head.departments.items()}
    lead = slugs.get(draft.ties.lead)
    support = [slugs[name] for name in draft.ties.support if name in slugs]
    owners = {"lead": lead, "support": support or None}
    links = [code for code in draft.ties.links if code in codes and code != draft.code]
    return entry | _filled(
        {"scope": scopes.get(draft.ties.scope), "departments": owners, "links": links or None}
    )


def _target(one: Proposal) -> dict[str, Any]:
    """The terms that the form of a promise needs, under their names in a plan folder."""
    return {
        "base": {"year": one.base_year if one.base_value is not None else None,
                 "value": one.base_value},
        "target": {"year": one.target_year, "value": one.value if one.form in _BY_VALUE else None},
        "growth_pct": one.growth_pct if one.form == "growth" else None,
        "low": one.low,
        "high": one.high,
        "k": one.value if one.form == "multiple" else None,
        "n": one.value if one.form == "complete" else None,
    }  # fmt: skip


def _project(draft: Draft, text: str) -> dict[str, Any]:
    one, start, end, phrase = draft.record, *spot(draft.record, text)
    area = _AREA.fullmatch(one.area.strip())
    return _filled(
        {
            "code": draft.code,
            "title": title(draft),
            "box": one.table,
            "investment": one.investment,
            "area": {"value": area[1], "unit": area[2].strip()} if area else None,
            "capacity": one.capacity,
            "start_year": one.start_year,
            "finish_year": one.finish_year,
            "owner": one.owner,
            "place": {
                "chapter": one.chapter, "section": one.section, "table": one.table,
                "start": start, "end": end,
            },
            "phrase": phrase,
        }
    )  # fmt: skip


def _filled(value: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known; numbers as they were printed."""
    found: dict[str, Any] = {}
    for key, item in value.items():
        if isinstance(item, dict):
            item = _filled(item)
        if item is not None and item != "" and item != {}:
            found[key] = shown(item) if isinstance(item, Decimal) else item
    return found


def title(draft: Draft) -> dict[str, str]:
    """What a promise is called, in both languages; by its form, never the document's sentence."""
    one = draft.record
    words = _titles()[_sort(draft)]
    number, name = _number(one), _plain(one.metric)
    low, high = _shown(one.low), _shown(one.high)
    names = {
        "value": _shown(number) or "–".join(filter(None, (low, high))),
        "low": low,
        "high": high,
        "unit": one.unit,
    }
    if one.form == "growth":
        name = _GROWTH.sub("", name) or name
    zh = words["zh"].format(metric=name, **names)
    en = in_sentence(words["en"].format(metric=draft.en or name, **names))
    if one.kind in ("target", "fact") and one.target_year:
        when = "in" if one.kind == "fact" else "by"
        return {"zh": f"{one.target_year}年{zh}", "en": f"{en.rstrip()} {when} {one.target_year}"}
    return {"zh": zh, "en": en.rstrip()}


def _sort(draft: Draft) -> str:
    """Which title fits: that of its form, of its kind, or of a goal that is over."""
    one = draft.record
    if one.kind == "fact":
        return "goal" if draft.code.endswith(GOAL) else "fact"
    return "task" if one.kind == "task" else one.form or "task"


@lru_cache(maxsize=1)
def _titles() -> dict[str, dict[str, str]]:
    found = content.read(Path(__file__).with_name("drafts.yaml"), "plans/drafts.yaml").plain()
    return dict(found)


def _plain(metric: str) -> str:
    """A name without the blanks that a broken line left between Chinese letters."""
    return _BETWEEN_HAN.sub("", metric.strip())


def _number(one: Proposal) -> Decimal | None:
    """The number that is promised or stated: of a growth its rate, else the value."""
    is_rate = one.form == "growth" or one.value is None
    return one.growth_pct if is_rate else one.value


def _shown(number: Decimal | None) -> str:
    return "" if number is None else shown(number)


def spot(one: Proposal, text: str) -> tuple[int, int, str]:
    """Start, end and phrase of a place: the whole quote, or 30 letters of it around its number."""
    letters = [at for at in range(one.start, min(one.end, len(text))) if not text[at].isspace()]
    if not letters:
        return one.start, one.end, ""
    if len(letters) > LONGEST_PHRASE:
        digits = _shown(_number(one))
        found = text.find(digits, one.start, one.end) if digits else -1
        last = 0 if found < 0 else sum(at < found + len(digits) + len(one.unit) for at in letters)
        last = min(max(last, LONGEST_PHRASE), len(letters))
        letters = letters[last - LONGEST_PHRASE : last]
    phrase = "".join(text[at] for at in letters)
    return letters[0], letters[-1] + 1, phrase


def problem(draft: Draft, text: str, subject: str) -> ContentError | None:
    """Why a draft cannot be a record of a plan; None where it can."""
    try:
        entry = _as_entry(entry_of(draft, text, subject), draft.code)
        if draft.record.kind == "project":
            project(entry)
        else:
            commitment(entry, draft.record.chapter, "")
    except ContentError as error:
        return error
    return None


def _as_entry(value: Any, where: str) -> Entry:
    if isinstance(value, dict):
        return Entry(where, {key: _as_entry(item, where) for key, item in value.items()})
    return Entry(where, str(value))


def write_folder(path: Path, head: Head, drafts: Iterable[Draft], text: str) -> None:
    """Write a plan folder that holds these drafts, chapter by chapter. `path` must be empty."""
    chapters: dict[str, list[dict[str, Any]]] = {}
    projects = []
    every = list(drafts)
    codes = frozenset(draft.code for draft in every)
    for draft in every:
        entry = tied(entry_of(draft, text, head.zone_zh), draft, head, codes)
        if draft.record.kind == "project":
            projects.append(entry)
        else:
            chapters.setdefault(draft.record.chapter or head.zh, []).append(entry)
    (path / "commitments").mkdir(parents=True, exist_ok=True)
    _write(path / "plan.yaml", _head(head))
    for number, (chapter, entries) in enumerate(chapters.items(), 1):
        body = {"chapter": chapter, "commitments": entries}
        _write(path / "commitments" / f"{number:02d}.yaml", body)
    if projects:
        _write(path / "projects.yaml", {"projects": projects})


def _head(head: Head) -> dict[str, Any]:
    return _filled(
        {
            "name": head.name,
            "zone": {"slug": head.zone, "zh": head.zone_zh, "en": head.zone_en},
            "title": {"zh": head.zh, "en": head.en},
            "invented": head.invented,
            "period": {"start": head.start, "end": head.end},
            "outlook": head.outlook,
            "document": {
                "title": head.document,
                "number": head.number,
                "issued": None if head.issued is None else head.issued.isoformat(),
                "sha256": head.sha256,
                "characters": head.characters,
            },
            "scopes": dict(head.scopes),
            "departments": [{"slug": slug, **one} for slug, one in head.departments.items()]
            or None,
        }
    )


def _write(path: Path, body: Any) -> None:
    text = yaml.dump(body, Dumper=Plain, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(text, encoding="utf-8")
