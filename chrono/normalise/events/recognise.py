"""What happened: the events a row speaks of, each with its status, from its text and its category, outcome and action cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from chrono.model import Agency, Case, DateMention, Entry, Event, Mention, When
from chrono.normalise.actors.agencies.services import kind_of_agency
from chrono.normalise.dates import Context, mentions
from chrono.normalise.events import details, parties
from chrono.normalise.events.cells import ANSWERS, Draft, spotted, staged
from chrono.normalise.events.modality import ARRANGED, KEPT_OR_MISSED, PAST
from chrono.normalise.events.phrases import plain
from chrono.normalise.events.vocabulary import Added, EventType, Mode, outcome_phrases, referrals_to, row_types, types
from chrono.normalise.tables.contents import is_ditto

COLUMNS: tuple[tuple[str, Mode], ...] = (
    ("category", "title"),
    ("text", "text"),
    ("outcome", "result"),
    ("action", "result"),
)
"""The cells that speak of events, in the order in which their events are listed."""

ANY_MEETING = frozenset({"meeting", "professionals-meeting"})
IN_BRACKETS = re.compile(r"\s*(?:meeting|mtg)s?\s*[(:-]\s*([\w' -]{2,30}?)\s*\)?\s*\Z", re.IGNORECASE)
MEETING_OF = re.compile(r"\s*((?:[\w'-]+ ){0,3}[\w'-]+)\s*(?=[.,;:(]|\Z| - | at the | at our | with )")
"""The few words, up to the first mark, by which a text says what meeting its row is of."""

TOLD = ("told", "shared")
"""Columns of who was told."""

NOBODY_TOLD = re.compile(
    r"(?:no|none|not|nobody|nil|n/?a|n/?k|unknown|see|as above|-|to be|tbc)\b|\W*\Z", re.IGNORECASE
)
"""What a cell of these columns begins with where nobody was told, or another row says who was."""

DATED = re.compile(
    r"\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|yesterday|today|tomorrow|next|last)", re.IGNORECASE
)
"""A cell without any of these names no date."""

TOGETHER = frozenset({"meeting", "visit", "interview", "assessment", "session", "plan", "decision"})
"""Natures in which agencies take part."""

SAYS_OUTCOME = re.compile(r"(?:outcome|decision|result|agreed|recommendation)\b", re.IGNORECASE)
"""A statement that begins so says what came of the event before it."""

CALLED_OFF = re.compile(
    r"^\W*(?:cancelled|canc'?d|cancelled by|postponed|called off|rearranged|rescheduled|stood down)\b"
    r"|[.;,] *cancelled by (?:us|them|service|clinic|clinician|team|staff|trust|mother|mum|father|dad|parents?|family|school)\b",
    re.IGNORECASE,
)
"""The row's own appointment, visit or session did not take place: said without naming it again."""
CAME = re.compile(r"\b(?:attended|seen|saw|kept|came|next|last|previous)\b", re.IGNORECASE)
SEEN = re.compile(
    r"(?:^|[.;,:]|\b(?:and|but|though|although)\b) *(?!(?:no|not|none|nobody|neither|never|last|when|if|only ever)\b)"
    r"(?:(?!(?:not|never|be|been|last|no|n't|wasn't|weren't)\b)[\w'&+]+ ){1,4}?seen\b"
    r"(?! (?:by|as|that|leaving|going|running|last|since|from|driving|walking|getting)\b)",
    re.IGNORECASE,
)
"""Somebody was seen: a visit took place, although another was not in."""
LASTING = frozenset({"plan", "status"})
MET = frozenset({"visit", "session", "appointment"})
"""Natures of which a category may say under which plan, or with whom, they are held."""
STROKE = 3
"""Letters between two kinds of event in a category that leaves the choice: 'Conference / mtg'."""
PLURAL = 1
"""Letters by which a sheet's name may be longer than the name of what it lists."""
JUST_BEHIND = 12
"""A date within so many characters behind an event of any nature is its own: 'starts 2 November'."""

PASSED_ON = frozenset({"referral", "notification", "contact", "document"})
"""Natures that go from one agency to another."""

OFFERED = frozenset({"session", "visit", "appointment", "interview", "contact", "assessment", "offer"})
"""Natures that a family refuses; what else is 'refused' was refused by a service or a panel."""


