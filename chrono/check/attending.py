"""Whether a row says that somebody comes to a service and works with it, or that they do not; by structure, not by phrases."""

from __future__ import annotations

import re
from functools import lru_cache

from chrono.check.any_case import AnyCase
from chrono.check.counts import NUMBER, amount
from chrono.check.topics import sentences

COMES = (
    r"(?:attend\w*|attd|engag\w+|compl(?:y|ies|ied|ying|iant|iance)|co-?operat\w+|participat\w+|work(?:s"
    r"|ing|ed)? (?:well )?with|goes|going|comes|(?<!since )coming|came|keeps?|kept|keeping"
    r"|turns? up|turning up|takes? part|takes? up|sees?|seeing|seen by|trains?|meets?|met|meeting"
    r"|access\w*|receiv\w+|brought|brings|bringing|linked in|in contact|taking|takes|does|doing|done"
    r"|commit\w+|responds?|responding|welcom\w+|lets?|letting|open(?:s|ed) (?:the door )?to|keeps? up)"
)
WELL = (
    r"(?:well|fully|in full|full|every|each|all|weekly|fortnightly|daily|twice|regular\w*|consistent\w*"
    r"|positive\w*|brilliant\w*|excellent\w*|good|great|religiously|without fail|faithfully|always|100 ?%"
    r"|perfect\w*|exemplary|enthusiastic\w*|reliabl\w+"
    r"|keen(?! to (?:be off|be away|go|get|leave|finish|end|stop))|willing\w*|most (?:days|weeks|sessions)"
    r"|nearly (?:every|all)|almost (?:every|all))"
)
GOOD = AnyCase(
    rf"\b{COMES}\b(?:\W+[\w'’&-]+){{0,6}}?\W+{WELL}\b|\b{WELL}\b(?:\W+[\w'’-]+){{0,3}}?\W+{COMES}\b"
    r"|\b(?:has|have|had|is|hasn['’]t|has not|hadn['’]t|had not|never|not) (?:not )?(?:missed|missing"
    r"|misses|miss)(?: an?| any| one| a single)\b|\bnever (?:missed|misses)\b|\bno (?:missed|absences)\b"
    r"|\b(?:good|full|excellent|strong|positive|great|fantastic|regular|weekly|improved"
    r"|100%) (?:engagement|attendance|compliance|attender|working relationship|relationship|progress)\b"
    r"|\b(?:engagement|attendance|compliance)\b\W+(?:\w+\W+){0,3}(?:good|excellent|full|strong|positive"
    r"|100|no concern\w*|improv\w+|great|fine)\b"
    r"|\b(?:is|are|remains?|been|now) (?:fully |well |positively |actively )?(?:engag\w+|attending"
    r"|compl(?:iant|ying)|on board|committed|motivated)\b|\bengag(?:es|ing|ed) (?:well|with)\b|\battend(?:s"
    r"|ing) (?:the |his |her |all |weekly|regularly)"
    r"|\b(?:every|each|all|weekly|fortnightly|regular|twice[- ]weekly) (?:\w+ ){0,2}"
    r"(?:sessions?|appointments?|appts?|classes|lessons|keywork|therapy|counselling|mentoring|tests)\b"
    r"|\b(?:enjoys|loves|flourish\w*|thriv\w*|turned (?:a|the) corner|gets? (?:a lot|so much|much) (?:out of|from))\b"
    r"|\b(?:were|was|is|are|been) (?:both )?(?:an? )?(?:real |true )?(?:regulars?|mainstays?)\b"
    r"|\b(?:has|have|had|both) (?:now )?finished (?:the|his|her|their|all)\b"
    r"|\bgraduated? from\b|\bdidn['’]t miss\b|\bfollows? advice\b"
    r"|\bthe making of\b|\bgoing (?:really |very )?well\b|\bdoing (?:really |very )?well\b|\bcomplet(?:ed"
    r"|ing|es) (?:the |his |her |all |module|session|week|every|work|course|programme)|\bdone (?:module"
    r"|session|week|the course|all|the programme)|\b(?:up to date with|on track with|keeping (?:to"
    r"|up with)|kept to|keeps to|sticking to)\b"
)
NOT = (
    r"(?:not|never|no longer|nobody|n['’]t|didnt|hasnt|doesnt|wasnt|cannot|failed to|fails to|refus\w+ to"
    r"|stopped|ceased|rarely|hardly|seldom|yet to|unable to)"
)
POOR = AnyCase(
    rf"(?:\b|(?<=\w)){NOT}\b\W+(?:[\w'’-]+\W+){{0,3}}?(?:attend\w*|engag\w+|seen|see|come|came|coming"
    rf"|turn\w* up|show\w*|return\w*|respond\w*|repl(?:y|ied)|answer\w*|been|present|taken up|take up"
    rf"|brought|collected|in (?:school|college|class)"
    r"|open the door|compl\w+|co-?operat\w+|attended|kept|picked up|heard from|made contact|in contact"
    r"|participat\w+|started|start)\b"
    r"|\b(?:dna|dnas|dna['’]?d|dna['’]s|fta|fta['’]?d|wnb|utc|no[- ]shows?|no[- ]showed|non[- ]?attend\w*"
    r"|non[- ]?engag\w+|non[- ]?complian\w+|disengag\w+|truant\w*|absent|absences?|absconds?|skipp\w+"
    r"|bunk\w+)\b"
    r"|\bno (?:reply|answer|access|response)\b|\babortive\b|\bfailed visits?\b|\bcards? left\b|\bleft a card\b"
    r"|\bnobody (?:in|home|answered)\b|\bdoor not answered\b|\bturned away at the door\b"
    r"|\b(?:week|wk|session|module) (?:1|one) only\b"
    r"|\bonly (?:(?:came|attended|at|to|the|for) ){0,3}(?:once|first|(?:week|wk|session) (?:1|one))\b"
    r"|\bnot (?:graduated|completed|finished)\b"
    r"|\bmiss(?:ed|es)\b(?! a beat)|\bmissing (?:school|sessions?|appointments?|lessons?)\b"
    r"|\bfailed (?:appt|appointment|to)|\bfailed (?:his|her|test|tests"
    r"|drug)|\bempty\b|\blast (?:seen|attended|came|contact)\b|\bnot since\b|\b(?:sessions?|appts?"
    r"|appointments?|calls?|texts?|letters?) (?:ignored|unanswered|missed|refused|declined)\b"
    r"|\bignor(?:ed|es|ing)\b|\bdropp(?:ed|ing) out\b|\bwithdr(?:ew|awn)\b|\bwalked out\b|\bleft (?:early"
    r"|after)\b|\b(?:enforcement|breach|warning) (?:letter|proceedings|action|notice)\b|\bbreached?\b"
    r"|\bstopped (?:attending|coming|going|script|taking)\b|\b(?:script|prescription|place"
    r"|order) (?:was )?(?:stopped|withdrawn|suspended|ended)\b"
    r"|\bpoor (?:attendance|engagement|compliance)\b|\b(?:attendance|engagement|compliance) (?:is |was "
    r"|has been |remains )?(?:poor|low|nil|sporadic|erratic|patchy|minimal|limited)\b|\bsporadic\w*\b"
    r"|\bpositive (?:test|for)\b|\btested positive\b"
    r"|\bclosed\b[^.]{0,40}\b(?:engag|attend|contact|respon|show)|\bdischarged\b[^.]{0,40}\b(?:engag"
    r"|attend|contact|respon|dna|brought)"
)
SHARE = AnyCase(
    rf"\b({NUMBER}|0|nil|none) (?:sessions?|appts?|appointments?|days?|classes|lessons|visits"
    rf"|meetings)?\s?(?:out )?of (?:the |his |her |a possible |last )?{NUMBER}\b"
)
OUT_OF = AnyCase(
    rf"\b(?:out )?of (?:the |his |her |their |all |our )?{NUMBER} (?:[\w-]+ )?(?:sessions?|appts?|appointments?|meetings?|visits"
    rf"|classes|lessons|contacts|dates|offered|booked|planned|arranged)\b,?(?: [\w'’-]+){{0,4}}?"
    rf" (?:kept|attended|came to|came for|been to|made|turned up (?:to|for)|was (?:there|present|at)|showed up for) {NUMBER}\b"
)
"""'Of eight sessions she kept seven': the whole before the part."""
PERCENT = re.compile(r"\b(\d{1,3})(?:\.\d+)?\s?(?:%|per ?cent)")
HINT = re.compile(
    r"attend|attd|engag|compl|operat|particip|work|go|com|came|ke[ep]|take|taking|see|train|me[et]|access|receiv|br[oi]|link"
    r"|contact|do|respond|miss|relation|progress|absence|appoint|appt|session|class|lesson|therapy|counsel|mentor|test|enjoy|love"
    r"|flourish|thriv|turned|gets? |track|regular|graduat|finish|welcom|let|open",
    re.IGNORECASE,
)
"""What a sentence must have in it to be looked at further."""
ATTENDANCE = re.compile(r"\b(?:attend\w*|attd|present|sessions|register|compliance)\b", re.IGNORECASE)
SHORT = 30
LOW, HIGH = 0.6, 90
"""A part of the sessions (a percentage) below which somebody stays away, or above which they come."""
KEPT = re.compile(
    r"\b(?:kept|attended|came to|been to|made|present (?:at|for)|completed|turned up (?:to|for))\W+(?:\w+\W+){0,2}$",
    re.I,
)
KEPT_AFTER = re.compile(r"\W+(?:\w+\W+){0,2}?(?:kept|attended|completed)\b", re.I)
A_FEW, MOST = 3, 0.8
"""So many appointments of which so much was kept show that somebody comes."""
APART = re.compile(
    r"\b(?:safe and well|safe & well|welfare check|is to see|apart from|except|other than|aside from"
    r"|but for|hop\w+|if|should|must|needs? to|to (?:attend|engage|keep|complete|comply)|will"
    r"|plan(?:ned)? to|expected to|agreed to|encourag\w+|promis\w+|whether|unless|until)\b",
    re.IGNORECASE,
)
DENIAL = re.compile(
    r"(?:\b(?:not|never|no|isn['’]t|hasn['’]t|didn['’]t|doesn['’]t|won['’]t|wasn['’]t|yet|little|poor"
    r"|lack of|without|declin\w+|refus\w+|stopped|nor)\W+(?:\w+\W+){0,2})$",
    re.IGNORECASE,
)
"""Before words of coming: they do not."""


