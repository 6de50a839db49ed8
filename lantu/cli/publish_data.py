"""The data files of a static copy: tables of each plan, and what other systems read."""

import posixpath
from itertools import tee
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from lantu.cli.publish_files import Files
from lantu.cli.publish_last import Keys, Last, Page
from lantu.core.publishing import place_of


def write_data(
    files: Files, only: str | None, last: Last | None = None, keys: Keys | None = None
) -> dict[str, Page]:
    """All the data; gives what each series was made of."""
    write_wholes(files, only)
    return write_series(files, only, last or Last(files.folder), keys or Keys())


def write_series(files: Files, only: str | None, last: Last, keys: Keys) -> dict[str, Page]:
    """The figures of each zone as json and csv, each series also by itself.

    Gives what each series was made of; those of the last copy that were made of the same stay.
    """
    made: dict[str, Page] = {}
    for zone in _zones(only):
        made |= _figures(files, f"data/{zone.slug}", zone, last, keys)
    return made


def write_wholes(files: Files, only: str | None) -> None:
    """The verdicts of each plan as json and csv, and what other systems read of a zone, as SDMX."""
    from lantu.kernel.commitments import queries as commitments
    from lantu.kernel.facts.export import as_csv, as_json

    for zone in _zones(only):
        base = f"data/{zone.slug}"
        for line in commitments.plans(zone):
            rows = _verdicts(line.name)
            heads = list(rows[0]) if rows else ["code"]
            cells = [[row[key] for key in heads] for row in rows]
            files.write(f"{base}/{line.name}-verdicts.json", as_json(heads, cells))
            files.write(f"{base}/{line.name}-verdicts.csv", as_csv(heads, cells))
        _open(files, base, zone)


def _zones(only: str | None) -> list[Any]:
    from lantu.kernel.access.queries import zones

    return [zone for zone in zones() if only in (None, zone.slug)]


def _figures(files: Files, base: str, zone: Any, last: Last, keys: Keys) -> dict[str, Page]:
    """Each series beside its page, and all of them as one: every figure is written out once."""
    from lantu.kernel.facts import queries
    from lantu.kernel.facts.export import as_csv
    from lantu.services.plan import rows

    made = {}
    whole = {form: files.folder / f"{base}/facts.{form}.part" for form in ("csv", "json")}
    whole["csv"].parent.mkdir(parents=True, exist_ok=True)
    with whole["csv"].open("wb") as table, whole["json"].open("wb") as listing:
        table.write(as_csv(rows.HEADS, []))
        head, between = len(as_csv(rows.HEADS, [])), b"[\n"
        for indicator, subject in queries.marks(zone):
            asked = urlencode({"indicator": indicator, "subject": subject})
            address = f"/z/{zone.slug}/facts/series/?{asked}&export="
            names = [posixpath.join("data", place_of(address + form)) for form in ("csv", "json")]
            made[address] = page = Page(keys.series(zone.slug, indicator, subject), (), ())
            if all(last.page(address, name, page.key) for name in names):
                files.names.update(names)
                lines, found = [(files.folder / name).read_bytes() for name in names]
            else:
                lines, found = _series(queries.series(zone, indicator, subject))
                files.write(names[0], lines)
                files.write(names[1], found)
            table.write(lines[head:])
            listing.write(between + found[2:-3])
            between = b",\n"
        listing.write(b"[\n]\n" if between == b"[\n" else b"\n]\n")
    for form, path in whole.items():
        files.names.add(f"{base}/facts.{form}")
        path.replace(path.with_suffix(""))
    return made


def _series(figures: list[Any]) -> tuple[bytes, bytes]:
    """As csv and as json."""
    from lantu.kernel.facts.export import as_csv, as_json
    from lantu.services.plan import rows

    cells = rows.cells(figures)
    return as_csv(rows.HEADS, cells), as_json(rows.HEADS, cells)


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


def _open(files: Files, base: str, zone: Any) -> None:
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
        path, all_of_it = ["dataflow", AGENCY, flow.id, "~"], wanted(flow, "*", {})
        name = f"{base}/{flow.kind}.sdmx"
        found = structures(lambda: every, path, {"references": "all"})
        files.write(f"{name}-structure.xml", as_xml.structure_message(found, prepared))
        # Read once for both; each takes as many rows at a time as the other.
        rows, again = tee(queries.rows(flow, all_of_it))
        both = {
            f"{name}.csv": data.as_csv(flow, rows),
            f"{name}.json": data.as_json(flow, again, prepared),
        }
        files.stream(both)


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
