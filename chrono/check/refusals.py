"""Who refused: a body that decides, or the family that was offered something."""

from __future__ import annotations

import re

BY_THE_FAMILY = re.compile(
    r"(?<!foster )\b(mother|mum|father|dad|parents?|family|carers?|he|she|child|young person)\b[^.;]{0,40}"
    r"\b(refus|declin)(?!\w* by (?:the )?(?:panel|head|manager|director|service|council|board|court|school|governors))",
    re.IGNORECASE,
)
"""What a parent or the child declined: an offer not taken up, and no decision on a request."""
