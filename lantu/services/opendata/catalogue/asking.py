"""What CKAN's clients ask in the words of Solr: terms and fields with AND, OR, NOT and brackets."""

import re
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from typing import Final

Values = Mapping[str, frozenset[str]]  # what a record says in each field, in lower case
Test = Callable[[Values], bool]
TEXT: Final = "text"  # the field of a term that names none
_FREE: Final = frozenset({TEXT, "title", "notes"})  # a part of these is enough
LONGEST: Final = 2000  # characters of a question
DEEPEST: Final = 20  # brackets within brackets
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<mark>[()]|[+-](?=\S)|!)|(?P<field>[A-Za-z_.]+):(?=\S)"
    r'|"(?P<phrase>[^"]*)"|(?P<range>\[[^\[\]]* TO [^\[\]]*\])|(?P<word>[^\s()"]+))'
)
_ANY: Final = frozenset({"*", "*:*"})


class Unreadable(Exception):
    """A question that does not follow the rules; the message says where."""


def asked(text: str, fields: frozenset[str]) -> Test:
    """What a question asks of a record; nothing asks for all. Raises Unreadable."""
    if len(text) > LONGEST:
        raise Unreadable(f"The question is over {LONGEST} characters.")
    if text.strip() in {"", *_ANY}:
        return lambda values: True
    return _Reader(text, fields).whole()


class _Reader:
    """A question, read from left to right."""

    def __init__(self, text: str, fields: frozenset[str]) -> None:
        self.fields = fields
        self.tokens: list[tuple[str, str]] = []
        place = 0
        text = text.rstrip()
        while place < len(text):
            found = _TOKEN.match(text, place)
            if found is None:
                raise Unreadable(f"Not understood: {text[place : place + 40]!r}.")
            place = found.end()
            kind = str(found.lastgroup)
            if kind == "word" and found["word"] in ("AND", "OR", "NOT", "&&", "||"):
                kind = "mark"
            self.tokens.append((kind, found[found.lastgroup or 0]))
        self.at = 0

    def whole(self) -> Test:
        test = self.either(TEXT, 0)
        if self.at < len(self.tokens):
            raise Unreadable(f"Not understood: {self.tokens[self.at][1]!r}.")
        return test

    def next_is(self, *marks: str) -> bool:
        """Whether one of these comes next; if so, it is read."""
        found = self.at < len(self.tokens) and self.tokens[self.at] in [("mark", m) for m in marks]
        self.at += found
        return found

    def either(self, field: str, depth: int) -> Test:
        if depth > DEEPEST:
            raise Unreadable("There are too many brackets.")
        tests = [self.all_of(field, depth)]
        while self.next_is("OR", "||"):
            tests.append(self.all_of(field, depth))
        return lambda values: any(test(values) for test in tests)

    def all_of(self, field: str, depth: int) -> Test:
        """Terms beside each other must all hold, as CKAN has it."""
        tests = [self.one(field, depth)]
        while self.at < len(self.tokens) and self.tokens[self.at][1] not in (")", "OR", "||"):
            self.next_is("AND", "&&")
            tests.append(self.one(field, depth))
        return lambda values: all(test(values) for test in tests)

    def one(self, field: str, depth: int) -> Test:
        negated = False
        while self.at < len(self.tokens) and self.tokens[self.at][1] in ("+", "-", "!", "NOT"):
            negated ^= self.tokens[self.at][1] != "+"
            self.at += 1
        test = self.term(field, depth)
        return (lambda values: not test(values)) if negated else test

    def term(self, field: str, depth: int) -> Test:
        if self.at >= len(self.tokens):
            raise Unreadable("Something is missing at the end.")
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "field":
            if text not in self.fields:
                raise Unreadable(f"There is no field {text[:40]!r}.")
            return self.term(text, depth)
        if text == "(" and kind == "mark":
            test = self.either(field, depth + 1)
            if not self.next_is(")"):
                raise Unreadable("A bracket is not closed.")
            return test
        if kind == "mark":
            raise Unreadable(f"Not understood: {text!r}.")
        if kind == "range":
            return _between(field, *text[1:-1].split(" TO ", 1))
        return _says(field, text, is_whole=kind == "phrase")


def _says(field: str, text: str, *, is_whole: bool) -> Test:
    wanted = text.lower()
    if wanted in _ANY and not is_whole:
        return lambda values: field == TEXT or bool(values.get(field))
    if field in _FREE:
        part = wanted if is_whole else wanted.strip("*")
        return lambda values: any(part in value for value in values[field])
    if is_whole or "*" not in wanted:
        return lambda values: wanted in values.get(field, ())
    pattern = wanted.replace("[", "[[]").replace("?", "[?]")
    return lambda values: any(fnmatchcase(value, pattern) for value in values.get(field, ()))


def _between(field: str, first: str, last: str) -> Test:
    """Moments as ISO 8601 writes them, so that their letters are in the order of time."""
    low, high = (one.strip().lower().removesuffix("z") for one in (first, last))
    return lambda values: any(
        (low == "*" or value >= low) and (high == "*" or value <= high)
        for value in values.get(field, ())
    )
