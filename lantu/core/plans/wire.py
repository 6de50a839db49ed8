"""Records as JSON and back, without losing how a number was printed."""

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any, TypeVar

from lantu.core.figures.decimals import printed, shown

T = TypeVar("T")


def dump(value: Any) -> Any:
    """Plain JSON: decimals and days become text, what is as by default is left out."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        pairs = ((field, getattr(value, field.name)) for field in dataclasses.fields(value))
        return {field.name: dump(item) for field, item in pairs if item != _default(field)}
    if isinstance(value, Decimal):
        return shown(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): dump(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [dump(item) for item in value]
    return value


def _default(field: "dataclasses.Field[Any]") -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def load(kind: type[T], data: Mapping[str, Any]) -> T:
    """A record from what `dump` gave."""
    readers = _readers(typing.cast(Any, kind))
    return kind(**{key: readers[key](item) for key, item in data.items()})


@lru_cache(maxsize=64)
def _readers(kind: Any) -> dict[str, Callable[[Any], Any]]:
    """How each field is read: found once, as a plan has thousands of records."""
    return {name: _reader(hint) for name, hint in typing.get_type_hints(kind).items()}


def _reader(hint: Any) -> Callable[[Any], Any]:
    origin, inside = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        real = _reader(next(one for one in inside if one is not type(None)))
        return lambda item: None if item is None else real(item)
    if origin is tuple:
        one = _reader(inside[0])
        return lambda item: tuple(map(one, item))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key, one = int if inside[0] is int else _same, _reader(inside[1])
        return lambda item: {key(name): one(value) for name, value in item.items()}
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return partial(load, hint)
    return _PLAIN.get(hint, _same)


def _same(item: Any) -> Any:
    return item


_PLAIN: Mapping[Any, Callable[[Any], Any]] = {Decimal: printed, date: date.fromisoformat}
