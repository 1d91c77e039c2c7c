"""The small words around names, as words.yaml has them."""

from __future__ import annotations

from chrono.normalise.actors.agencies.services import other_words
from chrono.normalise.actors.lexicon import ARTICLES
from chrono.normalise.actors.people.roles import unidentified
from chrono.normalise.actors.words import listed, yaml_beside

_WORDS = yaml_beside(__file__, "words.yaml")


def _set(key: str) -> frozenset[str]:
    return frozenset(listed(_WORDS, key))


PRONOUNS = _set("pronouns")
LEADING = ARTICLES | PRONOUNS | _set("leading")
OTHER = other_words() | {"different"}
UNIDENTIFIED = unidentified()
BEFORE_A_NAME = LEADING | OTHER | UNIDENTIFIED | {"un"}
"""All words that stand before a name and belong to it."""
LABELS = _set("labels")
VERBS = _set("verbs")
AFTER_A_VERB = VERBS | _set("after_a_verb")
SAYING = _set("saying")
WITH_SOMEBODY = _set("with_somebody")
CALENDAR = _set("calendar")
GENDERED = _set("gendered")
OFFSPRING = _set("offspring")
NUMBERED_KINDS = _set("numbered_kinds")
RANKS = _set("ranks")
SOMEBODY_ELSE = _set("somebody_else")
CHILDREN = _set("children")
PREPOSITIONS = _set("prepositions")
OF_A_HOLDER = _set("of_a_holder")
PLACE_ENDINGS = listed(_WORDS, "place_endings")
LOCAL_KINDS = _set("local_kinds")