@lru_cache(maxsize=65_536)
def comes(text: str) -> tuple[tuple[str, str], ...]:
    """Words by which a text says that somebody comes to a service and works with it, each with its sentence."""
    if not (GOOD.found_in(text) or PERCENT.search(text) or SHARE.found_in(text) or OUT_OF.found_in(text)):
        return ()
    found = ((_good_in(sentence.text), sentence.text) for sentence in sentences(text))
    return tuple(one for one in found if one[0])


def _good_in(sentence: str) -> str:
    shares = [float(found.group(1)) for found in PERCENT.finditer(sentence)]
    if shares and (ATTENDANCE.search(sentence) or len(sentence) < SHORT):
        return f"{shares[0]:g} %" if min(shares) > HIGH else ""
    if kept := _most_of(sentence):
        return kept
    said = (found for found in GOOD.finditer(sentence) if not DENIAL.search(sentence[: found.start()]))
    words = next((found.group() for found in said), "") if HINT.search(sentence) else ""
    return "" if words and (APART.search(sentence) or _poor_in(sentence)) else words


def _most_of(sentence: str) -> str:
    """'Kept five of six': the words that give nearly all of three or more as attended; '' if there are none."""
    for share in SHARE.finditer(sentence):
        part, whole = _number(share.group(1)), amount(share.group(3))
        kept = KEPT.search(sentence[: share.start()]) or KEPT_AFTER.match(sentence, share.end())
        if kept and _is_most(part, whole):
            return share.group()
    shares = (share for share in OUT_OF.finditer(sentence) if _is_most(amount(share.group(2)), amount(share.group(1))))
    return next((share.group() for share in shares), "")


