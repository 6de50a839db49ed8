"""Components. Each has a template with its values documented, and an example in examples.yaml."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lantu.core import content
from lantu.core.auditing.findings import RESULTS, RULES
from lantu.core.figures import english
from lantu.core.figures.decimals import grouped, printed, shown
from lantu.core.handbook import glossary
from lantu.core.judging.states import STATES, WORDS
from lantu.core.plans.headings import in_english
from lantu.core.wording import in_chinese
from lantu.ui.components import component
from lantu.ui.picture import drawn
from lantu.ui.signs import MARKS, SHAPES
from lantu.ui.why import Why

register = template.Library()
_HAN = re.compile(r"[\u4e00-\u9fff]")
_QUOTED = re.compile(r"“([^”]*[\u4e00-\u9fff][^”]*)”")
# A number with its size and what is counted, as an English sentence has them.
_AMOUNT = re.compile(r"\d × (?:[A-Z]{3} [\d,]+(?: (?:m|bn)\b)?|[\d,]+(?: [a-zA-Z]+[²³]?)?)")
NAMES = Path(__file__).parent.parent / "names.yaml"
# What a leader asks first; a state in none of them is no verdict.
GROUPS = {
    "kept": ("achieved-early", "over-fulfilled", "fulfilled"),
    "going": ("ahead", "on-track"),
    "late": ("behind", "badly-behind"),
    "missed": ("missed",),
}

# An element that is no field gets the focus as the page opens, also without scripts.
FOCUSED = mark_safe(' role="status" tabindex="-1" autofocus')
REFUSED = mark_safe(' role="alert" tabindex="-1" autofocus')


def _language() -> int:
    return 0 if (get_language() or "zh").startswith("zh") else 1


def state_word(state: str) -> str:
    """The word of a state in the reader's language."""
    return WORDS[state][_language()]  # type: ignore[index]


