"""YAML as it was written: every scalar keeps its text and its line, nothing is guessed.

YAML would turn 261.0 into a binary fraction and lose how exact it was printed. Anchors and
aliases are refused, so a small file cannot unfold into a large one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import yaml

from lantu.core.errors import ContentError
from lantu.core.figures.decimals import printed

LARGEST_FILE = 5_000_000  # bytes; the largest shipped file is a hundredth of it
DEEPEST = 12

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = {"", "null", "~", "Null", "NULL"}
_TRUTH = {"true": True, "yes": True, "false": False, "no": False}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry:
    """A scalar, list or mapping of a file, with the place where it stands."""

    where: str  # file and line
    value: "str | None | list[Entry] | dict[str, Entry]"
    _taken: set[str] = field(default_factory=set, compare=False, repr=False)

    def fail(self, what: str, remedy: str) -> ContentError:
        """An error about this entry, to be raised by the caller."""
        return ContentError(self.where, what, remedy)

    @property
    def is_nothing(self) -> bool:
        return self.value is None

    def mapping(self) -> "dict[str, Entry]":
        if isinstance(self.value, dict):
            return self.value
        raise self.fail("Here should be a mapping.", "Write one `key: value` a line.")

    def items(self) -> "list[Entry]":
        if isinstance(self.value, list):
            return self.value
        raise self.fail("Here should be a list.", "Begin every item with `- `.")

    def text(self) -> str:
        if isinstance(self.value, str):
            return self.value
        raise self.fail("Here should be one value.", "Write a word, a number or a date.")

    def number(self) -> Decimal:
        return self._read(printed, "a number", "Write digits such as 261.0, without a unit.")

    def integer(self) -> int:
        return self._read(lambda text: int(text, 10), "a whole number", "Write digits only.")

    def day(self) -> date:
        return self._read(date.fromisoformat, "a date", "Write it as 2023-12-31.")

    def truth(self) -> bool:
        return self._read(lambda text: _TRUTH[text.lower()], "yes or no", "Write true or false.")

    def plain(self) -> Any:
        """The same as ordinary lists, dicts and strings."""
        if isinstance(self.value, dict):
            return {key: entry.plain() for key, entry in self.value.items()}
        if isinstance(self.value, list):
            return [entry.plain() for entry in self.value]
        return self.value

    def get(self, key: str) -> "Entry | None":
        """The entry under a key; None where the key or its value is absent."""
        self._taken.add(key)
        found = self.mapping().get(key)
        return None if found is None or found.is_nothing else found

    def need(self, key: str) -> "Entry":
        """The entry under a key. Raises ContentError where it is absent."""
        found = self.get(key)
        if found is None:
            raise self.fail(f"There is no `{key}`.", f"Add `{key}:` with its value.")
        return found

    def only(self, known: set[str]) -> None:
        """Refuse keys that nobody reads, so that a slip of the pen is not lost."""
        for key, entry in self.mapping().items():
            if key not in known:
                raise entry.fail(
                    f"The key `{key}` is not known here.",
                    f"Use one of: {', '.join(sorted(known))}.",
                )

    def _read(self, reader: Callable[[str], T], kind: str, remedy: str) -> T:
        text = self.text()
        try:
            return reader(text)
        except (ValueError, KeyError) as error:
            raise self.fail(f"{text[:60]!r} is not {kind}.", remedy) from error


def read(path: Path, name: str | None = None) -> Entry:
    """Read a YAML file. Errors name the file as `name`, or as its path.

    Raises ContentError for a file that is missing, too large, not UTF-8 or not YAML.
    """
    shown = name or str(path)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ContentError(
                shown,
                f"The file has {path.stat().st_size:,} bytes; {LARGEST_FILE:,} is the most.",
                "Split it into several files.",
            )
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ContentError(shown, "There is no such file.", "Check the name.") from error
    except (OSError, UnicodeDecodeError) as error:
        reason = (
            "The file is not UTF-8 text."
            if isinstance(error, UnicodeDecodeError)
            else (f"The file cannot be read: {error.strerror}.")
        )
        raise ContentError(shown, reason, "Save it as UTF-8 and try again.") from error
    return parse(text, shown)


def parse(text: str, name: str) -> Entry:
    """Read YAML from a text. Raises ContentError with the line."""
    try:
        _refuse_aliases(text, name)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise ContentError(
            f"{name}{line}", f"This is not valid YAML: {problem}.", "Mend the line and try again."
        ) from error
    except RecursionError as error:
        raise ContentError(name, "The file is nested too deeply.", "Flatten it.") from error
    if root is None:
        raise ContentError(name, "The file is empty.", "Fill it or remove it.")
    return _entry(root, name, 0)


def _refuse_aliases(text: str, name: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise ContentError(
                f"{name}:{_line(event)}",
                "Anchors and aliases are not accepted.",
                "Write the value out.",
            )
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise ContentError(
                f"{name}:{_line(event)}", "This is nested too deeply.", "Flatten it."
            )


def _line(node: yaml.Node | yaml.Event) -> int:
    return node.start_mark.line + 1 if node.start_mark else 0


def _entry(node: yaml.Node, name: str, depth: int) -> Entry:
    where = f"{name}:{_line(node)}"
    if isinstance(node, yaml.ScalarNode):
        quoted = node.style in ("'", '"', "|", ">")
        nothing = not quoted and node.value in _NOTHING
        return Entry(where, None if nothing else str(node.value))
    if isinstance(node, yaml.SequenceNode):
        return Entry(where, [_entry(child, name, depth + 1) for child in node.value])
    return Entry(where, dict(_pairs(node, name, depth)))


def _pairs(node: yaml.Node, name: str, depth: int) -> Iterator[tuple[str, Entry]]:
    seen: set[str] = set()
    for key_node, value_node in node.value:
        where = f"{name}:{_line(key_node)}"
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else None
        if key is None or key in seen:
            raise ContentError(
                where,
                "A key must be one word." if key is None else f"The key `{key}` stands twice.",
                "Keep one of them.",
            )
        seen.add(key)
        yield key, _entry(value_node, name, depth + 1)