def recognise(entry: Entry, case: Case) -> tuple[Event, ...]:
    """The events an entry speaks of: those of its category cell first, then as they stand in the text, outcome and action."""
    kind, added = _agency_kind(entry, case), _added(case)
    drafts = [*_in_cells(entry, kind, added)]
    drafts[:0] = _under_headings(drafts, entry, case)
    drafts[:0] = _of_the_row(drafts, kind)
    drafts[:0] = _of_the_sheet(drafts, entry, kind)
    drafts.extend(_told(entry, kind, added))
    if not drafts:
        return ()
    drafts.extend(_dated(drafts, entry, case))
    answer = _cell_outcome(entry)
    _as_attended(
        drafts, entry.text, "cancelled" if CALLED_OFF.search(entry.text) and not CAME.search(entry.text) else answer
    )
    _with_outcome(drafts, entry, answer)
    return _events(_without_doubles(drafts), entry, case)


def _in_cells(entry: Entry, agency_kind: str, added: Added) -> Iterator[Draft]:
    """What each cell names. A row filed as a complaint is read as one of a return of complaints: 'Reply posted' answers it."""
    read_as = agency_kind
    for column, mode in COLUMNS:
        cell = entry.cell(column)
        for draft in spotted(cell, column, mode, read_as, added) if cell else ():
            yield _as_the_text_says(draft, entry, read_as, added)
            if column == "category" and not draft.kind.vague:
                read_as = draft.kind.row_of or read_as


def _as_the_text_says(draft: Draft, entry: Entry, agency_kind: str, added: Added) -> Draft:
    """A meeting that the category only calls so, as the kind that stands in brackets there or that the text begins with:
    'Meeting (CIN)', 'Mtg | Child in need, at their office'."""
    if draft.column != "category" or draft.kind.id not in ANY_MEETING:
        return draft
    for begins in (IN_BRACKETS.match(plain(entry.cell("category"))), MEETING_OF.match(plain(entry.text))):
        said = begins.group(1) if begins else ""
        named = next(spotted(f"{said} meeting", "text", "text", agency_kind, added), None) if said else None
        if named and named.kind.nature == "meeting" and named.begin == 0 and named.end > len(said):
            draft.kind = named.kind
            break
    return draft


def _told(entry: Entry, agency_kind: str, added: Added) -> Iterator[Draft]:
    """What a column of who was told says: each such cell is a notice sent, on the day in it, unless it says that none was.

    'Social care, 12/09/22' is a notice of the police about a child; 'MARAC form 3/11' the referral that it names.
    """
    for column in TOLD:
        cell = entry.fields.get(column, "")
        if not cell or not _names_somebody(cell, column, entry) or NOBODY_TOLD.match(plain(cell)):
            continue
        sent = [draft for draft in spotted(cell, column, "text", agency_kind, added) if draft.kind.nature in PASSED_ON]
        if sent:
            yield from sent
        else:
            kind = types()["police-notification" if agency_kind == "police" else "notification"]
            yield Draft(kind, "occurred", words=cell, column=column, begin=0, end=len(cell), statement=(0, len(cell)))


def _names_somebody(cell: str, column: str, entry: Entry) -> bool:
    """True if the cell names another agency or a day; 'yes' and 'see above' tell of no notice that could be found."""
    named = any(mention.column == column and mention.actor != entry.agency for mention in entry.mentions)
    return named or bool(re.search(r"\d", cell))


def _of_the_row(drafts: Sequence[Draft], agency_kind: str) -> Iterator[Draft]:
    """The event that every row of such an agency is: a panel's log has one row for each discussion at the panel."""
    for kind in row_types(agency_kind):
        if not any(draft.kind is kind for draft in drafts):
            yield Draft(kind, "occurred", sure=False)


def _of_the_sheet(drafts: Sequence[Draft], entry: Entry, agency_kind: str) -> Iterator[Draft]:
    """What a sheet is a list of, for a row whose own words name nothing: a row under 'Complaints' is a complaint."""
    if not any(draft.column in ("category", "text", "") for draft in drafts) and not entry.declares:
        kind = _listed_in(entry.source.sheet, agency_kind)
        if kind:
            yield Draft(kind, "occurred", words=entry.source.sheet, sure=False)


@lru_cache(maxsize=1024)
def _listed_in(sheet: str, agency_kind: str) -> EventType | None:
    """The kind of event that the whole of a sheet's name names."""
    found = next(spotted(sheet, "category", "title", agency_kind, ()), None)
    whole = found and found.begin == 0 and len(sheet.strip()) - found.end <= PLURAL
    return found.kind if found and whole and not found.kind.vague else None


