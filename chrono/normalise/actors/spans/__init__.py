"""Where names stand in a text.

spot(text, lexicons, names=...)  -> Spotted: the words of a text and the Spans found in them
"""

from chrono.normalise.actors.spans.span import Span, Spotted
from chrono.normalise.actors.spans.spot import spot

__all__ = ["Span", "Spotted", "spot"]
