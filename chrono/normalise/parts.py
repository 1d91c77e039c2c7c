"""What somebody named in a row does there: told, present, referred to, absent ... as the column or the words say."""

from __future__ import annotations

import re

BY_COLUMN = {
    "people": "present",
    "worker": "author",
    "told": "told",
    "shared": "told",
    "referrer": "referred-by",
    "source": "provider",
}
"""What somebody does who stands in a column of names."""

LINK = r"(?:\s+(?:to|the|their|his|her|a|an|our|local|team|service|services|of))*\s*"
TOLD = r"told|informed|notified|advised|alerted|updated|contacted|made aware|briefed|copied in"


def _before(words: str) -> re.Pattern[str]:
    """Words that end right before the name, articles left aside."""
    return re.compile(
        rf"(?:{words})\s*:?(?:\s+(?:the|their|his|her|a|an|our|local|by|allocated|duty))*\s*$", re.IGNORECASE
    )


def _after(words: str) -> re.Pattern[str]:
    """Words that begin right behind the name, or behind its possessive."""
    return re.compile(rf"^(?:['’]s?)?\s*(?:{words})\b", re.IGNORECASE)


BE = r"(?:was|were|is|are|has been|have been|had been|to be|being|also|who)?\s*"

# In this order: the first that fits counts. Absence comes first, because "unable to attend" holds "attend".
RULES: tuple[tuple[str, re.Pattern[str] | None, re.Pattern[str] | None], ...] = (
    (
        "absent",
        _before(
            r"apologies(?: received| sent| given)?(?: from)?|absent|not present|non-attendance (?:of|by)|absence of"
            r"|no (?:one|representative|representation|attendance|response|reply|contact) (?:from|by)|in the absence of"
        ),
        _after(
            BE
            + r"(?:unable to (?:attend|come)|(?:did|do|does) not (?:attend|come|take part)|didn['’]t (?:attend|come)|not (?:present|in attendance|represented|there|attending)"
            r"|absent|(?:sent|gave|send|with) apologies|apologies|DNA|declined to attend|failed to attend|could not attend|cannot attend"
            r"|not (?:able|available) to attend|(?:was|were) not (?:invited|told of the (?:meeting|conference)))"
        ),
    ),
    (
        "invited",
        _before(r"invited?|invitations?(?: sent)?(?: to| for)?|invitees?"),
        _after(BE + r"(?:invited|to (?:attend|be invited))"),
    ),
    (
        "referred-to",
        _before(
            r"(?:referr?(?:ed|als?|ing)|refer|re-referr?(?:ed|al)|signpost(?:ed|ing)?|transferr?(?:ed|ing)?|escalated|handed over|hand(?:ed)?over|passed(?: on)?"
            r"|case (?:passed|sent))(?:\s+(?!to\b)[^\s.;:]+){0,5}?\s+(?:on\s+)?(?:in)?to"
        ),
        None,
    ),
    (
        "referred-by",
        _before(r"(?:re-?)?referr?(?:al|als|ed)(?: \w+){0,3}? (?:from|by)|referrer|referred by"),
        _after(r"(?:re-?)?(?:referral|referrals|refers?|referred|makes? (?:a )?referral|made (?:a )?referral)"),
    ),
    (
        "decided",
        _before(
            r"(?:decided|agreed|authorised|approved|signed off|chaired|decision (?:made )?(?:of|by)) (?:by )?|decision of"
        ),
        _after(
            BE
            + r"(?:decides?|decided|authoris\w+|approved|signed off|decision|decisions|concluded|agreed that|chaired)"
        ),
    ),
    (
        "provider",
        _before(
            r"(?:calls?|reports?|information|notifications?|e-?mails?|letters?|updates?|contacts?|merlins?|ppns?|news|message|messages|concerns?|enquir\w+|request|phoned|"
            r"disclosure|complaints?|invitation|intelligence|results?|paperwork|minutes|records|advice|response|reply|confirmation|details|visit)"
            r"(?: \w+){0,2}? (?:from|by)|(?:told|informed|notified|advised|reported|received|heard|raised|stated|learned|alerted|requested|made|shared|provided|sent|seen|according) (?:from|by|to us by)|according to|per"
        ),
        _after(
            r"(?:reports?|reported|reporting|says?|said|stated?|states|informs?|informed (?:us|me|that)|tells?|told (?:us|me|that|him|her)|advises|advised (?:us|that)|notify|notifies|called|calls|rang|rings"
            r"|phoned|telephoned|e-?mailed|confirms?|confirmed|asks?|asked (?:for|that|whether|if|about|to|us)|requests?|requested|share|shares|shared|provided?|provides|raises?|raised|contacts?|make contact|made contact|sent|sends|think|thinks|believes?|feels?)|\s*:(?=\s)"
        ),
    ),
    (
        "told",
        _before(
            rf"(?:{TOLD}|notif(?:y|ies|ication to)|tell|tells|inform|informs|alert|advise)|(?:calls?|called|call made|reports?|reported|letters?|e-?mails?|e-?mailed|notifications?|forwarded|sent|send|sends|shared|copied|cc(?:'d)?|merlin|ppn|information|"
            r"spoke|spoken|speaks?|writes?|wrote|faxed|feedback|update|provided|progress shared|disclosed|liais\w+|discussed|discussion|consulted|shared|checked|checks)(?: \w+){0,4}? (?:to|with)|contacts?|phoned|telephoned|rang|e-?mailed|consulted|requested|asked|asks|ask|called"
        ),
        _after(BE + rf"(?:{TOLD}|asked|notified)(?! (?:us|me|that|him|her))"),
    ),
    (
        "present",
        _before(
            r"present|attended(?: by)?|attendees|attendance|in attendance|those present|seen with|accompanied by|joined by|together with|alongside|"
            r"(?:meeting|conference|discussion|visit|session|review|interview|appointment|panel|group|home visit|joint \w+|met|meets?|seen|held|undertaken|completed)(?: \w+){0,3}? (?:with|by|between|at)"
        ),
        _after(
            BE
            + r"(?:present|attend(?:s|ed|ing)?|in attendance|took part|takes part|came|comes|visited|visits?|seen|chairs?|represented|participated|joined|(?:was|were) there|at (?:the )?\w*\s*(?:meeting|conference|discussion|review|panel))"
        ),
    ),
)
LISTS = re.compile(
    r"\b(?:(?P<present>present|attended by|attendees|in attendance|attendance|those present|attended)|(?P<invited>invited)|(?P<absent>apologies(?: received)?(?: from)?|absent|not present))"
    r"\s*(?::|[-–]\s|from\s|by\s)[^.;\n]*$",
    re.IGNORECASE,
)
"""A list of people introduced by a word that holds for all of them, up to the end of the sentence."""
TOGETHER = re.compile(r"^[^.;:]{0,40}\b(?:present|attended|in attendance|took part)\b", re.IGNORECASE)
NEGATED = re.compile(r"\b(?:not|un\w+|n[o']t|never|failed|apologies)\b", re.IGNORECASE)
CONTEXT = 70
"""How much text around a name is looked at."""


def part_in(column: str, before: str, after: str) -> str:
    """What somebody does in a row: by the words before and after the name in the same sentence, else by the column."""
    return _by_words(before[-CONTEXT:], after[:CONTEXT]) or BY_COLUMN.get(column, "")


def _by_words(before: str, after: str) -> str:
    for part, preceding, following in RULES:
        if (following and following.search(after)) or (preceding and preceding.search(before)):
            return part
    listed = LISTS.search(before)
    if listed and listed.lastgroup:
        return listed.lastgroup
    together = TOGETHER.search(after)
    return "present" if together and not NEGATED.search(together.group()) else ""