def _under_headings(drafts: Sequence[Draft], entry: Entry, case: Case) -> Iterator[Draft]:
    """What a return's own headings name: each row with a cell under 'Missing from' is of a child missing, and the day under
    'Located' is that on which she was found."""
    for heading, cell in entry.fields.items():
        kind = _incident_of(heading) if cell and heading[:1].isupper() else None
        if kind is None or any(draft.kind is kind for draft in drafts) or NOBODY_TOLD.match(plain(cell)):
            continue
        if heading.casefold().endswith(" from"):
            yield Draft(kind, "occurred", words=heading)
        elif when := next((mention.when for mention in _mentions(entry, heading, case) if mention.when.known), None):
            yield Draft(kind, "occurred", words=heading, column=heading, when=when)


@lru_cache(maxsize=1024)
def _incident_of(heading: str) -> EventType | None:
    """The incident that a heading begins with."""
    found = next(spotted(heading.removesuffix(" from"), "category", "title", "", ()), None)
    return found.kind if found and found.begin == 0 and found.kind.nature == "incident" else None


# ----------------------------------------------------------------------------------------------------------- dates


def _dated(drafts: Sequence[Draft], entry: Entry, case: Case) -> list[Draft]:
    """Each date in a cell goes to the event nearest to it in its statement, rather the one it follows.

    Gives the events that the dates announce: 'bailed to 27/02/19' plans a bail-end on that day.
    """
    announced: list[Draft] = []
    for column in (*(column for column, _ in COLUMNS), *TOLD):
        here = [draft for draft in drafts if draft.column == column]
        for nearest, mention in _nearest(here, _mentions(entry, column, case)) if here else ():
            announced.extend(_announced(nearest, mention))
            _take_date(nearest, mention)
    return announced


def _mentions(entry: Entry, column: str, case: Case) -> Sequence[DateMention]:
    """The dates of a cell; those of the text are known."""
    if column == "text":
        return entry.dates
    cell = entry.fields.get(column, "")
    return mentions(cell, entry.when, Context(first=case.start, last=case.end)) if DATED.search(cell) else ()


def _nearest(drafts: Sequence[Draft], dates: Sequence[DateMention]) -> Iterator[tuple[Draft, DateMention]]:
    """The event each date belongs to; no event has two."""
    taken: list[Draft] = []
    for mention in dates:
        near = [draft for draft in drafts if draft.statement[0] <= mention.begin < draft.statement[1]]
        nearest = min(near, key=lambda draft: _distance(draft, mention), default=None)
        if nearest is not None and not any(nearest is other for other in taken):
            taken.append(nearest)
            yield nearest, mention


def _distance(draft: Draft, mention: DateMention) -> int:
    """Characters between an event and a date; a date before its event counts as further away."""
    return mention.begin - draft.end if mention.begin >= draft.end else 2 * (draft.begin - mention.end) + 5


def _take_date(draft: Draft, mention: DateMention) -> None:
    """The event's own date. A date until which it lasts, or by which something is due, is not the day it took place."""
    if not mention.when.known or mention.role == "recorded":
        return
    if draft.column in TOLD:
        draft.when = mention.when
        return
    if mention.role in ("planned-for", "due-by") and draft.status == "occurred":
        near = draft.kind.nature in ARRANGED or mention.begin - draft.end in range(JUST_BEHIND)
        if draft.kind.until or not near:
            return
        # What is dated later than the row is still to come, unless the row tells of it as done: 'forwarded 9 July'.
        told_as_done = PAST.search(draft.words) or draft.kind.nature == "incident"
        draft.status = "occurred" if told_as_done else "planned"
    draft.when = mention.when
    # A dated mention of something past says that it took place: 'after the meeting of 3 May'.
    if draft.status == "referred-to" and mention.role in ("occurred", "referring-back"):
        draft.status = "occurred"


def _announced(draft: Draft, mention: DateMention) -> Iterator[Draft]:
    end = types().get(draft.kind.until)
    if end and mention.when.known and mention.role in ("planned-for", "due-by") and draft.status == "occurred":
        yield Draft(
            end,
            "planned",
            words=draft.words,
            column="text",
            begin=draft.begin,
            end=draft.end,
            statement=draft.statement,
            when=mention.when,
        )


# --------------------------------------------------------------------------------------------------------- outcomes


