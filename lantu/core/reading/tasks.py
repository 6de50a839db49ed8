"""Tasks: work set going without a number."""

import re

from lantu.core.reading.outline import Under
from lantu.core.reading.prose import Sentence
from lantu.core.reading.records import Proposal
from lantu.core.reading.words import anywhere

_SENTENCE_MOST = 160


def task(sentence: Sentence, under: Under, text: str, last_year: int | None) -> Proposal | None:
    """A sentence that sets work going without a number; None for any other."""
    words = sentence.text
    lead = re.match(r"^[一—\-·\d.、()（）]*(?P<head>[^，,。；;：:]{2,60})", words)
    if lead is None or len(words) < 8:
        return None
    if not anywhere("tasks").search(lead["head"][:8]):
        return None
    start = sentence.places[lead.start("head")]
    end = sentence.places[lead.end("head") - 1] + 1
    return Proposal(
        kind="task",
        form="task",
        metric=lead["head"][:40],
        target_year=last_year,
        chapter=under.chapter,
        section=under.section,
        table=under.table or None,
        start=start,
        end=end,
        quote=text[start:end],
        confidence=0.6 if len(words) <= _SENTENCE_MOST else 0.45,
    )