@component(register, "ui/state.html")
def state(value: str, note: str = "") -> dict[str, Any]:
    """A verdict's word, with a shape beside its colour."""
    return {"value": value, "word": state_word(value), "shape": SHAPES[value], "note": note}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar of states, and its entry in the legend; x and width in per cent."""

    state: str
    word: str
    shape: str
    count: int
    address: str
    x: str
    width: str


@component(register, "ui/statebar.html")
def statebar(counts: Mapping[str, Any], to: str = "", **narrowed: str) -> dict[str, Any]:
    """How many stand in each state: a bar and its legend.

    `to`: the address of their list, ready to be gone on, narrowed to the state and to `narrowed`.
    """
    known = {key: int(counts[key]) for key in STATES if int(counts.get(key, 0))}
    total = sum(known.values())
    parts, left = [], Decimal(0)
    for key, count in known.items():
        width = Decimal(count * 100) / total
        address = f"{to}{urlencode({**narrowed, 'state': key})}" if to else ""
        sign = SHAPES[key]
        parts.append(
            Part(key, state_word(key), sign, count, address, shown(left, 2), shown(width, 2))
        )
        left += width
    return {"parts": tuple(parts), "total": total}


@register.inclusion_tag("ui/inshort.html")
def inshort(counts: Mapping[str, Any]) -> dict[str, Any]:
    """How many stand in each state, as one sentence: kept, on their way, late, missed, unknown."""
    known: dict[str, int] = {key: int(counts.get(key, 0)) for key in STATES}
    groups = {name: sum(known[key] for key in keys) for name, keys in GROUPS.items()}
    total = sum(known.values())
    told = (
        (groups["kept"], _("%(count)s kept")),
        (groups["going"], _("%(count)s on their way")),
        (groups["late"], _("%(count)s behind")),
        (groups["missed"], _("%(count)s missed")),
        (total - sum(groups.values()), _("%(count)s without a verdict")),
    )
    parts = [form % {"count": count} for count, form in told if count]
    return {"total": total, "parts": parts, "is_chinese": _language() == 0}


@register.inclusion_tag("ui/picture.html")
def picture(rows: Sequence[Any], title: str, name: str = "picture") -> dict[str, Any]:
    """Many things as one picture: a mark for each, in named rows, each a link to its page."""
    return {"rows": [(row, drawn(row.marks)) for row in rows], "title": title, "name": name}


@component(register, "ui/figure.html")
def figure(
    value: Any, unit: str = "", places: int | None = None, signed: bool = False
) -> dict[str, Any]:
    """A number with its unit as printed; the unknown is never zero. `signed`: + is written too."""
    number = printed(value) if isinstance(value, str) and value else value
    if number is None or number == "":
        return {"text": "", "unit": unit}
    text = shown(number, None if places is None else int(places))
    sign = "+" if signed and number > 0 else ""
    return {"text": sign + grouped(text), "unit": unit}


@component(register, "ui/share.html")
def share(value: Any) -> dict[str, Any]:
    """A share in per cent with a meter; below zero or above one the meter is full or empty."""
    if value is None or value == "":
        return {"text": ""}
    part = printed(value) if isinstance(value, str) else value
    percent = part * 100
    return {
        "text": shown(percent, 1),
        "meter": shown(min(max(percent, Decimal(0)), Decimal(100)), 0),
    }


@component(register, "ui/source.html")
def source(title: str, url: str = "") -> dict[str, Any]:
    """Where a figure was published."""
    return {"title": title or url, "url": url}


@component(register, "ui/empty.html")
def empty(title: str, missing: str = "") -> dict[str, Any]:
    """An honest empty place: what is missing, and why."""
    return {"title": title, "missing": missing}


@register.inclusion_tag("ui/chart.html")
def chart(spec: str, name: str, title: str) -> dict[str, Any]:
    """A chart drawn from a Vega-Lite spec; the table beside it says the same without scripts."""
    return {"spec": spec, "name": name, "title": title}


@register.inclusion_tag("ui/sparkline.html")
def sparkline(points: Sequence[Any], title: str) -> dict[str, Any]:
    """A small line over the years; a missing year is a gap."""
    values = [printed(p) if isinstance(p, str) and p else p for p in points]
    known = [value for value in values if isinstance(value, Decimal)]
    if not known:
        return {"runs": [], "title": title}
    low, high = min(known), max(known)
    span = (high - low) or Decimal(1)
    step = Decimal(96) / max(len(values) - 1, 1)
    runs: list[list[str]] = [[]]
    for place, value in enumerate(values):
        if not isinstance(value, Decimal):
            runs.append([])
            continue
        x, y = 2 + step * place, 26 - (value - low) / span * 22
        runs[-1].append(f"{shown(x, 1)},{shown(y, 1)}")
    return {"runs": [" ".join(run) for run in runs if run], "title": title}


@component(register, "ui/term.html", takes_context=True)
def term(context: template.Context, name: str) -> dict[str, Any]:
    """A mark beside a word that opens what the word means; the glossary has it too."""
    found = glossary.term(name)
    request = context.get("request")
    # The same word may stand on a page twice, and an id only once.
    number = getattr(request, "terms_marked", 0) + 1
    if request is not None:
        request.terms_marked = number
    return {
        "word": (found.zh, found.en)[_language()],
        "means": words(found.explained),
        "address": found.address,
        "id": f"term-{number}",
    }


@component(register, "ui/options.html")
def options(values: Iterable[Any], chosen: str = "", named: str = "") -> dict[str, Any]:
    """What a list offers to choose, each with its name; `named`: the filter that gives it.

    `values` are texts, or pairs of a text and what is named.
    """
    pairs = (one if isinstance(one, tuple) else (one, one) for one in values)
    name = register.filters[named] if named else str
    return {"pairs": tuple((one, name(other)) for one, other in pairs), "chosen": chosen}


@register.simple_tag
def why(told: Why) -> SafeString:
    """What a sentence rests on, to be unfolded down to the sources."""
    text = conditional_escape(told.text)
    if told.because:
        below = "".join(f"<li>{why(one)}</li>" for one in told.because)
        return format_html(
            '<details class="why"{}><summary>{}</summary><ul>{}</ul></details>',
            " open" if told.is_open else "", text, mark_safe(below),  # noqa: S308
        )  # fmt: skip
    source = ""
    if told.url:
        source = format_html(
            ' <a href="{}" rel="noreferrer">↗&nbsp;{}</a>', told.url, as_printed(told.label)
        )
    return format_html('<span class="why__leaf">{}{}</span>', text, source)


@register.simple_block_tag
def panel(content: SafeString, title: str) -> SafeString:
    """A titled section of a page."""
    return format_html('<section class="panel"><h2>{}</h2>{}</section>', title, content)


@register.simple_block_tag(takes_context=True)
def notice(
    context: template.Context, content: SafeString, kind: str = "info", *, answers: bool = False
) -> SafeString:
    """Something a reader must know: info, warning or fault.

    What answers an act has the focus, as the fault for which a page was refused has it by itself:
    who hears the page hears it first.
    """
    words = {"info": _("Note"), "warning": _("Attention"), "fault": _("Fault")}
    is_refusal = kind == "fault" and context.get("fault")
    focus = REFUSED if is_refusal else FOCUSED if answers else ""
    return format_html(
        '<div class="notice notice--{}"{}><strong>{}</strong> {}</div>',
        kind, focus, words[kind], content,
    )  # fmt: skip


@register.filter
def words(value: Mapping[str, str]) -> str:
    """A record's text in the reader's language."""
    if not value:
        return ""
    return value["zh" if _language() == 0 else "en"]


@register.filter
def as_printed(value: str) -> SafeString:
    """A name or a unit as the data print it; on an English page its English, where there is one.

    What stays Chinese there says so, for those who hear the page and for fonts.
    """
    if _language() == 0:
        return conditional_escape(value)
    number, rest = _in_english(str(value))
    marked = format_html('<span lang="zh-Hans">{}</span>', rest) if _HAN.search(rest) else rest
    return (
        format_html("{} {}", number, marked)
        if number and rest
        else format_html("{}", number or marked)
    )


@register.filter
def as_printed_text(value: str) -> str:
    """The same where no mark can stand: in a choice or an attribute."""
    return value if _language() == 0 else " ".join(filter(None, _in_english(str(value))))


@register.filter
def rounded(value: Decimal, places: int) -> str:
    """A sum with no more places than a reader needs; none are added."""
    return grouped(shown(value, places))


@register.filter
def comparator_sign(value: str) -> str:
    """What a target asks for, at least or at most, as it is printed."""
    return {">=": "≥", "<=": "≤"}.get(value, value)


@register.filter
def in_percent(value: Any) -> str:
    """A share in per cent, in a sentence: 0.1 is 10%."""
    part = printed(value) if isinstance(value, str) else value
    return f"{shown(part * 100, 0)}%"


@register.filter
def as_period(value: object) -> str:
    """A period as people write it: 2022-01/2024-07 is from one month to another."""
    return str(value).replace("/", "–")


@register.filter
def as_unit(value: str) -> str:
    """A unit by itself, as at the head of a column: 亿元 is CNY 100 m there."""
    return value if _language() == 0 else english.unit_or_printed(value)


@register.filter
def with_units(value: str) -> str:
    """A sentence of a record; on an English page the units behind its numbers are English too.

    So is an indicator that it quotes, and a number and its unit stay in one line.
    """
    if _language() == 0:
        return value
    named = _QUOTED.sub(lambda found: f"“{english.name(found[1]) or found[1]}”", value)
    told = english.in_sentence(named)
    return _AMOUNT.sub(lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), told)


def _in_english(value: str) -> tuple[str, str]:
    """The number of a heading and the rest; a name or a unit that has an English one is no rest."""
    known = english.name(value) or english.after_number(value)
    return in_english(value) if known is None else (known, "")


@register.filter
def told(value: str) -> str:
    """A message for people, in the reader's language."""
    return in_chinese(value) if _language() == 0 else value


