"""The data files of a static copy: tables of each plan, and what other systems read."""

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, repeat
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from lantu.cli.publish_files import Files
from lantu.core.publishing import place_of


def write_data(files: Files, only: str | None) -> None:
    """All the data."""
    write_figures(files, only)
    write_verdicts(files, only)


def write_figures(files: Files, only: str | None) -> None:
    """The figures of each zone: each series beside its page, all of them as one, and as SDMX."""
    from lantu.services.opendata.queries import WholeFlow

    for zone in _zones(only):
        whole = WholeFlow(zone)
        _write_series(files, zone, whole)
        _write_structure(files, whole.flow())


def _write_series(files: Files, zone: Any, whole: Any) -> None:
    """Every series by itself as csv and json, and all of them as csv, as json and as SDMX.

    Series by series, and each for all files at once: a zone has figures in their hundred thousands.
    """
    from lantu.kernel.facts import queries
    from lantu.kernel.facts.tables import EMPTY
    from lantu.services.opendata.sdmx.lines import CsvText, JsonText

    name = f"data/{zone.slug}/facts"
    texts = CsvText(whole.flow()), JsonText(whole.flow())
    with (
        files.whole(f"{name}.csv") as table,
        files.whole(f"{name}.json") as listing,
        files.whole(f"{name}.sdmx.csv") as rows,
        files.whole(f"{name}.sdmx.json") as message,
    ):
        table.write(EMPTY[0])
        rows.write(f"{texts[0].heads}\r\n".encode())
        message.write(f"{texts[1].begin(_prepared())}{texts[1].begin_set()}".encode())
        between, before = chain([b"[\n"], repeat(b",\n")), chain([""], repeat(","))
        for series in queries.printed(zone):
            lines, members = _write_tables(files, zone.slug, series)
            table.write(lines)
            listing.write(next(between) + members)
            del lines, members  # a long series is large: one at a time
            if told := _sdmx(whole.stretches(series), *texts):
                rows.write(told[0])
                message.write(next(before).encode() + told[1])
                del told
        listing.write(b"\n]\n" if listing.tell() else b"[\n]\n")
        message.write(f"{texts[1].END_OF_SET}{texts[1].end(whole.flow())}".encode())


def _write_tables(files: Files, zone: str, series: Any) -> tuple[bytes, bytes]:
    """A series by itself as csv and json; gives its lines and its members, without their ends."""
    from lantu.kernel.facts.tables import EMPTY, series_tables

    lines, found = series_tables(series)
    place = _place(zone, series.indicator, series.subject)
    files.write(f"{place}.csv", lines)
    files.write(f"{place}.json", found)
    return lines[len(EMPTY[0]) :], found[2:-3]


def _sdmx(found: Iterator[Any], csv: Any, json: Any) -> tuple[bytes, bytes] | None:
    """Stretches of figures as lines of SDMX-CSV and members of SDMX-JSON; None where none is."""
    lines: list[str] = []
    members: list[str] = []
    for stretch in found:
        lines += csv.stretch(stretch)
        members += json.stretch(stretch)
    return ("\r\n".join([*lines, ""]).encode(), ",".join(members).encode()) if lines else None


def _place(zone: str, indicator: str, subject: str) -> str:
    """Where a series stands in the copy, without the ending of its form."""
    asked = urlencode({"indicator": indicator, "subject": subject, "export": "csv"})
    place = posixpath.join("data", place_of(f"/z/{zone}/facts/series/?{asked}"))
    return place.removesuffix(".csv")


def write_verdicts(files: Files, only: str | None) -> None:
    """The verdicts of each plan as json and csv, and those of the zone as SDMX."""
    from lantu.kernel.commitments import queries as commitments
    from lantu.kernel.facts.export import as_csv, as_json
    from lantu.services.opendata import queries

    for zone in _zones(only):
        by_year: list[Any] = []
        for line in commitments.plans(zone):
            rows, years = _verdicts(line)
            by_year += years
            heads = list(rows[0]) if rows else ["code"]
            cells = [[row[key] for key in heads] for row in rows]
            name = f"data/{zone.slug}/{line.name}-verdicts"
            files.write(f"{name}.json", as_json(heads, cells))
            files.write(f"{name}.csv", as_csv(heads, cells))
        flow = queries.flow_of_verdicts(zone)
        _write_flow(files, flow, by_year)
        _write_structure(files, flow)


def _zones(only: str | None) -> list[Any]:
    from lantu.kernel.access.queries import zones

    return [zone for zone in zones() if only in (None, zone.slug)]


def _verdicts(line: Any) -> tuple[list[dict[str, Any]], list[Any]]:
    """Every promise of a plan with its verdict as of today, and the rows of the years before."""
    from django.utils import timezone

    from lantu.core.judging.records import Plan
    from lantu.core.judging.states import WORDS
    from lantu.kernel.commitments import queries as commitments
    from lantu.services.opendata import queries

    today = timezone.localdate()
    ends = queries.year_ends(Plan(line.start, line.end), today)
    rows, by_year = [], []
    for record, (now, *then) in commitments.verdicts_on(line.name, [today, *ends]):
        row = {
            "code": record.code,
            "title_zh": record.title["zh"],
            "title_en": record.title["en"],
            "state": now.state,
            "state_zh": WORDS[now.state][0],
            "state_en": WORDS[now.state][1],
            "at": now.at,
            "progress": None if now.progress is None else str(now.progress),
            "as_of": today.isoformat(),
        }
        rows.append(row)
        by_year += [
            queries.verdict_row(line.name, record.code, end.year, verdict)
            for end, verdict in zip(ends, then, strict=True)
        ]
    return rows, by_year


def _write_flow(files: Files, flow: Any, rows: list[Any]) -> None:
    """What is sent at the addresses of the open data, as files."""
    from lantu.services.opendata.sdmx import data

    name = f"data/{flow.zone}/{flow.kind}.sdmx"
    files.write(f"{name}.csv", "".join(data.as_csv(flow, rows)).encode())
    files.write(f"{name}.json", "".join(data.as_json(flow, rows, _prepared())).encode())


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
