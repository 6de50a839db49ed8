"""A page of a pdf: its letters with their boxes, and the rules that are drawn on it."""

import ctypes
from dataclasses import dataclass
from typing import Any

THIN = 2.5  # points; a path that is no thicker is a rule
MOST_LETTERS = 50_000
MOST_RULES = 20_000
_SPACES = (0x20, 0xA0, 0x3000)


@dataclass(slots=True, eq=False)
class Letter:
    """One letter and its box, in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def size(self) -> float:
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Page:
    """What is on a page. Rules: horizontal as (y, left, right), vertical as (x, bottom, top)."""

    height: float
    letters: list[Letter]
    across: list[tuple[float, float, float]]
    down: list[tuple[float, float, float]]


def page_of(page: Any) -> Page:
    """Read a page of pypdfium2."""
    across, down = _rules(page)
    return Page(float(page.get_height()), _letters(page.get_textpage()), across, down)


def _letters(text: Any) -> list[Letter]:
    import pypdfium2.raw as raw

    found = []
    box = raw.FS_RECTF()
    for at in range(min(text.count_chars(), MOST_LETTERS)):
        code = raw.FPDFText_GetUnicode(text, at)
        if code in _SPACES and not raw.FPDFText_IsGenerated(text, at):
            code = 32  # one that was typed; those that the library guesses are not kept
        elif code <= 32 or code in (*_SPACES, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000:
            continue
        if raw.FPDFText_GetLooseCharBox(text, at, ctypes.byref(box)):
            found.append(Letter(chr(code), box.left, box.bottom, box.right, box.top))
    return found


def _rules(page: Any) -> tuple[list[tuple[float, float, float]], list[tuple[float, float, float]]]:
    import pypdfium2.raw as raw

    across: list[tuple[float, float, float]] = []
    down: list[tuple[float, float, float]] = []
    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = one.get_bounds()
        width, height = right - left, top - bottom
        if height <= THIN < width:
            across.append(((top + bottom) / 2, left, right))
        elif width <= THIN < height:
            down.append(((left + right) / 2, bottom, top))
        elif width > THIN and height > THIN:
            across += [(bottom, left, right), (top, left, right)]
            down += [(left, bottom, top), (right, bottom, top)]
        if len(across) + len(down) > MOST_RULES:
            return [], []  # a drawing, not a table
    return across, down