@register.filter
def shape(value: str) -> str:
    """The sign of a state."""
    return SHAPES[value]


@register.filter
def mark_sign(value: str) -> str:
    """The sign of what stands in a year of a project."""
    return MARKS[value]


@register.filter
def state_name(value: str) -> str:
    """The word of a state."""
    return state_word(value)


def _named(name: str) -> Callable[[str], str]:
    """A filter that gives the words of one list of names.yaml."""
    texts = content.read(NAMES, "ui/names.yaml").plain()[name]

    def named(value: str) -> str:
        found = texts.get(value)
        return value if found is None else str(found["zh" if _language() == 0 else "en"])

    return named


@register.filter
def result_name(value: str) -> str:
    """The word of an audit's result."""
    return RESULTS[value][_language()]  # type: ignore[index]


@register.filter
def rule_name(value: str) -> str:
    """The name of an audit's rule."""
    return RULES[value][_language()]


@register.filter
def topic_words(value: str) -> str:
    """What a run is about, such as air/2025, in words."""
    return " · ".join(register.filters["topic_name"](one) for one in value.split("/"))


register.filter("grouped", grouped)

_NAMED = """
    form nature kind scope part unit asked column why topic mark stage outcome record field act
    object
"""
for _name in _NAMED.split():
    register.filter(f"{_name}_name", _named(_name))
