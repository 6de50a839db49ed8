"""Records as JSON and back, without losing how a number was printed."""

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
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
    hints = _hints(typing.cast(Any, kind))
    return kind(**{key: _value(hints[key], item) for key, item in data.items()})


@lru_cache(maxsize=64)
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _value(hint: Any, item: Any) -> Any:
    origin, inside = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        real = next(one for one in inside if one is not type(None))
        return None if item is None else _value(real, item)
    if origin is tuple:
        return tuple(_value(inside[0], one) for one in item)
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return {_key(inside[0], key): _value(inside[1], one) for key, one in item.items()}
    if hint is Decimal:
        return printed(item)
    if hint is date:
        return date.fromisoformat(item)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return load(hint, item)
    return item


def _key(hint: Any, key: str) -> Any:
    return int(key) if hint is int else key
