"""A page whose one file holds both languages, in one of them.

Such a file says each thing as `中文 · English`: a heading, a cell of a table, a paragraph. A longer
paragraph stands once in each language. What names no language (a command, a number) is for both.
"""

import re
from typing import Final

_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_BETWEEN: Final = " · "


def in_one(text: str, language: str) -> str:
    """The Markdown of a page in `zh` or `en`."""
    blocks = (_block(one, language) for one in re.split(r"\n{2,}", text))
    return "\n\n".join(filter(None, blocks))


def _block(block: str, language: str) -> str:
    if block.startswith(("|", "#")):
        return "\n".join(_cells(line, language) for line in block.splitlines())
    if _parted(block) is not None:
        return _pick(block, language)
    # Names of commands and files are Latin in Chinese sentences too.
    is_chinese = len(_HAN.findall(block)) * 6 > len(block)
    return block if is_chinese == (language == "zh") else ""


def _cells(line: str, language: str) -> str:
    return "|".join(_pick(cell, language) for cell in line.split("|"))


def _pick(cell: str, language: str) -> str:
    parted = _parted(cell)
    if parted is None:
        return cell
    marks = re.match(r"[#\s]*", cell)
    told = parted[0] if language == "zh" else (marks[0] if marks else "") + parted[1]
    return f"{told.rstrip()} " if cell.endswith(" ") else told


def _parted(cell: str) -> tuple[str, str] | None:
    """Its Chinese and its English, where it has both."""
    chinese, between, english = cell.partition(_BETWEEN)
    is_both = between and _HAN.search(chinese) and not _HAN.search(english)
    return (chinese, english) if is_both else None
