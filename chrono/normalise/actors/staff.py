"""Words of a staff column that nobody knows: they are roles, at the agency whose return it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chrono.normalise.actors.decisions import Decision, Setting, World
from chrono.normalise.actors.spans import Spotted
from chrono.normalise.actors.words import folded, slug

PART = re.compile(r"\s*(?:[,;&+\n]|(?<!\b[Nn])/|\band\b)\s*")
NOT_A_ROLE = re.compile(
    r"\d|^\W*(?:all|none|n/?[ak]|no|yes|y|n|nil|other|others|family|professionals|everyone|various"
    r"|as above|see above|not .*|unknown|tbc|both|same|group|children|young people|email|phone"
    r"|telephone|letter|meeting|home|visit)\W*$",
    re.IGNORECASE,
)
LONGEST_ROLE = 4
"""Words in a cell of a staff column beyond which it is no role but a remark."""


def unknown_roles(found: Spotted) -> Iterator[tuple[str, int]]:
    """The parts of a cell in which no name was found and which can be roles, each with its place in the cell."""
    begin = 0
    for part in (*PART.finditer(found.text), None):
        end = part.start() if part else len(found.text)
        text = found.text[begin:end].strip()
        if text and _can_be_a_role(text) and not _holds_a_name(found, begin, end):
            yield text, found.text.index(text, begin)
        begin = part.end() if part else end


def _can_be_a_role(text: str) -> bool:
    lettered = any(letter.isalpha() for letter in text)
    return lettered and len(text.split()) <= LONGEST_ROLE and not NOT_A_ROLE.search(text)


def _holds_a_name(found: Spotted, begin: int, end: int) -> bool:
    words = found.words
    return any(words[span.begin].begin < end and words[span.end - 1].end > begin for span in found.spans)


def holder_of(text: str, setting: Setting, world: World) -> Decision:
    """Somebody with a role nobody knows."""
    agency = world.agencies.get(setting.agency)
    id_ = f"{setting.agency or slug(setting.file)}-{slug(text)}"
    name = f"{text}, {agency.name}" if agency else text
    how = "as written in a column of people"
    return Decision(id_, "role", name, how, sure=False, role=folded(text), agency=setting.agency)
