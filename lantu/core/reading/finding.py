"""Finding: where words that a person names stand in a text, whatever blanks lie between."""

from lantu.core.reading.outline import Outline
from lantu.core.reading.records import Proposal

MOST = 20  # places; whoever finds more must give more words


def places(text: str, words: str) -> list[tuple[int, int]]:
    """Start and end of each place, at most twenty; none for words that are only blanks."""
    wanted = "".join(words.split())
    if not wanted:
        return []
    letters = [at for at, letter in enumerate(text) if not letter.isspace()]
    bare = "".join(text[at] for at in letters)
    found: list[tuple[int, int]] = []
    at = bare.find(wanted)
    while at >= 0 and len(found) < MOST:
        found.append((letters[at], letters[at + len(wanted) - 1] + 1))
        at = bare.find(wanted, at + len(wanted))
    return found


def blank(text: str, start: int, end: int) -> Proposal:
    """A record of a place that says nothing yet but its words: a task, until a person says more."""
    under = Outline(text).at(start)
    quote = text[start:end]
    return Proposal(
        kind="task", metric="".join(quote.split()), start=start, end=end, quote=quote, form="task",
        chapter=under.chapter, section=under.section, table=under.table or None, confidence=1.0,
    )  # fmt: skip
