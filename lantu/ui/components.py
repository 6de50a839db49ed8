"""Components that say the same for the same values: each is drawn once for them, and kept.

A list of promises shows the same few states some hundred times, and a copy the same figure on many
pages; Django's own tag would run the template for each.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from typing import Any

from django.conf import settings
from django.template import Library
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

MOST = 4096  # looks of one component that are kept, some hundred octets each


class Component:
    """Called, it gives the values for its template; `drawn` is what a page shows."""

    def __init__(self, values: Callable[..., Mapping[str, Any]], template: str) -> None:
        self._values, self._template = values, template
        # Whoever writes a template wants to see each change of it.
        self._kept = lru_cache(maxsize=0 if settings.DEBUG else MOST, typed=True)(self._look)

    def __call__(self, *args: Any, **kwargs: Any) -> Mapping[str, Any]:
        return self._values(*args, **kwargs)

    def drawn(self, *args: Any, **kwargs: Any) -> SafeString:
        values = self._values(*args, **kwargs)
        return self._kept(get_language(), tuple(values), *values.values())

    def _look(self, _language: str | None, names: tuple[str, ...], *values: Any) -> SafeString:
        context = dict(zip(names, values, strict=True))
        return mark_safe(render_to_string(self._template, context))  # noqa: S308


def component(
    register: Library, template: str, **options: Any
) -> Callable[[Callable[..., Mapping[str, Any]]], Component]:
    """Register a tag that draws `template` with the values that the function gives for it.

    The template may read nothing but these values and the language, and each value must be one
    that can be a key: text, a number, a tuple. `options` are those of Django's `simple_tag`.
    """

    def registered(values: Callable[..., Mapping[str, Any]]) -> Component:
        made = Component(values, template)

        @wraps(values)
        def tag(*args: Any, **kwargs: Any) -> SafeString:
            return made.drawn(*args, **kwargs)

        register.simple_tag(tag, **options)
        return made

    return registered
