"""The names in one cell: who each of them is taken to be, and what they do there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from chrono.model import Mention
from chrono.normalise.actors.agencies.which_agency import of_a_place, which_agency
from chrono.normalise.actors.decisions import SLIP, Decision, Question, Setting, World
from chrono.normalise.actors.heard import Heard
from chrono.normalise.actors.lexicon import Lexicon
from chrono.normalise.actors.parts import BY_COLUMN
from chrono.normalise.actors.people import which_person
from chrono.normalise.actors.people.roles import Meaning, Sense, parental, pronouns
from chrono.normalise.actors.people.which_relative import of_another, parent, relative, relatives
from chrono.normalise.actors.people.which_worker import worker
from chrono.normalise.actors.sightings import Seen, Sighting, Sightings
from chrono.normalise.actors.slips import Mender
from chrono.normalise.actors.spans import KIN, Name, Span, Spotter, sentences
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

REMEMBERED = 1 << 15
Known = tuple[Decision, Heard]
Told = tuple[Sighting, Known]
Sighted = Callable[[str], Seen]
Decided = dict[Name, tuple[Known, ...]]
"""What was decided on a name, the same for all that are written alike."""
Cells = dict[tuple[str, str], tuple[tuple[Mention, Heard], ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """All rows of one file and agency, and, where it matters, of one time: what is said of nobody's relative or pupil
    means the same in them all."""

    in_text: Sighted
    in_names: Sighted
    decided: Decided = field(default_factory=dict)
    cells: Cells = field(default_factory=dict)
    """Cells of names already read in which nothing rests on the children of the row."""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """All rows of one scope that are about the same children: of these the same is asked."""

    setting: Setting
    scope: Scope
    kin: dict[Name, tuple[Decision, ...]]
    """Who the relatives of these children are: in every return the same."""
    leaning: Decided = field(default_factory=dict)
    """What was decided on names that rest on the children of the row."""
    cells: Cells = field(default_factory=dict)
    """Cells of names already read in which something rests on the children of the row."""


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
        self._sightings = Sightings(of_children=any(known.subjects for known in world.people))
        self._sighted: dict[tuple[str, bool], Sighted] = {}
        self._scopes: dict[Setting, Scope] = {}
        self._places: dict[Setting, Place] = {}
        self._kin: dict[Setting, dict[Name, tuple[Decision, ...]]] = defaultdict(dict)
        self._forms: dict[Name, tuple[str, ...]] = {}
        self._heard: list[Heard] = []
        self._heard_again: dict[tuple[object, ...], Heard] = {}

    @property
    def heard(self) -> Iterator[Heard]:
        """Every decision on a name so far."""
        return chain(self._heard, self._heard_again.values())

    def read(self, cells: Iterable[tuple[str, str]], setting: Setting) -> list[Mention]:
        """The names in the cells of a row (each with the role of its column), in order."""
        place = self._places.get(setting) or self._place(setting)
        found: list[Mention] = []
        for column, cell in cells:
            if column in NAME_COLUMNS:
                found += self._names_in(cell, column, place)
            elif cell and column not in NO_NAMES and not cell.isdigit():
                found += self._text_in(cell, column, place)
        return found

    def hear(self, text: str, setting: Setting) -> None:
        """Take up the names in a text that is no row: a title, a note, a key. Only those of the case are heard there."""
        place = self._places.get(setting) or self._place(setting)
        for _, sentence in sentences(text):
            for one, (decision, _) in self._told(place.scope.in_text(sentence), place):
                if self._world.names(decision.actor):
                    self._hear(one.name, decision, setting.file).times += 1

    def _place(self, setting: Setting) -> Place:
        whole = setting._replace(subjects=(), age=-1)
        scope = self._scopes.get(whole)
        if scope is None:
            texts, names = (self._spotting(setting.file, names=names) for names in (False, True))
            scope = self._scopes[whole] = Scope(texts, names)
        kin = self._kin[setting._replace(file="", agency="")]
        place = self._places[setting] = Place(setting, scope, kin)
        return place

    def _spotting(self, file: str, *, names: bool) -> Sighted:
        """What spots the names of a cell or sentence; names of a glossary only in its own file."""
        glossary = self._glossaries.get(file)
        key = (file if glossary else "", names)
        if key not in self._sighted:
            lexicons = (self._lexicon, glossary) if glossary else (self._lexicon,)
            spotter = Spotter(lexicons, names=names, mend=self._mender.of(names))
            # Phrases of forms and records come again and again, within and across the rows.
            self._sighted[key] = lru_cache(maxsize=REMEMBERED)(
                lambda text: self._sightings.of(text, spotter.spot(text))
            )
        return self._sighted[key]

    def _text_in(self, cell: str, column: str, place: Place) -> list[Mention]:
        """The names in running text, sentence by sentence."""
        found: list[Mention] = []
        names_in = place.scope.in_text
        for at, sentence in sentences(cell):
            seen = names_in(sentence)
            for one, (who, heard) in self._told(seen, place) if seen.names else ():
                heard.times += 1
                begin, end, part = at + one.begin, at + one.end, one.parts[who.kind]
                found.append(Mention(one.text, who.actor, who.kind, column, begin, end, part))
        return found

    def _names_in(self, cell: str, column: str, place: Place) -> list[Mention]:
        """The names in a cell of names."""
        told = place.scope.cells.get((column, cell))
        if told is None:
            told = place.cells.get((column, cell)) or self._read_names(cell, column, place)
        for _, heard in told:
            heard.times += 1
        return [mention for mention, _ in told]

    def _read_names(self, cell: str, column: str, place: Place) -> tuple[tuple[Mention, Heard], ...]:
        """The names in a cell of names, kept for when it comes again."""
        seen = place.scope.in_names(cell)
        told = (*self._named(seen, column, place), *self._roles(seen, column, place))
        (place if seen.leans else place.scope).cells[column, cell] = told
        return told

    def _told(self, seen: Seen, place: Place) -> list[Told]:
        """The names seen in a text with the decisions on them."""
        leaning, decided = place.leaning, place.scope.decided
        told: list[Told] = []
        for one in seen.names:
            kept = leaning if one.leans else decided
            for known in kept.get(one.like) or self._decide(one, place):
                told.append((one, known))
        return self._knit(seen.text, told, place) if seen.knit else told

    def _decide(self, one: Sighting, place: Place) -> tuple[Known, ...]:
        decisions = place.kin.get(one.like) or self._decisions(one, place)
        forms = self._forms.get(one.like)
        if forms is None:
            forms = self._forms[one.like] = _forms(one.name)
        file, inside = place.setting.file, tuple(self._inside(one.name, place)) if decisions else ()
        known = tuple([(decision, Heard(file, decision, forms, inside=inside)) for decision in decisions])
        self._heard += [heard for _, heard in known]
        (place.leaning if one.leans else place.scope.decided)[one.like] = known
        return known

    def _inside(self, name: Name, place: Place) -> Iterator[Heard]:
        """Who else is named in a name: the child in "K's mother", the agency in 'school DSL'."""
        for part in (name.span.owner, name.span.holder):
            if part and not name.span.tail and part.has("subject", "person", "agency", "service"):
                text = name.found.written(part)
                for decision in _who(Question(part, text, place.setting, self._world)):
                    yield Heard(place.setting.file, decision, (text,))

    def _decisions(self, one: Sighting, place: Place) -> tuple[Decision, ...]:
        name = one.name
        written = name.whole if name.span.unknown else name.written
        question = Question(name.span, written, place.setting, self._world)
        decisions = _who(question)
        told = all(who.kind != "unresolved" for who in decisions)
        if told and one.leans and _is_kin_only(name.span) and not question.serves_adults:
            place.kin[one.like] = decisions
        return decisions

    def _behind_another(self, one: Sighting, place: Place, before: Sequence[Told]) -> Known | None:
        """Who is meant by 'his' or 'her' and a relative where these may be the relative of somebody named before; None if
        they may not."""
        relations = _antecedent(one.name, before, self._world)
        if not relations:
            return None
        question = Question(one.name.span, one.name.written, place.setting, self._world)
        decision = of_another(question, relations)
        return decision, self._hear(one.name, decision, place.setting.file)

    def _knit(self, text: str, told: list[Told], place: Place) -> list[Told]:
        """Names of which the others that stand there, or what else is said, tell who is meant."""
        done: list[Told] = []
        for one, known in told:
            if one.name.is_bare_place and not one.acts:
                continue
            other = self._behind_another(one, place, done) if one.name.may_be_of_another else None
            done.append((one, other or known))
        return self._bracketed(text, done, place)

    def _bracketed(self, text: str, told: list[Told], place: Place) -> list[Told]:
        """A name and its abbreviation in brackets behind it are one: 'Emergency Duty Team (EDT)'."""
        done = _in_one([(one.begin - one.name.begin, one.name, decision) for one, (decision, _) in told])
        if len(done) == len(told):
            return told
        self._hear_inside(told, done, place)
        seen = self._sightings.around(text, [(at, name) for at, name, _ in done])
        return [
            (one, (decision, self._hear(name, decision, place.setting.file)))
            for one, (_, name, decision) in zip(seen, done, strict=True)
        ]

    def _hear_inside(self, told: list[Told], done: list[tuple[int, Name, Decision]], place: Place) -> None:
        """A word for a relative in brackets behind a name is a form of its own: 'sole tenant' in 'MW (sole tenant)'."""
        for one, _ in told:
            for at, name, decision in done:
                if one.name.is_kin and at + name.begin < one.begin and one.end <= at + name.end:
                    self._hear(one.name, decision, place.setting.file).times += 1

    def _named(self, seen: Seen, column: str, place: Place) -> Iterator[tuple[Mention, Heard]]:
        file, cell, usual = place.setting.file, seen.text, BY_COLUMN.get(column, "")
        for one, (decision, heard) in self._told(seen, place):
            part = one.parts[decision.kind] or usual
            mention = Mention(one.text, decision.actor, decision.kind, column, one.begin, one.end, part)
            remarked = "(" in cell and _is_remarked_on(cell, one.begin, one.words_end)
            yield mention, self._hear(one.name, decision, file, cell) if remarked else heard

    def _roles(self, seen: Seen, column: str, place: Place) -> Iterator[tuple[Mention, Heard]]:
        """Roles nobody knows, in a column of staff."""
        if column not in STAFF_COLUMNS:
            return
        setting, part = place.setting, BY_COLUMN[column]
        taken = [(one.begin, one.words_end) for one in seen.names]
        for text, begin in unknown_roles(seen.text, taken):
            decision = holder_of(text, setting, self._world)
            heard = self._heard_again.setdefault((setting.file, decision, text), Heard(setting.file, decision, (text,)))
            yield Mention(text, decision.actor, decision.kind, column, begin, begin + len(text), part), heard

    def _hear(self, name: Name, decision: Decision, file: str, remark: str = "") -> Heard:
        """A decision that is made anew in every cell: heard of once."""
        key = (file, decision, name.whole, name.begin - name.lead, remark)
        if key not in self._heard_again:
            self._heard_again[key] = Heard(file, decision, _forms(name, remark))
        return self._heard_again[key]


def _is_kin_only(span: Span) -> bool:
    """True if nothing but the children of a row tells who is meant."""
    return not (span.name or span.unknown) and all(meaning.sense in KIN for meaning in span.meanings)


def _who(question: Question) -> tuple[Decision, ...]:
    span = question.span
    if span.name:
        return (which_person.named(question),)
    if span.unknown:
        return (which_person.unidentified(question),)
    senses = {meaning.sense for meaning in span.meanings}
    decide = next((decide for sense, decide in DECIDERS if sense in senses), None)
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


def _antecedent(name: Name, before: Sequence[Told], world: World) -> frozenset[str]:
    """What the one named last is to the child, if 'his' or 'her' before a relative may mean that one: somebody of that
    sex who is no child; before 'son' or 'daughter' only one who is no parent: 'Gran and her daughter'."""
    relations = pronouns().get(name.whole.split()[0].lower(), frozenset())
    last = next(
        (one.name.span for one, (decision, _) in reversed(before) if decision.kind in ("subject", "person")), None
    )
    if last is None:
        return frozenset()
    said = frozenset(meaning.of for meaning in last.of("relation"))
    if name.span.has("child"):
        return said - parental()
    people = {meaning.of for meaning in last.of("person")}
    return (said | frozenset().union(*(known.relations for known in world.people if known.id in people))) & relations


def _mended(decision: Decision) -> Decision:
    return decision._replace(sure=False, how=f"{decision.how}{SLIP}")


def _in_one(told: Sequence[tuple[int, Name, Decision]]) -> list[tuple[int, Name, Decision]]:
    """Names with those in brackets behind them made one, where both may mean the same."""
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


def _forms(name: Name, remark: str = "") -> tuple[str, ...]:
    """The forms in which somebody is written there: the name, without its role in brackets, with its article, with a remark."""
    span, found = name.span, name.found
    forms = [name.written, IN_BRACKETS.sub("", name.written), REMARK.sub("", name.written)]
    if not (span.has("service", "agency") and found.words[span.lead].low in ("a", "an")):
        forms.append(name.whole)
    if name.longer:
        forms += [name.longer, name.whole + name.longer.removeprefix(name.written)]
    if span.called:
        word = span.called
        name_alone = span._replace(begin=word.end, lead=word.end)
        forms += [found.written(word), found.written(word, whole=True), found.written(name_alone)]
    beside = span.owner or span.holder
    if beside and beside.begin == span.begin and beside.end < span.end:
        forms.append(found.written(span._replace(begin=beside.end, lead=beside.end)))
    return tuple(dict.fromkeys(map(_tidy, filter(None, (*forms, remark)))))


def _is_remarked_on(cell: str, begin: int, end: int) -> bool:
    """True if a name and a remark in brackets are all that a cell of names holds: 'SW1 (duty)'."""
    return not cell[:begin].strip() and bool(REMARK.match(cell, end))


def _tidy(text: str) -> str:
    joined = " ".join(text.split())
    return joined + ")" if joined.count("(") > joined.count(")") else joined
