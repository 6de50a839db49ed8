"""The data sets of a zone: what each holds, over which time, and where it is fetched."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from urllib.parse import urlencode

from django.db.models import Max, Min

from lantu.kernel.access.models import LedgerEntry, Zone
from lantu.kernel.access.queries import zones
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.commitments.queries import PlanLine
from lantu.kernel.facts.models import Indicator, Observation
from lantu.services.opendata.queries.projects import has_projects
from lantu.services.opendata.sdmx.model import AGENCY, VERSION, code_id

TYPES: Final = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "sdmx-csv": "application/vnd.sdmx.data+csv",
    "sdmx-json": "application/vnd.sdmx.data+json",
    "atom": "application/atom+xml",
    "ics": "text/calendar",
}
_STANDARDS: Final = {
    "sdmx-csv": "https://sdmx.org/",
    "sdmx-json": "https://sdmx.org/",
    "oc4ids": "https://standard.open-contracting.org/infrastructure/",
}


@dataclass(frozen=True, slots=True)
class Distribution:
    """One form of a data set. The path begins at the root of the site."""

    key: str  # of its form: csv, json, sdmx-csv …
    path: str

    @property
    def media_type(self) -> str:
        """What a browser takes it for."""
        return TYPES.get(self.key, "application/json")

    @property
    def standard(self) -> str:
        """The address of the standard it keeps to; empty for plain tables."""
        return _STANDARDS.get(self.key, "")


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data set. A part belongs to a whole; days are None where nothing is in it."""

    id: str
    kind: str  # promises, verdicts, facts, series, projects or findings
    zone: str
    place: dict[str, str]  # the zone's name
    invented: bool
    title: dict[str, str]
    about: dict[str, str]
    modified: datetime | None
    first: date | None
    last: date | None
    distributions: tuple[Distribution, ...]
    whole: str = ""  # the id of the data set that it is a part of
    measured: tuple[dict[str, str], ...] = ()  # what its numbers measure

    @property
    def name(self) -> dict[str, str]:
        """The title without the zone, for a page that is the zone's own."""
        if self.kind not in _TITLES:
            return self.title
        zh, en = _TITLES[self.kind]
        return {"zh": zh, "en": en}


_TITLES: Final = {
    "promises": ("规划承诺", "Promises of the plan"),
    "verdicts": ("承诺判定", "Verdicts on the promises"),
    "facts": ("公开数据", "Published figures"),
    "projects": ("规划项目", "Projects of the plan"),
    "findings": ("规划自查", "What the plan's own arithmetic says"),
}
_MEASURED: Final = {
    "promises": [("目标值", "Target")],
    "verdicts": [("进展", "Progress"), ("判定", "Verdict")],
    "projects": [("投资", "Investment")],
    "findings": [("文中数字", "Number stated"), ("算得数字", "Number computed")],
}
MOST_MEASURED: Final = 100  # of the indicators of a zone, which may have thousands
_ABOUT: Final = {
    "promises": (
        "规划的每项承诺、任务：目标、单位、期限、在文件中的位置。",
        "Every promise and task of the plan: target, unit, time, and its place in the document.",
    ),
    "verdicts": (
        "每项承诺在各年末的进展与判定；未知不记为零。",
        "How far each promise had come by each year's end; what is not known is not zero.",
    ),
    "facts": (
        "公开发布的数据，带单位、口径、版本和来源网址。",
        "Published figures with unit, scope, vintage and the address of their source.",
    ),
    "projects": (
        "规划列出的项目：投资、期限、进展。",
        "The projects that the plan names: investment, time, and how far they are.",
    ),
    "findings": (
        "规划文本内数字之间的核对结果。",
        "How the numbers within the plan's text agree with each other.",
    ),
}


def datasets(zone: Zone | None = None) -> list[Dataset]:
    """The data sets of a zone or of all zones, each zone's wholes before its series."""
    chosen = zones() if zone is None else [zone]
    return [one for found in chosen for one in (*wholes(found), *series(found))]


def dataset(name: str) -> Dataset | None:
    """The data set of that id; None where there is none."""
    return next((one for one in datasets() if one.id == name), None)


def wholes(zone: Zone) -> list[Dataset]:
    """The data sets of a zone that no other holds."""
    plans = commitments.plans(zone)
    changed = LedgerEntry.objects.filter(zone=zone).aggregate(at=Max("at"))["at"]
    days = Observation.objects.filter(zone=zone).aggregate(a=Min("first_day"), b=Max("last_day"))
    first = min((date(plan.start, 1, 1) for plan in plans), default=None)
    last = max((date(plan.end, 12, 31) for plan in plans), default=None)
    ways = {
        "promises": _promises(zone, plans),
        "verdicts": _verdicts(zone, plans),
        "facts": (*_sdmx(f"FACTS_{zone.slug.upper()}"), _api(f"zones/{zone.slug}/facts")),
        "projects": _projects(zone, plans),
        "findings": _findings(zone, plans),
    }
    return [
        Dataset(
            f"{zone.slug}-{kind}",
            kind,
            zone.slug,
            {"zh": zone.zh, "en": zone.en},
            zone.invented,
            {"zh": f"{zone.zh}：{_TITLES[kind][0]}", "en": f"{zone.en}: {_TITLES[kind][1]}"},
            _about(zone, *_ABOUT[kind]),
            changed,
            days["a"] if kind == "facts" else first,
            days["b"] if kind == "facts" else last,
            found,
            measured=_measured(zone, kind),
        )
        for kind, found in ways.items()
    ]


