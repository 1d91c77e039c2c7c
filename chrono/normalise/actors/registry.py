"""Who is who: every name in the returns, the person or agency it means, by which means that was told, and how sure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from chrono.model import Actor, Case, Mention, When
from chrono.normalise.actors.case_words import lexicon_of
from chrono.normalise.actors.cells import CellReader
from chrono.normalise.actors.decisions import Setting, World, serves_adults
from chrono.normalise.actors.heard import actors_of
from chrono.normalise.actors.lexicon import Lexicon
from chrono.normalise.actors.people.children import Children
from chrono.normalise.actors.people.clients import client_of, has_kin, is_about_an_adult
from chrono.normalise.actors.people.known import Known
from chrono.normalise.actors.people.roles import Meaning, young
from chrono.normalise.actors.people.which_person import title_of
from chrono.normalise.actors.slips import Mender
from chrono.normalise.actors.words import folded, tokens

ALL_AGES = frozenset({"hospital", "gp", "health", "ambulance", "mental-health"})
"""Kinds of service whose patients are children and adults: a row may be about a parent."""

DAYS_OF_A_YEAR = 366
OLDEST = 1 + max(young().values())
"""Of a child of this age no word for small children is said."""


class Registry:
    """Everybody in the returns of one case. `learn` a file's glossary before asking for its rows: what is learnt holds in
    that file only, and what case.yaml says comes first. The order of files changes nothing."""

    def __init__(self, case: Case) -> None:
        self.world = World.of(case)
        self._children = Children(case)
        self._lexicon = lexicon_of(case, self.world)
        self._glossaries: dict[str, Lexicon[Meaning]] = {}
        self._cells = CellReader(self.world, self._lexicon, self._glossaries, Mender(self._lexicon, case))
        self._births = {subject.id: subject.dob.end for subject in case.subjects if subject.dob and subject.dob.end}
        self._dated = tuple(known for known in self.world.people if known.first or known.last)
        self._days: dict[tuple[bool, ...], tuple[date | None, date | None]] = {}

    def learn(self, file: str, pairs: Iterable[tuple[str, str]]) -> None:
        """Take up a glossary of one file: pairs of (abbreviation, meaning). A meaning that names nobody we can tell is
        passed over."""
        for short, meaning in sorted(pairs):
            for sense in self._meanings(meaning):
                self._glossaries.setdefault(file, Lexicon()).add(short, sense, exact=len(short.strip()) <= 3)

    def learn_client(self, file: str, agency: str, texts: Iterable[str]) -> None:
        """Take up who the client of a service for adults is to the child, from all that its return says; before its rows are
        asked for. Any other return, and a case of several children, are passed over."""
        if not serves_adults(self.world, agency):
            return
        named = self._after_whom(file)
        if named:
            self.world.named_clients[file] = named
            self.world.clients[file] = next(filter(has_kin, named.relations))
            return
        bears = any(service.name == "midwifery" for service in self.world.naming.services[agency])
        told = client_of(texts, usual="mother" if bears else "")
        if len(self.world.children) == 1 or (told == "mother" and self._one_mother()):
            self.world.clients[file] = told

    def _after_whom(self, file: str) -> Known | None:
        """The one relative after whom a file is named: 'Probation FW.xlsx', 'Recovery service, Mr B.docx'."""
        words = f" {' '.join(word.low for word in tokens(Path(file).stem))} "
        named = [
            known
            for known in self.world.people
            if sum(map(has_kin, known.relations)) == 1
            and any(
                f" {folded(form)} " in words for form in (known.person.name, *known.person.aliases) if _is_label(form)
            )
        ]
        return named[0] if len(named) == 1 else None

    def _one_mother(self) -> bool:
        """True if all children of the case have the same mother."""
        mothers = [known for known in self.world.people if "mother" in known.relations]
        return len(mothers) == 1 and mothers[0].subjects in (frozenset(), frozenset(self.world.children))

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

    def _extra(self, file: str) -> tuple[Lexicon[Meaning], ...]:
        return (self._glossaries[file],) if file in self._glossaries else ()

    def mentions(
        self,
        cells: Sequence[tuple[str, str]],
        file: str,
        agency: str,
        subjects: tuple[str, ...],
        when: When | None = None,
    ) -> tuple[Mention, ...]:
        """The names in the cells of a row, in order; each cell comes behind the role of its column. `when` helps where the
        case says in which months somebody had their role."""
        adult = self.world.kinds.get(agency) in ALL_AGES and any(
            column == "text" and is_about_an_adult(text) for column, text in cells
        )
        client = client_of(cell for column, cell in cells if column == "text") if adult else ""
        setting = Setting(file, agency or "", subjects, *self._alike(when), adult, self._age(subjects, when), client)
        return tuple(self._cells.read(cells, setting))

    def hear(self, texts: Iterable[str], file: str, agency: str, subjects: tuple[str, ...] = ()) -> None:
        """Take up the forms in which titles, notes and keys of a file write somebody the case lists."""
        setting = Setting(file, agency or "", subjects)
        for text in texts:
            self._cells.hear(text, setting)

    def _age(self, subjects: tuple[str, ...], when: When | None) -> int:
        """How many years old the one child of a row surely is, as far as words for small children ask; -1 if not known."""
        born = self._births.get(subjects[0]) if len(subjects) == 1 else None
        if born is None or when is None or when.start is None or when.start < born:
            return -1
        return min((when.start - born).days // DAYS_OF_A_YEAR, OLDEST)

    def _alike(self, when: When | None) -> tuple[date | None, date | None]:
        """The first and last day of a row, the same for all rows at which the same people had their roles: so that a
        cell that is written again and again is decided once."""
        if not when or not self._dated:
            return None, None
        active = tuple(known.active(when.start, when.end) for known in self._dated)
        return self._days.setdefault(active, (when.start, when.end))

    def actors(self) -> tuple[Actor, ...]:
        """Everybody seen so far and everybody the case names, with every form in which they are written."""
        return actors_of(self._cells.heard, self.world)


def _is_label(form: str) -> bool:
    """True for initials, a name of one word, or a title with a name or letter, which a file may be named after."""
    name = form.split()[-1] if title_of(form) else form
    return name[:1].isupper() and name.isalpha() and len(form) > 1
