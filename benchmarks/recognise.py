"""Every quantity that a general recogniser of Chinese finds in texts; run by bench_recognisers.py.

It runs under an interpreter that has the recognisers: `python recognise.py NAME < texts.json`.
It imports nothing of ours. Out: for each text the spans of its quantities, and the seconds it took.
"""

import json
import re
import sys
import time
from collections.abc import Callable, Iterator

Span = tuple[int, int]


def recognizers_text() -> Callable[[str], Iterator[Span]]:
    """Microsoft's Recognizers-Text: numbers, shares, money, dimensions and ages."""
    from recognizers_number import Culture, recognize_number, recognize_percentage
    from recognizers_number_with_unit import (
        recognize_age,
        recognize_currency,
        recognize_dimension,
    )

    kinds = recognize_percentage, recognize_currency, recognize_dimension, recognize_age

    def read(sentence: str) -> Iterator[Span]:
        taken: list[Span] = []
        for kind in (*kinds, recognize_number):
            for one in kind(sentence, Culture.Chinese):
                span = one.start, one.end + 1
                if not any(a < span[1] and span[0] < b for a, b in taken):
                    taken.append(span)
        yield from sorted(taken)

    return read


def jionlp() -> Callable[[str], Iterator[Span]]:
    """JioNLP's extractor of money; it has none for other quantities."""
    import jionlp as jio

    def read(sentence: str) -> Iterator[Span]:
        for one in jio.ner.extract_money(sentence):
            start, end = one["offset"]
            number = re.search(r"\d", sentence[start:end])
            yield start + (number.start() if number else 0), end

    return read


READERS = {"recognizers-text": recognizers_text, "jionlp": jionlp}


def spans(text: str, read: Callable[[str], Iterator[Span]]) -> list[Span]:
    return [
        (sentence.start() + start, sentence.start() + end)
        for sentence in re.finditer(r"[^。；！]+", text)
        if re.search(r"[\d一二三四五六七八九十百千万亿]", sentence.group())
        for start, end in read(sentence.group())
    ]


def main() -> None:
    texts = json.load(sys.stdin)
    out = sys.stdout
    sys.stdout = sys.stderr  # what a library greets with is not the answer
    read = READERS[sys.argv[1]]()
    list(read("地区生产总值达到420亿元，增长5%。"))  # what it loads once is not counted
    answers = []
    for text in texts:
        begun = time.process_time()
        found = spans(text, read)
        answers.append({"spans": found, "seconds": time.process_time() - begun})
    json.dump(answers, out)


if __name__ == "__main__":
    main()
