"""Which agency of the case a title, a file's name or a whole cell names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from chrono.model import Agency, Case
from chrono.normalise.actors.agencies.services import (
    Service,
    fillers,
    kind_of_agency,
    plain_words,
    service_words,
    services_in,
)
from chrono.normalise.actors.words import folded, tokens

SIMILAR = 88
"""How alike two words must be to be one word with a typing slip (0 to 100)."""
SLIP_LENGTH = 6
"""Shorter words are not compared for slips: 'Kent' and 'Gent' are two names."""
HALF = 0.5
NUMBERED = frozenset({"school", "hospital", "gp", "placement", "voluntary"})
"""Kinds of which a review has several, told apart by a number or letter: 'School 2' is never 'School'."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What tells the agencies of a case apart."""

    agencies: tuple[Agency, ...]
    uses: Mapping[str, int]
    """Word -> how many agencies have it in a name."""
    forms: Mapping[str, tuple[tuple[str, ...], ...]]
    """Agency id -> every way it is written (id, name, aliases), as folded words."""
    short: Mapping[str, tuple[tuple[str, ...], ...]]
    """Agency id -> its names with initials for what is not its own, as offices shorten them; they count as a whole only."""
    places: Mapping[str, frozenset[str]]
    """Agency id -> the words of its names that are neither services nor ordinary: where it is, or what it is called."""
    services: Mapping[str, tuple[Service, ...]]
    ignored: frozenset[str]
    """Words that say nothing of the agency: the children's names, the title of the case, 'chronology' ..."""

    def giving(self, agencies: Iterable[Agency], services: Iterable[str]) -> list[Agency]:
        """Those of the agencies that give one of the services by their names."""
        wanted = frozenset(services)
        return [agency for agency in agencies if any(one.name in wanted for one in self.services[agency.id])]


@dataclass(frozen=True, slots=True)
class _ByIdentity:
    """A case as the key of a cache: what it holds cannot be hashed, and comparing it would take longer than the work."""

    case: Case

    def __hash__(self) -> int:
        return id(self.case)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and other.case is self.case


def naming_of(case: Case) -> Naming:
    """What tells the agencies of this case apart."""
    return _naming(_ByIdentity(case))


@lru_cache(maxsize=16)
def _naming(key: _ByIdentity) -> Naming:
    agencies = key.case.agencies
    children = (name for subject in key.case.subjects for name in (subject.name, *subject.aliases))
    others = (*children, key.case.title)
    forms = {a.id: tuple(dict.fromkeys(tuple(folded(f).split()) for f in (a.id, a.name, *a.aliases))) for a in agencies}
    words = {id_: frozenset(word for way in ways for word in way) for id_, ways in forms.items()}
    named = frozenset().union(*words.values())
    return Naming(
        agencies,
        Counter(word for used in words.values() for word in used),
        forms,
        {id_: tuple(_shortened(ways)) for id_, ways in forms.items()},
        {a.id: frozenset(_places((a.name, *a.aliases))) for a in agencies},
        {a.id: _services(a) for a in agencies},
        fillers() | ({word for name in others for word in folded(name).split()} - named - service_words()),
    )


