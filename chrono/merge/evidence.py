"""Weighs a pair: the shelf of signals summed up, in bits."""

from __future__ import annotations

from collections.abc import Callable
from math import exp2
from typing import NamedTuple

from chrono import shelf
from chrono.merge import signals
from chrono.merge.pair import Pair
from chrono.model import Reason

CONTRADICTION = -8.0
"""Bits by which one signal rules a link out, whatever a third row says."""
NOTHING = 0.05
"""Weights below this are left out of the reasons."""


class Signal(NamedTuple):
    """One module of the shelf."""

    name: str
    weigh: Callable[[Pair], float]
    explain: Callable[[Pair], str]


SIGNALS = tuple(Signal(module.NAME, module.weigh, module.explain) for module in shelf.modules(signals))


def weight(pair: Pair) -> float:
    """All the evidence that two rows are of one event, in bits; 0 is as likely as not."""
    return pair.usual.start + sum(weigh(pair) for _, weigh, _ in SIGNALS)


def contradicted(pair: Pair) -> bool:
    """True if one signal by itself says that the rows are two events: another child, the second and not the third."""
    return any(weigh(pair) <= CONTRADICTION for _, weigh, _ in SIGNALS)


def reasons(pair: Pair) -> tuple[Reason, ...]:
    """The waterfall: from where the weighing starts, each signal that says something, strongest first."""
    weighed = [(signal.weigh(pair), signal) for signal in SIGNALS]
    telling = sorted((one for one in weighed if abs(one[0]) > NOTHING), key=lambda one: (-one[0], one[1].name))
    start = Reason(
        "start", round(pair.usual.start, 1), "before any evidence: hardly any two rows record the same event"
    )
    return (start, *(Reason(signal.name, round(bits, 1), signal.explain(pair)) for bits, signal in telling))


def confidence(bits: float) -> float:
    """The weight as a chance from 0 to 1."""
    return round(1 / (1 + exp2(-max(min(bits, 60.0), -60.0))), 3)
