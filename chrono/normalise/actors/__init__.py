"""Who is who: agencies, children, family and professionals, and what each does in a row.

Registry(case)             learns the names of a case and its returns, and finds them in cells
proposals(case, actors)    what case.yaml could say more, so that nobody has to be told twice
"""

from chrono.normalise.actors.proposals import Proposal, proposals
from chrono.normalise.actors.registry import Registry

__all__ = ["Proposal", "Registry", "proposals"]
