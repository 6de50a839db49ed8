"""A plan out as a folder, or as records one a line; called by `lantu plan export`."""

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from lantu.cli import read
from lantu.cli.plan_source import find_plan, loaded
from lantu.core.errors import Refused
from lantu.core.plans import wire
from lantu.core.plans.outline import FILE, Shape, written
from lantu.core.plans.proposed import proposed
from lantu.core.plans.records import Observed, PlanCommitment, PlanFolder, PlanProject
from lantu.core.plans.sample import Plain
from lantu.core.plans.tables import EVENTS, OBSERVATIONS


def export(args: argparse.Namespace) -> int:
    """A plan as a folder, or as the records of INTERFACES, one a line."""
    plan = find_plan(args.plan)
    if args.format == "jsonl":
        _jsonl(plan, args.output)
    else:
        path = args.output or Path(plan.name)
        _folder(plan, path, _figures(plan, args.plan))
        _outline(path, _shapes(plan, args.plan))
    return 0


def _shapes(plan: PlanFolder, name: str) -> Sequence[Shape]:
    """Those of the folder; of a loaded plan those of its zone in force today."""
    if (Path(name) / "plan.yaml").is_file() or loaded(name) is None:
        return plan.outline
    from django.utils.timezone import localdate

    from lantu.kernel.access.models import Zone
    from lantu.kernel.places.queries import outline

    return outline(Zone.objects.get(slug=plan.zone.slug), localdate())


def _outline(path: Path, shapes: Sequence[Shape]) -> None:
    if shapes:
        text = json.dumps(written(shapes), ensure_ascii=False, indent=1)
        (path / FILE).write_text(f"{text}\n", encoding="utf-8")


def _figures(plan: PlanFolder, name: str) -> Sequence[Observed]:
    """Those of the folder; of a loaded plan all that its zone has, also those imported later."""
    if (Path(name) / "plan.yaml").is_file() or loaded(name) is None:
        return plan.observations
    from lantu.kernel.access.models import Zone
    from lantu.kernel.facts.queries import observed

    return tuple(observed(Zone.objects.get(slug=plan.zone.slug)))


def _jsonl(plan: PlanFolder, output: Path | None) -> None:
    records: list[PlanCommitment | PlanProject] = [*plan.commitments, *plan.projects]
    lines = [
        {**read.record(proposed(one)), "plan": plan.name, "title": dict(one.title)}
        for one in records
    ]
    text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, encoding="utf-8")


def _folder(plan: PlanFolder, path: Path, figures: Sequence[Observed]) -> None:
    if path.exists() and any(path.iterdir()):
        raise Refused(f"The folder {path} is not empty. Choose another with -o.")
    (path / "commitments").mkdir(parents=True, exist_ok=True)
    _write(path / "plan.yaml", _head(plan))
    chapters: dict[str, list[dict[str, Any]]] = {}
    for record in plan.commitments:
        chapters.setdefault(record.place.chapter, []).append(_entry(wire.dump(record)))
    for number, (chapter, entries) in enumerate(chapters.items(), 1):
        body = {"chapter": chapter, "commitments": entries}
        _write(path / "commitments" / f"{number:02d}.yaml", body)
    projects = [_entry(wire.dump(project)) for project in plan.projects]
    if projects:
        _write(path / "projects.yaml", {"projects": projects})
    _table(path / "observations.csv", OBSERVATIONS, figures)
    _table(path / "events.csv", EVENTS, plan.events)


def _head(plan: PlanFolder) -> dict[str, Any]:
    return {
        "name": plan.name,
        "zone": {"slug": plan.zone.slug, **plan.zone.name},
        "title": dict(plan.title),
        "invented": plan.invented,
        "period": {"start": plan.period.start, "end": plan.period.end},
        **({"outlook": plan.outlook} if plan.outlook else {}),
        **({"level": plan.level} if plan.level != "zone" else {}),
        **({"parent": plan.parent} if plan.parent else {}),
        "rules": plan.rules,
        "document": wire.dump(plan.document),
        "scopes": {
            slug: {**scope["name"], **({"note": scope["note"]} if scope.get("note") else {})}
            for slug, scope in plan.scopes.items()
        },
        "departments": [{"slug": slug, **words} for slug, words in plan.departments.items()],
    }


def _entry(terms: dict[str, Any]) -> dict[str, Any]:
    """A record in the keys of a plan folder."""
    entry = {key: value for key, value in terms.items() if key not in ("where", "place")}
    target = {
        short: entry.pop(f"target_{short}")
        for short in ("year", "value", "date")
        if f"target_{short}" in entry
    }
    if target:
        entry["target"] = target
    if entry.get("kind") == "task":
        entry.pop("form", None)
    departments = {key: entry.pop(key) for key in ("lead", "support") if key in entry}
    if departments:
        entry["departments"] = departments
    place = dict(terms.get("place", {}))
    phrase = place.pop("phrase", "")
    if place:
        entry["place"] = place
    if phrase:
        entry["phrase"] = phrase
    return _plainly(entry)


def _plainly(entry: dict[str, Any]) -> dict[str, Any]:
    """The few keys that the folder writes in another way."""
    if "entered" in entry:
        entered = _entry(entry.pop("entered"))
        if "entered_known_on" in entry:
            entered["known_on"] = entry.pop("entered_known_on")
        entry["entered"] = entered
    if "period" in entry:
        p = entry.pop("period")
        first = f"{p['start_year']:04d}-{p['start_month']:02d}"
        entry["period"] = f"{first}/{p['end_year']:04d}-{p['end_month']:02d}"
    measure = entry.get("measured_by")
    if measure and "kinds" in measure:
        measure["kind"] = measure.pop("kinds")
    return entry


def _write(path: Path, body: dict[str, Any]) -> None:
    text = yaml.dump(body, Dumper=Plain, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(text, encoding="utf-8")


def _table(path: Path, columns: Sequence[str], rows: Sequence[Any]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([_cell(getattr(row, column)) for column in columns])


def _cell(value: object) -> str:
    return "" if value is None else str(value)
