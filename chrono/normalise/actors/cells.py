"""The names in one cell: who each of them is taken to be, and what they do there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from chrono.model import Mention
from chrono.normalise.actors.agencies.which_agency import of_a_place, which_agency
from chrono.normalise.actors.decisions import SLIP, Decision, Question, Setting, World
from chrono.normalise.actors.heard import Heard
from chrono.normalise.actors.lexicon import Lexicon
from chrono.normalise.actors.parts import part_in
from chrono.normalise.actors.people import which_person
from chrono.normalise.actors.people.roles import Meaning, Sense
from chrono.normalise.actors.people.which_relative import parent, relative, relatives
from chrono.normalise.actors.people.which_worker import worker
from chrono.normalise.actors.slips import Mender
from chrono.normalise.actors.spans import Name, Placed, Spotter, surroundings
from chrono.normalise.actors.staff import holder_of, unknown_roles

NAME_COLUMNS = frozenset({"people", "worker", "told", "shared", "referrer", "subject", "agency", "source", "seen"})
"""Columns whose cells should hold names, so that doubtful abbreviations count."""
STAFF_COLUMNS = frozenset({"people", "worker"})
"""Columns in which words nobody knows are roles."""
NO_NAMES = frozenset(
    {"date", "time", "end-date", "end-time", "sequence", "recorded", "reference", "age", "review-flag"}
)
"""Columns that hold no names worth looking for."""
IN_BRACKETS = re.compile(r"(?<=\w)\s*\([A-Z][A-Za-z]{0,4}\)$")
"""The role that follows a name: 'R. Hale (SW)'."""
REMARK = re.compile(r"\s*\([^()]*\)\s*$")

Key = tuple[object, ...]
"""All that a decision on a name rests on."""


class CellReader:
    """Finds the names in cells, and decides on every name once for all the rows in which it must mean the same."""

    def __init__(
        self,
        world: World,
        lexicon: Lexicon[Meaning],
        glossaries: Mapping[str, Lexicon[Meaning]],
        mender: Mender,
    ) -> None:
        self._world = world
        self._lexicon = lexicon
        self._glossaries = glossaries
        self._mender = mender
        self._spotters: dict[tuple[str, bool], Spotter] = {}
        self._decided: dict[Key, tuple[Decision, ...]] = {}
        self._heard: dict[Key, Heard] = {}

    @property
    def heard(self) -> Iterator[Heard]:
        """Every decision on a name so far."""
        return iter(self._heard.values())

    def read(self, cell: str, setting: Setting) -> Iterator[tuple[Mention, Heard]]:
        """The names in a cell, in order, with the decisions on them."""
        found = self._spotter(setting).spot(cell)
        if found:
            yield from self._named(cell, found, setting)
        if setting.column in STAFF_COLUMNS:
            taken = [(at + name.begin, at + name.words_end) for at, name in found]
            for text, begin in unknown_roles(cell, taken):
                decision = holder_of(text, setting, self._world)
                part = part_in(setting.column, "role", "", "")
                mention = Mention(text, decision.actor, decision.kind, setting.column, begin, begin + len(text), part)
                yield mention, self._hear_role(text, decision, setting)

    def _spotter(self, setting: Setting) -> Spotter:
        glossary = self._glossaries.get(setting.file)
        names = setting.column in NAME_COLUMNS
        key = (setting.file if glossary else "", names)
        if key not in self._spotters:
            lexicons = (self._lexicon, glossary) if glossary else (self._lexicon,)
            self._spotters[key] = Spotter(lexicons, names=names, mend=self._mender.of(names))
        return self._spotters[key]

    def _named(self, cell: str, found: Sequence[Placed], setting: Setting) -> Iterator[tuple[Mention, Heard]]:
        told = [(at, name, decision) for at, name in found for decision in self._decisions(name, setting)]
        if "(" in cell:
            told = _bracketed(told)
        around = surroundings(cell, [(at + name.lead, at + name.words_end) for at, name, _ in told])
        for at, name, decision in told:
            begin, end = at + name.begin, at + name.end
            part = part_in(setting.column, decision.kind, *around[at + name.lead, at + name.words_end])
            mention = Mention(name.written, decision.actor, decision.kind, setting.column, begin, end, part)
            remark = cell if "(" in cell and _is_remarked_on(cell, begin, at + name.words_end, setting) else ""
            yield mention, self._hear(name, decision, setting.file, remark)

    def _decisions(self, name: Name, setting: Setting) -> tuple[Decision, ...]:
        key = _key(name, setting)
        decisions = self._decided.get(key)
        if decisions is None:
            written = name.whole if name.span.unknown else name.written
            decisions = self._decided[key] = _who(Question(name.span, written, setting, self._world))
        return decisions

    def _hear(self, name: Name, decision: Decision, file: str, remark: str) -> Heard:
        key = (file, decision, name.whole, name.begin - name.lead, remark)
        if key not in self._heard:
            self._heard[key] = Heard(file, decision, _forms(name, remark))
        return self._heard[key]

    def _hear_role(self, text: str, decision: Decision, setting: Setting) -> Heard:
        return self._heard.setdefault((setting.file, decision, text), Heard(setting.file, decision, (text,)))


def _key(name: Name, setting: Setting) -> Key:
    """What tells one question from another: the words and what they may mean, and what the row adds to them."""
    span = name.span
    child = setting.subjects if name.leans else ()
    where = (setting.file, setting.agency, setting.first, setting.last, child, setting.column in NAME_COLUMNS)
    return (name.whole, name.begin - name.lead, span.meanings, span.owner is None, span.holder is None, *where)


def _who(question: Question) -> tuple[Decision, ...]:
    span = question.span
    if span.name:
        return (which_person.named(question),)
    if span.unknown:
        return (which_person.unidentified(question),)
    decide = next((decide for sense, decide in DECIDERS if span.has(sense)), None)
    decisions = decide(question) if decide else ()
    return tuple(_mended(decision) for decision in decisions) if span.slip else decisions


def _one(decide: Callable[[Question], Decision]) -> Callable[[Question], tuple[Decision, ...]]:
    return lambda question: (decide(question),)


DECIDERS: tuple[tuple[Sense, Callable[[Question], tuple[Decision, ...]]], ...] = (
    ("subject", _one(which_person.stated)),
    ("person", _one(which_person.stated)),
    ("agency", _one(which_agency)),
    ("group", relatives),
    ("relation", _one(relative)),
    ("parent", _one(parent)),
    ("child", _one(which_person.child)),
    ("role", worker),
    ("worker", worker),
    ("service", _one(which_agency)),
    ("nobody", _one(which_person.unidentified)),
    ("initial", _one(which_person.initial)),
    ("place", of_a_place),
)
"""What a form may mean, in the order in which it is taken, and who decides on it."""


def _mended(decision: Decision) -> Decision:
    return decision._replace(sure=False, how=f"{decision.how}{SLIP}")


def _bracketed(told: Sequence[tuple[int, Name, Decision]]) -> list[tuple[int, Name, Decision]]:
    """A name and its abbreviation in brackets behind it are one: 'Emergency Duty Team (EDT)'."""
    done: list[tuple[int, Name, Decision]] = []
    for at, name, decision in told:
        if done and _in_brackets(done[-1][1], name):
            _, before, earlier = done[-1]
            better = decision if earlier.kind == "unresolved" or (not earlier.sure and decision.sure) else earlier
            if earlier.actor == decision.actor or "unresolved" in (earlier.kind, decision.kind) or better is decision:
                done[-1] = (at, Name.of(before.span._replace(end=name.span.end), name.found), better)
                continue
        done.append((at, name, decision))
    return done


def _in_brackets(left: Name, right: Name) -> bool:
    """True if only a bracket stands between two names, and closes behind the second."""
    if left.found is not right.found or right.span.begin != left.span.end:
        return False
    text = right.found.text
    return text[left.words_end : right.begin].strip() == "(" and text[right.words_end : right.words_end + 1] == ")"


def _forms(name: Name, remark: str) -> tuple[str, ...]:
    """The forms in which somebody is written there: the name, without its role in brackets, with its article, with a remark."""
    span, found = name.span, name.found
    forms = [name.written, IN_BRACKETS.sub("", name.written)]
    if not (span.has("service", "agency") and found.words[span.lead].low in ("a", "an")):
        forms.append(name.whole)
    if span.owner and span.owner.begin == span.begin:
        forms.append(found.written(span._replace(begin=span.owner.end, lead=span.owner.end)))
    return tuple(dict.fromkeys(map(_tidy, filter(None, (*forms, remark)))))


def _is_remarked_on(cell: str, begin: int, end: int, setting: Setting) -> bool:
    """True if a name and a remark in brackets are all that a cell of names holds: 'SW1 (duty)'."""
    return setting.column in NAME_COLUMNS and not cell[:begin].strip() and bool(REMARK.match(cell, end))


def _tidy(text: str) -> str:
    joined = " ".join(text.split())
    return joined + ")" if joined.count("(") > joined.count(")") else joined
