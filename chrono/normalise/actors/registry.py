"""Who is who: every name in the returns, the person or agency it means, by which means that was told, and how sure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from chrono.model import Actor, Case, Mention, Surface, When
from chrono.normalise.actors.agencies.which_agency import of_a_place, which_agency
from chrono.normalise.actors.case_words import lexicon_of
from chrono.normalise.actors.decisions import SLIP, Decision, Question, Setting, World
from chrono.normalise.actors.lexicon import Lexicon
from chrono.normalise.actors.parts import part_in
from chrono.normalise.actors.people import which_person
from chrono.normalise.actors.people.children import Children
from chrono.normalise.actors.people.roles import Meaning, Sense
from chrono.normalise.actors.people.which_relative import parent, relative, relatives
from chrono.normalise.actors.people.which_worker import worker
from chrono.normalise.actors.slips import Mender
from chrono.normalise.actors.spans import Span, Spotted, spot
from chrono.normalise.actors.words import folded, slug, tokens

NAME_COLUMNS = frozenset({"people", "worker", "told", "shared", "referrer", "subject", "agency", "source", "seen"})
"""Columns whose cells should hold names, so that doubtful abbreviations count, and words nobody knows are roles."""
STAFF_COLUMNS = frozenset({"people", "worker"})
NO_NAMES = frozenset(
    {"date", "time", "end-date", "end-time", "sequence", "recorded", "reference", "age", "review-flag"}
)
"""Columns that hold no names worth looking for."""
PART = re.compile(r"\s*(?:[,;&+\n]|(?<!\b[Nn])/|\band\b)\s*")
SENTENCE_END = re.compile(r"(?<=[.;!?])\s|\n")
BETWEEN = re.compile(r"\)?\s*(?:,|/|&|\band\b|, and\b|\bor\b)\s*", re.IGNORECASE)
"""What parts the names of an enumeration."""
REMARK = re.compile(r"^\s*\([^()]*\)\s*$")
NOT_A_ROLE = re.compile(
    r"\d|^\W*(?:all|none|n/?[ak]|no|yes|y|n|nil|other|others|family|professionals|everyone|various"
    r"|as above|see above|not .*|unknown|tbc|both|same|group|children|young people|email|phone"
    r"|telephone|letter|meeting|home|visit)\W*$",
    re.IGNORECASE,
)
LONGEST_ROLE = 4
"""Words in a cell of a staff column beyond which it is no role but a remark."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name with the decision on it: the mention, and the forms in which it is written there."""

    mention: Mention
    decision: Decision
    forms: tuple[str, ...]


