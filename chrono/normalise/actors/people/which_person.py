"""Who is meant by a name, a word for the child, or a word for somebody whom the row does not identify."""

from __future__ import annotations

from chrono.normalise.actors.decisions import NAMED, STATED, Decision, Question, is_person
from chrono.normalise.actors.people.known import Known
from chrono.normalise.actors.people.roles import adult_clients, parental, pronouns, serves_families, siblings, young
from chrono.normalise.actors.people.which_relative import CLIENT, client
from chrono.normalise.actors.spans.words import GENDERED
from chrono.normalise.actors.words import folded, slug, tokens

RANKED = frozenset({"oldest", "youngest"})
TITLES = {"mr": "his", "mrs": "her", "ms": "her", "miss": "her"}
FIRST_NAME = "the first name of somebody case.yaml lists"


def stated(question: Question) -> Decision:
    """A child or a person by a name the case (or a glossary) gives."""
    span, setting, world = question.span, question.setting, question.world
    children = list(dict.fromkeys(meaning.of for meaning in span.of("subject")))
    if len(children) == 1:
        return Decision(children[0], "subject", world.children[children[0]], STATED)
    ids = {meaning.of for meaning in span.of("person")}
    people = [known for known in world.people if known.id in ids]
    fitting = [known for known in people if known.active(setting.first, setting.last)]
    for group in (people, fitting):
        if len(group) == 1 and not children:
            in_full = group[0] in world.aliases.get(folded(question.text), ())
            return (
                is_person(group[0], STATED)
                if in_full or not _is_first(question.text, group[0])
                else _by_first(group[0])
            )
    first = children[0] if children else people[0].id
    return question.not_told("case.yaml gives this name to more than one", first)


def _is_first(text: str, known: Known) -> bool:
    return folded(text) == folded(known.person.name).split()[0]


def _by_first(known: Known) -> Decision:
    return is_person(known, FIRST_NAME, sure=False)


def named(question: Question) -> Decision:
    """Somebody with a name of their own: the case's person of that name, else one of this agency's records."""
    text, world = question.text, question.world
    surname = tokens(question.span.name)[-1].low
    bearers = [known for known in world.people if _bears(surname, known)]
    exact = world.aliases.get(folded(text), ())
    if len(exact) == 1:
        return is_person(exact[0], STATED)
    fitting = [known for known in bearers if _may_be_called(title_of(text), known)]
    if len(fitting) == 1 and title_of(text):
        return is_person(fitting[0], "the only one of this surname who can have this title", sure=False)
    if bearers:
        return question.not_told(f"may be {bearers[0].person.name}, who has the same surname", bearers[0].id)
    role = next((meaning.of for meaning in question.span.of("role")), "")
    return Decision(f"{question.place}-{slug(text)}", "person", text, NAMED, role=role, agency=question.setting.agency)


def _bears(surname: str, known: Known) -> bool:
    """True if somebody has this surname, or a surname that begins with this letter."""
    words = folded(known.person.name).split()
    return surname in words or (len(surname) == 1 and len(words) == 2 and words[-1].startswith(surname))


def title_of(text: str) -> str:
    """'mr', 'mrs', 'ms', 'miss' at the beginning of a name; '' for a title that does not tell man from woman."""
    first = folded(text).split()[0]
    return first if first in TITLES else ""


def _may_be_called(title: str, known: Known) -> bool:
    """True if a relative of the child, by what their relation says of man or woman, can have this title."""
    told = {sex for relation in known.relations for sex, words in pronouns().items() if relation in words}
    return TITLES.get(title, "") in told


def unidentified(question: Question) -> Decision:
    """Somebody of whom the row gives neither name nor number."""
    id_ = f"{question.place}-{slug(question.text)}"
    how = "not identified in the row"
    agency = question.setting.agency
    return Decision(id_, "role", question.text, how, sure=False, agency=agency, why="the row does not say who")


