"""Plan folders in and out of the database; called by `lantu plan`."""

import argparse
import csv
import json
import sys
from pathlib import Path
from typing import Any

import yaml

from lantu.core.errors import Refused
from lantu.core.plans import folder, wire
from lantu.core.plans.records import PlanFolder
from lantu.core.plans.sample import Plain
from lantu.core.plans.tables import EVENTS, OBSERVATIONS
from lantu.kernel.access.models import Zone
from lantu.kernel.commitments import actions, queries
from lantu.kernel.facts.queries import observed


def load(args: argparse.Namespace) -> int:
    """Show what an amended folder changes; then apply it, unless it is only a trial."""
    path = folder.find(args.plan)
    found = actions.load_folder(path, dry_run=True)
    known = queries.plan(folder.read_folder(path).name) is not None
    if known or args.dry_run:
        for change in found:
            sys.stdout.write(f"{change}\n")
    if args.dry_run:
        sys.stdout.write(f"{path.name}: {len(found)} changes (trial)\n")
        return 0
    actions.load_folder(path)
    if not args.quiet:
        sys.stdout.write(f"{path.name}: {len(found)} changes\n")
    return 0


def export(args: argparse.Namespace) -> int:
    """A loaded plan as a folder, or as the records of INTERFACES, one a line."""
    plan = queries.plan(args.plan)
    if plan is None:
        raise Refused(f"No plan {args.plan} is loaded. See: lantu plan load")
    if args.format == "jsonl":
        _jsonl(plan, args.output)
    else:
        _folder(plan, args.output or Path(plan.name))
    return 0


def _jsonl(plan: PlanFolder, output: Path | None) -> None:
    lines = [
        json.dumps({"plan": plan.name, **wire.dump(record)}, ensure_ascii=False)
        for record in (*plan.commitments, *plan.projects)
    ]
    text = "".join(f"{line}\n" for line in lines)
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, encoding="utf-8")


def _folder(plan: PlanFolder, path: Path) -> None:
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
    zone = Zone.objects.get(slug=plan.zone.slug)
    _table(path / "observations.csv", OBSERVATIONS, tuple(observed(zone)))
    _table(path / "events.csv", EVENTS, plan.events)


def _head(plan: PlanFolder) -> dict[str, Any]:
    return {
        "name": plan.name,
        "zone": {"slug": plan.zone.slug, **plan.zone.name},
        "title": dict(plan.title),
        "invented": plan.invented,
        "period": {"start": plan.period.start, "end": plan.period.end},
        **({"outlook": plan.outlook} if plan.outlook else {}),
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


def _table(path: Path, columns: tuple[str, ...], rows: tuple[Any, ...]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([_cell(getattr(row, column)) for column in columns])


def _cell(value: object) -> str:
    return "" if value is None else str(value)
