"""Where names stand in a text.

sentences(text)                             the sentences of a text: no name reaches beyond one
Spotter(lexicons, names=...).spot(text)     the Names in a text, with their places
surroundings(text, places)                  what stands before and behind each of them in its sentence
"""

from chrono.normalise.actors.spans.sentences import sentences
from chrono.normalise.actors.spans.span import KIN, Name, Span
from chrono.normalise.actors.spans.spot import Placed, Spotter
from chrono.normalise.actors.spans.surroundings import surroundings

__all__ = ["KIN", "Name", "Placed", "Span", "Spotter", "sentences", "surroundings"]
