"""Whether something came from an agency or went to it, by the words around its name: 'letter from', 'rang', 'X referral sent'."""

from __future__ import annotations

import re
from typing import Literal

Side = Literal["from", "to", ""]

LONGEST_LEAD = 24
"""Letters before a name in which 'from the' or 'told the' stand."""
PAPER = r"(?:referral|ref|letter|form|notice|notification|request|report|e-?mail|marf)"
SENT = re.compile(
    rf"\s+(?:\w+\s+)?{PAPER}\s+(?:\w+\s+){{0,2}}"
    r"(?:sent|made|done|completed|submitted|e-?mailed|faxed|posted|filled|written|raised|to go|to follow)\b",
    re.IGNORECASE,
)
COMES = re.compile(
    r"(?:\s+(?:staff|team|worker|nurse|manager|officer|duty|inspector|desk))?"
    r"\s*(?::|-\s|\b(?:rang|rings?|phoned?|phones|calls?|called|says?|said|advis(?:es?|ed)|inform(?:s|ed)?|tells?|told (?:us|me)"
    r"|reports?|reported|confirm(?:s|ed)?|e-?mail(?:s|ed)?|wrote|writes?|thinks?|notif(?:y|ies|ied)|wants?|would like"
    r"|refers?|referred|asks?|requests?|requested|(?:asked|sent|let) (?:us|me|if|whether|that|for us)"
    rf"|{PAPER})\b)",
    re.IGNORECASE,
)
FROM = re.compile(r"\b(?:from|by|per|via|source|origin)\s*:?\s+(?:the\s+|a\s+|an\s+|our\s+)?$", re.IGNORECASE)
TO = re.compile(
    r"\b(?:to|with|w/|rang|ring|phoned?|told|tell|called|call|inform(?:ed)?|notif(?:y|ied)|e-?mail(?:ed)?|advised?|contact(?:ed)?"
    r"|updated?|alert(?:ed)?|let|cc'?d?:?)\s+(?:the\s+|a\s+|our\s+)?$",
    re.IGNORECASE,
)
IS_TOLD = re.compile(
    r"\s+(?:\w+\s+)?(?:told|informed|notified|aware|rung|updated|alerted|advised|emailed|called)\b"
    r"(?!\s+(?:us|me|that)\b)",
    re.IGNORECASE,
)


def side(text: str, begin: int, end: int) -> Side:
    """What the text says of the name at `begin`..`end`: something came from there, went there, or neither."""
    before = text[max(0, begin - LONGEST_LEAD) : begin]
    if SENT.match(text, end):
        return "to"
    if FROM.search(before):
        return "from"
    if TO.search(before):
        return "to"
    if COMES.match(text, end):
        return "from"
    return "to" if IS_TOLD.match(text, end) else ""
