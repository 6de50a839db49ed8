"""Faults: all that is wrong with a folder, not only the first of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from lantu.core.errors import ContentError

T = TypeVar("T")
MOST = 200  # more faults than this help nobody


class Faults:
    """A list to which every part of a folder adds what it finds."""

    def __init__(self) -> None:
        self.found: list[ContentError] = []

    def add(self, where: str, what: str, remedy: str) -> None:
        self.found.append(ContentError(where, what, remedy))

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Note an error of the part inside, and go on with the next part."""
        try:
            yield
        except ContentError as error:
            self.found.append(error)

    def each(self, items: list[T], read: Callable[[T], None]) -> None:
        """Read every item, whatever is wrong with the others."""
        for item in items:
            if len(self.found) >= MOST:
                return
            with self.kept():
                read(item)
