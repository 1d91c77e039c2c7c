"""YAML as people mean it: words stay words ('no', '12:30', '0123'), a key stands once, and every value knows its line."""

from __future__ import annotations

import re
from typing import Any

import yaml

WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,15})")
DECIMAL = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{1,15}")
WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
DEEPEST = 50
QUOTE = "text with : # [ ] { } in it may need quotation marks around it"

Node = yaml.ScalarNode | yaml.SequenceNode | yaml.MappingNode


class YamlError(Exception):
    """What is wrong in a YAML text, and on which line."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what


def root_of(words: str) -> Node | None:
    """The outermost value; None where nothing is written. Raises YamlError where it is no YAML, or uses what case.yaml has no
    need of: several documents, references (*name) that stand for other parts."""
    try:
        depth = 0
        for event in yaml.parse(words, Loader=yaml.SafeLoader):
            depth += isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent))
            depth -= isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent))
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, yaml.AliasEvent):
                raise YamlError(line, f"'*{event.anchor}' refers to another part: write it out instead")
            if depth > DEEPEST:
                raise YamlError(line, f"lists within lists, more than {DEEPEST} deep")
        node = yaml.compose(words, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        raise YamlError(
            mark.line + 1 if mark else 1, f"cannot be read here: {fault.problem or 'broken YAML'}; {QUOTE}"
        ) from fault
    except yaml.reader.ReaderError as fault:
        line = words.count("\n", 0, fault.position) + 1
        raise YamlError(line, "holds a character that YAML does not allow") from fault
    assert node is None or isinstance(node, Node)
    return node


def line_of(node: Node) -> int:
    """The line on which a value begins."""
    return node.start_mark.line + 1


def text_of(node: yaml.ScalarNode) -> str | None:
    """A single value as it was typed; None for null, ~ and nothing."""
    return None if node.style is None and node.value in ("null", "~", "") else node.value


def value_of(node: Node) -> Any:
    """A value of free shape: lists and mappings with whole and decimal numbers, true, false, null; all else is text.
    Raises YamlError where a key stands twice."""
    if isinstance(node, yaml.SequenceNode):
        return [value_of(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {name: value_of(value) for name, _, value in items_of(node)}
    if node.style is not None:
        return node.value
    if node.value in WORDS:
        return WORDS[node.value]
    if WHOLE.fullmatch(node.value):
        return int(node.value)
    return float(node.value) if DECIMAL.fullmatch(node.value) else node.value


def items_of(node: yaml.MappingNode) -> list[tuple[str, Node, Node]]:
    """The keys of a mapping as text, each with its own node and its value. Raises YamlError where a key stands twice."""
    seen: dict[str, int] = {}
    found: list[tuple[str, Node, Node]] = []
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise YamlError(line_of(key), "a key must be a word")
        if key.value in seen:
            raise YamlError(line_of(key), f"the key '{key.value}' stands twice (first on line {seen[key.value]})")
        seen[key.value] = line_of(key)
        found.append((key.value, key, value))
    return found
