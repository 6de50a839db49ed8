"""The gallery: every component with its examples, in the reader's language.

A text of an example is written `中文 · English`; one without the dot is the same in both.
"""

import inspect
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lantu.core import content
from lantu.ui.charts import line_against_path
from lantu.ui.picture import Mark, Row
from lantu.ui.templatetags import ui
from lantu.ui.why import Why

_BETWEEN = " · "
# What Django gives a tag itself.
_GIVEN = ("context", "content")


@dataclass(frozen=True, slots=True)
class Shown:
    """A component: how a template writes it, and its examples by their names."""

    name: str
    written: str
    cases: dict[str, Any]


def examples() -> dict[str, dict[str, Any]]:
    """Every component with its examples as written, in both languages."""
    found: dict[str, dict[str, Any]] = content.read(
        Path(__file__).with_name("examples.yaml"), "ui/examples.yaml"
    ).plain()
    return found


def shown(language: str) -> list[Shown]:
    """Every component, as the gallery draws it in `zh` or `en`."""
    return [
        Shown(name, written(name), {
            _told(case, language): _ready(name, _told(values, language))
            for case, values in cases.items()
        })
        for name, cases in examples().items()
    ]  # fmt: skip


def written(name: str) -> str:
    """A component as a template writes it, with its parameters; those with a value may be left out.

    Of a block its end is shown too.
    """
    given = inspect.signature(getattr(ui, name)).parameters
    if not given or "args" in given:
        given = inspect.signature(getattr(ui, name)._values).parameters
    told = [str(one.replace(annotation=inspect.Parameter.empty)) for one in given.values()
            if one.name not in _GIVEN]  # fmt: skip
    end = f" … {{% end{name} %}}" if "content" in given else ""
    return f"{{% {' '.join([name, *told])} %}}{end}"


def _told(value: Any, language: str) -> Any:
    """What is written in both languages, in one of them."""
    if isinstance(value, dict):
        return {key: _told(one, language) for key, one in value.items()}
    if isinstance(value, list):
        return [_told(one, language) for one in value]
    if isinstance(value, str) and _BETWEEN in value:
        return value.split(_BETWEEN)[language == "en"]
    return value


def _ready(name: str, values: dict[str, Any]) -> Any:
    """The values as the component takes them."""
    if name == "picture":
        rows = [Row(one["name"], tuple(Mark(**mark) for mark in one["marks"]))
                for one in values["rows"]]  # fmt: skip
        return {**values, "rows": rows}
    if name == "why":
        return _why(values)
    if name == "chart":
        words = values["words"]
        points = [{**row, "series": words[row["series"]]} for row in values["rows"]]
        return {**values, "spec": line_against_path(points, words, ui.as_unit(values["unit"]))}
    return values


def _why(told: dict[str, Any]) -> Why:
    return Why(**{**told, "because": tuple(map(_why, told.get("because", ())))})
