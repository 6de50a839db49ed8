"""The published figures of a zone as an SDMX flow, read row by row."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lantu.core.figures.periods import Period
from lantu.kernel.access.models import Zone
from lantu.kernel.facts.models import Observation
from lantu.services.opendata.sdmx.asking import Wanted, written
from lantu.services.opendata.sdmx.model import (
    NOT_STATED,
    Code,
    Codelist,
    Component,
    Flow,
    Row,
    code_id,
)

# The dimensions that are printed names, and where each is stored.
_STORED = {
    "INDICATOR": "indicator__zh",
    "SUBJECT": "subject__zh",
    "KIND": "kind",
    "UNIT": "unit",
    "SCOPE": "scope",
    "VINTAGE": "vintage",
    "SOURCE": "source_url",
}
_NAMES = {
    "INDICATOR": ("指标", "Indicator"),
    "SUBJECT": ("统计对象", "Subject"),
    "KIND": ("数值类型", "Kind of figure"),
    "UNIT": ("计量单位", "Unit of measure"),
    "SCOPE": ("口径", "Scope"),
    "VINTAGE": ("数据版本", "Vintage"),
    "SOURCE": ("来源网址", "Address of the source"),
}
_KINDS = {
    "level": ("水平值", "level"),
    "growth": ("增速", "growth"),
    "cumulative": ("累计值", "cumulative"),
    "ratio": ("比率", "ratio"),
    "rank": ("位次", "rank"),
}
_UNSAID = ("未说明", "not stated")
STATUS = Codelist(
    "CL_OBS_STATUS",
    "观测值状态",
    "Observation status",
    (Code("A", "正常", "Normal value"), Code("M", "缺失", "Missing value")),
)
_KEYS = [*_STORED.values(), "first_day", "last_day"]
_COLUMNS = [*_KEYS, "value", "source_title", "published_on", "known_on", "scope_note"]


def facts_flow(zone: Zone) -> Flow:
    """The flow of a zone's figures with its code lists as they are now."""
    dimensions = [
        Component(name, *_NAMES[name], _codelist(zone, name, field))
        for name, field in _STORED.items()
    ]
    return Flow(
        f"FACTS_{zone.slug.upper()}",
        "facts",
        zone.slug,
        f"{zone.zh}：公开数据",
        f"{zone.en}: published figures",
        (*dimensions, Component("PRINTING", "同源第几次", "Which printing", _printings(zone))),
        (
            Component("OBS_STATUS", "观测值状态", "Observation status", STATUS),
            Component("SOURCE_TITLE", "来源标题", "Title of the source"),
            Component("PUBLISHED_ON", "发布日期", "Day of publication"),
            Component("KNOWN_ON", "获知日期", "Known on"),
            Component("SCOPE_NOTE", "口径说明", "Note on the scope"),
        ),
    )


def _codelist(zone: Zone, name: str, field: str) -> Codelist:
    named = field.endswith("__zh")
    fields = [field, field.replace("__zh", "__en")] if named else [field]
    found = Observation.objects.filter(zone=zone).order_by(field).values_list(*fields).distinct()
    codes = tuple(
        Code(code_id(str(row[0])), *_words(name, str(row[0]), str(row[-1]))) for row in found
    )
    zh, en = _NAMES[name]
    return Codelist(f"CL_{name}_{zone.slug.upper()}", f"{zone.zh}：{zh}", f"{zone.en}: {en}", codes)


def _words(name: str, text: str, english: str) -> tuple[str, str]:
    if not text:
        return _UNSAID
    return _KINDS[text] if name == "KIND" else (text, english or text)


def _printings(zone: Zone) -> Codelist:
    alike = Observation.objects.filter(zone=zone).values(*_KEYS).annotate(n=Count("id"))
    most = alike.order_by("-n").values_list("n", flat=True).first() or 1
    codes = tuple(Code(str(n), f"第{n}次", f"printing {n}") for n in range(1, most + 1))
    return Codelist(f"CL_PRINTING_{zone.slug.upper()}", "同源第几次", "Which printing", codes)


def facts_rows(zone: Zone, flow: Flow, wanted: Wanted) -> Iterator[Row]:
    """The figures in force that are wanted, series by series, in order of time.

    Where a source prints a figure twice, the printings are told apart by their number.
    """
    found = _narrowed(_in_force(zone, wanted.as_of), flow, wanted)
    takes_all = wanted.is_everything
    # Columns, not records: a zone has figures in their hundred thousands.
    ordered = found.order_by(*_KEYS, "id").values_list(*_COLUMNS).iterator(chunk_size=2000)
    for same, group in groupby(ordered, key=itemgetter(slice(len(_KEYS)))):
        names, (first, last) = tuple(map(code_id, same[:-2])), same[-2:]
        period = Period(first.year, first.month, last.year, last.month)
        time = written(period)
        for number, columns in enumerate(group, 1):
            key = (*names, str(number))
            if takes_all or wanted.takes(key, period):
                yield _row(key, time, *columns[len(_KEYS) :])


def _in_force(zone: Zone, as_of: date | None) -> QuerySet[Observation]:
    later = Observation.objects.filter(supersedes_id=OuterRef("pk"))
    found = Observation.objects.filter(zone=zone).select_related("indicator", "subject")
    if as_of is not None:
        later = later.filter(_known_by(as_of))
        found = found.filter(_known_by(as_of))
    return found.filter(~Exists(later))


def _known_by(day: date) -> Q:
    return Q(known_on__isnull=True) | Q(known_on__lte=day)


def _narrowed(found: QuerySet[Observation], flow: Flow, wanted: Wanted) -> QuerySet[Observation]:
    """As much as the database can leave out; the rest is told row by row."""
    for place, (name, field) in enumerate(_STORED.items()):
        codes = wanted.codes(place)
        listed = flow.dimensions[place].codelist
        if codes is not None and listed is not None:
            texts = [_text(name, one) for one in listed.codes if one.id in codes]
            found = found.filter(**{f"{field}__in": texts})
    return found


def _text(name: str, code: Code) -> str:
    if code.id == NOT_STATED:
        return ""
    return code.id if name == "KIND" else code.zh


def _row(
    key: tuple[str, ...], time: str, value: Decimal, title: str, published: str,
    known_on: date | None, note: str,
) -> Row:  # fmt: skip
    known = None if known_on is None else known_on.isoformat()
    return Row(key, time, value, ("A", title or None, published or None, known, note or None))
