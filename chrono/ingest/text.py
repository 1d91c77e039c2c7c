"""Bytes to words: which encoding a text is in, and what is doubtful about it."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 4096
CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})
NO_CONTROLS = str.maketrans("", "", "\0")


@dataclass(frozen=True, slots=True)
class Text:
    """A text in words, with what is doubtful about how it was read."""

    words: str
    doubts: tuple[str, ...] = ()


def decoded(content: bytes) -> Text:
    """Read bytes as text: by the mark at the beginning; as UTF-16 where every other byte is empty; as UTF-8; and line by
    line as UTF-8 or Windows (cp1252) where they are mixed. Never fails: a byte that no encoding has stays as its number."""
    encoding = encoding_of(content)
    if encoding != "utf-8":
        return _without_nul(content.decode(encoding, errors="replace").removeprefix("\ufeff"))
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return _without_nul(content.decode("utf-8"))
    except UnicodeDecodeError:
        return _mixed(content)


def encoding_of(content: bytes) -> str:
    """'utf-8' also where it is no valid UTF-8 and has to be read line by line."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return encoding
    sample = content[:SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd * 3 > len(sample) and even * 20 < len(sample):
        return "utf-16-le"
    if even * 3 > len(sample) and odd * 20 < len(sample):
        return "utf-16-be"
    return "utf-8"


def _mixed(content: bytes) -> Text:
    lines, other, unicode_ = [], 0, 0
    for line in content.split(b"\n"):
        try:
            lines.append(line.decode("utf-8"))
            unicode_ += not line.isascii()
        except UnicodeDecodeError:
            lines.append(_windows(line))
            other += 1
    text = _without_nul("\n".join(lines))
    if not unicode_:
        return text
    doubt = f"two encodings are mixed in it: {unicode_} lines in UTF-8, {other} in Windows (cp1252); each was read in its own"
    return Text(text.words, (*text.doubts, doubt))


def _windows(line: bytes) -> str:
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(bytes((byte,)).decode("cp1252", errors="ignore") or chr(byte) for byte in line)


def _without_nul(words: str) -> Text:
    if "\0" not in words:
        return Text(words)
    return Text(words.translate(NO_CONTROLS), (f"{words.count(chr(0)):,} empty (NUL) characters were left out",))


def looks_like_text(content: bytes) -> bool:
    """True unless the beginning of the content is full of bytes that no text has."""
    sample = content[:SAMPLE]
    if encoding_of(content) != "utf-8":
        return True
    odd = len(sample) - len(sample.translate(None, CONTROLS))
    return odd * 20 <= len(sample)
