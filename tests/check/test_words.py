"""The words that rules read: looking only for what a text may hold never hides a phrase that stands in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from chrono.check import words

FILES = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(words.FOLDER.glob("*.yaml"))]
LISTS = {idea.name: idea.phrases for idea in words.ideas()}


@pytest.mark.parametrize("name", LISTS)
def test_every_phrase_is_found_in_a_text(name: str) -> None:
    said = [phrase.replace(" ... ", " the ").replace("*", "ed") for phrase in LISTS[name]]
    assert [text for text in said if not words.tells(name, f"By 3 May: {text.upper()}, she said.")] == []


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
    assert named - LISTS.keys() == set()


def test_an_idea_stands_in_one_file_only() -> None:
    names = [name for lists in FILES for name in lists]
    assert len(names) == len(set(names))
