"""Where names stand in a text.

Spotter(lexicons, names=...).spot(text)  -> Spotted: the words of a text and the Spans found in them
"""

from chrono.normalise.actors.spans.span import Span, Spotted
from chrono.normalise.actors.spans.spot import Spotter

__all__ = ["Span", "Spotted", "Spotter"]
