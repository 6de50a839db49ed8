"""Colours are tokens, light and dark, and their contrast is computed."""

import re
from pathlib import Path

import pytest

from lantu.core.judging.states import STATES
from lantu.ui import charts
from lantu.ui.signs import SHAPES
from lantu.ui.templatetags import ui

ROOT = Path(charts.__file__).parents[1]
DRAWING = ("ui/charts.py", "ui/charts_steps.py", "services/environment/drawing.py")
STATIC = Path(ui.__file__).parent.parent / "static" / "ui"
STYLES = "".join((STATIC / name).read_text("utf-8") for name in ("lantu.css", "picture.css"))
MAP = (STATIC / "map.css").read_text("utf-8")
TOKEN = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})\b")
WORDS = ("ink", "quiet", "good", "best", "late", "bad", "none", "blue-2")
GROUNDS = ("paper", "ground", "info-ground", "warn-ground", "fault-ground")
FILLED = ("best", "good", "blue-2", "late", "bad")
BARS = (*FILLED, "no-figure", "not-due", "awaiting", "other-scope", "not-judged")


def tokens(scheme: str) -> dict[str, str]:
    """The colours of a scheme: dark replaces what it names."""
    light, dark = re.findall(r":root \{(.*?)\}", STYLES, re.DOTALL)[:2]
    return dict(TOKEN.findall(light)) | (dict(TOKEN.findall(dark)) if scheme == "dark" else {})


def map_tokens(scheme: str) -> dict[str, str]:
    """The colours of maps, which have a style sheet of their own."""
    light, dark = re.findall(r":root \{(.*?)\}", MAP, re.DOTALL)
    return dict(TOKEN.findall(light)) | (dict(TOKEN.findall(dark)) if scheme == "dark" else {})


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.1, from 1 to 21."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
              for part in parts]  # fmt: skip
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_are_readable_on_every_ground(scheme):
    known = tokens(scheme)
    weak = {
        (word, ground): round(found, 2)
        for word in WORDS
        for ground in GROUNDS
        if (found := contrast(known[word], known[ground])) < 4.5
    }

    assert weak == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_mark_stands_out_from_the_paper_and_its_sign_from_the_mark(scheme):
    known = tokens(scheme)

    assert {one for one in FILLED if contrast(known[one], known["paper"]) < 4.5} == set()
    assert {one for one in BARS if contrast(known[one], known["paper"]) < 3} == set()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_map_is_readable_on_its_own_ground_and_follows_the_scheme(scheme):
    known, page = map_tokens(scheme), tokens(scheme)
    strong = ("map-4", "map-5")
    words = {(f"map-{place}", "map-on-faint") for place in range(4)}
    words |= {(one, "map-on-strong") for one in strong}
    words |= {("map-point", "map-on-faint"), ("map-point-done", "map-on-faint")}
    words |= {("map-ground", "map-ink"), ("map-ground", "map-border")}

    assert {pair for pair in words if contrast(known[pair[0]], known[pair[1]]) < 4.5} == set()
    assert {one for one in strong if contrast(known[one], known["map-ground"]) < 3} == set()
    assert contrast(known["map-ground"], page["paper"]) < 1.3  # no white sheet in the dark
    rules = re.sub(r":root \{.*?\}", "", MAP, flags=re.DOTALL)
    assert re.findall(r"#[0-9a-f]{3,8}\b", rules) == []


@pytest.mark.parametrize("part", [".mark--", ".state--"])
def test_the_colour_of_a_state_is_a_token(part):
    rules = [line for line in STYLES.splitlines() if line.startswith(part)]

    assert rules
    assert [line for line in rules if re.search(r"#[0-9a-f]{3,6}\b", line)] == []


def test_every_state_has_a_word_a_shape_and_a_colour():
    coloured = set(re.findall(r"\.(?:state|mark)--([\w-]+)", STYLES))

    assert len({SHAPES[state] for state in STATES}) == len(STATES)
    assert len({ui.state_word(state) for state in STATES}) == len(STATES)
    assert set(STATES) <= coloured


def test_a_drawn_chart_takes_the_tokens_for_the_colours_of_its_spec():
    """What a spec names stays as it was in a report; on a page it must be right in the dark too."""
    named = {
        colour
        for file in DRAWING
        for colour in re.findall(r'"(#[0-9a-f]{3,6})"', (ROOT / file).read_text("utf-8"))
    }
    rules = dict(
        re.findall(r'\.chart__drawing \[stroke="(#\w+)"\] \{ stroke: var\(--(.+?)\)', STYLES)
    )

    assert named and named <= set(rules)
    assert set(rules.values()) <= set(tokens("dark"))
    for scheme in ("light", "dark"):
        known = tokens(scheme)
        shown = {known[token] for colour, token in rules.items() if colour != charts.GRID}
        assert {one for one in shown if contrast(one, known["paper"]) < 3} == set()


def test_paper_is_white_for_those_who_read_in_the_dark():
    assert "prefers-color-scheme: dark" in STYLES
    assert not re.search(r"@media \(prefers-color-scheme: dark\)", STYLES)
