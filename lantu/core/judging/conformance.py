"""Conformance: judged cases in a file, and where the judge says something else."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from lantu.core import content
from lantu.core.content import Entry
from lantu.core.errors import ContentError
from lantu.core.figures.decimals import half_unit, shown
from lantu.core.judging import reading
from lantu.core.judging.judge import judge
from lantu.core.judging.records import Verdict

_CASE = {
    "name", "commitment", "plan", "facts", "other_facts", "events", "as_of", "known_on", "expect",
}  # fmt: skip
_WORDS = {"state"}
_NUMBERS = {
    "at", "progress", "due", "ratio", "gap", "mean_growth", "left", "needed_per_year", "late_days",
}  # fmt: skip
_TRUTHS = {"reversed", "provisional", "scope_unconfirmed"}
_EXPECTED = _WORDS | _NUMBERS | _TRUTHS | {"missing", "year"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What one case gave: nothing in `differs` means it agrees."""

    name: str
    where: str
    differs: tuple[str, ...]
    fault: ContentError | None = None

    @property
    def agrees(self) -> bool:
        return not self.differs and self.fault is None


def answers(path: Path) -> Iterator[Answer]:
    """Judge every case of a file. Raises ContentError where the file itself cannot be read."""
    for case in content.read(path).items():
        yield _answer(case)


def _answer(case: Entry) -> Answer:
    name = case.where
    try:
        name = case.need("name").text()
        expected = case.need("expect")
        return Answer(name, case.where, tuple(_differences(expected, _verdict(case))))
    except ContentError as error:
        return Answer(name, case.where, (), _placed(error, case))


def _placed(error: ContentError, case: Entry) -> ContentError:
    """What the judge refuses, at its line: the judge knows the promise and not the file."""
    promise = case.get("commitment")
    if promise is None or error.where.startswith(case.where.rsplit(":", 1)[0]):
        return error
    part = promise if error.where == "commitment" else promise.get(error.where) or promise
    return ContentError(f"{part.where} ({error.where})", error.what, error.remedy)


def _verdict(case: Entry) -> Verdict:
    case.only(_CASE)
    known_on = case.get("known_on")
    return judge(
        reading.commitment(case.need("commitment")),
        [reading.fact(entry) for entry in _list(case, "facts")],
        plan=reading.plan(case.need("plan")),
        as_of=case.need("as_of").day(),
        known_on=None if known_on is None else known_on.day(),
        other_facts=[reading.fact(entry) for entry in _list(case, "other_facts")],
        events=[reading.event(entry) for entry in _list(case, "events")],
    )


def _list(case: Entry, key: str) -> list[Entry]:
    found = case.get(key)
    return [] if found is None else found.items()


def _differences(expected: Entry, verdict: Verdict | None, prefix: str = "") -> Iterator[str]:
    for key, entry in expected.mapping().items():
        if key not in _EXPECTED:
            raise entry.fail(
                f"`{key}` cannot be expected.", f"Use one of: {', '.join(sorted(_EXPECTED))}."
            )
        got = None if verdict is None else getattr(verdict, key)
        if key == "year" and not entry.is_nothing:
            yield from _differences(entry, got, "year.")
        elif not _is_same(key, entry, got):
            yield f"{prefix}{key}: got {_word(got)}, expected {_word(entry.plain())}"


def _is_same(key: str, entry: Entry, got: object) -> bool:
    if key in _TRUTHS:
        return bool(got) == (not entry.is_nothing and entry.truth())
    if key == "missing":
        wanted = [] if entry.is_nothing else [item.integer() for item in entry.items()]
        return bool(list(got or ()) == wanted)  # type: ignore[call-overload]
    if entry.is_nothing:
        return got is None
    if key in _WORDS:
        return got == entry.text()
    if got is None:
        return False
    wanted_number = entry.number()
    difference = abs(Decimal(str(got)) - wanted_number)
    return difference <= half_unit(wanted_number)


def _word(value: object) -> str:
    if isinstance(value, Decimal):
        return shown(value, 6)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(str(item) for item in value) + "]"
    return (
        "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    )
