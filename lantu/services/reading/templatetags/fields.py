"""The fields of a record, as the pages of the reading desk print them."""

from typing import Final

from django import template

from lantu.ui.templatetags import ui

register = template.Library()
_WORDS: Final = {
    "form": "form_name", "nature": "nature_name", "kind": "record_name",
    "comparator": "comparator_sign",
}  # fmt: skip


@register.filter
def in_field(value: str, name: str) -> str:
    """The value of the field of this name, in words where it is one of a few."""
    words = _WORDS.get(name)
    return ui.as_printed(value) if words is None else str(ui.register.filters[words](value))
