"""Who is who: agencies, children, family and professionals, and what each does in a row.

Registry(case)      learns the names of a case and its returns, and finds them in cells
"""

from chrono.normalise.actors.registry import Registry

__all__ = ["Registry"]
