"""Slips of the hand and of the scanner, mended only where one reading is left: 0306/17, Febuary, O3.06.17, 3rd Jun e."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz.distance import DamerauLevenshtein

from chrono.normalise.dates.words import NAMES_OF_DAYS_AND_MONTHS, VOCABULARY

_LOOKALIKES = str.maketrans("oODQIl|!iZzSsBGqgb", "000011111225586996")
_LETTERLIKE = str.maketrans("0153!|", "oisell")
_FIGURE = r"[\doODQIl|!iZzSsBGqgb]"
_OCR_DATE = re.compile(rf"(?<![A-Za-z0-9]){_FIGURE}{{1,2}}[./\-]{_FIGURE}{{1,2}}[./\-]{_FIGURE}{{2,4}}(?![A-Za-z0-9])")
_OCR_ISO = re.compile(rf"(?<![A-Za-z0-9]){_FIGURE}{{4}}[./\-]{_FIGURE}{{2}}[./\-]{_FIGURE}{{2}}(?![A-Za-z0-9])")
_OCR_COMPACT = re.compile(r"^(?:[\doODQIlSB]{6}|[\doODQIlSB]{8})$")
_OCR_DAY = re.compile(rf"(?<![A-Za-z0-9./\-])({_FIGURE}{{1,2}})(st|nd|rd|th)?(?= ?[-./]? ?[A-Za-z015]{{3,}})")
_OCR_YEAR = re.compile(rf"(?<![A-Za-z0-9.])(?:[2Zz]{_FIGURE}{{3}}|{_FIGURE}{{2}})(?![A-Za-z0-9./\-])")
_MIXED_WORD = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Za-z0-9!|]*[A-Za-z])(?=[A-Za-z]*[0135!|])[A-Za-z0135!|]{3,9}(?![A-Za-z0-9])"
)
_WORD = re.compile(r"[A-Za-z]{4,}")
_FIGURES_ONLY = re.compile(r"[\d\s./,;:\\_|~'`\-]+")
_SIGN = r"[./\-]"

_RUN_TOGETHER = (
    (re.compile(rf"(\d\d)(\d\d){_SIGN}(\d\d|\d{{4}})"), r"\1/\2/\3"),
    (re.compile(rf"(\d\d?){_SIGN}(\d\d)(\d\d|(?:19|20)\d\d)"), r"\1/\2/\3"),
    (re.compile(rf"(\d\d?){_SIGN}(\d)((?:19|20)\d\d)"), r"\1/\2/\3"),
    (re.compile(rf"(\d)(\d\d){_SIGN}((?:19|20)\d\d)"), r"\1/\2/\3"),
    (re.compile(r"(\d\d)(\d\d) (\d\d|\d{4})"), r"\1/\2/\3"),
    (re.compile(r"(\d\d) (\d\d)(\d\d|(?:19|20)\d\d)"), r"\1/\2/\3"),
)
_CLOCKLIKE = re.compile(r"[0-2]?\d:[0-5]\d:[0-5]\d")
_BROKEN = (
    (re.compile(rf"^(\d) (\d ?{_SIGN} ?\d\d? ?{_SIGN})"), r"\1\2"),
    (re.compile(rf"({_SIGN} ?\d) (\d ?{_SIGN} ?(?:\d\d|\d{{4}})$)"), r"\1\2"),
    (re.compile(rf"({_SIGN} ?\d\d? ?{_SIGN} ?)(\d) (\d)$"), r"\1\2\3"),
    (re.compile(rf"({_SIGN} ?\d\d? ?{_SIGN} ?)(20) (\d\d)$"), r"\1\2\3"),
    (re.compile(rf"({_SIGN} ?\d\d? ?{_SIGN} ?)(20\d) (\d)$"), r"\1\2\3"),
    (re.compile(rf"({_SIGN} ?\d\d? ?{_SIGN} ?)(2) (0\d\d)$"), r"\1\2\3"),
    (re.compile(r"(?<=[A-Za-z] )(20) (\d\d)$"), r"\1\2"),
    (re.compile(r"(?<=[A-Za-z] )(2) (0\d\d)$"), r"\1\2"),
)
_MIN_LENGTH_TWO_SLIPS = 7
_BY_LENGTH: dict[int, list[tuple[str, str]]] = defaultdict(list)
"""The names that may be misspelt, by their length: shorter ones than four letters are too like one another, but for May."""
for _name, _means in NAMES_OF_DAYS_AND_MONTHS.items():
    if len(_name) >= 4 or _name == "may":
        _BY_LENGTH[len(_name)].append((_name, _means))


def mended(text: str) -> Iterator[str]:
    """What `text` (plain, case kept) may have been meant to be, most cautious first. Never the text itself."""
    seen = {text}
    for attempt in _attempts(text):
        if attempt not in seen:
            seen.add(attempt)
            yield attempt


def _attempts(text: str) -> Iterator[str]:
    if _FIGURES_ONLY.fullmatch(text):
        yield from _figures(text)
        return
    yield _signs(text)
    scanned = _scanner(text)
    yield scanned
    yield _signs(scanned)
    if _FIGURES_ONLY.fullmatch(scanned):
        yield from _figures(scanned)
        return
    for spelt in dict.fromkeys((_respelt(scanned), _respelt(_joined(scanned)))):
        yield spelt
        yield _unbroken(_signs(spelt))


def _figures(text: str) -> Iterator[str]:
    """Figures and signs alone: doubled, odd, missing or broken separators."""
    if not _CLOCKLIKE.fullmatch(text):
        yield _one_sign(text)
    yield _unbroken(text)
    yield _scanner(text)
    for pattern, instead in _RUN_TOGETHER:
        if pattern.fullmatch(text):
            yield pattern.sub(instead, text)


def _one_sign(text: str) -> str:
    """'03;06;17', '03/06//17', '03:06:2017', '03,06,17', '.03.06.17' with one sign between the figures."""
    return (
        "/".join(re.findall(r"\d+", text))
        if len(re.findall(r"\d+", text)) == 3 and not re.search(r"\d \d", text)
        else text
    )


def _signs(text: str) -> str:
    """Doubled and odd separators between figures, in a text that has words too."""
    return re.sub(r"(?<=\d)\s*(?:[./\\_|;][./\\_|;,\s]*|,(?=\d))(?=\d)", "/", text)


def _unbroken(text: str) -> str:
    for pattern, instead in _BROKEN:
        text = pattern.sub(instead, text)
    return text


def _scanner(text: str) -> str:
    """Letters read for figures and figures read for letters, where the shape leaves no doubt which is meant."""

    def figures(found: re.Match[str]) -> str:
        return found.group().translate(_LOOKALIKES)

    def day(found: re.Match[str]) -> str:
        return found.group(1).translate(_LOOKALIKES) + (found.group(2) or "")

    tight = re.sub(r"\s*([./\-])\s*", r"\1", text) if re.search(r"\d", text) else text
    if _OCR_COMPACT.fullmatch(tight) and sum(letter.isdigit() for letter in tight) >= 3:
        return figures(re.match(".*", tight) or _never())
    for pattern in (_OCR_DATE, _OCR_ISO):
        mended_text = pattern.sub(
            lambda found: figures(found) if re.search(r"\d", found.group()) else found.group(), tight
        )
        if mended_text != tight:
            return mended_text
    text = _MIXED_WORD.sub(_as_word, text)
    if any(word in NAMES_OF_DAYS_AND_MONTHS for word in re.findall("[a-z]+", text.lower())):
        text = _OCR_DAY.sub(lambda found: day(found) if _is_day(found) else found.group(), text)
        text = _OCR_YEAR.sub(lambda found: figures(found) if re.search(r"\d", found.group()) else found.group(), text)
    return text


def _never() -> re.Match[str]:
    raise AssertionError("'.*' always matches")


def _is_day(found: re.Match[str]) -> bool:
    written = found.group(1).translate(_LOOKALIKES)
    return (
        written.isdigit()
        and 1 <= int(written) <= 31
        and (bool(re.search(r"\d", found.group(1))) or written in ("1", "11", "10"))
    )


def _as_word(found: re.Match[str]) -> str:
    """'0ct' -> 'oct', 'Ju1y' -> 'july': only where a month or weekday comes out."""
    word = found.group().lower()
    for attempt in (word.translate(_LETTERLIKE), word.translate(str.maketrans("0153!|", "olsell"))):
        if attempt in NAMES_OF_DAYS_AND_MONTHS:
            return attempt
    return found.group()


def _joined(text: str) -> str:
    """'Jun e' -> 'June', 'Sept ember' -> 'September': two pieces that make the name of a month or weekday."""
    words = text.split(" ")
    out: list[str] = []
    for word in words:
        both = (out[-1] + word).lower() if out else ""
        if word.isalpha() and both.isalpha() and (both in NAMES_OF_DAYS_AND_MONTHS or _nearest(both)):
            out[-1] += word
        else:
            out.append(word)
    return " ".join(out)


def _respelt(text: str) -> str:
    return _WORD.sub(lambda found: _nearest(found.group()) or found.group(), text)


def _nearest(word: str) -> str | None:
    """The month or weekday a misspelt word must be: one slip away, two in a long word, and no other as near."""
    word = word.lower()
    if word in VOCABULARY:
        return None
    allowed = 2 if len(word) >= _MIN_LENGTH_TWO_SLIPS else 1
    near: dict[str, int] = {}
    for length in range(len(word) - allowed, len(word) + allowed + 1):
        for name, means in _BY_LENGTH.get(length, ()):
            distance = DamerauLevenshtein.distance(word, name, score_cutoff=allowed)
            if distance <= allowed:
                near[means] = min(distance, near.get(means, distance))
    if not near:
        return None
    least = min(near.values())
    best = [means for means, distance in near.items() if distance == least]
    return best[0] if len(best) == 1 else None
