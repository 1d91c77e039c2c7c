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
from chrono.normalise.actors.spans import Span, Spotted, Spotter
from chrono.normalise.actors.spans.surroundings import in_brackets, surroundings
from chrono.normalise.actors.staff import holder_of, unknown_roles

NAME_COLUMNS = frozenset({"people", "worker", "told", "shared", "referrer", "subject", "agency", "source", "seen"})
"""Columns whose cells should hold names, so that doubtful abbreviations count."""
STAFF_COLUMNS = frozenset({"people", "worker"})
"""Columns in which words nobody knows are roles."""
NO_NAMES = frozenset(
    {"date", "time", "end-date", "end-time", "sequence", "recorded", "reference", "age", "review-flag"}
)
"""Columns that hold no names worth looking for."""
REMARK = re.compile(r"^\s*\([^()]*\)\s*$")
LEANS_ON_THE_CHILD: tuple[Sense, ...] = ("relation", "group", "parent", "child", "role", "worker")
"""What a form may mean, where it takes the children of the row to tell who is meant."""

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
        if found.spans:
            yield from self._named(found, setting)
        if setting.column in STAFF_COLUMNS:
            for text, begin in unknown_roles(found):
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

    def _named(self, found: Spotted, setting: Setting) -> Iterator[tuple[Mention, Heard]]:
        joined = _bracketed(list(self._decisions(found, setting)), found)
        around = surroundings(found, [span for span, _ in joined])
        for span, decision in joined:
            begin, end = found.place(span)
            part = part_in(setting.column, decision.kind, *around[span.lead, span.end])
            mention = Mention(found.text[begin:end], decision.actor, decision.kind, setting.column, begin, end, part)
            yield mention, self._hear(span, decision, found, setting)

    def _decisions(self, found: Spotted, setting: Setting) -> Iterator[tuple[Span, Decision]]:
        for span in found.spans:
            key = _key(span, found, setting)
            decisions = self._decided.get(key)
            if decisions is None:
                question = Question(span, found.written(span, whole=span.unknown), setting, self._world)
                decisions = self._decided[key] = _who(question)
            yield from ((span, decision) for decision in decisions)

    def _hear(self, span: Span, decision: Decision, found: Spotted, setting: Setting) -> Heard:
        remark = _remark(span, found) if setting.column in NAME_COLUMNS else ""
        key = (setting.file, decision, found.written(span, whole=True), span.begin - span.lead, remark)
        if key not in self._heard:
            self._heard[key] = Heard(setting.file, decision, _forms(span, found, remark))
        return self._heard[key]

    def _hear_role(self, text: str, decision: Decision, setting: Setting) -> Heard:
        return self._heard.setdefault((setting.file, decision, text), Heard(setting.file, decision, (text,)))


def _key(span: Span, found: Spotted, setting: Setting) -> Key:
    """What tells one question from another: the words and what they may mean, and what the row adds to them."""
    written = found.written(span, whole=True)
    child = setting.subjects if span.owner or span.has(*LEANS_ON_THE_CHILD) else ()
    named = setting.column in NAME_COLUMNS
    where = (setting.file, setting.agency, setting.first, setting.last, child, named)
    return (written, span.begin - span.lead, span.meanings, span.owner is None, span.holder is None, *where)


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


def _bracketed(decided: Sequence[tuple[Span, Decision]], found: Spotted) -> list[tuple[Span, Decision]]:
    """A name and its abbreviation in brackets behind it are one: 'Emergency Duty Team (EDT)'."""
    done: list[tuple[Span, Decision]] = []
    for span, decision in decided:
        if done and in_brackets(done[-1][0], span, found):
            before, earlier = done[-1]
            better = decision if earlier.kind == "unresolved" or (not earlier.sure and decision.sure) else earlier
            if earlier.actor == decision.actor or "unresolved" in (earlier.kind, decision.kind) or better is decision:
                done[-1] = (before._replace(end=span.end), better)
                continue
        done.append((span, decision))
    return done


def _forms(span: Span, found: Spotted, remark: str) -> tuple[str, ...]:
    """The forms in which somebody is written there: the name, the name with its article, the cell with its remark."""
    forms = [found.written(span)]
    if not (span.has("service", "agency") and found.words[span.lead].low in ("a", "an")):
        forms.append(found.written(span, whole=True))
    if span.owner and span.owner.begin == span.begin:
        forms.append(found.written(span._replace(begin=span.owner.end, lead=span.owner.end)))
    return tuple(dict.fromkeys(map(_tidy, filter(None, (*forms, remark)))))


def _remark(span: Span, found: Spotted) -> str:
    """The whole cell, where it holds a name and a remark in brackets: 'SW1 (duty)'."""
    rest = found.text[found.words[span.end - 1].end :]
    alone = "(" in rest and not found.text[: found.words[span.begin].begin].strip() and REMARK.match(rest)
    return found.text if alone else ""


def _tidy(text: str) -> str:
    joined = " ".join(text.split())
    return joined + ")" if joined.count("(") > joined.count(")") else joined
