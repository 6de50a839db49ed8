"""The figures of one series as rows of its page.

A series may have many hundred figures, and what is drawn for one is drawn for all of them: each
unit, source and scope goes through its component once.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from lantu.core.figures.decimals import shown
from lantu.kernel.access.models import Zone
from lantu.kernel.facts.queries import Figure
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
        f'<tr id="f{one.id}"><td class="day">'
        f'<a href="{root}{one.id}/">{escaped(one.period.replace("/", "–"))}</a></td>'
        f'<td class="number">{before}{shown(one.value)}{after}{note}</td>{rest}'
        f'<td class="day">{escaped(one.published_on or "—")}</td></tr>\n'
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
    source = render_to_string("ui/source.html", ui.source(source_title, source_url)).strip()
    stated = scope_name(scope) if scope or note else "—"
    spoken = f"{ui.as_printed(stated)} <small>{ui.as_printed(note)}</small>"
    return (
        f"<td>{conditional_escape(ui.register.filters['kind_name'](kind))}</td>"
        f'<td class="wrap">{spoken}</td>'
        f"<td>{ui.as_printed(vintage or '—')}</td>"
        f'<td class="wrap">{source}</td>'
    )
