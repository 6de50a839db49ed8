"""Rows of long tables: the figures of one series, the promises of a list.

There may be many hundred, and a template would take ten times as long for each. What is drawn for
one is drawn for all of them: each unit, source and scope goes through its component once.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from lantu.core.figures.decimals import grouped, shown
from lantu.kernel.access.models import Zone
from lantu.kernel.facts.queries import Figure
from lantu.services.plan.detail import Used
from lantu.services.plan.queries import Line
from lantu.ui.templatetags import ui

_HERE = "\0"  # where the number stands in the drawn component


def drawn(zone: Zone, figures: Iterable[Figure]) -> SafeString:
    """The rows of a table; each has its number as its mark."""
    root = reverse("figure", args=[zone.slug, 0]).removesuffix("0/")
    written = lru_cache(maxsize=256)(_written)
    framed = lru_cache(maxsize=256)(_framed)
    escaped = lru_cache(maxsize=256)(conditional_escape)
    more = f"<br><small>{gettext('superseded')}</small>"
    return mark_safe("".join(_row(one, root, written, framed, escaped, more) for one in figures))  # noqa: S308


def _row(
    one: Figure,
    root: str,
    written: Callable[[str, str, str, str, str, str], str],
    framed: Callable[[str], tuple[str, str]],
    escaped: Callable[[str], str],
    more: str,
) -> str:
    before, after = framed(one.unit)
    note = more if one.is_superseded else ""
    if one.reason:
        note += f"<br><small>{conditional_escape(one.reason)}</small>"
    rest = written(
        one.kind, one.scope, one.scope_note, one.vintage, one.source_title, one.source_url
    )
    return (
        f'<tr id="f{one.id}"><td class="day head">'
        f'<a href="{root}{one.id}/">{escaped(one.period.replace("/", "–"))}</a></td>'
        f'<td class="number">{before}{grouped(shown(one.value))}{after}{note}</td>{rest}'
        f'<td class="day" data-label="{gettext("Published")}">'
        f"{escaped(one.published_on or '—')}</td></tr>\n"
    )


def _framed(unit: str) -> tuple[str, str]:
    """What stands before and after a number of this unit."""
    whole = render_to_string("ui/figure.html", {"text": _HERE, "unit": unit}).strip()
    before, _, after = whole.partition(_HERE)
    return before, after


def _written(
    kind: str, scope: str, note: str, vintage: str, source_title: str, source_url: str
) -> str:
    """The cells that many figures have alike."""
    scope_name = ui.register.filters["scope_name"]
    source = ui.source.drawn(source_title, source_url).strip()
    stated = scope_name(scope) if scope or note else "—"
    spoken = f"{ui.as_printed(stated)} <small>{ui.as_printed(note)}</small>"
    fold = ' class="wrap"' if note else ""  # on a phone a short one stands beside the others
    return (
        f"<td>{_kind(kind)}</td>"
        f'<td{fold} data-label="{gettext("Scope")}">{spoken}</td>'
        f'<td data-label="{gettext("Vintage")}">{ui.as_printed(vintage or "—")}</td>'
        f'<td class="wrap">{source}</td>'
    )


def used(zone: Zone, figures: Iterable[Used]) -> SafeString:
    """The rows of the figures on which a verdict rests, or of those that it left aside."""
    root = reverse("figure", args=[zone.slug, 0]).removesuffix("0/")
    found = tuple(figures)
    series = {(one.figure.indicator, one.figure.subject) for one in found if one.figure}
    apart = len({indicator for indicator, _ in series}) > 1, len({whose for _, whose in series}) > 1
    return mark_safe("".join(_used(one, root, apart) for one in found))  # noqa: S308


def _used(one: Used, root: str, apart: tuple[bool, bool]) -> str:
    """`apart`: whether the figures are of several indicators, and of several subjects."""
    year, unit, source, scope, whose = str(one.year), "", "—", "", ""
    if (figure := one.figure) is not None:
        year = f'<a href="{root}{figure.id}/">{year}</a>'
        unit = f" <small>{ui.as_printed(figure.unit)}</small>"
        source = ui.source.drawn(figure.source_title, figure.source_url)
        source += f" <small>{conditional_escape(figure.published_on)}</small>"
        scope = f" <small>{ui.as_printed(figure.scope_note)}</small>" if figure.scope_note else ""
        named = [
            text
            for text, told in zip((figure.indicator, figure.subject), apart, strict=True)
            if told
        ]
        whose = " · ".join(str(ui.as_printed(text)) for text in reversed(named))
    if one.part:
        year += f" <small>{gettext('months %(months)s') % {'months': one.part}}</small>"
    return f"""
    <tr><td class="head">{year}</td>
      <td class="number">{ui.figure.drawn(one.value)}{unit}</td><td>{_kind(one.kind)}</td>
      <td>{ui.as_printed((figure and figure.vintage) or "—")}</td>
      <td class="wrap">{source}</td>
      <td class="wrap">{whose} {conditional_escape(one.note)}{scope}</td></tr>
  """


def _kind(value: str) -> str:
    return conditional_escape(ui.register.filters["kind_name"](value))


CODE = "a-promise-s-code"


def promises(zone: Zone, lines: Iterable[Line], query: str) -> SafeString:
    """The rows of a list of promises; `query` carries the day on to the page of each."""
    address = f"{reverse('promise', args=[zone.slug, CODE])}{conditional_escape(query)}"
    escaped = lru_cache(maxsize=256)(ui.as_printed)
    marks = [
        f' <small class="whole">{word}</small>'
        for word in (f"⚠ {gettext('contradictory')}", gettext("binding"))
    ]
    label = gettext("The year")
    row = partial(_promise, address=address, printed=escaped, marks=marks, label=label)
    return mark_safe("".join(map(row, lines)))  # noqa: S308


def _promise(
    line: Line, address: str, printed: Callable[[str], str], marks: Sequence[str], label: str
) -> str:
    title = f"{conditional_escape(ui.words(line.title))}</a>"
    title += marks[0] if line.is_contradicted else ""
    title += marks[1] if line.nature == "binding" else ""
    target = ""  # a task has none; on a phone an empty cell is left out
    if line.target:
        target = f"{conditional_escape(grouped(line.target))} <small>{printed(line.unit)}</small>"
    progress = "" if line.progress is None else ui.share.drawn(line.progress)
    year = ui.state.drawn(line.year_state, line.year_at or "") if line.year_state else ""
    return f"""
        <tr>
          <td class="wrap"><a href="{address.replace(CODE, line.code, 1)}">{title}</td>
          <td>{ui.state.drawn(line.state, line.at or "")}</td>
          <td class="number">{target}</td>
          <td>{progress}</td>
          <td data-label="{label}">{year}</td>
          <td class="whole">{printed(line.chapter)}</td>
        </tr>
      """
