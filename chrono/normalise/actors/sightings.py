"""Names where they stand in a text, with what the words around them say of their part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from chrono.model import ActorKind
from chrono.normalise.actors.parts import part_by_words
from chrono.normalise.actors.spans import Name, Placed, surroundings


@dataclass(slots=True, eq=False)
class Sighting:
    """A name in a text: its place there, and what stands before and behind it in its sentence. `like` is a name of which
    the same is asked, the same one for all that are written alike."""

    name: Name
    like: Name
    begin: int
    end: int
    words_end: int
    before: str
    after: str
    leans: bool
    """True if it rests on the children of the row who is meant."""
    parts: dict[ActorKind, str] = field(default_factory=dict)

    def part(self, kind: ActorKind) -> str:
        """What somebody of this kind does there, by the words around; '' if they do not tell."""
        part = self.parts.get(kind)
        if part is None:
            part = self.parts[kind] = part_by_words(kind, self.before, self.after)
        return part


class Sightings:
    """Makes sightings, and keeps one name for all that are written alike. `of_children`: the case has people, workers
    perhaps, of one child only."""

    def __init__(self, *, of_children: bool) -> None:
        self._of_children = of_children
        self._alike: dict[tuple[object, ...], Name] = {}

    def of(self, text: str, placed: Iterable[Placed]) -> tuple[Sighting, ...]:
        """The names in a text with what surrounds them."""
        placed = tuple(placed)
        if not placed:
            return ()
        around = surroundings(text, [(at + name.lead, at + name.words_end) for at, name in placed])
        return tuple(self._sighting(at, name, *around[at + name.lead, at + name.words_end]) for at, name in placed)

    def _sighting(self, at: int, name: Name, before: str, after: str) -> Sighting:
        span = name.span
        asked = (name.whole, name.begin - name.lead, span.meanings, span.owner is None, span.holder is None)
        like = self._alike.setdefault(asked, name)
        leans = name.is_kin or (name.is_worker and self._of_children)
        return Sighting(name, like, at + name.begin, at + name.end, at + name.words_end, before, after, leans)