def _as_attended(drafts: Sequence[Draft], text: str, answer: str | None) -> None:
    """A visit, session or appointment did not happen if the row says that nobody came, or that it was cancelled. A visit
    at which one was seen and another was not in did."""
    missed = [draft for draft in drafts if draft.kind.id == "did-not-attend" and draft.status == "occurred"]
    for draft in drafts if missed or answer in ("cancelled", "did-not-attend") else ():
        if draft.kind.nature not in KEPT_OR_MISSED:
            continue
        if answer == "cancelled" and draft.status in ("occurred", "planned"):
            draft.status = "cancelled"
        elif draft.status == "occurred" and _concerned(draft, missed) and not _saw_one(draft, text):
            draft.status = "did-not-happen"


def _saw_one(draft: Draft, text: str) -> bool:
    return draft.kind.nature == "visit" and SEEN.search(text) is not None


def _concerned(draft: Draft, missed: Sequence[Draft]) -> bool:
    """True if a missed attendance stands in the same or the neighbouring statement, or in another cell."""
    if not missed or draft.column != "text":
        return True
    (first, last) = draft.statement
    return any(
        other.column != "text" or (first <= other.statement[1] + 1 and other.statement[0] <= last + 1)
        for other in missed
    )


def _cell_outcome(entry: Entry) -> str | None:
    """What the outcome cell says, else the action cell."""
    fields = entry.fields
    return _outcome_of(fields.get("outcome", "")) or _outcome_of(fields.get("action", ""))


@lru_cache(maxsize=65536)
def _outcome_of(cell: str) -> str | None:
    """What an outcome cell says first; None if it says nothing we know."""
    found = outcome_phrases().find(plain(cell)) if cell else []
    return found[0].means[0] if found else None


def _with_outcome(drafts: Sequence[Draft], entry: Entry, answer: str | None) -> None:
    """The outcome cell speaks of the row's main event: the first that is not merely spoken of."""
    rows = (draft for draft in drafts if draft.column in ("category", "text", "") and draft.status != "referred-to")
    main = next(rows, None)
    if main is None:
        return
    stated = main.outcome if main.outcome in ANSWERS else None
    said = _outcome_of(entry.fields.get("outcome", "")) or stated or answer or main.outcome
    outcome = said or _outcome_stated(entry.text, behind_the_first=main.column == "text")
    main.outcome = "declined" if outcome == "refused" and main.kind.nature in OFFERED else outcome
    staged(main)


@lru_cache(maxsize=65536)
def _outcome_stated(text: str, *, behind_the_first: bool) -> str | None:
    """An outcome that is a statement of its own: 'Referral to the clinic. Accepted.'"""
    statements = [part.strip() for part in re.split(r"[.;\n]", plain(text))][behind_the_first:]
    telling = (part for part in statements if 0 < len(part.split()) <= 3 or SAYS_OUTCOME.match(part))
    return next((found for part in telling if (found := _outcome_of(part))), None)


# ------------------------------------------------------------------------------------------------------- the result


def _without_doubles(drafts: Sequence[Draft]) -> list[Draft]:
    """One event of a type, status and date; a category's general or repeated name gives way to what the text says."""
    kept: dict[tuple[str, str, When | None, int | None], Draft] = {}
    in_text = [draft for draft in drafts if draft.column == "text"]
    _number(drafts, in_text)
    families = {draft.kind.family for draft in drafts if draft.status == "occurred"}
    of_category = [draft for draft in drafts if draft.column == "category"]
    for draft in drafts:
        if draft.column == "category" and (
            _said_again(draft, in_text)
            or _chosen_otherwise(draft, of_category, in_text)
            or _qualifies(draft, of_category)
        ):
            continue
        if draft.column in parties.RESULTS and any(other.kind.id in draft.kind.not_of for other in drafts):
            continue
        if draft.status == draft.kind.default == "referred-to" and draft.kind.family in families:
            continue
        kept.setdefault((draft.kind.id, draft.status, draft.when, draft.ordinal), draft)
    return list(kept.values())


def _number(drafts: Sequence[Draft], in_text: Sequence[Draft]) -> None:
    """A number in the category cell is the number of what the text names again: 'Session 4 | individual session'."""
    numbered = {draft.kind.id: draft.ordinal for draft in drafts if draft.column == "category" and draft.ordinal}
    for draft in in_text if numbered else ():
        draft.ordinal = draft.ordinal or numbered.get(draft.kind.id)


