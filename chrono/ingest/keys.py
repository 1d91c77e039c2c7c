"""The keys of case.yaml: one table from which it is read, checked, explained and described as a JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["text", "texts", "flag", "first-day", "last-day", "date", "group", "list", "pairs", "options", "free"]


@dataclass(frozen=True, slots=True)
class Key:
    """What may stand under one key. A `group` and each item of a `list` has `keys` of its own; `options` are names with free
    values;
    `free` is a list of anything."""

    kind: Kind
    about: str
    required: bool = False
    keys: Mapping[str, Key] = field(default_factory=dict)


_NAMED = {
    "id": Key("text", "short name without spaces by which the case refers to it", required=True),
    "name": Key("text", "name as the review writes it; the id if left out"),
    "aliases": Key("texts", "other ways in which the returns write it"),
}

CASE_KEYS: Mapping[str, Key] = {
    "title": Key("text", "title of the review"),
    "period": Key(
        "group",
        "review period of the terms of reference, both days included",
        keys={
            "from": Key("first-day", "first day, or the month or year it begins with"),
            "to": Key("last-day", "last day, or the month or year it ends with"),
        },
    ),
    "subjects": Key(
        "list",
        "children and young people under review",
        keys={**_NAMED, "dob": Key("date", "date of birth: a day, a month, a year, or null where it is not known")},
    ),
    "people": Key(
        "list",
        "family members and professionals the review names",
        keys={**_NAMED, "role": Key("text", "who they are to the subjects, or their post")},
    ),
    "agencies": Key(
        "list",
        "organisations, asked for a return or not",
        keys={
            **_NAMED,
            "asked": Key("flag", "whether a return was asked for (true if left out)"),
            "files": Key("texts", "names of its returns; * stands for anything"),
            "columns": Key("options", "role of a column -> its header, where it is not recognised by itself"),
            "kind": Key("text", "kind of service, where its name does not tell: police, school, hospital ..."),
        },
    ),
    "rules": Key("options", "rule, by name or code -> its options, or off"),
    "expectations": Key("free", "records expected to exist, added to the built-in ones or overriding them"),
    "vocabulary": Key("options", "words of the field this case adds: events, headers, outcomes"),
    "links": Key(
        "group",
        "rows the reviewer has joined or parted, each written as 'file.xlsx [Sheet] row 12'",
        keys={
            "join": Key("pairs", "rows that record the same event"),
            "part": Key("pairs", "rows that do not"),
        },
    ),
    "decisions": Key("options", "finding -> {status, reason} as the reviewer decided"),
}

_TEXT = {"type": ["string", "number", "boolean", "null"]}
_ROW: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "description": "file.xlsx [Sheet] row 12"},
        {
            "type": "object",
            "properties": {"file": {"type": "string"}, "sheet": {"type": "string"}, "row": {"type": "integer"}},
            "required": ["file", "row"],
            "additionalProperties": False,
        },
    ]
}
_SHAPES: Mapping[Kind, dict[str, Any]] = {
    "text": _TEXT,
    "texts": {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]},
    "flag": {"type": "boolean"},
    "first-day": {"type": ["string", "integer", "null"]},
    "last-day": {"type": ["string", "integer", "null"]},
    "date": {"type": ["string", "integer", "null"]},
    "pairs": {"type": ["array", "null"], "items": {"type": "array", "items": _ROW, "minItems": 2}},
    "options": {"type": ["object", "null"]},
    "free": {"type": ["array", "null"], "items": {"type": "object"}},
}


def case_schema() -> dict[str, Any]:
    """The JSON Schema of case.yaml, for editors that check while one types."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "case.yaml", **_object(CASE_KEYS)}


def _object(keys: Mapping[str, Key]) -> dict[str, Any]:
    required = [name for name, key in keys.items() if key.required]
    return {
        "type": "object",
        "properties": {name: {"description": key.about, **_shape(key)} for name, key in keys.items()},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _shape(key: Key) -> dict[str, Any]:
    if key.kind == "group":
        return _object(key.keys)
    if key.kind == "list":
        return {"type": ["array", "null"], "items": _object(key.keys)}
    return _SHAPES[key.kind]
