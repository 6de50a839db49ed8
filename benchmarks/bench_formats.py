"""The same plans as text, Word file, web page and pdf: what the reader finds in each.

The plans are the trials of the reader's tests, with their answers. Each is written anew in every
format, its tables as tables; the pdf in one column and in two. A row of the answers is right where
every field is.
"""

import html
import io
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import typst
import yaml

sys.path.insert(0, str(Path(__file__).parent.parent))

from lantu.core.reading.documents.text import text_of
from lantu.core.reading.grids import grids
from lantu.core.reading.tests.test_trials import TRIALS, compare, wanted

WIDE = 6  # columns of a table that a column of text does not hold
Part = str | list[list[str]]  # a paragraph, or the rows of a table
STYLE = """#set page(paper: "a4", columns: {columns}, numbering: "1")
#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"), size: {size}pt, lang: "zh")
#set par(first-line-indent: (amount: 2em, all: true), justify: true)
#set table(stroke: 0.5pt)
"""


def parts(text: str) -> Iterator[Part]:
    """The paragraphs and tables of a text in order."""
    tables = {grid.spans[0][0]: grid for grid in grids(text) if grid.is_exact and grid.spans}
    at, until = 0, 0
    for line in text.splitlines(keepends=True):
        start = at + len(line) - len(line.lstrip())
        at += len(line)
        if line.strip() and start in tables:
            yield [[cell.text for cell in row] for row in tables[start].rows]
            until = tables[start].spans[-1][1]
        elif start >= until and line.strip().strip("─┌┬┐├┼┤└┴┘"):
            yield line.strip().lstrip("# ")


def as_word(content: list[Part]) -> bytes:
    document = docx.Document()
    for part in content:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        width = max(map(len, part))
        table = document.add_table(rows=0, cols=width)
        for row in part:
            cells = table.add_row().cells
            for cell, words in zip(cells, row, strict=False):
                cell.text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_page(content: list[Part]) -> bytes:
    lines = ["<html><meta charset='utf-8'><body>"]
    for part in content:
        if isinstance(part, str):
            lines.append(f"<p>{html.escape(part)}</p>")
            continue
        rows = ["".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in part]
        lines.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    return "\n".join([*lines, "</body></html>"]).encode()


def as_pdf(content: list[Part], *, columns: int) -> bytes:
    lines = [STYLE.format(columns=columns, size=12 if columns == 1 else 9)]
    for part in content:
        if isinstance(part, str):
            lines.append(f"#{quoted(part)}")
            continue
        width = max(map(len, part))
        cells = [quoted(cell) for row in part for cell in row + [""] * (width - len(row))]
        columns_of = f"({', '.join(['auto'] * width)})"
        table = f"text(size: 7pt, table(columns: {columns_of}, {', '.join(cells)}))"
        if columns > 1 and width > WIDE:  # as wide as the page, as printers set it
            table = f'place(auto, float: true, scope: "parent", {table})'
        lines.append(f"#{table}")
    made = typst.compile("\n\n".join(lines).encode())
    assert isinstance(made, bytes)
    return made


def quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


WAYS: dict[str, Callable[[list[Part]], bytes]] = {
    "docx": as_word,
    "html": as_page,
    "pdf": lambda content: as_pdf(content, columns=1),
    "pdf, two columns": lambda content: as_pdf(content, columns=2),
}


def main() -> None:
    trials = [yaml.safe_load(path.read_text("utf-8")) for path in TRIALS]
    trials = [one for one in trials if "<table" not in one["text"]]
    rows = sum(len(list(wanted(one))) for one in trials)
    print(f"{len(trials)} plans, {rows} rows")
    print("format | found | right in every field | proposals that are no row | s")
    show("txt", trials, rows, 0.0)
    for name, write in WAYS.items():
        files = [write(list(parts(one["text"]))) for one in trials]
        begun = time.process_time()
        read: list[dict[str, Any]] = [
            one | {"text": text_of(file)} for one, file in zip(trials, files, strict=True)
        ]
        show(name, read, rows, time.process_time() - begun)


def show(name: str, trials: list[dict[str, Any]], rows: int, seconds: float) -> None:
    missed = wrong = extra = 0
    for trial in trials:
        lost, faulty, more = compare(trial)
        missed, wrong, extra = missed + len(lost), wrong + len(faulty), extra + len(more)
        if "-v" in sys.argv:
            print(f"  {trial['name'][:40]}: {[one['name'] for one in lost]}")
            print(
                "   ", [(keys, row["name"]) for keys, row, _ in faulty], [o["name"] for o in more]
            )
    found = rows - missed
    print(f"{name} | {found / rows:.3f} | {(found - wrong) / rows:.3f} | {extra} | {seconds:.1f}")


if __name__ == "__main__":
    main()
