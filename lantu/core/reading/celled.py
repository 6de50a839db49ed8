"""Celled numbers: the number of one cell with its sign, its brackets and its unit."""

import re
from decimal import Decimal

from lantu.core.figures.decimals import printed
from lantu.core.reading.bounds import comparator
from lantu.core.reading.grids import Cell
from lantu.core.reading.numerals import TIMES
from lantu.core.reading.prose import WIDTH

NOTHING = {"", "_", "—", "-", "–", "——", "/", "…"}
_NUMBER = re.compile(
    r"(?P<open>[\[［〔【]?)\s*[-−–+]?\s*(?P<mark>[<>≥≤＜＞]=?)?\s*(?<![\d,])(?P<low>\d[\d,]{0,19}(?:\.\s?\d{1,10})?)(?!\d)"
    r"(?:%?\s*[-—–~～]\s*(?P<high>\d[\d,]{0,19}(?:\.\d{1,10})?)(?!\d))?\s*(?P<unit>[%‰]|[^\s\d\]］〕】,，。;；()（）]{0,8})"
)
MULTIPLE = re.compile(r"翻(?P<times>[一两二三])?番")
_NONE = re.compile(r"零发生|零新增|零死亡|不发生|杜绝")
_RATIO = re.compile(r"\d\s*([:∶：]\s*1(?:00)?)(?!\d)")
_SINCE = re.compile(r"[较比](?:(?:19|20)\d\d年|[“\"]?十.五[”\"]?)(?:末|底|期末)?")


class Number:
    """A cell's number: value or range, its sign, its brackets and unit."""

    def __init__(self, cell: Cell | None) -> None:
        text = _SINCE.sub("", (cell.text if cell else "").translate(WIDTH))
        text = re.sub(r"(?<=\d)。(?=\d)", ".", text)  # 76。7: a point typed as a stop
        match = None if text.strip() in NOTHING else _NUMBER.search(text)
        self.text = text.strip()
        self.low: Decimal | None = None
        self.high: Decimal | None = None
        self.value: Decimal | None = None
        self.unit, self.comparator, self.is_total, self.is_yearly = "", "", False, False
        if match is None:
            if multiple := MULTIPLE.search(text):
                self.value = Decimal(TIMES[multiple["times"]])
                self.unit, self.comparator = "倍", "="
            if _NONE.search(text):
                self.value, self.comparator = Decimal(0), "="
            return
        self.is_total = bool(match["open"]) or "累计" in text
        self.is_yearly = "年均" in text
        number = printed(re.sub(r"[\s,]", "", match["low"]))
        number = -number if re.match(r"\s*[\[［〔【]?\s*[-−]\s*\d", text) else number
        ratio = _RATIO.search(text)
        self.unit = (
            ratio[1] if ratio else re.sub(r"(?:左右|以上|以下|以内)$", "", match["unit"].strip())
        )
        if match["high"]:
            self.low, self.high = number, printed(match["high"])
            self.comparator = "range"
            return
        self.value = number
        after = text[match.end("low") :].lstrip(" %‰")
        words = next((w for w in ("以上", "以内", "以下", "左右") if w in after), "")
        before = text[: match.start("low")][-3:]
        self.comparator = comparator(match["mark"] or "", before, words)

    @property
    def is_given(self) -> bool:
        return self.value is not None or self.low is not None
