"""Cells: the text of one cell without what a printer or a converter put around it."""

import re

_FORMULA = re.compile(r"\$([^$\n]{1,60})\$")
_SIGNS = (
    (re.compile(r"\\(?:leqslant|leq|le)(?![a-z])"), "≤"),
    (re.compile(r"\\(?:geqslant|geq|ge)(?![a-z])"), "≥"),
    (re.compile(r"\\(?:lt)(?![a-z])"), "<"),
    (re.compile(r"\\(?:gt)(?![a-z])"), ">"),
    (re.compile(r"\\(?:sim|thicksim|approx)(?![a-z])"), "~"),
    (re.compile(r"\\(?:pm)(?![a-z])"), "±"),
    (re.compile(r"\\(?:mathrm|text|mathbf|rm|circ|left|right|,|;|!|quad)(?![a-z])"), ""),
    (re.compile(r"[\\{}_^\s]"), ""),
)
_ESCAPED = re.compile(r"\\([~*_\[\]().%|<>-])")


def plain_cell(text: str) -> str:
    """`$\\geqslant 85\\%$` → ≥85%; bold marks, escapes and blanks around go."""
    found = text.strip().replace("**", "")
    if "$" in found:
        found = _FORMULA.sub(lambda match: _plain_formula(match[1]), found)
    return _ESCAPED.sub(r"\1", found) if "\\" in found else found


def _plain_formula(words: str) -> str:
    for sign, plain in _SIGNS:
        words = sign.sub(plain, words)
    return words
