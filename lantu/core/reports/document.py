"""A report as plain parts, whatever it is written as."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    level: int  # 1 is a chapter
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def labelled(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """The rows, each cell with the heading of its column, as a narrow screen shows them."""
        return tuple(tuple(zip(self.head, row, strict=False)) for row in self.rows)


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A drafted report. `numbers`: all that its text may print, and where each comes from."""

    title: str
    subtitle: str
    language: str
    invented: bool
    blocks: tuple[Block, ...]
    numbers: dict[str, str]  # the number as printed → its place in the snapshot

    def texts(self) -> Iterator[str]:
        """Everything that is printed, in order."""
        yield self.title
        yield self.subtitle
        for block in self.blocks:
            if isinstance(block, Table):
                yield block.title
                yield from block.head
                for row in block.rows:
                    yield from row
            else:
                yield block.text