def _shortened(ways: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Names with the initials of two words or more that are not their own: 'Brackenfield MP' of Brackenfield Medical Practice."""
    for words in ways:
        own = next((n for n, word in enumerate(words) if word in service_words() or word in plain_words()), len(words))
        if own and len(words) - own > 1:
            yield (*words[:own], "".join(word[0] for word in words[own:]))


def _services(agency: Agency) -> tuple[Service, ...]:
    """The services an agency gives, by its names; words that also mean other things count only where nothing else tells."""
    for weak in (False, True):
        told = dict.fromkeys(s for form in (agency.name, *agency.aliases) for s in services_in(form, weak=weak))
        if told:
            return tuple(told)
    return ()


def _places(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        for token in tokens(name):
            known = token.low in plain_words() or token.low in service_words()
            if len(token.low) > 2 and token.raw[0].isupper() and not known:
                yield token.low


def agency_in(text: str, case: Case) -> str | None:
    """The agency of the case that a title, a file's name or a cell names; None if none does, or two fit equally well."""
    return _agency_in(text, _ByIdentity(case)) if text and case.agencies else None


@lru_cache(maxsize=8192)
def _agency_in(text: str, key: _ByIdentity) -> str | None:
    naming = _naming(key)
    words = [token.low for token in tokens(text)]
    told = services_in(text, weak=False) or services_in(text)
    giving = {a.id for a in naming.agencies if not told or any(_offers(a, service, naming) for service in told)}
    scores = {
        id_: max(
            (
                *(_fit(way, words, id_, naming, partly=id_ in giving) for way in ways),
                *(_fit(way, words, id_, naming, partly=False) for way in naming.short[id_]),
            )
        )
        for id_, ways in naming.forms.items()
    }
    best = max(scores.values())
    winners = [id_ for id_, score in scores.items() if score == best]
    if best > 0 and len(winners) == 1:
        return winners[0]
    return _of_the_same_service(text, words, naming)


def _fit(way: tuple[str, ...], words: Sequence[str], agency: str, naming: Naming, *, partly: bool) -> float:
    """How well one way of writing an agency fits the words: rare words weigh more, the whole form most. A part of it
    counts only if `partly`: 'Westmoor CSC' is not Westmoor Constabulary, though they share their rarest word."""
    if not way:
        return 0
    begin = _run(way, words)
    if begin is not None:
        if _somebody_else(way, words, begin, agency, naming):
            return 0
        return 1 + sum(1 / (naming.uses[word] or 1) for word in way)
    if not partly:
        return 0
    shared = [word for word in way if any(same(word, other) for other in words)]
    telling = [word for word in shared if word in naming.places[agency]]
    labels = [word for word in way if is_label(word)]
    if not telling or any(label not in words for label in labels) or len(shared) < HALF * len(way):
        return 0
    return sum(1 / naming.uses[word] for word in shared) * len(shared) / len(way)


def _run(way: Sequence[str], words: Sequence[str]) -> int | None:
    """Where the words of `way` stand one after another; None if they do not."""
    starts = range(len(words) - len(way) + 1)
    return next((n for n in starts if all(same(a, b) for a, b in zip(way, words[n:], strict=False))), None)


def _somebody_else(way: tuple[str, ...], words: Sequence[str], begin: int, agency: str, naming: Naming) -> bool:
    """'Police' in 'Hillshire Police' is not Dalesbury Police, and 'School' in 'School 2' is not School 1."""
    kinds = {service.kind for service in naming.services[agency]}
    after = words[begin + len(way)] if begin + len(way) < len(words) else ""
    if is_label(after) and kinds & NUMBERED and not any(is_label(word) for word in way):
        return True
    general = all(word in service_words() or word in plain_words() for word in way)
    return general and bool(naming.places[agency]) and _foreign(words, begin, naming.places[agency], naming)


def _foreign(words: Sequence[str], begin: int, own: frozenset[str], naming: Naming) -> bool:
    """True if the word before is a name that is not the agency's own."""
    before = words[begin - 1] if begin else ""
    if is_initials(before) and before[0] in {place[0] for place in own}:
        return False  # 'WCC children's services' may well be those of Westshire
    known = before in plain_words() or before in naming.ignored or before in service_words() or before.isdigit()
    return len(before) > 2 and not known and not any(same(before, word) for word in own)


def same(word: str, other: str) -> bool:
    """True for one word, also with a typing slip if it is long; never for different numbers."""
    if word == other:
        return True
    long = len(word) >= SLIP_LENGTH and len(other) >= SLIP_LENGTH
    return long and word.isalpha() and other.isalpha() and fuzz.ratio(word, other) >= SIMILAR


def is_initials(word: str) -> bool:
    """True for what can only be initials: 'wcc', 'lbc'; a word that can be spoken is a name."""
    return 1 < len(word) < 6 and word.isalpha() and not set(word) & set("aeiouy")


def is_label(word: str) -> bool:
    """True for the number or letter that tells two of a kind apart: '2', 'b'; not for a year."""
    return bool(word) and (len(word) == 1 or (len(word) == 2 and word.isdigit()))


def _of_the_same_service(text: str, words: Sequence[str], naming: Naming) -> str | None:
    for service in services_in(text):
        offered = [a for a in naming.agencies if _offers(a, service, naming)]
        offered = [a for a in offered if not _elsewhere(words, a.id, naming)]
        asked = [agency for agency in offered if agency.asked]
        for group in (offered, asked):
            if len(group) == 1:
                return group[0].id
    return None


def _offers(agency: Agency, service: Service, naming: Naming) -> bool:
    mine = naming.services[agency.id]
    if service.organisation:
        return any(own.organisation == service.organisation for own in mine)
    return service in mine if mine else kind_of_agency(agency) == service.kind


def _elsewhere(words: Sequence[str], agency: str, naming: Naming) -> bool:
    """True if the words carry a name or number that is not this agency's."""
    own = frozenset(word for way in naming.forms[agency] for word in way)
    labels = [word for word in words if is_label(word) and not word.isalpha()]
    if any(label not in own for label in labels) and {s.kind for s in naming.services[agency]} & NUMBERED:
        return True
    if not naming.places[agency]:
        return False
    services = [place for place, word in enumerate(words) if word in service_words()]
    return bool(services) and _foreign(words, services[0], naming.places[agency], naming)
