"""What happened: the events that rows speak of, and the words that say so.

recognise(entry, case)      the events of one row, each with its status
declares(text)              the absence that a row states instead of an event
types(), outcomes()         the kinds of event and of outcome there are
"""

from chrono.normalise.events.declared import declares
from chrono.normalise.events.recognise import recognise
from chrono.normalise.events.vocabulary import outcomes, types

__all__ = ["declares", "outcomes", "recognise", "types"]
