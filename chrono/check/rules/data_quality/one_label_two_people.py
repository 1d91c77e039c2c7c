"""'Dad' at the school gate, where the father lives elsewhere and the mother has a partner."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from chrono.check.rule import rule
from chrono.check.view import Track, View, by_file, facts, names_a_child, subjects_of, told, unique
from chrono.check.wording import all_say, ask, listed, named
from chrono.check.words import tells
from chrono.model import Entry, Finding, Person, Timeline, day_after

FATHER = re.compile(r"\bfather\b", re.IGNORECASE)
IN_HIS_PLACE = re.compile(
    r"\b(step-?\s?father|step-?\s?dad|partner|boyfriend|husband|cohabit\w+|mother's (new )?partner)\b", re.IGNORECASE
)
ELSEWHERE = re.compile(
    r"\b(lives? (in|at|elsewhere|abroad|away|apart|with)|living (in|elsewhere|abroad|away|apart)|no contact|separated|absent"
    r"|estranged|abroad|another (town|area|county|country)|left the (home|family)|non-?resident|in prison|in custody)\b",
    re.IGNORECASE,
)
BY_BIRTH = re.compile(r"\b(?:birth|bio|biological|natural)\b", re.IGNORECASE)
OF_ONE_CHILD = re.compile(r"(?:birth |natural )?father of\b", re.IGNORECASE)
OF_THE_FATHER = re.compile(r"\b(?:father|dad)['’]s\b", re.IGNORECASE)
A_RELATIVE = re.compile(
    r"partner|boyfriend|girlfriend|uncle|aunt(?:ie|y)?|nan|nana|gran|granny|grandma|grandad|brother|sister|cousin"
)
WHOSE = re.compile(r"\b(?:mother|mum|father|dad|parent)s?\W+(?:and|&|with)?\W*(?:the |her |his |new )*$", re.IGNORECASE)
"""In front of it: whose partner he is."""
LABEL = re.compile(r"\b(dad|daddy|his father|her father|their father|father|stepdad|step-dad)\b", re.IGNORECASE)
THERE = re.compile(
    r"\b(came|comes|come|arriv\w*|turn\w* up|show\w* up|appear\w*|wait\w*|joined|drove|drives|walked|walks|handed"
    r"|hands|in attendance|on the (?:doorstep|door|phone)|at the (?:door|desk|office)|irritable|aggressive"
    r"|agitated|abusive|smelt|shouting|attend\w*|present|collect\w*|picked|pick up|dropped|brought|brings|reported"
    r"|reports|rang|rings|phoned"
    r"|called|calls|fetch\w*|at the gate|stay\w*|sleep\w*|moved in|took|takes|visited"
    r"|visits|shouted|swore|angry|met|meets|seen|at home|there|let|opened|answered|spoke|spoken"
    r"|by dad|by father|with dad|with father)\b",
    re.IGNORECASE,
)

SHOWN = 4
SOME_DAYS = 10
NUMBERED = re.compile(r"\b(?:SW|SSW|TM|HV|FSW|DS|PC|YJW|KW|IRO|TA|DSL|SN|W) ?\d{1,2}\b")
WORD_OF_NAME = re.compile(r"[a-z'’]{3,}")
SIDES = {
    "grandmother": {
        "mother's side": re.compile(r"\b(?:MGM|MGPs?|maternal|mum's (?:mum|mother)|mother's mother)\b", re.IGNORECASE),
        "father's side": re.compile(r"\b(?:PGM|PGPs?|paternal|dad's (?:mum|mother)|father's mother)\b", re.IGNORECASE),
    },
    "father": {
        "father": re.compile(r"\b(?:birth|bio|biological|real|own|natural) (?:dad|father)\b", re.IGNORECASE),
        "step-father": re.compile(r"\bstep-?\s?(?:dad|father)\b", re.IGNORECASE),
    },
    "partner": {
        "former": re.compile(
            r"\b(?:ex-?\s?partner|former partner|old partner|ex-?boyfriend|ex-?husband)\b", re.IGNORECASE
        ),
        "new": re.compile(r"\b(?:new|current|present) (?:partner|boyfriend|husband)\b", re.IGNORECASE),
    },
    "uncle": {},
    "aunt": {},
}
NAME_OF = {
    kin: rf"\b(?:{words})(?: \(|, | )([A-Z][a-z]{{2,}})\b"
    for kin, words in {
        "grandmother": "[Gg]ran|[Nn]an|[Nn]ana|[Nn]anny|[Gg]randma|[Gg]ranny|[Gg]randmother",
        "father": "[Dd]ad|[Ff]ather|[Ss]tepdad|[Ss]tepfather",
        "partner": "[Pp]artner|[Bb]oyfriend",
        "uncle": "[Uu]ncle",
        "aunt": "[Aa]unt(?:ie|y)?",
    }.items()
}


@rule("D17", needs="plain", severity="low")
def one_label_two_people(timeline: Timeline) -> Iterator[Finding]:
    """ "Dad" or "father" may be either of two men.

    Finds: rows about "one of the boys", "a twin" or the like that name no child, in a review of several; a label such as
    SW1 that two agencies of one kind give to workers of their own; rows that speak of a grandmother, an uncle, a partner or
    a father without more, where the returns know of two; rows, by file, that have "dad" or "father" come, ring, report or
    be there, or have him in the column of who was with the child, in a case that names a father who is said to live
    elsewhere, or to be the one by birth, and somebody in his place at home (a step-father, the mother's partner), or the
    fathers of two children; rows that call a relative by the word that the case gives to two.
    Why it matters: who had the child, and who was in the home, is asked again and again, and one word stands for two men.
    Stays silent when: the row calls the man by the name or label the case gives him; the case knows one such man only; the
    father is not said to live elsewhere; the word says whose relative he is.
    """
    yield from _one_of_several(timeline)
    yield from _numbers_of_two_agencies(timeline)
    yield from _two_of_a_kin(timeline)
    yield from _two_by_one_name(timeline)
    yield from _either_father(timeline)


def _either_father(timeline: Timeline) -> Iterator[Finding]:
    """Rows with "dad" or "father" in a case whose people say that he may be either of two."""
    men = [one for one in timeline.case.people if _may_be_called_father(one)]
    fathers = [one for one in men if _lives_apart(one)] or [one for one in men if _of_one_child(one)][:-1]
    others = [one for one in men if one not in fathers]
    if not fathers or not others:
        return
    labels = [name for one in (*fathers, *others) for name in (one.name, *one.aliases) if not LABEL.fullmatch(name)]
    for file, entries in by_file(entry for entry in timeline.entries if _either(entry, labels)):
        agency = entries[0].agency
        yield Finding(
            f"{file}: which father is meant is not said ({len(entries)} row{'s' * (len(entries) > 1)})",
            cites=tuple(entry.source for entry in entries),
            explanation=f"{all_say(entries)} It may be {listed((one.name for one in (*fathers, *others)), 'or')}.",
            settle=ask(timeline, (agency,), "who it was, and how that was known"),
            agencies=(agency,),
            subjects=subjects_of(entries),
            period=facts(entries),
            certainty="possible",
            column="text",
        )


def _finding(timeline: Timeline, entries: Sequence[Entry], title: str, which: str, question: str) -> Finding:
    agencies = tuple(dict.fromkeys(entry.agency for entry in entries))
    return Finding(
        title[:160],
        cites=tuple(entry.source for entry in entries),
        explanation=f"{all_say(entries)} {which}",
        settle=ask(timeline, agencies, question),
        agencies=agencies,
        subjects=subjects_of(entries),
        period=facts(entries),
        certainty="possible",
        column="text",
    )


def _one_of_several(timeline: Timeline) -> Iterator[Finding]:
    """Rows about one of the children that do not say which, with rows of others of those days that may be about the same."""
    if len(timeline.case.subjects) < 2:
        return
    view = View.of(timeline)
    for file, entries in by_file(entry for entry in view.telling("one_of_them") if not names_a_child(entry)):
        near = unique(row for entry in entries for row in _about_the_same(entry, view))
        rows = unique((*entries, *near[:SHOWN]))
        yield _finding(
            timeline,
            rows,
            f"{file}: which of the children is meant is not said",
            "It may be any of the children of the case.",
            "which child it was, and how that is known",
        )


def _about_the_same(entry: Entry, view: View) -> list[Entry]:
    """Rows of other agencies, of the days after, that name no child and have a word in common that is not in many rows."""
    if entry.when.start is None or entry.when.end is None:
        return []
    near = view.everything.between(day_after(entry.when.start, -SOME_DAYS), day_after(entry.when.end, SOME_DAYS))
    mine = _words(entry)
    return [row for row in near if row.agency != entry.agency and mine & _words(row) and not names_a_child(row)]


def _words(entry: Entry) -> set[str]:
    return {word for word in re.findall(r"[a-z]{4,}", told(entry).casefold()) if not tells("common_words", word)}


def _numbers_of_two_agencies(timeline: Timeline) -> Iterator[Finding]:
    """A label such as SW1 that two agencies of one kind, of two places, each give to a worker of their own, and rows of others
    that use it."""
    view = View.of(timeline)
    ids = [id_ for id_, _ in timeline.by_agency() if view.kind(id_)]
    if not any(_twins(one, two, view) for one, two in combinations(ids, 2)):
        return
    rows: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry in view.everything:
        for label in set(NUMBERED.findall(f"{told(entry)} {entry.fields.get('worker', '')}")):
            rows[label][entry.agency].append(entry)
    for label, by_agency in sorted(rows.items()):
        own = [id_ for id_ in by_agency if view.kind(id_) and any(_twins(id_, two, view) for two in by_agency)]
        if len(own) > 1:
            others = [entry for id_, entries in by_agency.items() if id_ not in own for entry in entries]
            named_in = [row for row in others if not _says_whose(row, own)]
            cited = unique((*(by_agency[id_][0] for id_ in own), *named_in[:SHOWN]))
            yield _finding(
                timeline,
                cited,
                f"{label} is a worker of {named(timeline, own)}",
                f"The label {label} stands in the returns of {named(timeline, own)}.",
                f"who {label} is in each of these rows",
            )


def _says_whose(row: Entry, agencies: Sequence[str]) -> bool:
    """True if the row names one of the agencies by more than words that fit any of them, such as 'children's services'."""
    names = [mention.text for mention in row.mentions if mention.kind == "agency" and mention.actor in agencies]
    return any(not tells("of_any_service", word) for name in names for word in WORD_OF_NAME.findall(name.casefold()))


def _twins(one: str, two: str, view: View) -> bool:
    if one == two or view.kind(one) != view.kind(two):
        return False
    names = [set(WORD_OF_NAME.findall(view.timeline.name_of(id_).casefold())) for id_ in (one, two)]
    return not any(not tells("of_any_service", word) for word in names[0] & names[1])


def _two_of_a_kin(timeline: Timeline) -> Iterator[Finding]:
    """Rows that speak of a grandmother, an uncle or a partner without more, where the returns know of two."""
    view = View.of(timeline)
    for kin in SIDES:
        if kin == "father" and any(_may_be_called_father(one) for one in timeline.case.people):
            continue
        sides_in = {entry.id: _sides(kin, told(entry)) for entry in Track(view.telling(f"kin_{kin}"))}
        sides = set().union(*sides_in.values())
        if len(sides) < 2:
            continue
        for file, entries in by_file(timeline.by_id[id_] for id_, found in sides_in.items() if not found):
            yield _finding(
                timeline,
                entries[:SHOWN],
                f"{file}: which {kin} is meant is not said ({len(entries)} row{'s' * (len(entries) > 1)})",
                f"The returns know of {len(sides)}: {listed(sorted(sides))}.",
                "who it was, and how that was known",
            )


def _sides(kin: str, text: str) -> set[str]:
    """What tells one such relative from another in a text: the side of the family, new or former, or a name."""
    sides = {side for side, pattern in SIDES[kin].items() if pattern.search(text)}
    names = {name for name in re.findall(NAME_OF[kin], text) if not tells("no_name", name)}
    return sides | names


def _may_be_called_father(person: Person) -> bool:
    said = f"{person.name}, {person.role}"
    return bool(IN_HIS_PLACE.search(said) or FATHER.search(said)) and not OF_THE_FATHER.search(said)


def _of_one_child(person: Person) -> bool:
    """True of a man whom the case calls the father of one child, as his name or as what he is."""
    return any(OF_ONE_CHILD.match(said) for said in (person.name, person.role))


def _lives_apart(person: Person) -> bool:
    """True of a father who is said to live elsewhere, or who is told from another by being the one by birth."""
    said = f"{person.name}, {person.role}"
    return bool(FATHER.search(said) and (ELSEWHERE.search(said) or BY_BIRTH.search(said)))


def _two_by_one_name(timeline: Timeline) -> Iterator[Finding]:
    """Rows that call a relative by the mere word that the case gives to two people."""
    people: dict[str, list[Person]] = defaultdict(list)
    for one in timeline.case.people:
        for alias in {alias.casefold() for alias in one.aliases}:
            if A_RELATIVE.fullmatch(alias):
                people[alias].append(one)
    shared = {alias: two for alias, two in people.items() if len(two) > 1}
    called = {entry.id: alias for entry in timeline.entries if shared and (alias := _called(entry, shared))}
    for file, entries in by_file(entry for entry in timeline.entries if entry.id in called):
        alias = called[entries[0].id]
        yield _finding(
            timeline,
            entries[:SHOWN],
            f"{file}: who “{alias}” is is not said ({len(entries)} row{'s' * (len(entries) > 1)})",
            f"It may be {listed((one.name for one in shared[alias]), 'or')}.",
            "who it was, and how that was known",
        )


def _called(entry: Entry, shared: Mapping[str, list[Person]]) -> str:
    """The shared word by which the row calls somebody without more; '' if there is none."""
    for mention in entry.mentions:
        word = mention.text.casefold()
        if mention.column == "text" and word in shared and not WHOSE.search(entry.text[: max(mention.begin, 0)]):
            return word
    return ""


def _who_was_with_them(entry: Entry) -> str:
    """The column of people, or a cell that holds nothing but the word for a father, under whatever header."""
    cells = (cell for cell in entry.fields.values() if LABEL.fullmatch(cell.strip()))
    return entry.fields.get("people") or next(cells, "")


def _either(entry: Entry, labels: Sequence[str]) -> bool:
    text, with_them = told(entry), _who_was_with_them(entry)
    there = LABEL.search(with_them) or (LABEL.search(text) and THERE.search(text))
    if not there or entry.declares:
        return False
    text = f"{text} · {with_them}"
    return not any(re.search(rf"(?<!\w){re.escape(label)}(?!\w)", text) for label in labels)
