"""A short cut past the XML parser. Excel and its likes write nearly every row and text in one plain shape, which a regular
expression takes in several times faster; whatever is not in exactly that shape goes to the parser, as everything could."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

PLAIN_ENCODING = re.compile(
    rb"(?:\xef\xbb\xbf)?<(?:\?xml(?:[^>]*encoding=.(?i:utf-8|us-ascii)|(?![^>]*encoding=))|[^?])"
)
LONGEST = 1 << 20
"""Bytes kept back at most while waiting for the end of an element."""


def around(
    pieces: Iterable[bytes], name: bytes, plain: re.Pattern[bytes], take: Callable[[re.Match[bytes]], None]
) -> Iterator[bytes]:
    """Pass a part on to the parser without those elements `name` that match `plain`: they are handed to `take`, each after
    all that stands before it has been passed on.

    Comments and quoted sections may hold what only looks like an element: from the first one on nothing is taken out.
    """
    begins = b"<" + name
    kept, trusted = b"", None
    for piece in pieces:
        kept += piece
        if trusted is None:
            trusted = bool(PLAIN_ENCODING.match(kept))
        done = 0
        for found in plain.finditer(kept) if trusted else ():
            if between := kept[done : found.start()]:
                if b"<!" in between:
                    trusted = False
                    break
                yield between
            take(found)
            done = found.end()
        kept = kept[done:]
        last = kept.rfind(begins) if trusted and len(kept) < LONGEST else -1
        ready = len(kept) - kept.endswith(b"<") if last < 0 else last  # '<' may be the beginning of a comment
        trusted = trusted and b"<!" not in kept[:ready]
        if ready:
            yield kept[:ready]
        kept = kept[ready:]
    if kept:
        yield kept
