"""The projects of a zone as OC4IDS 0.9 tells them."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal, localcontext
from typing import Any, Final

from django.db.models import Max
from django.utils import timezone as clock
from django.utils.encoding import iri_to_uri

from lantu.core.figures.decimals import ARITHMETIC
from lantu.core.plans.outline import geometry
from lantu.core.plans.records import Happening, PlanFolder, PlanProject
from lantu.kernel.access.models import Zone
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.commitments.models import Plan, Record
from lantu.kernel.places.queries import outline

YUAN: Final = Decimal(100_000_000)  # in one 亿元
VERSION: Final = "0.9"
CHINA: Final = timezone(timedelta(hours=8))  # the days of a plan are days there
_KNOWN_AS: Final = {"day": 10, "month": 7, "year": 4}  # so much of 2024-08-29


def has_projects(plans: Collection[str]) -> bool:
    """Whether any of these plans, by name, names a project."""
    return Record.objects.filter(plan__name__in=plans, sort=Record.Sort.PROJECT).exists()


def oc4ids(zone: Zone, root: str, *, licence: str = "", prefix: str = "") -> dict[str, Any] | None:
    """A project package; None where no plan names a project, for the standard knows no empty one.

    `root` is the address of the site, without a slash at its end; `licence` an address or nothing.
    What the plan does not say is not there. The names of projects bear the prefix that the
    standard's register gave to whoever runs the site, where it gave one. The publisher is the zone:
    the standard has no place for the program. The package is of the moment at which its plans were
    last changed, so that it is the same file until then.

    Source: the schemas of OC4IDS 0.9.5; lantu/services/opendata/tests/test_oc4ids.py restates them.
    """
    names = [line.name for line in commitments.plans(zone)]
    found = [plan for plan in map(commitments.promised, names) if plan is not None]
    within = _outline(zone)
    projects = [
        {"id": f"{prefix or 'lantu'}-{plan.name}-{one.code}"}
        | _project(zone, plan, one, root, within)
        for plan in found
        for one in plan.projects
    ]
    if not projects:
        return None
    changed = Plan.objects.filter(name__in=names).aggregate(at=Max("loaded_at"))["at"]
    told: dict[str, Any] = {
        "version": VERSION,
        "uri": f"{root}/z/{zone.slug}/projects.oc4ids.json",
        "publishedDate": _moment(clock.localtime(changed)),
        "publisher": {"name": zone.zh, "uri": f"{root}/z/{zone.slug}/"},
    }
    return told | ({"license": licence} if licence else {}) | {"projects": projects}


def _outline(zone: Zone) -> dict[str, Any]:
    """The border of the zone as GeoJSON; nothing where it is not known."""
    border = next((one for one in outline(zone, clock.localdate()) if one.kind == "zone"), None)
    return {} if border is None else {"geometry": geometry(border)}


def _project(
    zone: Zone, plan: PlanFolder, project: PlanProject, root: str, within: dict[str, Any]
) -> dict[str, Any]:
    events = sorted(
        (one for one in plan.events if one.code == project.code and one.event is not None),
        key=lambda one: one.date,
    )
    page = f"{root}/z/{zone.slug}/projects/{project.code}/"
    told: dict[str, Any] = {
        "language": "zh",
        "identifiers": [{"scheme": plan.name, "id": project.code}],
        "title": project.title["zh"],
        "description": _about(zone, project),
        "status": _status(events),
        "period": _period(project),
        "locations": [{"id": zone.slug, "description": zone.zh} | (_geometry(project) or within)],
        "budget": _budget(project),
        # Often a firm; the plan does not say what it is to the project, so no role is claimed.
        "parties": [{"id": project.owner, "name": project.owner}] if project.owner else [],
        "milestones": _milestones(events),
        "completion": _completion(events),
        "documents": [_page(project, page), _paper(plan, project), *_sources(events)],
    }
    return _filled(told)


def _geometry(project: PlanProject) -> dict[str, Any]:
    """A point as GeoJSON, where the plan says it; else it is somewhere within the zone."""
    if project.at is None:
        return {}
    return {"geometry": {"type": "Point", "coordinates": [float(one) for one in project.at]}}


def _filled(told: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty: the standard refuses empty texts, lists and objects."""
    return {key: value for key, value in told.items() if value}


