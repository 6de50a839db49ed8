"""The data files of a static copy: tables of each plan, and what other systems read."""

import posixpath
from collections.abc import Collection
from itertools import tee
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from lantu.cli.publish_files import Files
from lantu.cli.publish_last import Keys, Last, Page
from lantu.core.publishing import place_of

KINDS = ("facts", "verdicts")  # of what other systems read of a zone


def write_data(
    files: Files, only: str | None, last: Last | None = None, keys: Keys | None = None
) -> dict[str, Page]:
    """All the data; gives what each series was made of."""
    write_verdicts(files, only)
    write_structures(files, only)
    write_flows(files, only)
    return write_series(files, only, last or Last(files.folder), keys or Keys())


def write_series(files: Files, only: str | None, last: Last, keys: Keys) -> dict[str, Page]:
    """The figures of each zone as json and csv, each series also by itself.

    Gives what each series was made of; those of the last copy that were made of the same stay.
    """
    made: dict[str, Page] = {}
    for zone in _zones(only):
        made |= _figures(files, f"data/{zone.slug}", zone, last, keys)
    return made


def write_verdicts(files: Files, only: str | None) -> None:
    """The verdicts of each plan as json and csv."""
    from lantu.kernel.commitments import queries as commitments
    from lantu.kernel.facts.export import as_csv, as_json

    for zone in _zones(only):
        for line in commitments.plans(zone):
            rows = _verdicts(line.name)
            heads = list(rows[0]) if rows else ["code"]
            cells = [[row[key] for key in heads] for row in rows]
            name = f"data/{zone.slug}/{line.name}-verdicts"
            files.write(f"{name}.json", as_json(heads, cells))
            files.write(f"{name}.csv", as_csv(heads, cells))


def _zones(only: str | None) -> list[Any]:
    from lantu.kernel.access.queries import zones

    return [zone for zone in zones() if only in (None, zone.slug)]


def _figures(files: Files, base: str, zone: Any, last: Last, keys: Keys) -> dict[str, Page]:
    """Each series beside its page, and all of them as one: every figure is written out once."""
    from lantu.kernel.facts import queries, tables

    pairs = {pair: _Named(zone.slug, *pair, keys) for pair in queries.marks(zone)}
    stays = {pair for pair, one in pairs.items() if one.stays(last)}
    moved = None if not stays else {indicator for indicator, _ in pairs.keys() - stays}
    anew = queries.printed(zone, moved)
    whole = {form: files.folder / f"{base}/facts.{form}.part" for form in ("csv", "json")}
    whole["csv"].parent.mkdir(parents=True, exist_ok=True)
    with whole["csv"].open("wb") as table, whole["json"].open("wb") as listing:
        head, between = tables.EMPTY[0], b"[\n"
        table.write(head)
        for pair, one in pairs.items():
            if pair in stays:
                files.names.update(one.names)
                lines, found = [(files.folder / name).read_bytes() for name in one.names]
            else:
                figures = next(found for *read, found in anew if tuple(read) == pair)
                lines, found = tables.series_tables(figures)
                files.write(one.names[0], lines)
                files.write(one.names[1], found)
            table.write(lines[len(head) :])
            listing.write(between + found[2:-3])
            between = b",\n"
        listing.write(b"[\n]\n" if between == b"[\n" else b"\n]\n")
    for form, path in whole.items():
        files.names.add(f"{base}/facts.{form}")
        path.replace(path.with_suffix(""))
    return {one.address: one.page for one in pairs.values()}


class _Named:
    """Where a series stands in the copy, and what it is made of."""

    def __init__(self, zone: str, indicator: str, subject: str, keys: Keys) -> None:
        asked = urlencode({"indicator": indicator, "subject": subject})
        self.address = f"/z/{zone}/facts/series/?{asked}&export="
        places = (place_of(self.address + form) for form in ("csv", "json"))
        self.names = [posixpath.join("data", one) for one in places]
        self.page = Page(keys.series(zone, indicator, subject), (), ())

    def stays(self, last: Last) -> bool:
        return all(last.page(self.address, name, self.page.key) for name in self.names)


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


def write_structures(files: Files, only: str | None) -> None:
    """What the figures and the verdicts of a zone are, as SDMX."""
    from lantu.services.opendata.queries import flows
    from lantu.services.opendata.sdmx.as_xml import structure_message
    from lantu.services.opendata.sdmx.model import AGENCY
    from lantu.services.opendata.sdmx.structures import structures

    for zone in _zones(only):
        every = [one for one in flows() if one.zone == zone.slug]
        for flow in every:
            path = ["dataflow", AGENCY, flow.id, "~"]
            found = structures(every.copy, path, {"references": "all"})
            name = f"data/{zone.slug}/{flow.kind}.sdmx-structure.xml"
            files.write(name, structure_message(found, _prepared()))


def write_flows(files: Files, only: str | None, kinds: Collection[str] = KINDS) -> None:
    """What is sent at the addresses of the open data, as files; each is written row by row."""
    from lantu.services.opendata import queries
    from lantu.services.opendata.sdmx import data
    from lantu.services.opendata.sdmx.asking import wanted

    slugs = [zone.slug for zone in _zones(only)]
    for flow in queries.flows(kinds):
        if flow.zone not in slugs:
            continue
        # Read once for both; each takes as many rows at a time as the other.
        rows, again = tee(queries.rows(flow, wanted(flow, "*", {})))
        name = f"data/{flow.zone}/{flow.kind}.sdmx"
        both = {
            f"{name}.csv": data.as_csv(flow, rows),
            f"{name}.json": data.as_json(flow, again, _prepared()),
        }
        files.stream(both)


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
