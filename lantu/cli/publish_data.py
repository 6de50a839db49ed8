"""The data files of a static copy: tables of each plan, and what other systems read."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def write(path: Path, content: bytes) -> None:
    """Only what has changed is written anew."""
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def write_data(folder: Path, only: str | None) -> int:
    """Figures and verdicts of each zone as json, csv and SDMX; give how many files there are."""
    from lantu.core.plans import wire
    from lantu.kernel.access.queries import zones
    from lantu.kernel.commitments import queries as commitments
    from lantu.kernel.facts import queries as facts
    from lantu.kernel.facts.export import as_csv

    count = 0
    for zone in zones():
        if only not in (None, zone.slug):
            continue
        tables = {"facts": [wire.dump(one) for one in facts.figures(zone, count=10**7)]}
        for line in commitments.plans(zone):
            tables[f"{line.name}-verdicts"] = _verdicts(line.name, line.end)
        for name, rows in tables.items():
            base = folder / "data" / zone.slug / name
            heads = list(dict.fromkeys(key for row in rows for key in row))
            cells = [[_cell(row.get(key)) for key in heads] for row in rows]
            text = json.dumps(rows, ensure_ascii=False, indent=1, default=str)
            write(base.with_suffix(".json"), text.encode())
            write(base.with_suffix(".csv"), as_csv(heads, cells))
            count += 2
        count += _open(folder / "data" / zone.slug, zone)
    return count


def _cell(value: object) -> object:
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value


def _verdicts(name: str, end: int) -> list[dict[str, Any]]:
    """Every promise with its verdict as of today."""
    from django.utils import timezone

    from lantu.core.judging.states import WORDS
    from lantu.core.plans.standing import Question
    from lantu.kernel.commitments import queries as commitments

    question = Question(timezone.localdate())
    return [
        {
            "code": one.record.code,
            "title_zh": one.record.title["zh"],
            "title_en": one.record.title["en"],
            "state": one.verdict.state,
            "state_zh": WORDS[one.verdict.state][0],
            "state_en": WORDS[one.verdict.state][1],
            "at": one.verdict.at,
            "progress": None if one.verdict.progress is None else str(one.verdict.progress),
            "as_of": question.as_of.isoformat(),
        }
        for one in commitments.commitments(name, question)
    ]


def _open(folder: Path, zone: Any) -> int:
    """What is sent at the addresses of the open data, as files; each is written row by row."""
    from django.utils import timezone

    from lantu.services.opendata import queries
    from lantu.services.opendata.sdmx import as_xml, data
    from lantu.services.opendata.sdmx.asking import wanted
    from lantu.services.opendata.sdmx.model import AGENCY
    from lantu.services.opendata.sdmx.structures import structures

    prepared = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0).isoformat()
    every = [one for one in queries.flows() if one.zone == zone.slug]
    for flow in every:
        base, all_of_it = folder / flow.kind, wanted(flow, "*", {})
        path = ["dataflow", AGENCY, flow.id, "~"]
        found = structures(lambda: every, path, {"references": "all"})
        write(Path(f"{base}.sdmx-structure.xml"), as_xml.structure_message(found, prepared))
        _stream(Path(f"{base}.sdmx.csv"), data.as_csv(flow, queries.rows(flow, all_of_it)))
        messages = data.as_json(flow, queries.rows(flow, all_of_it), prepared)
        _stream(Path(f"{base}.sdmx.json"), messages)
    return 3 * len(every)


def _stream(path: Path, parts: Iterable[str]) -> None:
    """Never whole in memory."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(parts)
