"""A text in its sentences: no name, and nothing that tells who is meant, reaches beyond the end of one."""

from __future__ import annotations

import re

from chrono.normalise.actors.people.roles import honorifics

_TITLES = "".join(rf"(?<!\b{title}. )" for title in honorifics() if len(title) > 2)
END = re.compile(rf"\. (?:(?<=[a-z]{{3}}. )|(?<=[^\W\d_]{{4}}. )|(?<=\d\d. )){_TITLES}")
"""A full stop behind a shorter word may be that of an abbreviation: 'St. Alda's', 'Dr. Fern', 'J. Fern'."""


def sentences(text: str) -> list[tuple[int, str]]:
    """The sentences of a text, each with the place where it begins. Where it is in doubt if one ends, two stay together."""
    if ". " not in text:
        return [(0, text)]
    begin, found = 0, []
    for end in END.finditer(text):
        found.append((begin, text[begin : end.end() - 1]))
        begin = end.end()
    found.append((begin, text[begin:]))
    return found
