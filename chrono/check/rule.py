"""A rule is a function with a docstring; this is what makes it one of the shelf."""

from __future__ import annotations

import difflib
import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from chrono import shelf
from chrono.check import rules
from chrono.model import Category, Finding, Severity, Timeline

Needs = Literal["plain", "typed", "reading"]
"""plain: dates and agencies only; typed: event types and links; reading: the meaning of the words."""

Find = Callable[..., Iterable[Finding]]

CATEGORIES: Mapping[str, Category] = {
    "gap": "gap",
    "contradiction": "contradiction",
    "missing_record": "missing-record",
    "data_quality": "data-quality",
}
HEADINGS = ("Finds", "Why it matters", "Stays silent when", "Basis")
OFF = (False, "off")


class SettingsError(ValueError):
    """A rule, option or category that does not exist was named; says which, and the nearest one there is."""


@dataclass(frozen=True)
class Rule:
    """One check of the shelf. Calling it with a timeline gives finished findings."""

    code: str
    needs: Needs
    severity: Severity
    settle: str
    find: Find
    alone: bool = False
    """True if it makes sense on one return by itself, before the others are there."""
    together: bool = False
    """True if it needs the other returns, although it is about the data of one."""
    only_alone: bool = False
    """True if it speaks to the agency about its return, and a merge says it otherwise or need not say it."""

    @property
    def name(self) -> str:
        """What it finds, as its file is called: 'agency-silent'."""
        return self.find.__module__.rpartition(".")[2].replace("_", "-")

    @property
    def category(self) -> Category:
        """What kind of finding it gives: the folder it stands in."""
        return CATEGORIES[self.find.__module__.split(".")[-2]]

    @property
    def cases(self) -> Path:
        """The file of its examples, beside its module."""
        return Path(inspect.getfile(self.find)).with_suffix(".yaml")

    @cached_property
    def documentation(self) -> Mapping[str, str]:
        """The parts of its docstring: 'Summary' and each of HEADINGS."""
        return _parts(inspect.getdoc(self.find) or "")

    @cached_property
    def options(self) -> Mapping[str, Any]:
        """Its options (the keyword arguments of the function), with their defaults."""
        parameters = inspect.signature(self.find).parameters.values()
        return {each.name: each.default for each in parameters if each.kind is inspect.Parameter.KEYWORD_ONLY}

    def __call__(self, timeline: Timeline, **options: Any) -> Iterator[Finding]:
        """Its findings on `timeline`, with everything filled in that the rule itself leaves open."""
        for unknown in options.keys() - self.options.keys():
            raise SettingsError(f"rule {self.name} has no option {unknown!r}{_nearest(unknown, self.options)}")
        for found in self.find(timeline, **options):
            yield self._finished(found, timeline)

    def _finished(self, found: Finding, timeline: Timeline) -> Finding:
        whole = replace(
            found,
            rule=self.name,
            category=self.category,
            cites=tuple(dict.fromkeys(found.cites)),
            severity=found.severity or self.severity,
            settle=found.settle or self.settle,
            basis=found.basis or self.documentation["Basis"] or None,
        )
        return replace(whole, id=_identity(whole, timeline))


def rule(
    code: str,
    *,
    needs: Needs = "typed",
    severity: Severity = "medium",
    settle: str = "",
    alone: bool = False,
    together: bool = False,
    only_alone: bool = False,
) -> Callable[[Find], Rule]:
    """Put a function on the shelf. `settle` says what would settle its findings where it says nothing nearer itself;
    `alone` that it makes sense on one return by itself (every data-quality rule does, unless it is for several `together`);
    `only_alone` that it is left out of a merge unless it is selected."""
    return lambda find: Rule(code, needs, severity, settle, find, alone, together, only_alone)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule on the shelf, by code."""
    found = (thing for module in shelf.modules(rules) for thing in vars(module).values() if isinstance(thing, Rule))
    return tuple(sorted({each.name: each for each in found}.values(), key=lambda each: (each.code, each.name)))


def chosen(
    settings: Mapping[str, Any], select: Sequence[str] = (), ignore: Sequence[str] = (), alone: bool = False
) -> Iterator[tuple[Rule, Mapping[str, Any]]]:
    """The rules to run with their options: all but those the case puts off, or those selected, less those ignored.
    `alone` leaves out what needs the other returns.

    A rule can be named by code, by name or by its category. Raises SettingsError for a name nothing answers to.
    """
    for word in (*settings, *select, *ignore):
        _known(word)
    for each in all_rules():
        words = {each.code.casefold(), each.name, str(each.category)}
        setting = next((settings[word] for word in settings if word.casefold() in words), None)
        picked = any(word.casefold() in words for word in select) if select else setting not in OFF
        of_one = each.alone or (each.category == "data-quality" and not each.together)
        picked = picked and (of_one or not alone)
        picked = picked and (alone or bool(select) or not each.only_alone)
        if picked and not any(word.casefold() in words for word in ignore):
            yield each, setting if isinstance(setting, Mapping) else {}


def _known(word: str) -> None:
    words = [name for each in all_rules() for name in (each.code, each.name, str(each.category))]
    if word.casefold() not in {each.casefold() for each in words}:
        raise SettingsError(f"there is no rule or category {word!r}{_nearest(word, words)}")


def _nearest(word: str, words: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(words), n=1, cutoff=0.5)
    return f"; did you mean {near[0]!r}?" if near else "; `chrono rules` lists them"


def _parts(text: str) -> dict[str, str]:
    """The docstring cut at its headings, each part on one line."""
    pieces = re.split(rf"^({'|'.join(HEADINGS)}): ?", text, flags=re.MULTILINE)
    parts = dict.fromkeys(("Summary", *HEADINGS), "")
    for heading, words in zip(("Summary", *pieces[1::2]), pieces[0::2], strict=True):
        parts[heading] = " ".join(words.split())
    return parts


def _identity(found: Finding, timeline: Timeline) -> str:
    """An id that stays when rows move: made from the rule, the content of the rows cited, and what else tells it apart."""
    rows = (timeline.by_source[cite].id if cite in timeline.by_source else str(cite) for cite in found.cites)
    apart = () if found.cites else (*found.agencies, str(found.period))
    words = "\n".join((found.rule, *sorted(rows), *found.expected_from, *found.subjects, *apart))
    return f"f-{sha256(words.encode()).hexdigest()[:12]}"