class Registry:
    """Everybody in the returns of one case. `learn` a file's glossary before asking for its rows: what is learnt holds in
    that file only, and what case.yaml says comes first. The order of files changes nothing."""

    def __init__(self, case: Case) -> None:
        self.world = World.of(case)
        self._children = Children(case)
        self._lexicon = lexicon_of(case, self.world)
        self._mend = Mender(self._lexicon, case)
        self._glossaries: dict[str, Lexicon[Meaning]] = {}
        self._decided: dict[tuple[str, Setting], tuple[Named, ...]] = {}
        self._asked: Counter[tuple[str, Setting]] = Counter()
        self._dated = tuple(known for known in self.world.people if known.first or known.last)
        self._days: dict[tuple[bool, ...], tuple[date | None, date | None]] = {}

    # ------------------------------------------------------------------------------------------------ asking

    def learn(self, file: str, pairs: Iterable[tuple[str, str]]) -> None:
        """Take up a glossary of one file: pairs of (abbreviation, meaning). A meaning that names nobody we can tell is
        passed over."""
        glossary = self._glossaries.setdefault(file, Lexicon())
        for short, meaning in sorted(pairs):
            for sense in self._meanings(meaning):
                glossary.add(short, sense, exact=len(short.strip()) <= 3)

    def _meanings(self, text: str) -> Iterator[Meaning]:
        """What a whole text means: nothing if only a part of it is a known name."""
        words = tokens(text)
        end, forms = self._lexicon.longest(words, 0)
        if forms and end == len(words):
            yield from (form.meaning for form in forms)

    def subjects(self, cell: str | None, *texts: str, file: str, titles: Sequence[str] = ()) -> tuple[str, ...]:
        """The ids of the children a row is about; () if nobody in particular.

        `cell` is the row's subject cell: None where there is no such column, '' where it is blank. `texts` are its other
        texts, the most telling first (people, then what happened). `titles` are what stands above it, the nearest first:
        heading row, sheet name, title, heading of the table.
        """
        return self._children.of_row(cell or "", texts, titles, self._extra(file))

    def names_subject(self, text: str, file: str = "") -> bool:
        """True if a text names a child of the case."""
        return bool(self._children.named_in(text, self._extra(file)))

    def mentions(
        self, cell: str, column: str, file: str, agency: str, subjects: tuple[str, ...], when: When | None = None
    ) -> tuple[Mention, ...]:
        """The names in a cell of a column (role), in order. `when` helps where the case says in which months somebody had
        their role."""
        if not cell or column in NO_NAMES:
            return ()
        key = (cell, Setting(file, agency or "", column, subjects, *self._alike(when)))
        self._asked[key] += 1
        if key not in self._decided:
            self._decided[key] = tuple(self._decide(*key))
        return tuple(named.mention for named in self._decided[key])

    def _alike(self, when: When | None) -> tuple[date | None, date | None]:
        """The first and last day of a row, the same for all rows at which the same people had their roles: so that a
        cell that is written again and again is decided once."""
        if not when or not self._dated:
            return None, None
        active = tuple(known.active(when.start, when.end) for known in self._dated)
        return self._days.setdefault(active, (when.start, when.end))

    # ------------------------------------------------------------------------------------------------ deciding

    def _extra(self, file: str) -> tuple[Lexicon[Meaning], ...]:
        return (self._glossaries[file],) if file in self._glossaries else ()

    def _decide(self, cell: str, setting: Setting) -> Iterator[Named]:
        names = setting.column in NAME_COLUMNS
        found = spot(cell, (self._lexicon, *self._extra(setting.file)), names=names, mend=self._mend.of(names))
        decided = [(span, decision) for span in found.spans for decision in self._who(span, found, setting)]
        joined = _bracketed(decided, found)
        for span, decision in joined:
            yield _named(span, decision, joined, found, setting)
        if setting.column in STAFF_COLUMNS:
            yield from self._staff(cell, found, setting)

    def _who(self, span: Span, found: Spotted, setting: Setting) -> tuple[Decision, ...]:
        question = Question(span, found.written(span, whole=span.unknown), setting, self.world)
        if span.name:
            return (which_person.named(question),)
        if span.unknown:
            return (which_person.unidentified(question),)
        decide = next((decide for sense, decide in DECIDERS if span.has(sense)), None)
        decisions = decide(question) if decide else ()
        return tuple(_mended(decision) for decision in decisions) if span.slip else decisions

    def _staff(self, cell: str, found: Spotted, setting: Setting) -> Iterator[Named]:
        """Words of a staff column that nobody knows: roles at the agency whose return it is."""
        begin = 0
        for part in (*PART.finditer(cell), None):
            end = part.start() if part else len(cell)
            text = cell[begin:end].strip()
            at = cell.index(text, begin) if text else begin
            taken = any(found.words[s.begin].begin < end and found.words[s.end - 1].end > begin for s in found.spans)
            if (
                text
                and not taken
                and len(text.split()) <= LONGEST_ROLE
                and any(c.isalpha() for c in text)
                and not NOT_A_ROLE.search(text)
            ):
                decision = self._unknown_staff(text, setting)
                mention = Mention(
                    text,
                    decision.actor,
                    decision.kind,
                    setting.column,
                    at,
                    at + len(text),
                    part_in(setting.column, "role", "", ""),
                )
                yield Named(mention, decision, (text,))
            begin = part.end() if part else end

    def _unknown_staff(self, text: str, setting: Setting) -> Decision:
        place = setting.agency or slug(setting.file)
        agency = self.world.agencies.get(setting.agency)
        name = f"{text}, {agency.name}" if agency else text
        return Decision(
            f"{place}-{slug(text)}",
            "role",
            name,
            "as written in a column of people",
            False,
            folded(text),
            setting.agency,
        )

    # ------------------------------------------------------------------------------------------------ telling

    def actors(self) -> tuple[Actor, ...]:
        """Everybody seen so far and everybody the case names, with every form in which they are written."""
        seen: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        decisions: dict[str, set[Decision]] = defaultdict(set)
        means: dict[tuple[str, str], set[tuple[str, bool]]] = defaultdict(set)
        for key, times in self._asked.items():
            for named in self._decided[key]:
                actor = named.decision.actor
                decisions[actor].add(named.decision)
                for form in named.forms:
                    seen[actor][form][key[1].file] += times
                    means[actor, form].add((named.decision.how, named.decision.sure))
        stated = {actor.id: actor for actor in self._stated()}
        found = {id_: stated.get(id_) or _actor(sorted(decisions[id_])) for id_ in {*seen, *stated}}
        return tuple(
            replace(found[id_], surfaces=tuple(_surfaces(seen.get(id_, {}), means, id_)))
            for id_ in sorted(found, key=lambda id_: (ORDER.index(found[id_].kind), id_))
        )

    def _stated(self) -> Iterator[Actor]:
        case = self.world.case
        yield from (Actor(subject.id, "subject", subject.name) for subject in case.subjects)
        for known in self.world.people:
            yield Actor(known.id, "person", known.person.name, role=known.person.role, agency=known.agency)
        yield from (
            Actor(agency.id, "agency", agency.name, role=self.world.kinds[agency.id], agency=agency.id)
            for agency in case.agencies
        )