def _is_most(part: int, whole: int) -> bool:
    return whole >= part and whole >= A_FEW and part / whole >= MOST


@lru_cache(maxsize=65_536)
def stays_away(text: str) -> str:
    """The words by which a text says that somebody does not come to a service, '' if it does not."""
    return next((found for sentence in sentences(text) if (found := _poor_in(sentence.text))), "")


def _poor_in(sentence: str) -> str:
    for share in SHARE.finditer(sentence):
        part, whole = _number(share.group(1)), amount(share.group(3))
        missed = re.search(r"miss|dna|fail|absen|not attend", sentence, re.IGNORECASE)
        if whole >= part and (part / whole < LOW if not missed else part / whole >= 1 - LOW):
            return share.group()
    found = next(
        (
            one
            for one in POOR.finditer(sentence)
            if not re.match(r"(?:not|never|hasn['’]t|hadn['’]t) miss", one.group(), re.IGNORECASE)
            and not re.search(
                r"\b(?:not|never|hasn['’]t|hadn['’]t|no)\W+(?:\w+\W+)?$", sentence[: one.start()], re.IGNORECASE
            )
        ),
        None,
    )
    return found.group() if found else ""


def _number(word: str) -> int:
    return 0 if word.lower() in ("0", "nil", "none") else amount(word)
