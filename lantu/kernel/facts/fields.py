"""A column for figures as printed: 261.0 stays 261.0 in every database."""

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models

from lantu.core.figures.decimals import printed, shown

if TYPE_CHECKING:
    _Text = models.CharField[Decimal | str, Decimal]
    _MaybeText = models.CharField[Decimal | str | None, Decimal | None]
else:  # at run time the field cannot be subscripted
    _Text = _MaybeText = models.CharField


# What was written by this field needs no second reading of thousands, widths and shorthands.
_PLAIN = re.compile(r"-?[0-9]{1,25}(\.[0-9]{1,25})?")


def stored(value: Any) -> Decimal | None:
    """A figure from the text that is kept of it."""
    if value is None or isinstance(value, Decimal):
        return value
    text = str(value)
    return Decimal(text) if _PLAIN.fullmatch(text) else printed(text)


def _written(value: Any) -> str | None:
    found = stored(value)
    return None if found is None else shown(found)


class FigureField(_Text):
    """A Decimal kept as its printed text. Not for sorting or sums in the database."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 70)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_: Any) -> Decimal | None:
        return stored(value)

    def to_python(self, value: Any) -> Decimal | None:
        return stored(value)

    def get_prep_value(self, value: Any) -> str | None:
        return _written(value)


class MaybeFigureField(_MaybeText):
    """The same where the figure may be unknown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 70, "null": True, **kwargs})

    def from_db_value(self, value: str | None, *_: Any) -> Decimal | None:
        return stored(value)

    def to_python(self, value: Any) -> Decimal | None:
        return stored(value)

    def get_prep_value(self, value: Any) -> str | None:
        return _written(value)
