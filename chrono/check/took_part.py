"""Words around the name of an agency that say that it was there or was told, whatever kind of row they stand in."""

from __future__ import annotations

import re

from chrono.check.days_named import MONTHS
from chrono.model import Mention

MEETING = (
    r"joint|one[- ]to[- ]one|1:1|121|three[- ]?way|tripartite|visit\w*|meeting|meet|met|mtg|call|conversation|discussion"
    r"|sessions?|talk|chat|spoke|spoken|saw|seen|sat|review|supervision|conference|assessment|interview|appointment|appt|app't|consultation|consult"
    r"|handover|planning|debrief|liaison|screening|done|undertaken|carried out|held|completed|worked|work"
)
FAMILY = r"(?:mum|mother|mo|dad|father|fa|parents?|carers?|gran|nan|child|family|yp|baby)"
MET_WITH = re.compile(
    rf"\b(?:{MEETING})\b(?:(?!\b(?:that|record|history|relationship)\b)[^.;:]){{0,40}}?"
    rf"\b(?:with|w/|alongside|together with|jointly with|accompanied by|and|by)"
    rf" (?:the |a |our |his |her |their |local |duty |also )*(?:(?:[A-Z][\w'’]+|{FAMILY})(?:,| and| &| \+) "
    r"(?:the |his |her |their )?){0,3}$",
    re.IGNORECASE,
)
"""In front of an agency: it took part in what the row tells of."""
CAME = re.compile(
    r"(?:['’]s)?(?: (?:team|worker|staff|nurse|officer|practitioner|also|then|has|have|had|both|all))*"
    r"(?-i:(?: [A-Z][\w'’]+){0,2})"
    r" (?:called (?:in|round|by|to see|at)|dropped (?:in|by)|popped (?:in|round)|looked in|sat (?:with|down)"
    r"|spent (?:time|an? \w+) with|took \w+ (?:out|to)|went through"
    r"|came|visited|saw|reviewed|assessed|attended|met|joined|sat in|observed|ran|delivered|took part|completed|weighed"
    r"|interviewed|examined|accompanied|chaired|was there|were there|was present|were present|here|in (?:to|today|school|for))\b"
    r"(?! (?:up|to be|by|from)\b)",
    re.IGNORECASE,
)
"""Behind an agency: it was there."""
HANDED = re.compile(
    r"\b(?:handed|passed|sent|posted|mailed|couriered|faxed|delivered|dropped off|submitted|uploaded"
    r"|forwarded|shared|copied|e-?mailed|transferred|escalated|reported|put through)\b[^.;:]{0,40}?"
    r"\b(?:to|on to|over to|with) (?:the |our |his |her |their |local |duty )*$"
    r"|\b(?:told|informed|rang|phoned|telephoned|notified|alerted|updated|contacted|advised|warned)"
    r" (?:the |our |his |her |their |local |duty )*$"
    r"|\braised (?:it |this |that |again |(?:the |our |his |her )?(?:matter|issue|concerns?|worr(?:y|ies)) )*"
    r"with (?:the |our |local |duty )*$"
    r"|\b(?:t/?c|tel|telecon)\W{0,2}(?:to |with |w/ ?)?(?:the )?$"
    r"|\b(?:shared|discussed|taken up|took up|flagged|queried|checked|left word|left (?:a )?(?:message|voicemail)|logged)"
    r"(?: \w+){0,3} with (?:the |our |his |her |their |local |duty )*$"
    r"|\b(?:let|letting|made|put) (?:the |our |his |her |their |local |duty )*$"
    r"|\b(?:cc|cc'd|copy|copies|copied)(?: in| to|:)* (?:the |our |his |her |their )*$",
    re.IGNORECASE,
)
"""In front of an agency: it was told, or was given something; 'let' wants 'know' behind it."""
TOLD_OF_IT = re.compile(
    r"(?:['’]s)?(?: (?:duty|team|worker|staff|office|also|then|was|were|has|have|been))*"
    r" (?:updated|informed|notified|told|made aware|advised|alerted|rung|phoned|e-?mailed|telephoned)"
    r"(?=\s*(?:[.,;)]|$)| (?:by (?:phone|telephone|e-?mail|text|letter)|re|about|of|same day|today|that day|straight)\b"
    r"| (?:at )?\d{1,2}[:.]?\d\d(?!\d)| and (?:told|informed|updated|spoken to|advised|briefed)\b)",
    re.IGNORECASE,
)
"""Behind an agency: it was told."""
LET_KNOW = re.compile(r"\b(?:let|letting|made|put)\b[^.;]*$", re.IGNORECASE)
KNOW = re.compile(r"(?:['’]s)?(?: \w+){0,2} (?:know|aware|in the picture)\b", re.IGNORECASE)
NOT_YET = re.compile(
    r"\b(?:to (?:be|do|have|see|visit|meet|attend|come|ring|call|go|arrange|ask|look|start|join|offer|make|take)|will|would"
    r"|should|not|no|never|without|cancelled|planned|arranged|booked|next|tomorrow|if|plan|want\w*|ask\w*|request\w*|hop\w*"
    r"|declin\w*|refus\w*|unable|awaiting|await|need\w*|says?|said|told|tells|reports?|reported|was|last|used)\b",
    re.IGNORECASE,
)
"""In front of it: it is only to come, or somebody says so."""
ANOTHER_DAY = re.compile(
    r"(?: \w+){0,2} (?:last|earlier|before|previously|in the past|ago|next|tomorrow|to come|yesterday"
    rf"|on (?:\d|mon|tue|wed|thu|fri)|in (?:{'|'.join(MONTHS)}|the (?:spring|summer|autumn|winter)))\b",
    re.IGNORECASE,
)
"""Behind it: what it did, it did another day."""
LIST_OF_A_MEETING = re.compile(
    r"\b(?:(?:round|around) the table|present|attendees|in attendance|attended(?: by)?|there|those there"
    r"|at the table|represented|panel members"
    r"|meeting|mtg|taf|tac|review|conference|discussion|call|core group|panel|planning|strat\w*|cpa|handover)\b"
    r"[^.;:]{0,30}:\s*$"
)
LISTED = re.compile(r":\s*(?:[\w'’().-]+(?: [\w'’().-]+){0,2}\s*(?:[,;&+/]|\band\b)\s*)*$")
LIST_GOES_ON = re.compile(r"\s*(?:[,;.&+/(]|and\b|$)")


