"""Who is called what in the set: one pseudonym for everybody that is named, whatever way they are written."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from chrono.model import Actor, Case, Person, Timeline
from chrono.publish.neutral import in_neutral_words
from chrono.publish.words import LABEL, Ordinary, relatives, titles
from chrono.vocabulary import words

SHARED_NAME = "(family name)"
"""For a part of a name that several people bear."""
_KINDS = Path(__file__).with_name("kinds.yaml")
_NAMED_KINDS = ("person", "role", "unresolved")
_LEAST_DIGITS = 4
"""A reference with fewer digits is a row's number in a list, and leads to nobody."""
_AGED = re.compile(r"\s*(?:\([^()]*\d[^()]*\)|,? aged \d+)$")
"""An age or day of birth behind a name, which is no part of it: days of birth are written anew by themselves."""


@dataclass
class Pseudonyms:
    """`by_surface`: what is written in the returns -> what the set writes. `ids`: id in the case -> id in the set."""

    by_surface: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """Id in the case -> name in the set."""
    references: dict[str, str] = field(default_factory=dict)


class Namer:
    """Gives the pseudonyms out, in the order of the case, then of the actors."""

    def __init__(
        self, case: Case, timeline: Timeline, ordinary: Ordinary, *, agencies: bool, neutral: bool = False
    ) -> None:
        self._case = case
        self._timeline = timeline
        self._ordinary = ordinary
        self._agencies = agencies
        self._in_neutral_words = neutral
        self._given = Pseudonyms()
        self._numbers: dict[str, int] = defaultdict(int)
        self._taken = {s.text.casefold() for actor in timeline.actors for s in actor.surfaces}
        self._parts: dict[str, set[str]] = defaultdict(set)

    def pseudonyms(self) -> Pseudonyms:
        """Everybody's pseudonym."""
        for number, subject in enumerate(self._case.subjects, 1):
            self._name(subject.id, f"yp{number}", f"YP{number}", (subject.name, *subject.aliases))
        for number, person in enumerate(self._case.people, 1):
            self._name_person(person, f"person{number}")
        if self._agencies:
            self._name_agencies()
        for actor in self._timeline.actors:
            self._name_actor(actor)
        self._share_parts()
        self._given.references.update(_references(self._timeline))
        self._given.by_surface.update(self._given.references)
        return self._given

    def _name(self, id_: str, new_id: str, name: str, surfaces: Iterable[str]) -> None:
        self._given.ids[id_] = new_id
        self._given.names[id_] = name
        for surface in surfaces:
            self._write(surface, name)

    def _write(self, surface: str, name: str) -> None:
        surface = _AGED.sub("", surface)
        for form in {surface, _plain(surface)} - {""}:
            self._given.by_surface.setdefault(form, name)
        if not LABEL.fullmatch(surface):
            for part in self._ordinary.identifying(surface):
                self._parts[re.sub(r"['’]s$", "", part)].add(name)

    def _name_person(self, person: Person, new_id: str) -> None:
        """A name that is a role or a label already ('Mum', 'SW1') stays, and is then the name for the others."""
        forms = (person.name, *person.aliases)
        named = [form for form in forms if self._identifying(form)]
        if self._in_neutral_words and any(form != in_neutral_words(form) for form in (*forms, person.role)):
            # 'Mother' and 'father' would both be 'parent': each gets a name of their own.
            named, name = list(forms), self._numbered(in_neutral_words(self._role(person.role)) or "Person")
        elif person.name in named:
            plain = [form for form in person.aliases if form not in named and LABEL.fullmatch(form)]
            name = plain[0] if plain else self._called(person.role)
        else:
            name = self._neutral(person.name)
        self._name(person.id, new_id, name, named)

    def _identifying(self, form: str) -> bool:
        """False for 'Mother of Ash': without the child's name it is a role."""
        return bool(self._ordinary.identifying(self._neutral(form)))

    def _neutral(self, name: str) -> str:
        """'Mother of Ash' -> 'Mother of YP1'."""
        for surface in sorted(self._given.by_surface, key=len, reverse=True):
            name = re.sub(rf"(?<!\w){re.escape(surface)}(?!\w)", self._given.by_surface[surface], name)
        return name

    def _role(self, role: str) -> str:
        what = role.partition(",")[0]
        kept = " ".join(word for word in self._neutral(what).split() if not self._ordinary.identifying(word))
        return kept[:1].upper() + kept[1:]

    def _called(self, role: str) -> str:
        """'Mother of YP1' where there is one child only, else 'Mother 1'."""
        what = self._role(role) or "Person"
        if len(self._case.subjects) == 1 and what.lower() in relatives():
            name = f"{what} of YP1"
            if name not in self._given.names.values():
                return name
        return self._numbered(what)

    def _numbered(self, what: str) -> str:
        """The next free number: a label that the returns use already is nobody else's."""
        while True:
            self._numbers[what] += 1
            name = f"{what} {self._numbers[what]}"
            if name.casefold() not in self._taken:
                return name

    def _name_agencies(self) -> None:
        called = words(_KINDS)
        for number, agency in enumerate(self._timeline.case.agencies, 1):
            forms = [form for form in (agency.name, *agency.aliases) if self._ordinary.identifying(form)]
            name = self._numbered(called.get(agency.kind, called["other"]))
            self._name(agency.id, f"agency{number}", name, forms)

    def _name_actor(self, actor: Actor) -> None:
        """Somebody the returns name and the case does not; and other ways to write those that the case knows."""
        forms = [s.text for s in actor.surfaces if self._identifying(s.text)]
        if actor.kind == "agency":
            known = self._given.names.get(actor.id)
            if self._agencies and forms:
                for form in forms:
                    self._write(form, known or self._numbered(words(_KINDS).get(actor.role, "Organisation")))
            return
        if actor.kind == "subject":
            for surface in actor.surfaces:
                if surface.how == "case" or self._ordinary.identifying(surface.text):
                    self._write(surface.text, self._given.names[actor.id])
        if actor.kind not in _NAMED_KINDS or not forms:
            return
        name = self._given.names.get(actor.id) or next(filter(None, map(self._known_by, forms)), "")
        for form in forms:
            self._write(form, name or (name := self._numbered(self._role(actor.role) or "Person")))

    def _known_by(self, form: str) -> str:
        """The pseudonym of somebody named already whose surname this is: 'P Nandra' is Priya Nandra."""
        if form in self._given.by_surface:
            return self._given.by_surface[form]
        last = (self._ordinary.identifying(form) or ("",))[-1]
        owners = self._parts.get(last, set())
        return next(iter(owners)) if len(owners) == 1 else ""

    def _share_parts(self) -> None:
        """A first name or surname alone, with its title if it has one."""
        for part, names in self._parts.items():
            if len(part) < 3 or part in titles():
                continue
            self._given.by_surface.setdefault(part, next(iter(names)) if len(names) == 1 else SHARED_NAME)


def _references(timeline: Timeline) -> Iterator[tuple[str, str]]:
    """Crime and incident numbers: letters stay, figures are counted anew, so that rows that share one still do."""
    found = {text for entry in timeline.entries for event in entry.events for text in event.references}
    long = sorted(text for text in found if sum(mark.isdigit() for mark in text) >= _LEAST_DIGITS)
    for number, text in enumerate(long, 1):
        figures = iter(str(number).zfill(sum(mark.isdigit() for mark in text)))
        yield text, "".join(next(figures) if mark.isdigit() else mark for mark in text)


def _plain(text: str) -> str:
    """Without accents."""
    return "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
