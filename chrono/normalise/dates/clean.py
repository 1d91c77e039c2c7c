"""From what was typed to the few words and signs the grammar knows. Nothing here guesses: see mend.py for slips."""

from __future__ import annotations

import html
import re
import unicodedata

from chrono.normalise.dates.words import PHRASE, canonical

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−﹘﹣－\x96\x97", "-"),
        **dict.fromkeys("‘’‚‛′`´\x91\x92", "'"),
        **dict.fromkeys("“”„‟″〃\x93\x94", '"'),
        **dict.fromkeys("⁄∕／÷", "/"),
        **dict.fromkeys("。．․·•‧∙⋅", "."),
        "…": "...",
        "±": " ~ ",
        # Cyrillic and Greek letters that look like Latin ones, as some scanners give them.
        **dict(zip("АВЕКМНОРСТХаеорсухіІӏΟο", "ABEKMHOPCTXaeopcyxiIlOo", strict=True)),
    }
)
_MOJIBAKE = (("â€“", "-"), ("â€”", "-"), ("â€™", "'"), ("â€˜", "'"), ("â€œ", '"'), ("Â", ""))
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe0f\x00-\x08\x0e-\x1f]")

_JOINED_UP = (
    (re.compile(r"(?<=\d)(st|nd|rd|th)(?=[a-z])"), r"\1 "),
    (re.compile(r"(?<=\d)(?!(?:st|nd|rd|th)(?![a-z]))(?=[a-z])"), " "),
    (re.compile(r"(?<=[a-z])(?=\d)"), " "),
    (re.compile(r"(?<=\d) (?=(?:st|nd|rd|th)\b)"), ""),
    (re.compile(r"(?<=\dst|\dnd|\drd|\dth)\.(?= )"), ""),
)
_NOT_GIVEN = re.compile(r"^(\d\d?|[?x_z*]{1,2}|--) ?[./-] ?(\d\d?|[?x_z*]{1,2}|--) ?[./-] ?(\d{4}|\d\d)$")
_BRACKETS = str.maketrans(dict.fromkeys("()[]{}<>?", " "))
_DIGIT_BESIDE_LETTER = re.compile(r"\d ?[a-z]|[a-z]\d")
_APOSTROPHE_YEAR = re.compile(r"' ?(?=\d\d(?!\d))")
_COMMAS = re.compile(r" ?, ?")
_AROUND_DOTS = re.compile(r"(?<=\d) ?\. ?(?=\d)")
_END_SIGNS = re.compile(r"^[\s.,;:*#!'\"|/@]+|[\s.,;:*#!'\"|/\\]+$")
_LABEL_COLON = re.compile(r"(?<![\d]) ?: ?|(?<=\d): | :(?=\d)")
_AROUND_SLASH = re.compile(r"(?<=\S)/ | /(?=\S)")
_LOOSE_DOTS = re.compile(r"\.(?!\d)|(?<!\d)\.")


def plain(text: str) -> str:
    """Latin letters, ASCII digits, straight quotes, hyphens, single spaces. Keeps case."""
    if not text.isascii():
        for wrong, right in _MOJIBAKE:
            if wrong in text:
                text = text.replace(wrong, right)
        text = _INVISIBLE.sub("", text.translate(_SIGNS))
        text = unicodedata.normalize("NFKC", text).translate(_SIGNS)
        text = "".join(_digit(letter) for letter in text) if not text.isascii() else text
    if "&" in text:
        text = html.unescape(text).translate(_SIGNS)
    return " ".join((text if text.isprintable() else _INVISIBLE.sub("", text)).split())


def _digit(letter: str) -> str:
    """Any script's decimal digit as an ASCII one."""
    value = unicodedata.decimal(letter, None)
    return letter if value is None else str(value)


def grammatical(text: str) -> str:
    """`plain` text as the grammar reads it: lower case, one word for each idea, nothing that adds nothing.

    '12th June, 2017 (approx.)' -> '12th jun, 2017 ~'. A question mark anywhere doubts the whole: '? ' -> '~ ' in front.
    """
    text = _NOT_GIVEN.sub(_with_parts_not_given, text.lower())
    doubted = "?" in text
    text = text.translate(_BRACKETS)
    if "'" in text:
        text = _APOSTROPHE_YEAR.sub("", text)
    if _DIGIT_BESIDE_LETTER.search(text):
        for pattern, instead in _JOINED_UP:
            text = pattern.sub(instead, text)
    if ":" in text:
        text = _LABEL_COLON.sub(" ", text)
    text = PHRASE.sub(_word, " ".join(text.split()))
    return finished(f"~ {text}" if doubted else text)


def finished(text: str) -> str:
    """Spaces put right around signs, and the signs at the ends dropped, except a last hyphen, which means something."""
    text = " ".join(text.split())
    if "/" in text:
        text = _AROUND_SLASH.sub("/", text)
    if "." in text:
        text = _LOOSE_DOTS.sub(" ", _AROUND_DOTS.sub(".", text))
    if "," in text:
        text = _COMMAS.sub(", ", text)
    return " ".join(_END_SIGNS.sub("", text).split())


def _with_parts_not_given(found: re.Match[str]) -> str:
    """'??.06.2017' -> 'xx/06/2017'."""
    return "/".join(part if part.isdigit() else "xx" for part in found.groups())


def _word(found: re.Match[str]) -> str:
    return f" {canonical(found.group())} "
