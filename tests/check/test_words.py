"""The words that rules read: looking only for what a text may hold never hides a phrase that stands in it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

import chrono
from chrono import vocabulary
from chrono.check import words
from chrono.check.needed_words import needed_words, parser

FILES = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(words.FOLDER.glob("*.yaml"))]
LISTS = {idea.name: idea.phrases for idea in words.ideas() if idea.phrases}
OF_EXPRESSIONS = [idea for idea in words.ideas() if idea.expressions]
SENTENCES = sorted(
    {
        line.split(" | ", 3)[3]
        for file in Path(words.__file__).parent.glob("rules/*/*.yaml")
        for line in file.read_text("utf-8").splitlines()
        if line.count(" | ") >= 3
    }
)


@pytest.mark.parametrize("name", LISTS)
def test_every_phrase_is_found_in_a_text(name: str) -> None:
    said = [phrase.replace(" ... ", " the ").replace("*", "ed") for phrase in LISTS[name]]
    assert [text for text in said if not words.tells(name, f"By 3 May: {text.upper()}, she said.")] == []


def test_a_phrase_may_leave_a_choice_of_words() -> None:
    spelled_out = list(words._spelled_out("mum|dad ... was|has_been| drunk"))
    assert spelled_out == [f"{who} ... {was}drunk" for who in ("mum", "dad") for was in ("was ", "has been ", "")]


@pytest.mark.parametrize("text", ["", "Home visit.", "He declines it; is not safe", "isn’t safe", "un-safe"])
def test_what_is_told_is_what_the_pattern_finds(text: str) -> None:
    assert {name for name in LISTS if words.tells(name, text)} == {
        name for name in LISTS if words.idea(name).findall(text)
    }


def test_every_idea_a_rule_names_is_in_the_list() -> None:
    files = Path(words.__file__).parent.rglob("*.py")
    named = {
        name
        for file in files
        for name in re.findall(r'\b(?:tells|words_for|idea|telling)\("([\w: ]+)"', file.read_text("utf-8"))
    }
    assert named
    assert named - {idea.name for idea in words.ideas()} == set()


@pytest.mark.parametrize("idea", OF_EXPRESSIONS, ids=lambda idea: idea.name)
def test_a_text_that_need_not_be_searched_has_no_match(idea: words.Idea) -> None:
    told = {text for text in SENTENCES if idea.told_in(text)}
    assert told == {text for text in SENTENCES if idea.pattern.search(text)}


def made_up(parts: Iterable[Any], chance: random.Random) -> str:
    """A text that a parsed expression may match, where nothing is asked of what stands around it."""
    written = ""
    for does, what in parts:
        name = str(does)
        if name == "LITERAL":
            written += chr(what)
        elif name == "IN":
            written += " " if str(what[0][0]) == "NEGATE" else made_up([chance.choice(list(what))], chance)
        elif name == "RANGE":
            written += chr(chance.randint(*what))
        elif name == "CATEGORY":
            written += {"CATEGORY_DIGIT": "7", "CATEGORY_WORD": "q"}.get(str(what), " ")
        elif name == "BRANCH":
            written += made_up(chance.choice(what[1]), chance)
        elif name == "SUBPATTERN":
            written += made_up(what[3], chance)
        elif name in ("MAX_REPEAT", "MIN_REPEAT"):
            least, most, repeated = what
            written += "".join(made_up(repeated, chance) for _ in range(chance.randint(least, min(most, least + 2))))
        elif name in ("ANY", "NOT_LITERAL"):
            written += " "
    return written


def test_what_an_expression_is_found_in_is_never_passed_over() -> None:
    chance = random.Random(7)
    matching: dict[str, list[str]] = {}
    for idea in OF_EXPRESSIONS:
        parsed = [parser.parse(one.written) for one in idea.expressions]
        texts = {f"Told {made_up(parts, chance)} then." for parts in parsed for _ in range(30)}
        matching[idea.name] = [text for text in texts if idea.pattern.search(text)]
    assert sum(map(bool, matching.values())) > 0.9 * len(OF_EXPRESSIONS)
    assert [text for name, texts in matching.items() for text in texts if not words.tells(name, text)] == []


@pytest.mark.parametrize(
    ("expression", "needed"),
    [
        (r"\bclos(ed|ing)\b", {"closed", "closing"}),
        (r"\b(no|nil) (work|role)\b|\bdischarg\w*", {"work*", "role*", "discharg*"}),
        (r"\bat risk of (serious )?harm\b", {"harm"}),
        (r"^(\w+ ){1,3}\b(rang|texts?)", {"rang*", "text*", "texts*"}),
        (r"(?<!\w)t/?c\b", {"c", "tc"}),
        (r"\b(had|with) (two|three) workers", {"workers*"}),
        (r"['‘](uncle|aunt)['’]", {"uncle*", "aunt*"}),
        (r"\bto be (re-?)?allocat\w*", {"allocat*", "reallocat*"}),
        (r"\b\d+ hours\b", {"hours"}),
        (r"\b\d+h\b", {f"{digit}*" for digit in range(10)}),
    ],
)
def test_the_words_that_an_expression_needs(expression: str, needed: set[str]) -> None:
    assert needed_words(expression) == needed


@pytest.mark.parametrize("expression", [r"\w+ed\b", r"(maybe)?", r"\bhome|\W+$"])
def test_an_expression_that_any_text_may_fit_needs_none(expression: str) -> None:
    assert needed_words(expression) is None


def test_an_idea_may_be_told_in_phrases_and_in_expressions() -> None:
    ideas = words.Ideas({"late": ["behind time"]}, {"late": [r"\b\d+ (?:days|weeks) overdue\b"]})
    late = ideas["late"]
    assert [late.told_in(text) for text in ("Came behind time", "Report 5 days overdue", "On time")] == [
        True,
        True,
        False,
    ]
    assert late.findall("Behind time again: 2 weeks overdue") == ["Behind time", "2 weeks overdue"]


def test_an_idea_stands_in_one_file_only() -> None:
    names = [name for lists in FILES for name in lists]
    assert len(names) == len(set(names))


def test_every_file_of_words_is_read_alike_with_and_without_the_compiled_loader() -> None:
    plain = vocabulary.taking_words(yaml.SafeLoader)
    for file in Path(chrono.__file__).parent.rglob("*.yaml"):
        assert yaml.load(file.read_text("utf-8"), Loader=plain) == vocabulary.words(file)


def test_no_and_on_are_words_and_only_true_is_true() -> None:
    assert yaml.load("[no, on, Yes, true, false]", Loader=vocabulary.taking_words(yaml.SafeLoader)) == [
        "no",
        "on",
        "Yes",
        True,
        False,
    ]


@pytest.mark.parametrize("file", sorted(words.FOLDER.parent.rglob("*.yaml")), ids=lambda file: file.name)
def test_no_list_stands_twice_in_a_file(file: Path) -> None:
    names = re.findall(r"^([\w-]+):", file.read_text(encoding="utf-8"), re.MULTILINE)
    assert [name for name in set(names) if names.count(name) > 1] == []