def was_there(text: str, mention: Mention) -> bool:
    """True if the words around the name say that the agency took part: it came, somebody met with it, or it stands in the
    list of a meeting."""
    listed = not mention.part and LISTED.search(text[: max(mention.begin, 0)])
    if listed and LIST_OF_A_MEETING.search(text[: listed.start() + 1].lower()):
        return LIST_GOES_ON.match(text[mention.end :]) is not None
    if mention.begin < 0 or mention.part not in ("", "present", "spoken-of"):
        return False
    before = text[_beginning(text, mention) : mention.begin]
    if NOT_YET.search(before) or ANOTHER_DAY.match(text, mention.end):
        return False
    return bool(MET_WITH.search(before) or CAME.match(text, mention.end))


def was_told(text: str, mention: Mention) -> bool:
    """True if the words in front of the name say that the agency was told or was given something."""
    if mention.begin < 0:
        return False
    start = _beginning(text, mention)
    handed = HANDED.search(text, start, mention.begin)
    if handed is None:
        return TOLD_OF_IT.match(text, mention.end) is not None and not NOT_YET.search(text, start, mention.begin)
    if NOT_YET.search(text, start, handed.start()):
        return False
    return not LET_KNOW.match(handed.group()) or KNOW.match(text, mention.end) is not None


def _beginning(text: str, mention: Mention) -> int:
    """Where the statement begins in which a name stands."""
    return max(text.rfind(stop, 0, mention.begin) for stop in (".", ";", "\n")) + 1
