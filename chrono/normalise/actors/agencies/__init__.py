"""Agencies: their names and kinds, which of them a file, a title or a word means.

agency_in(text, case)           the agency of the case that a title, a file's name or a whole cell names
whose_return(return_, case)     the agency a file came from, and by which means that was told
found_in(return_)               the agency a file names, for a case that does not have it
kind_of(name), kind_of_agency(agency)   police, social-care, school ...
"""

from chrono.normalise.actors.agencies.naming import agency_in
from chrono.normalise.actors.agencies.services import kind_of, kind_of_agency
from chrono.normalise.actors.agencies.whose_return import found_in, whose_return

__all__ = ["agency_in", "found_in", "kind_of", "kind_of_agency", "whose_return"]
