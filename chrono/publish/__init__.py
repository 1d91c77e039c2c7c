"""A stage after merge: a set of returns that can be shared, with pseudonyms instead of names, and a list of what is doubtful.

anonymise(case, returns, timeline, settings) -> Anonymised: the files of the set, the key, and what a person must decide
"""

from chrono.publish.anonymise import Anonymised, Settings, anonymise
from chrono.publish.dates import Dates
from chrono.publish.residual import Doubt

__all__ = ["Anonymised", "Dates", "Doubt", "Settings", "anonymise"]
