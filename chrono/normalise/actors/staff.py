"""Words of a staff column that nobody knows: they are roles, at the agency whose return it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chrono.normalise.actors.decisions import Decision, Setting, World
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


def unknown_roles(cell: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    """The parts of a cell that can be roles, each with its place; none in which a name was found (`taken`: where)."""
    begin = 0
    for part in (*PART.finditer(cell), None):
        end = part.start() if part else len(cell)
        text = cell[begin:end].strip()
        if text and _can_be_a_role(text) and not any(first < end and last > begin for first, last in taken):
            yield text, cell.index(text, begin)
        begin = part.end() if part else end


def _can_be_a_role(text: str) -> bool:
    lettered = any(letter.isalpha() for letter in text)
    return lettered and len(text.split()) <= LONGEST_ROLE and not NOT_A_ROLE.search(text)


def holder_of(text: str, setting: Setting, world: World) -> Decision:
    """Somebody with a role nobody knows."""
    agency = world.agencies.get(setting.agency)
    id_ = f"{setting.agency or slug(setting.file)}-{slug(text)}"
    name = f"{text}, {agency.name}" if agency else text
    how = "as written in a column of people"
    return Decision(id_, "role", name, how, sure=False, role=folded(text), agency=setting.agency)