def _said_again(category: Draft, in_text: Sequence[Draft]) -> bool:
    """True if the text names what the category names, or, where the category is vague, names the kind of it."""
    kind = category.kind
    same = [draft.kind for draft in in_text if draft.status == category.status]
    fuller = {id_ for word, ids in kind.gives_way.items() if category.words.lower().startswith(word) for id_ in ids}
    return any(
        one is kind or one.id in fuller or (kind.vague and one.nature == kind.nature and not one.vague) for one in same
    )


def _qualifies(category: Draft, of_category: Sequence[Draft]) -> bool:
    """True if a plan or a status in a category says only of what kind the visit or meeting beside it is: 'Visit (CP plan)'."""
    return category.kind.nature in LASTING and any(
        other.kind.nature in MET and other.status == "occurred" for other in of_category
    )


def _chosen_otherwise(category: Draft, of_category: Sequence[Draft], in_text: Sequence[Draft]) -> bool:
    """True if the category leaves the choice between two kinds of one nature ('Conference / mtg'), and the text names one."""
    nature = category.kind.nature
    choice = any(
        other is not category and other.kind.nature == nature and _beside(category, other) for other in of_category
    )
    return choice and any(one.kind.nature == nature and not one.kind.vague for one in in_text)


def _beside(one: Draft, other: Draft) -> bool:
    return 0 < max(one.begin, other.begin) - min(one.end, other.end) <= STROKE


def _events(drafts: Sequence[Draft], entry: Entry, case: Case) -> tuple[Event, ...]:
    """The drafts as events, with the agencies between which they passed or that took part, and the row's references."""
    named = [mention for mention in entry.mentions if mention.kind == "agency"]
    references = _references(entry)
    return tuple(_event(draft, named, entry, references, case) for draft in drafts)


def _event(draft: Draft, named: Sequence[Mention], entry: Entry, references: tuple[str, ...], case: Case) -> Event:
    passed = named and draft.kind.nature in PASSED_ON
    sender, receiver = _between(draft, named, entry) if passed else (None, None)
    kind = _addressed(draft.kind, receiver, case)
    together = named and kind.nature in TOGETHER
    return Event(
        type=kind.id,
        status=draft.status,
        when=draft.when,
        outcome=draft.outcome,
        from_agency=sender,
        to_agency=receiver,
        ordinal=draft.ordinal,
        count=draft.count,
        participants=parties.participants(named, draft.column, draft.statement) if together else (),
        documents=draft.documents,
        references=references,
        words=draft.words,
        column=draft.column,
        begin=draft.begin,
        end=draft.end,
        sure=draft.sure,
        family=kind.family,
        nature=kind.nature,
        weight=0 if draft.column in TOLD else kind.weight,
    )


def _addressed(kind: EventType, receiver: str | None, case: Case) -> EventType:
    """A referral is known by where it goes: one to a mental health service is a mental health referral in any words."""
    agency = case.agency(receiver) if receiver and kind.id == "referral" else None
    if agency is None:
        return kind
    return referrals_to().get(_kind(agency.kind, agency.name, agency.aliases, agency.id), kind)


def _between(draft: Draft, named: Sequence[Mention], entry: Entry) -> tuple[str | None, str | None]:
    return parties.between(named, entry, words=draft.words, column=draft.column, statement=draft.statement)


def _references(entry: Entry) -> tuple[str, ...]:
    """References in their own cell, and in what happened and what came of it."""
    fields = entry.fields
    own = fields.get("reference", "").strip()
    cells = (entry.text, fields.get("outcome", ""), fields.get("action", ""))
    found = [own] if own and not is_ditto(own) else []
    found.extend(reference for cell in cells if cell for reference in details.references_in(cell))
    return tuple(dict.fromkeys(found))


# --------------------------------------------------------------------------------------------------------- the case


def _agency_kind(entry: Entry, case: Case) -> str:
    agency = case.agency(entry.agency)
    return _kind(agency.kind, agency.name, agency.aliases, agency.id) if agency else ""


@lru_cache(maxsize=4096)
def _kind(kind: str, name: str, aliases: tuple[str, ...], id_: str) -> str:
    return kind_of_agency(Agency(id_, name, aliases, kind=kind))


def _added(case: Case) -> Added:
    """The phrases case.yaml adds, in a form that can be looked up."""
    more = case.vocabulary.get("events") if case.vocabulary else None
    if not isinstance(more, Mapping):
        return ()
    return tuple((str(id_), tuple(map(str, words or ()))) for id_, words in more.items())
