"""Words that tell nobody's sex in place of those that do: 'he says his mother' -> 'they say their parent'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from chrono.vocabulary import words as read_words

WORDS = Path(__file__).with_name("neutral.yaml")
Change = tuple[int, int, str]
_NEXT = re.compile(
    r"\s+(?:(?:also|then|still|now|only|never|always|often|later|again)\s+)?(?P<word>[a-z]+(?:['’]t)?)\b"
)
_NEXT_WORD = re.compile(r"\s+([A-Za-z]+)\b")
_ARTICLE = re.compile(r"\b[Aa]\s+\Z")
_SHORT = re.compile(r"['’]s\b(?P<perfect>\s+(?:been|got|had|gone|not been|never|already)\b)?")
_OF_A_NAME = re.compile(r"(?:['’]s?)?\s+[A-Z]")
_ENDINGS = (("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("ies", "y"), ("s", ""))
_NO_ENDINGS = ("ss", "us", "is")


def changes(text: str) -> Iterator[Change]:
    """Where a word tells a sex (begin inclusive, end exclusive), and what is written instead. 'Women's Aid' and other names
    of several words stay."""
    for found in _pattern().finditer(text):
        word, end = found.group(), found.end()
        if word.istitle() and found.start() and _OF_A_NAME.match(text, end) and word not in _instead():
            continue
        noun = _NEXT_WORD.match(text, end) if word.lower() in _list("describing") else None
        if noun and noun[1] in _list("described"):
            yield _left_out(text, found.start(), noun)
            continue
        yield found.start(), end, _written(word, _for(word, text, end))
        if word.lower() in ("he", "she", "s/he", "he/she", "she/he"):
            yield from _verb(text, end)


def in_neutral_words(text: str) -> str:
    """The text with all of that changed."""
    for begin, end, instead in sorted(changes(text), reverse=True):
        text = text[:begin] + instead + text[end:]
    return text


def _left_out(text: str, begin: int, noun: re.Match[str]) -> Change:
    """'a male officer' -> 'an officer'."""
    article = _ARTICLE.search(text, 0, begin)
    if article and noun[1][0].lower() in "aeio":
        return article.start(), noun.start(1), f"{text[article.start()]}n "
    return begin, noun.start(1), ""


def _for(word: str, text: str, end: int) -> str:
    if word.lower() == "her":
        following = _NEXT_WORD.match(text, end)
        return "their" if following and following[1].lower() not in _list("object") else "them"
    return _instead().get(word) or _instead()[word.lower()]


def _written(word: str, instead: str) -> str:
    """With capitals as the word had them."""
    if len(word) > 1 and word.isupper():
        return instead.upper()
    return instead[0].upper() + instead[1:] if word[0].isupper() else instead


def _verb(text: str, end: int) -> Iterator[Change]:
    """The verb after 'they': 'was' -> 'were', 'lives' -> 'live'."""
    if short := _SHORT.match(text, end):
        yield end, end + 2, "’ve" if short["perfect"] else "’re"
    elif found := _NEXT.match(text, end):
        verb = found["word"]
        plural = _table("verbs").get(verb.replace("’", "'")) or _plural(verb)
        if plural != verb:
            yield found.start("word"), found.end("word"), plural


def _plural(verb: str) -> str:
    if verb in _list("no_verbs") or verb.endswith(_NO_ENDINGS):
        return verb
    return next((verb.removesuffix(end) + instead for end, instead in _ENDINGS if verb.endswith(end)), verb)


@cache
def _table(name: str) -> Mapping[str, Any]:
    told: Mapping[str, Any] = read_words(WORDS)[name]
    return told


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(read_words(WORDS)[name])


@cache
def _instead() -> Mapping[str, str]:
    """Word -> what is written instead."""
    return {word: instead for instead, several in _table("words").items() for word in several}


@cache
def _pattern() -> re.Pattern[str]:
    """The words as they are listed; those in small letters also with a capital, and in capitals unless they are short."""
    forms = {"her", "Her"}
    for word in _instead():
        forms |= {word}
        if word.islower():
            forms |= {word.capitalize()} | ({word.upper()} if len(word) > 3 else set())
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(rf"(?<![\w/-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w/-])")
