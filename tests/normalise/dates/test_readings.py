"""What people type, and what it means: the table in readings.yaml, and the conventions' own set where it is at hand."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from chrono.model import When
from chrono.normalise.dates import Context, read, stated_precision

HERE = Path(__file__).parent
SHARED = HERE.parents[3] / "shared" / "dates" / "uk_dates_dev.tsv"


class Strings(yaml.SafeLoader):
    """Everything as the text it is."""

    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012 - the library's own shape


TABLE: dict[str, list[dict[str, Any]]] = yaml.load((HERE / "readings.yaml").read_text(encoding="utf-8"), Loader=Strings)


def context(near: str) -> Context:
    first, dots, last = near.partition("..")
    if dots:
        return Context(first=date.fromisoformat(first), last=date.fromisoformat(last))
    return Context(above=When.of_day(date.fromisoformat(first))) if first else Context()


def shown(when: When) -> str:
    """As the table writes it: '2018-05-09 day', '2018-05-01..2018-05-10 range', '..2018-05-09 open', 'invalid'."""
    precision = stated_precision(when)
    if not when.known:
        return ".. open" if precision == "open" else precision
    start, end = str(when.start or ""), str(when.end or "")
    return f"{start if start == end else f'{start}..{end}'} {precision}"


def groups() -> Iterator[Any]:
    for kind, lines in TABLE.items():
        for line in lines:
            near = line.get("near", "")
            yield pytest.param(line["written"], near, line["means"], id=f"{kind}: {line['means']} {near}".strip())


@pytest.mark.parametrize(("written", "near", "means"), list(groups()))
def test_is_read_as(written: list[str], near: str, means: str) -> None:
    read_as = {text: shown(read(text, context(near))) for text in written}
    assert {text: got for text, got in read_as.items() if got != means} == {}


@pytest.mark.skipif(not SHARED.exists(), reason="the conventions' own set does not stand beside the clone")
def test_the_conventions_own_set_is_read_exactly() -> None:
    lines = [line.split("\t") for line in SHARED.read_text(encoding="utf-8").split("\n")[1:] if line]
    wrong = []
    for id_, text, near, start, end, precision, _ in lines:
        when = read(text, context(near))
        if (str(when.start or ""), str(when.end or ""), stated_precision(when)) != (start, end, precision):
            wrong.append(id_)
    assert wrong == []
