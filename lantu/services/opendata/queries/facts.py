"""The published figures of a zone as an SDMX flow, read row by row."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from django.db.models import Case, Count, Max, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from lantu.core.figures.periods import Period
from lantu.kernel.access.models import Zone
from lantu.kernel.facts.models import Indicator, Observation
from lantu.kernel.facts.queries import as_text, in_force
from lantu.kernel.registry.models import Subject
from lantu.services.opendata.sdmx.asking import Wanted
from lantu.services.opendata.sdmx.filters import written
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
STORED = {
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
_ENGLISH: dict[str, type[Indicator | Subject]] = {"INDICATOR": Indicator, "SUBJECT": Subject}
_UNSAID = ("未说明", "not stated")
STATUS = Codelist(
    "CL_OBS_STATUS",
    "观测值状态",
    "Observation status",
    (Code("A", "正常", "Normal value"), Code("M", "缺失", "Missing value")),
)
# A name is told by its number too, and the engine keeps the figures in order of these.
ORDER = [
    "indicator_id", "subject_id", "kind", "unit", "scope", "vintage", "source_url", "first_day",
    "last_day",
]  # fmt: skip
COLUMNS: list[str | Combinable] = [
    *STORED.values(),
    *map(as_text, ("first_day", "last_day", "value")),
    "source_title",
    "published_on",
    as_text("known_on"),
    "scope_note",
]
# The first and the last day of a figure, its value, and what goes with it.
Stated = tuple[str, str, str, tuple[str | None, ...]]


def facts_flow(zone: Zone) -> Flow:
    """The flow of a zone's figures with its code lists as they are now."""
    return flow_of(zone, _printed(zone), _most_printings(zone))


def flow_of(zone: Zone, printed: Mapping[str, Collection[str]], printings: int) -> Flow:
    """The flow of what is printed in a zone, for each dimension, up to so many times."""
    dimensions = [
        Component(name, *_NAMES[name], _codelist(zone, name, texts))
        for name, texts in printed.items()
    ]
    return Flow(
        f"FACTS_{zone.slug.upper()}",
        "facts",
        zone.slug,
        f"{zone.zh}：公开数据",
        f"{zone.en}: published figures",
        (
            *dimensions,
            Component("PRINTING", "同源第几次", "Which printing", _printings(zone, printings)),
        ),
        (
            Component("OBS_STATUS", "观测值状态", "Observation status", STATUS),
            Component("SOURCE_TITLE", "来源标题", "Title of the source"),
            Component("PUBLISHED_ON", "发布日期", "Day of publication"),
            Component("KNOWN_ON", "获知日期", "Known on"),
            Component("SCOPE_NOTE", "口径说明", "Note on the scope"),
        ),
    )


def _printed(zone: Zone) -> dict[str, set[str]]:
    """What is printed in a zone, for each dimension."""
    found: dict[str, set[str]] = {name: set() for name in STORED}
    together = Observation.objects.filter(zone=zone).order_by().values_list(*STORED.values())
    for texts in together.distinct().iterator(chunk_size=2000):
        for name, text in zip(found, texts, strict=True):
            found[name].add(text)
    return found


def _most_printings(zone: Zone) -> int:
    alike = Observation.objects.filter(zone=zone).values(*ORDER).annotate(n=Count("id"))
    most: int | None = alike.order_by().aggregate(most=Max("n"))["most"]
    return most or 1


def _codelist(zone: Zone, name: str, texts: Collection[str]) -> Codelist:
    english = {}
    if name in _ENGLISH:
        english = dict(_ENGLISH[name].objects.filter(zone=zone).values_list("zh", "en"))
    codes = tuple(
        Code(code_id(text), *_words(name, text, english.get(text, ""))) for text in sorted(texts)
    )
    zh, en = _NAMES[name]
    return Codelist(f"CL_{name}_{zone.slug.upper()}", f"{zone.zh}：{zh}", f"{zone.en}: {en}", codes)


def _words(name: str, text: str, english: str) -> tuple[str, str]:
    if not text:
        return _UNSAID
    return _KINDS[text] if name == "KIND" else (text, english or text)


def _printings(zone: Zone, most: int) -> Codelist:
    codes = tuple(Code(str(n), f"第{n}次", f"printing {n}") for n in range(1, most + 1))
    return Codelist(f"CL_PRINTING_{zone.slug.upper()}", "同源第几次", "Which printing", codes)


def facts_rows(zone: Zone, flow: Flow, wanted: Wanted) -> Iterator[Row]:
    """The figures in force that are wanted, series by series, in order of time.

    Where a source prints a figure twice, the printings are told apart by their number.
    """
    found = narrowed(_known(zone, wanted.as_of), flow, wanted)
    # Columns, not records: a zone has figures in their hundred thousands.
    columns = [*COLUMNS, came_after(wanted.since)]
    ordered = found.order_by(*ORDER, "id").values_list(*columns).iterator(chunk_size=2000)
    for names, series in groupby(ordered, key=itemgetter(slice(len(STORED)))):
        figures = [
            ((first_day, last_day, value, attributes(title, published, known_on, note)), is_new)
            for *_, first_day, last_day, value, title, published, known_on, note, is_new in series
        ]
        # Numbered before any is left out: a printing keeps its number.
        rows = numbered(names, (figure for figure, _ in figures))
        for (row, period), (_, is_new) in zip(rows, figures, strict=True):
            if is_new and (wanted.is_everything or wanted.takes(row.key, period)):
                yield row


def came_after(since: datetime | None) -> Combinable:
    """Whether a figure was entered after a moment. One that corrects another is entered too."""
    if since is None:
        return Value(True)
    return Case(When(entered_at__gt=since, then=Value(True)), default=Value(False))


def numbered(names: tuple[str, ...], found: Iterable[Stated]) -> Iterator[tuple[Row, Period]]:
    """The rows of one series with their periods. What rows have alike is one and the same."""
    codes = tuple(map(code_id, names))
    keys = {1: (*codes, "1")}
    number, last = 1, ("", "")
    for first_day, last_day, value, marks in found:
        same = (first_day, last_day)
        number = number + 1 if same == last else 1
        last = same
        if number not in keys:
            keys[number] = (*codes, str(number))
        period, time = spelled(first_day, last_day)
        yield Row(keys[number], time, value, marks), period


@lru_cache(maxsize=2000)
def spelled(first_day: str, last_day: str) -> tuple[Period, str]:
    """A period, and how SDMX writes it."""
    first, last = date.fromisoformat(first_day), date.fromisoformat(last_day)
    period = Period(first.year, first.month, last.year, last.month)
    return period, written(period)


@lru_cache(maxsize=4096)
def attributes(*texts: str | None) -> tuple[str | None, ...]:
    """What goes with a figure: title, days of publication and of knowledge, note on the scope."""
    return ("A", *(text or None for text in texts))


def _known(zone: Zone, as_of: date | None) -> QuerySet[Observation]:
    """The figures in force, of a day those that were known by then."""
    found = in_force(Observation.objects.filter(zone=zone), as_of)
    if as_of is not None:
        found = found.filter(Q(known_on__isnull=True) | Q(known_on__lte=as_of))
    return found


def narrowed(found: QuerySet[Observation], flow: Flow, wanted: Wanted) -> QuerySet[Observation]:
    """As much as the database can leave out; the rest is told row by row."""
    for place, (name, field) in enumerate(STORED.items()):
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
