"""The sample zone 青禾示范区: an invented plan with full data, the same for the same seed.

It shows every form and every state, and says on every page that it is invented.
"""

import csv
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from lantu.core.figures.decimals import rounded, shown
from lantu.core.plans import outline
from lantu.core.plans.tables import EVENTS, OBSERVATIONS

NAME = "qinghe-2021-2025"
ANNUAL = "qinghe-2024"
YEARS = range(2021, 2026)
SUBJECT = "青禾示范区"
CITY = "青禾市"
SOURCE = "https://example.org/qinghe"
Words = tuple[str, str]


@dataclass(slots=True)
class Writer:
    """Collects the records and figures of the plan."""

    chance: random.Random
    commitments: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    projects: list[dict[str, Any]] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    events: list[dict[str, str]] = field(default_factory=list)

    def promise(self, chapter: str, code: str, title: Words, **terms: Any) -> None:
        """One commitment; `terms` are the keys of a plan folder."""
        entry = {"code": code, "kind": "target", "title": _words(title), "subject": "全区"}
        self.commitments.setdefault(chapter, []).append({**entry, **terms})

    def task(self, chapter: str, code: str, title: Words, **terms: Any) -> None:
        entry = {"code": code, "kind": "task", "title": _words(title)}
        self.commitments.setdefault(chapter, []).append({**entry, **terms})

    def figure(self, indicator: str, period: str, value: Decimal, unit: str, **more: str) -> None:
        """One observation of the zone, or of `subject`."""
        year = int(period.split("-")[0].split("/")[0])
        known = more.pop("known_on", f"{year + 1}-03-15")
        kind = more.pop("kind", "level")
        row = {"indicator": indicator, "subject": more.pop("subject", SUBJECT), "period": period}
        row |= {
            "value": shown(value),
            "unit": unit,
            "kind": kind,
            "source_title": "虚构公报",
        }
        row |= {"source_url": f"{SOURCE}/{year}", "published_on": known, "known_on": known}
        self.rows.append({**row, **more})

    def series(
        self,
        indicator: str,
        unit: str,
        value: Callable[[int], Decimal],
        *,
        years: range = YEARS,
        places: int = 1,
        **more: str,
    ) -> None:
        """A figure for each year, with a little noise, once as 快报 and once as 年报."""
        for year in years:
            exact = value(year)
            noise = Decimal(self.chance.randint(-4, 4)) / 1000
            flash = rounded(exact * (1 + noise), places)
            self.figure(
                indicator, str(year), flash, unit, vintage="快报",
                known_on=f"{year + 1}-01-20", **more,
            )  # fmt: skip
            self.figure(
                indicator, str(year), rounded(exact, places), unit, vintage="年报",
                known_on=f"{year + 1}-09-30", **more,
            )  # fmt: skip

    def event(self, code: str, project: str, kind: str, day: str, detail: str) -> None:
        printed = {
            "start": "开工",
            "progress": "进展",
            "stop": "停工",
            "resume": "复工",
            "done": "竣工",
        }
        self.events.append(
            {
                "code": code,
                "project": project,
                "event": kind,
                "event_printed": printed[kind],
                "date": day,
                "precision": "day",
                "detail": detail,
                "source_title": "虚构报道",
                "source_url": f"{SOURCE}/events",
                "known_on": day,
            }
        )


def _words(words: Words) -> dict[str, str]:
    return {"zh": words[0], "en": words[1]}


def _measured(indicator: str, **more: Any) -> dict[str, Any]:
    return {"indicator": indicator, "subject": SUBJECT, **more}


def write_sample(path: Path, *, seed: int = 2021) -> None:
    """Write the whole folder; the same seed gives the same bytes."""
    from lantu.core.plans import sample_plan

    writer = Writer(random.Random(seed))  # noqa: S311  # figures, not secrets
    sample_plan.fill(writer)
    _write(path, writer, sample_plan.HEAD, sample_plan.README)
    _outline(path / outline.FILE, sample_plan.OUTLINE)


def write_annual_sample(path: Path) -> None:
    """Write the annual plan of the sample zone: no figures of its own, so no chance in it."""
    from lantu.core.plans import sample_annual

    writer = Writer(random.Random(0))  # noqa: S311  # nothing is drawn
    sample_annual.fill(writer)
    _write(path, writer, sample_annual.HEAD, sample_annual.README)


def _write(path: Path, writer: Writer, head: dict[str, Any], readme: str) -> None:
    (path / "commitments").mkdir(parents=True, exist_ok=True)
    _yaml(path / "plan.yaml", head)
    for number, (chapter, entries) in enumerate(writer.commitments.items(), 1):
        body = {"chapter": chapter, "commitments": entries}
        _yaml(path / "commitments" / f"{number:02d}.yaml", body)
    _yaml(path / "projects.yaml", {"projects": writer.projects})
    _csv(path / "observations.csv", OBSERVATIONS, writer.rows)
    _csv(path / "events.csv", EVENTS, writer.events)
    (path / "README.md").write_text(readme, encoding="utf-8")


def _outline(path: Path, features: list[Any]) -> None:
    """A feature a line, so that a moved border shows as one."""
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in features)
    head = '{"type": "FeatureCollection", "features": [\n'
    path.write_text(f"{head}{lines}\n]}}\n", encoding="utf-8")


class Plain(yaml.SafeDumper):
    """Writes every value out: a plan folder takes no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _yaml(path: Path, body: Any) -> None:
    text = yaml.dump(body, Dumper=Plain, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(f"# Invented. Written by `lantu plan sample`.\n{text}", encoding="utf-8")


def _csv(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
