"""A column for figures as printed: 261.0 stays 261.0 in every database."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models

from lantu.core.figures.decimals import printed, shown

if TYPE_CHECKING:
    _Text = models.CharField[Decimal | str, Decimal]
else:  # at run time the field cannot be subscripted
    _Text = models.CharField


class FigureField(_Text):
    """A Decimal kept as its printed text. Not for sorting or sums in the database."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 70)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_: Any) -> Decimal | None:
        return None if value is None else printed(value)

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        return printed(str(value))

    def get_prep_value(self, value: Any) -> str | None:
        if value is None:
            return None
        return shown(value if isinstance(value, Decimal) else printed(str(value)))


if TYPE_CHECKING:

    class MaybeFigureField(models.CharField[Decimal | str | None, Decimal | None]):
        """A figure that may be unknown, which is not zero."""

else:

    class MaybeFigureField(FigureField):
        """A figure that may be unknown, which is not zero."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **{**kwargs, "null": True})