ORDER = ("subject", "person", "role", "agency", "unresolved")


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
    return replace(decision, sure=False, how=f"{decision.how}{SLIP}")


def _bracketed(decided: list[tuple[Span, Decision]], found: Spotted) -> list[tuple[Span, Decision]]:
    """A name and its abbreviation in brackets behind it are one: 'Emergency Duty Team (EDT)'."""
    done: list[tuple[Span, Decision]] = []
    for span, decision in decided:
        if done and _in_brackets(done[-1][0], span, found):
            before, earlier = done[-1]
            better = decision if earlier.kind == "unresolved" or (not earlier.sure and decision.sure) else earlier
            if earlier.actor == decision.actor or "unresolved" in (earlier.kind, decision.kind) or better is decision:
                done[-1] = (replace(before, end=span.end), better)
                continue
        done.append((span, decision))
    return done


def _in_brackets(left: Span, right: Span, found: Spotted) -> bool:
    between = found.text[found.words[left.end - 1].end : found.words[right.begin].begin]
    after = found.text[found.words[right.end - 1].end : found.words[right.end - 1].end + 1]
    return between.strip() == "(" and after == ")"


def _named(
    span: Span, decision: Decision, all_: list[tuple[Span, Decision]], found: Spotted, setting: Setting
) -> Named:
    begin, end = found.place(span)
    begin_list, end_list = _enumeration(span, all_, found)
    before = SENTENCE_END.split(found.text[:begin_list])[-1]
    after = SENTENCE_END.split(found.text[end_list:], maxsplit=1)[0]
    part = part_in(setting.column, decision.kind, before, after)
    mention = Mention(found.written(span), decision.actor, decision.kind, setting.column, begin, end, part)
    return Named(mention, decision, tuple(dict.fromkeys(_forms(span, found, setting))))


def _enumeration(span: Span, all_: list[tuple[Span, Decision]], found: Spotted) -> tuple[int, int]:
    """Where the enumeration begins and ends in which a name stands: 'CSC and YOS' in 'CSC and YOS told'."""
    spans = sorted({(s.lead, s.end) for s, _ in all_})
    here = spans.index((span.lead, span.end))
    first = last = here
    while first and _listed(found, spans[first - 1], spans[first]):
        first -= 1
    while last + 1 < len(spans) and _listed(found, spans[last], spans[last + 1]):
        last += 1
    return found.words[spans[first][0]].begin, found.words[spans[last][1] - 1].end


def _listed(found: Spotted, left: tuple[int, int], right: tuple[int, int]) -> bool:
    between = found.text[found.words[left[1] - 1].end : found.words[right[0]].begin]
    return bool(BETWEEN.fullmatch(between))


def _forms(span: Span, found: Spotted, setting: Setting) -> Iterator[str]:
    """The forms in which somebody is written there: the name, the name with its article, the cell with its remark."""
    yield _tidy(found.written(span))
    if not (span.has("service", "agency") and found.words[span.lead].low in ("a", "an")):
        yield _tidy(found.written(span, whole=True))
    if span.owner and span.owner.begin == span.begin:
        yield _tidy(found.written(replace(span, begin=span.owner.end, lead=span.owner.end)))
    if setting.column in NAME_COLUMNS:
        rest = found.text[found.words[span.end - 1].end :]
        if not found.text[: found.words[span.begin].begin].strip() and REMARK.match(rest):
            yield _tidy(found.text)


def _tidy(text: str) -> str:
    joined = " ".join(text.split())
    return joined + ")" if joined.count("(") > joined.count(")") else joined


def _actor(decisions: Sequence[Decision]) -> Actor:
    """An actor the case does not name, from all that was decided on it."""
    first = decisions[0]
    suggestions = sorted({decision.suggestion for decision in decisions if decision.suggestion})
    why = next((decision.why for decision in decisions if decision.why), "")
    return Actor(
        first.actor,
        first.kind,
        first.name,
        (),
        first.role,
        first.agency,
        suggestions[0] if len(suggestions) == 1 else "",
        why,
    )


def _surfaces(
    forms: dict[str, Counter[str]], means: dict[tuple[str, str], set[tuple[str, bool]]], actor: str
) -> Iterator[Surface]:
    for form in sorted(forms, key=lambda form: (-sum(forms[form].values()), form)):
        told = sorted(means[actor, form])
        how = "; ".join(dict.fromkeys(how for how, _ in told))
        yield Surface(form, tuple(sorted(forms[form])), sum(forms[form].values()), how, all(sure for _, sure in told))