def child(question: Question) -> Decision:
    """'The young person', 'patient': the child the row is about."""
    text, setting, world = question.text, question.setting, question.world
    if question.span.number:
        return Decision(slug(text), "person", text, "named in the row; not a child of the case", role="child")
    rank = next((meaning.of for meaning in question.span.of("child") if meaning.of in RANKED), "")
    if rank:
        return _by_rank(question, rank)
    word = folded(text)
    described = [known for known in world.people if _described(known, word)]
    active = [known for known in described if known.active(setting.first, setting.last)]
    if len(active) == 1:
        return is_person(active[0], "the only one the case describes so at that time", sure=len(described) == 1)
    if described:
        return question.several(described)
    called = world.aliases.get(word, ()) if word in adult_clients() else ()
    if len(called) == 1 and (question.serves_adults or world.kinds.get(setting.agency) == "mental-health"):
        return is_person(called[0], STATED, sure=False)
    if word in adult_clients() and question.serves_adults:
        named = world.named_clients.get(setting.file)
        if named:
            return is_person(named, CLIENT, sure=False)
        if question.client:
            return client(question, question.client)
        return question.not_told("the agency's own client is an adult of the family")
    if len(question.owners) != 1:
        return question.not_told("the row does not say which child")
    if setting.age > young().get(word, setting.age):
        return question.not_told("the child of the row is too old to be called so")
    if _is_another_ones(question):
        return question.not_told("may be that one's own child")
    id_ = question.owners[0]
    how = "the child of the case" if len(world.children) == 1 else "the child the row is about"
    return Decision(id_, "subject", world.children.get(id_, id_), how, sure=word not in GENDERED)


def _by_rank(question: Question, rank: str) -> Decision:
    """'Her eldest', 'the younger son' of the tenant, 'older child' beside the baby whom a health visitor saw: told by the days
    of birth where the case lists no other siblings."""
    of_parent = question.span.pronoun or question.span.owner or question.serves_adults
    beside = folded(question.text).endswith(" child") and serves_families(question.world.kinds.get(question.place, ""))
    if not (of_parent or beside) or _is_another_ones(question):
        return question.not_told("may be any family's")
    births = sorted(
        (s.dob.start, s.dob.end, s.id) for s in question.world.case.subjects if s.dob and s.dob.start and s.dob.end
    )
    listed = any(known.relations & siblings() for known in question.world.people)
    if listed or len(births) < 2 or len(births) < len(question.world.children):
        return question.not_told("the case does not tell the age of all the children")
    place = 0 if rank == "oldest" else -1
    id_ = births[place][-1]
    if beside and not of_parent and question.owners in ((), (id_,)):
        return question.not_told("may be any family's")
    if births[place][:2] == births[1 if rank == "oldest" else -2][:2]:
        return question.not_told("two children of the case are of one age")
    how = f"the {rank} child of the case by the days of birth"
    return Decision(id_, "subject", question.world.children[id_], how, sure=False)


def _is_another_ones(question: Question) -> bool:
    """True for "foster carer's son", "aunt's daughter"."""
    owner = question.span.owner
    return owner is not None and any(meaning.of not in parental() for meaning in owner.of("relation"))


def _described(known: Known, word: str) -> bool:
    """True if the case knows somebody by such a word only: 'Girl at the bus stop' for 'girl'."""
    unnamed = not (known.relations or known.roles)
    return unnamed and word in GENDERED and word in folded(known.person.name).split()


def initial(question: Question) -> Decision:
    """A child's initials; where somebody else of the case has the same, it is not told whose they are."""
    bearers = list(dict.fromkeys(meaning.of for meaning in question.span.of("initial")))
    if len(bearers) != 1:
        return question.not_told("more than one person of the case has these initials", bearers[0])
    name = question.world.children[bearers[0]]
    return Decision(bearers[0], "subject", name, "the initials of a child of the case", sure=len(question.text) > 1)
