"""The data files of a static copy: tables of each plan, and what other systems read."""

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from itertools import tee
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from lantu.cli.publish_files import Files
from lantu.core.publishing import place_of


def write_data(files: Files, only: str | None) -> None:
    """All the data."""
    write_verdicts(files, only)
    write_figures(files, only)


def write_figures(files: Files, only: str | None) -> None:
    """The figures of each zone: each series beside its page, all of them as one, and as SDMX."""
    from lantu.services.opendata.queries import WholeFlow

    for zone in _zones(only):
        whole = WholeFlow(zone)
        _write_flow(files, whole.flow(), _figures(files, zone, whole), whole.flow)
        _write_structure(files, whole.flow())


def _figures(files: Files, zone: Any, flow: Any) -> Iterator[Any]:
    """The rows of a zone's figures; on the way the tables of each series and of all are written."""
    from lantu.kernel.facts import queries, tables

    name = f"data/{zone.slug}/facts"
    head, between = tables.EMPTY[0], b"[\n"
    with files.whole(f"{name}.csv") as table, files.whole(f"{name}.json") as listing:
        table.write(head)
        for series in queries.printed(zone):
            lines, found = tables.series_tables(series)
            for form, content in (("csv", lines), ("json", found)):
                files.write(_place(zone.slug, series.indicator, series.subject, form), content)
            table.write(lines[len(head) :])
            listing.write(between + found[2:-3])
            between = b",\n"
            yield from flow.rows(series)
        listing.write(b"[\n]\n" if between == b"[\n" else b"\n]\n")


def _place(zone: str, indicator: str, subject: str, form: str) -> str:
    """Where a series stands in the copy."""
    asked = urlencode({"indicator": indicator, "subject": subject, "export": form})
    return posixpath.join("data", place_of(f"/z/{zone}/facts/series/?{asked}"))


def write_verdicts(files: Files, only: str | None) -> None:
    """The verdicts of each plan as json and csv, and those of the zone as SDMX."""
    from lantu.kernel.commitments import queries as commitments
    from lantu.kernel.facts.export import as_csv, as_json
    from lantu.services.opendata import queries
    from lantu.services.opendata.sdmx.asking import wanted

    for zone in _zones(only):
        for line in commitments.plans(zone):
            rows = _verdicts(line.name)
            heads = list(rows[0]) if rows else ["code"]
            cells = [[row[key] for key in heads] for row in rows]
            name = f"data/{zone.slug}/{line.name}-verdicts"
            files.write(f"{name}.json", as_json(heads, cells))
            files.write(f"{name}.csv", as_csv(heads, cells))
        flow = queries.flow_of_verdicts(zone)
        _write_flow(files, flow, queries.rows(flow, wanted(flow, "*", {})))
        _write_structure(files, flow)


def _zones(only: str | None) -> list[Any]:
    from lantu.kernel.access.queries import zones

    return [zone for zone in zones() if only in (None, zone.slug)]


def _verdicts(name: str) -> list[dict[str, Any]]:
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


def _write_flow(files: Files, flow: Any, rows: Iterator[Any], then: Any = None) -> None:
    """What is sent at the addresses of the open data, as files; each is written row by row."""
    from lantu.services.opendata.sdmx import data

    # Read once for both; each takes as many rows at a time as the other.
    rows, again = tee(rows)
    name = f"data/{flow.zone}/{flow.kind}.sdmx"
    both = {
        f"{name}.csv": data.as_csv(flow, rows),
        f"{name}.json": data.as_json(flow, again, _prepared(), then),
    }
    files.stream(both)


def _write_structure(files: Files, flow: Any) -> None:
    """What the rows of a flow are, as SDMX."""
    from lantu.services.opendata.sdmx.as_xml import structure_message
    from lantu.services.opendata.sdmx.model import AGENCY
    from lantu.services.opendata.sdmx.structures import structures

    path = ["dataflow", AGENCY, flow.id, "~"]
    every = structures(lambda: [flow], path, {"references": "all"})
    found = replace(every, is_partial=True)  # of the concepts, those of this flow
    name = f"data/{flow.zone}/{flow.kind}.sdmx-structure.xml"
    files.write(name, structure_message(found, _prepared()))


def _prepared() -> str:
    """When it was prepared: the day, since a copy of one day and state is one copy."""
    from django.utils import timezone

    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0).isoformat()


def static_files(files: Files, needs: set[str]) -> None:
    """The styles, scripts and pictures that the pages need."""
    for address in sorted(needs):
        content = _source(address).read_bytes()
        if address.endswith(".js"):
            # As a plain script it shares its names with the others of the page; a module would not.
            content = b"(() => {\n" + content + b"\n})();\n"
        files.write(address.lstrip("/"), content)


def _source(address: str) -> Path:
    from django.conf import settings

    from lantu.core.handbook.pages import ROOT, picture

    found = picture(address.removeprefix(ROOT))
    return found or Path(settings.STATIC_ROOT) / address.removeprefix(settings.STATIC_URL)