def _about(zone: Zone, project: PlanProject) -> str:
    told = ["虚构样例 Invented sample."] if zone.invented else []
    return " ".join([*told, *filter(None, [project.note.get("zh")]), project.title["en"]])


def _budget(project: PlanProject) -> dict[str, Any]:
    if project.investment is None:
        return {}
    with localcontext(ARITHMETIC):
        yuan = project.investment * YUAN
    # JSON knows no decimals; sums of the plan are whole yuan.
    amount = int(yuan) if yuan == yuan.to_integral_value() else float(yuan)
    return {"description": "规划写明的投资", "amount": {"amount": amount, "currency": "CNY"}}


def _status(events: list[Happening]) -> str:
    """Only what events say; the standard has no word for work that stands still.

    Work that is done is at completion: whether it was handed over is not known. `completed` is a
    code no longer since 0.9.4.
    """
    courses = [one.event for one in events]
    if "done" in courses:
        return "completion"
    return "implementation" if courses and courses[-1] != "stop" else ""


def _period(project: PlanProject) -> dict[str, str]:
    """What is planned; of a year its first and last day."""
    start = "" if project.start_year is None else _start(date(project.start_year, 1, 1))
    return _filled({"startDate": start, "endDate": _end(project.due) if project.due else ""})


def _milestones(events: Iterable[Happening]) -> list[dict[str, str]]:
    """What has happened; a day only where a day is known. That work stopped is nothing met."""
    found: list[dict[str, str]] = []
    met: Counter[str] = Counter()
    for one in events:
        name = f"{one.event}-{_when(one)}"
        met[name] += 1
        told = {
            "id": name if met[name] == 1 else f"{name}-no{met[name]}",
            "title": one.event_printed or str(one.event),
            "description": _what(one),
            "dateMet": _start(one.date) if one.precision == "day" else "",
            "status": "" if one.event == "stop" else "met",
        }
        found.append(_filled(told))
    return found


def _completion(events: Iterable[Happening]) -> dict[str, str]:
    """When it was done: the first event that says so decides, as in the verdict."""
    done = next((one for one in events if one.event == "done"), None)
    if done is None:
        return {}
    day = _end(done.date) if done.precision == "day" else ""
    return _filled({"endDate": day, "endDateDetails": _what(done)})


def _what(one: Happening) -> str:
    said = "，".join(filter(None, [one.project, one.detail]))
    source = f"（{one.source_title}）" if one.source_title else ""
    return f"{_when(one)} {one.event_printed}：{said}{source}"


def _page(project: PlanProject, page: str) -> dict[str, str]:
    """The page of the project, which is where its scope is told, if the plan tells it."""
    area = f"面积{project.area.value:f}{project.area.unit}" if project.area else ""
    parts = "、".join(item["zh"] for item in project.items)
    scope = "；".join(filter(None, [project.capacity, area, parts]))
    told = {
        "id": "page",
        "documentType": "projectScope" if scope else "",
        "title": project.title["zh"],
        "description": scope,
        "url": page,
        "format": "text/html",
    }
    return _filled(told)


def _paper(plan: PlanFolder, project: PlanProject) -> dict[str, str]:
    """The plan that names the project, and where in it."""
    paper, place = plan.document, f"{project.place.chapter}{project.place.section}"
    issued = f"{paper.issued}印发" if paper.issued else ""
    told = {
        "id": "plan",
        "documentType": "projectPlan",
        "title": paper.title or plan.title["zh"],
        "description": "，".join(filter(None, [paper.number, issued, place])),
        "url": iri_to_uri(paper.url),
        "language": "zh",
    }
    return _filled(told)


def _sources(events: Iterable[Happening]) -> list[dict[str, str]]:
    """The reports on which the events rest, each once."""
    found = dict.fromkeys((one.source_url, one.source_title) for one in events if one.source_url)
    return [
        _filled({"id": f"source-{number}", "title": title, "url": iri_to_uri(url)})
        for number, (url, title) in enumerate(found, 1)
    ]


def _when(one: Happening) -> str:
    return str(one.date)[: _KNOWN_AS[one.precision]]


def _start(day: date) -> str:
    return _moment(datetime.combine(day, time(), CHINA))


def _end(day: date) -> str:
    return _moment(datetime.combine(day, time(23, 59, 59), CHINA))


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
