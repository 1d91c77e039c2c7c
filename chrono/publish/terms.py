"""The terms of reference of the set: case.yaml with pseudonyms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import yaml

from chrono.model import Agency, Case, Source, Subject, When
from chrono.publish.dates import Calendar
from chrono.publish.pseudonyms import Pseudonyms

TITLE = "Anonymised review"
_DAYS = ("keep", "shift")

PlaceOf = Callable[[Source], Source]


def case_text(
    case: Case,
    given: Pseudonyms,
    calendar: Calendar,
    *,
    text: Callable[[str], str],
    files: Mapping[str, list[str]],
    place: PlaceOf,
) -> str:
    """case.yaml of the set. `files`: agency id -> its returns in the set. Decisions of the reviewer are left out: their
    reasons are free text, and findings of the set have other ids."""
    told: dict[str, Any] = {"title": TITLE}
    if period := _period(case, calendar):
        told["period"] = period
    told["subjects"] = [_subject(one, given, calendar) for one in case.subjects]
    told["people"] = [
        _known(id=given.ids[one.id], name=given.names[one.id], role=text(one.role), aliases=_kept(one.aliases, given))
        for one in case.people
    ]
    told["agencies"] = [_agency(one, given, text, files.get(one.id, [])) for one in case.agencies]
    told["rules"] = {name: _anew(options, given, text) for name, options in case.rules.items()}
    told["expectations"] = [_anew(dict(one), given, text) for one in case.expectations]
    told["vocabulary"] = _anew(dict(case.vocabulary), given, text)
    told["links"] = {
        name: [[str(place(one)) for one in pair] for pair in pairs]
        for name, pairs in (("join", case.joined), ("part", case.parted))
        if pairs
    }
    return yaml.safe_dump(_known(**told), sort_keys=False, allow_unicode=True, width=110)


def _known(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", (), [], {}, None)}


def _kept(aliases: tuple[str, ...], given: Pseudonyms) -> list[str]:
    """Aliases that are still written in the set: role words and labels."""
    return [alias for alias in aliases if alias not in given.by_surface]


def _period(case: Case, calendar: Calendar) -> dict[str, Any]:
    first, last = (day and calendar.moved(day) for day in (case.start, case.end))
    if calendar.dates not in _DAYS:
        return _known(**{"from": first and str(first.year), "to": last and str(last.year)})
    return _known(**{"from": first, "to": last})


def _subject(one: Subject, given: Pseudonyms, calendar: Calendar) -> dict[str, Any]:
    return _known(id=given.ids[one.id], name=given.names[one.id], dob=_birth(one.dob, calendar))


def _birth(born: When | None, calendar: Calendar) -> int | str | None:
    """Never the day. The month only where all other dates are kept too: ages and school years then come out the same."""
    if born is None or born.start is None:
        return None
    year = calendar.moved(born.start).year
    return f"{born.start:%Y-%m}" if calendar.unchanged and born.precision != "year" else year


def _agency(one: Agency, given: Pseudonyms, text: Callable[[str], str], files: list[str]) -> dict[str, Any]:
    return _known(
        id=given.ids.get(one.id, one.id),
        name=given.names.get(one.id) or text(one.name),
        aliases=_kept(one.aliases, given),
        asked=one.asked,
        kind=one.kind,
        files=files,
        columns={role: text(header) for role, header in one.columns.items()},
    )


def _anew(value: Any, given: Pseudonyms, text: Callable[[str], str]) -> Any:
    """Options and words with the ids and names of the set."""
    if isinstance(value, Mapping):
        return {text(str(name)): _anew(inside, given, text) for name, inside in value.items()}
    if isinstance(value, (list, tuple)):
        return [_anew(inside, given, text) for inside in value]
    return given.ids.get(value) or text(value) if isinstance(value, str) else value