def _measured(zone: Zone, kind: str) -> tuple[dict[str, str], ...]:
    found: Iterable[tuple[str, str]] = _MEASURED.get(kind, ())
    if kind == "facts":
        named = Indicator.objects.filter(zone=zone).order_by("zh").values_list("zh", "en")
        found = named[:MOST_MEASURED]
    return tuple({"zh": zh, "en": en or zh} for zh, en in found)


def _about(zone: Zone, zh: str, en: str) -> dict[str, str]:
    """What a data set holds; of the invented zone it is said every time."""
    if zone.invented:
        return {"zh": f"虚构样例。{zh}", "en": f"Invented sample. {en}"}
    return {"zh": zh, "en": en}


def _sdmx(flow: str, key: str = "*") -> tuple[Distribution, ...]:
    path = f"/sdmx/data/dataflow/{AGENCY}/{flow}/{VERSION}/{key}"
    return (
        Distribution("sdmx-csv", f"{path}?format=csv"),
        Distribution("sdmx-json", f"{path}?format=json"),
    )


def _tables(zone: Zone, indicator: str, subject: str) -> Iterator[Distribution]:
    """The figures of a series as plain tables, for those who know no SDMX."""
    asked = urlencode({"indicator": indicator, "subject": subject})
    for kind in ("csv", "json"):
        yield Distribution(kind, f"/z/{zone.slug}/facts/series/?{asked}&export={kind}")


def _api(path: str) -> Distribution:
    return Distribution("json", f"/api/v1/{path}")


def _promises(zone: Zone, plans: list[PlanLine]) -> tuple[Distribution, ...]:
    tables = [Distribution(kind, f"/z/{zone.slug}/promises/?export={kind}") for kind in _TABLES]
    found = [_api(f"plans/{plan.name}/commitments") for plan in plans]
    return (*tables, *found, Distribution("ics", f"/z/{zone.slug}/due.ics"))


_TABLES: Final = ("csv", "xlsx")


def _verdicts(zone: Zone, plans: list[PlanLine]) -> tuple[Distribution, ...]:
    found = [_api(f"plans/{plan.name}/verdicts") for plan in plans]
    news = Distribution("atom", f"/z/{zone.slug}/news.atom")
    return (*_sdmx(f"VERDICTS_{zone.slug.upper()}"), *found, news)


def _projects(zone: Zone, plans: list[PlanLine]) -> tuple[Distribution, ...]:
    tables = [Distribution(kind, f"/z/{zone.slug}/projects/?export={kind}") for kind in _TABLES]
    found = [_api(f"plans/{plan.name}/projects") for plan in plans]
    if not has_projects([plan.name for plan in plans]):
        return (*tables, *found)
    return (*tables, *found, Distribution("oc4ids", f"/z/{zone.slug}/projects.oc4ids.json"))


def _findings(zone: Zone, plans: list[PlanLine]) -> tuple[Distribution, ...]:
    table = Distribution("csv", f"/z/{zone.slug}/data/findings.csv")
    return (table, *(_api(f"plans/{plan.name}/findings") for plan in plans))


def series(zone: Zone, *, start: int = 0, most: int | None = None) -> list[Dataset]:
    """One data set for each indicator of each subject, a part of the zone's figures.

    All of them, or at most so many from a place on.
    """
    fields = ("indicator__zh", "indicator__en", "subject__zh", "subject__en")
    found = Observation.objects.filter(zone=zone).order_by("subject__zh", "indicator__zh")
    lines = found.values(*fields).annotate(
        first=Min("first_day"), last=Max("last_day"), changed=Max("entered_at")
    )
    flow = f"FACTS_{zone.slug.upper()}"
    return [
        Dataset(
            f"{zone.slug}-{indicator.lower()}-{subject.lower()}",
            "series",
            zone.slug,
            {"zh": zone.zh, "en": zone.en},
            zone.invented,
            {
                "zh": f"{line['subject__zh']}：{line['indicator__zh']}",
                "en": f"{line['subject__en'] or line['subject__zh']}: "
                f"{line['indicator__en'] or line['indicator__zh']}",
            },
            _about(zone, *_ABOUT["facts"]),
            line["changed"],
            line["first"],
            line["last"],
            (
                *_sdmx(flow, f"{indicator}.{subject}.*.*.*.*.*.*"),
                *_tables(zone, line["indicator__zh"], line["subject__zh"]),
            ),
            f"{zone.slug}-facts",
            (
                {
                    "zh": line["indicator__zh"],
                    "en": line["indicator__en"] or line["indicator__zh"],
                },
            ),
        )
        for line in lines[start : None if most is None else start + most]
        for indicator, subject in [(code_id(line["indicator__zh"]), code_id(line["subject__zh"]))]
    ]
