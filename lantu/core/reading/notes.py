"""Notes: what stands under a table, and the small figures in its cells that point there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lantu.core.reading.grids import Cell, lines
from lantu.core.reading.rows import Row

_OPENS = re.compile(r"\s*[（(]?(?:备注|说明|注)[)）]?\s*[:：]?\s*(?=\S)|\s*注\s*\d")
_LEAD = re.compile(
    r"\s*(?:(?:备注|说明|注)\s*[:：]?)?\s*[（(]?(\d|[①-⑨])[)）]?[.．、:：\s]?\s*(?=[^\d\s])"
)
_DATA_YEAR = re.compile(r"((?:19|20)\d\d)\s*年?(?:末|底)?(?:的)?(?:数据|数值|数|值|统计|实绩)")
_DEFINES = re.compile(
    r"评价|统计|口径|是指|指的是|系指|数据|核定|测算|不含|不包括|包括|包含|累计数|可比价"
)
_BINDS = re.compile(
    r"力争|确保|不[低高少多大小]于|不超过|控制在|下降|降低|减少|达到|提高|完成|实现"
)
_BELOW = 3  # lines between a table and its notes
_MOST = 20
_MARKED = r"(?<=[\u4e00-\u9fff)）])(?<!第){}(?=[\u4e00-\u9fff(（]|$)(?![级类岁年个次种项产期])"
_CIRCLED = {chr(0x2460 + at): str(at + 1) for at in range(9)}


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a table by their number, and where they stand."""

    by_mark: dict[str, str]
    start: int = 0
    end: int = 0


NONE = Notes({})
_GLOSSARY = re.compile(
    r"^[ \t\u3000]*(?:附[录件]?[:：]?)?(?:有关)?(?:注释|名词(?:术语)?解释|注解)[:：]?"
    r"[ \t\u3000\r]*$",
    re.MULTILINE,
)


# What a document goes on with behind the explanation of its words.
_GOES_ON = re.compile(
    r"^[ \t\u3000#*]*(?:第[一二三四五六七八九十百〇零\d]{1,4}[编篇章节部]|附[件表图]|专栏)",
    re.MULTILINE,
)


def glossaries(text: str) -> list[tuple[int, int]]:
    """From where to where a document explains its words, in its second half.

    Each ends with the next chapter, part or annex; what follows may promise again.
    """
    found, last = [], len(text) // 2
    for match in _GLOSSARY.finditer(text, last):
        if match.start() >= last:
            after = _GOES_ON.search(text, match.end())
            last = after.start() if after else len(text)
            found.append((match.start(), last))
    return found


def notes_below(text: str, end: int) -> Notes:
    """The notes that follow a table whose last row ends at `end`."""
    found: dict[str, str] = {}
    first = last = 0
    for count, (offset, line) in enumerate(lines(text[end : end + 6000])):
        if not line.strip() or re.match(r"\s*</", line):
            continue
        if not first and (count > _BELOW or not _OPENS.match(line)):
            if count > _BELOW:
                break
            continue
        numbered = _LEAD.match(line)
        if first and numbered is None or len(found) == _MOST:
            break
        first = first or end + offset
        last = end + offset + len(line)
        if numbered:
            mark = _CIRCLED.get(numbered[1], numbered[1])
            found[mark] = line[numbered.end() :].strip()
    return Notes(found, first, last) if first else NONE


def with_notes(rows: Sequence[Row], notes: Notes) -> list[Row]:
    """The rows without the figures that point to notes, and with the years that notes tell."""
    if not notes.by_mark:
        return list(rows)
    return [_told(_named(row, notes), rows, notes) for row in rows]


def defines(words: str) -> bool:
    """Whether a note tells how something is counted, and promises nothing."""
    return _DEFINES.search(words) is not None or _BINDS.search(words) is None


def _named(row: Row, notes: Notes) -> Row:
    name = row.cells["name"]
    plain = name.text
    for mark in notes.by_mark:
        plain = re.sub(_MARKED.format(mark), "", plain, count=1)
    if plain == name.text:
        return row
    return replace(row, cells={**row.cells, "name": replace(name, text=plain)})


def _told(row: Row, rows: Sequence[Row], notes: Notes) -> Row:
    """15.74 with a note 4 that tells of another year's data is 15.7 of that year."""
    base = row.cells.get("base")
    for mark, words in notes.by_mark.items():
        year = _DATA_YEAR.search(words)
        if base is None or year is None or not _points(base, mark):
            continue
        if sum(_points(one.cells.get("base"), mark) for one in rows) == 1:
            plain = replace(base, text=base.text.strip()[: -len(mark)].strip())
            return replace(row, cells={**row.cells, "base": plain}, base_year=int(year[1]))
    return row


def _points(cell: Cell | None, mark: str) -> bool:
    text = cell.text.strip() if cell else ""
    return re.fullmatch(rf"\d[\d,]*(?:\.\d+|\s){mark}", text) is not None
