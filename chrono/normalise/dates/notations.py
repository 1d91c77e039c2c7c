"""Every notation that chrono reads, in the order in which they are tried. To add one, add a line and its test.

A template is matched against the whole canonical text (clean.py); its pieces are in pieces.py. `{rest}` is an expression
that is read in turn, so that modifiers wrap whatever they stand before. A meaning that answers None leaves the text to
the notations below.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from chrono.normalise.dates import ages, clock, days, joined, partials, relative, weeks
from chrono.normalise.dates.frame import Frame
from chrono.normalise.dates.pieces import PIECES, expanded
from chrono.normalise.dates.span import Span

Meaning = Callable[[re.Match[str], Frame], Span | None]


@dataclass(frozen=True)
class Notation:
    """One way of writing a date. `needs` is a word or sign without which it cannot be this one: a quick look first."""

    name: str
    template: str
    meaning: Meaning
    needs: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The template as a pattern, made when it is first needed."""
        return re.compile(expanded(self.template))


NOTATIONS: tuple[Notation, ...] = tuple(
    Notation(*line)
    for line in (
        # ------------------------------------------------------------------------------------ days in figures
        ("placeholder", r"0{1,2}[./-]0{1,2}[./-](?:0{2}|0{4})|00?[./-]0?1[./-]1900|x+[./-]x+[./-]x+", days.placeholder),
        ("day first", r"{d=d} ?[./-] ?{m=d} ?[./-] ?(?P<y>\d{4}|\d\d)", days.day_first),
        ("day first", r"{d=d}[ ,]{m=d}[ ,](?P<y>(?:19|20)\d\d|\d\d)", days.day_first),
        ("day first", r"{d=d}[ ,./-]{m=d}[ ,./-](?P<y>(?:19|20)\d\d|\d\d)", days.day_first_alone),
        ("ISO date", r"(?P<y>\d{4}) ?[./-] ?{m=d} ?[./-] ?{d=d}", days.year_first),
        ("ISO date", r"(?P<y>(?:19|20)\d\d) (?P<m>\d\d) (?P<d>\d\d)", days.year_first),
        ("ISO interval", r"(?P<left>\d{4}-\d\d-\d\d.*)/(?P<right>\d{4}-\d\d-\d\d.*)", joined.iso_interval),
        ("eight figures", r"(?P<n>\d{8})", days.eight_figures),
        ("six figures", r"(?P<n>\d{6})", days.six_figures),
        ("spreadsheet day", r"(?P<n>\d{5}(?:\.\d+)?)", days.serial),
        ("ISO week", r"(?P<y>\d{4}) ?-? ?(?:w|week) ?(?P<n>\d\d?)(?: ?- ?(?P<wd>[1-7]))?", weeks.iso_week),
        ("ISO week", r"(?:w|week) ?(?:no\.?|number)? ?(?P<n>\d\d?) ?[,/-]? ?(?P<y>(?:19|20)\d\d)", weeks.iso_week),
        ("ISO day of the year", r"(?P<y>(?:19|20)\d\d)-(?P<n>\d{3})", days.day_of_the_year),
        ("odd year", r"\d{1,2}[./-]\d{1,2}[./-](?:\d|\d{3}|\d{5,6})", days.odd_year),
        ("odd year", r"{dth}{s}{month}{s}(?:\d{3}|\d{5,6})", days.odd_year),
        ("day not given", r"xx ?[./-] ?{m=d} ?[./-] ?{y=year}", days.no_day_given, "xx"),
        ("day not given", r"xx{s}{m=month}{s}{y=year}", partials.named_month, "xx"),
        ("month not given", r"(?:xx|\d\d?) ?[./-] ?xx ?[./-] ?{y=year}", days.no_month_given, "xx"),
        # -------------------------------------------------------------------------------------- days in words
        ("day, month, year", r"{d=dth}{s}{m=month}{s}{y=year}", days.written),
        ("month, day, year", r"{m=month}{s}{d=dth}[ ,./-]+{y=year}", days.written),
        ("year, month, day", r"{y=year4}{s}{m=month}{s}{d=dth}", days.written),
        ("month, days, year", r"{m=month} (?P<days>\d.*\d(?:st|nd|rd|th)?),? {y=year4}", days.month_then_days),
        ("day and month", r"{d=dth}{s}{m=month}", days.written),
        ("month and day", r"{m=month}{s}(?P<d>\d{1,2}(?:st|nd|rd|th))", days.written),
        ("month and day", r"{m=month}{s}(?P<d>\d)", days.written),
        ("day and month in figures", r"{d=d} ?[./-] ?{m=d}", days.day_and_month),
        ("time alone", r"{c=clock}", clock.bare_clock),
        ("day alone", r"{d=dth}", days.bare_day),
        ("weekday alone", r"{w=weekday}", days.bare_weekday),
        # ------------------------------------------------------------------------------- months, years, terms
        ("month and year", r"{m=month}{s}{y=year4}", partials.named_month),
        ("month and year", r"{m=month}(?: ?[-/.,'] ?| )?(?P<n>\d\d)", partials.month_then_figures),
        ("month and year", r"{y=year4}{s}{m=month}", partials.named_month),
        ("month and year in figures", r"{m=d} ?[./-] ?{y=year4}", partials.numbered_month),
        ("month alone", r"{m=month}", partials.named_month),
        ("year", r"(?:year )?{y=year4}", partials.one_year),
        ("two years", r"{y=years}", partials.two_years),
        ("month and year in figures", r"{y=year4} ?[./-] ?{m=d}", partials.numbered_month),
        ("kind of year", r"(?P<kind>financial year|school year) ?(?P<y>{years}|{year})", partials.kind_of_year, "year"),
        (
            "kind of year",
            r"(?P<y>{years}|{year4}) ?(?P<kind>financial year|school year)",
            partials.kind_of_year,
            "year",
        ),
        (
            "quarter",
            r"quarter (?P<n>[1-9]) ?[,/-]? ?(?:financial year )?(?P<y>{years}|{year})?",
            partials.one_quarter,
            "quarter",
        ),
        ("quarter", r"{n=nth} quarter (?:financial year )?(?P<y>{years}|{year})?", partials.one_quarter, "quarter"),
        (
            "quarter",
            r"(?:financial year )?(?P<y>{years}|{year4}) ?-? ?quarter (?P<n>[1-9])",
            partials.one_quarter,
            "quarter",
        ),
        ("half of a year", r"hrs (?P<n>[12]) {y=year4}", partials.half_year, "hrs"),
        ("half term", r"half term,? (?P<m>{month}|{season})(?: (?P<y>{year}))?", partials.one_half_term, "half term"),
        ("half term", r"(?P<m>{month}|{season}) half term(?:,? {y=year})?", partials.one_half_term, "half term"),
        ("half term", r"(?P<m>{month}|{season}) {y=year} half term", partials.one_half_term, "half term"),
        ("half term", r"half term {y=year}? ?(?P<m>{month}|{season})", partials.one_half_term, "half term"),
        ("term", r"{season=season} term,? ?(?P<y>{years}|{year})?", partials.one_term, "term"),
        ("term", r"{season=season} (?P<y>{years}|{year}) term", partials.one_term, "term"),
        ("term", r"(?P<y>{years}|{year4}),? {season=season} term", partials.one_term, "term"),
        ("term", r"term {season=season} (?P<y>{years}|{year})", partials.one_term, "term"),
        ("season", r"{season=season}(?:,? ?(?P<y>{years}|{year}))?", partials.one_season),
        ("season", r"(?P<y>{year4}) {season=season}", partials.one_season),
        ("feast", r"{feast=feast}(?:,? ?(?P<y>{years}|{year}))?", partials.feast, "<"),
        ("feast", r"(?P<y>{year4}) {feast=feast}", partials.feast, "<"),
        # ------------------------------------------------------------------------------------- ages and years
        (
            "school year of a child",
            r"(?:school )?years? ?(?P<n>\d\d?)(?: ?(?:-|/|to|and|until) ?(?:years? ?)?(?P<n2>\d\d?))?",
            ages.school_years,
            "year",
        ),
        (
            "school year of a child",
            r"y ?(?P<n>\d\d?)(?: ?(?:-|/|to|and) ?(?:y ?)?(?P<n2>\d\d?))?",
            ages.school_years,
            "y",
        ),
        ("school year of a child", r"(?:year )?reception(?: class| year)?|year r|yr r", ages.school_years, "r"),
        ("school year of a child", r"(?:key stage|ks) ?(?P<stage>[1-5])", ages.school_years, "s"),
        ("term of a school year", r"{rest=rest}[ ,-]+{season=season} term", ages.term_of_school_year, "term"),
        ("term of a school year", r"{season=season} term[ ,-]+{rest=rest}", ages.term_of_school_year, "term"),
        (
            "from an age",
            r"from (?:(?:~ )?aged )?(?:~ )?(?:aged )?(?P<n>\d\d?)(?: years(?: old)?)?(?: onwards)?",
            ages.from_age,
            "aged",
        ),
        ("before an age", r"(?P<way>before|until) aged (?:~ )?(?P<n>\d\d?)", ages.before_age, "aged"),
        (
            "age",
            r"(?:between )?(?:aged )(?:between )?(?P<n>\d\d?)(?: ?(?:-|/|to|and) ?(?P<n2>\d\d?))?(?: years?)?(?: old)?",
            ages.aged,
            "aged",
        ),
        ("age", r"(?P<n>\d\d?) (?:years? old|y/o|yo)", ages.aged, "o"),
        (
            "age of somebody named",
            r"aged [a-z][a-z'-]*(?: [a-z][a-z'-]*)? (?:was|is) (?P<n>\d\d?)(?: years old)?",
            ages.aged,
            "aged",
        ),
        (
            "age in months",
            r"(?:aged )?(?:(?P<n>\d\d?) years?,? (?:and )?)?(?P<m>\d\d?) (?P<unit>months?|weeks?|days?)(?: old)",
            ages.aged_in_months,
            "old",
        ),
        (
            "age in months",
            r"aged (?:(?P<n>\d\d?) years?,? (?:and )?)?(?P<m>\d\d?) (?P<unit>months?|weeks?|days?)",
            ages.aged_in_months,
            "aged",
        ),
        (
            "birthday",
            r"(?:(?P<way>before|after|months short) )?(?:his |her |their )?(?P<n>\d\d?(?:st|nd|rd|th)) birthday",
            ages.birthday,
            "birthday",
        ),
        ("birth", r"(?:(?P<way>from|before) )?birth", ages.birth, "birth"),
        # ------------------------------------------------------------------------------------------ weekdays
        (
            "weekday and date",
            r"(?:{weekday} ?(?:/|-|and|to) ?)?{w=weekday}[ ,-]+(?P<rest>(?:\d|{month}).*)",
            weeks.with_weekday,
        ),
        ("weekday and date", r"(?P<rest>.*\d.*?)[ ,-]+{w=weekday}", weeks.with_weekday),
        # --------------------------------------------------------------------------------------------- doubt
        ("doubted", r"(?:~ ?)+,? ?{rest=rest}", joined.doubted, "~"),
        ("doubted", r"{rest=rest}(?:,? ?-? ?~)+", joined.doubted, "~"),
        # --------------------------------------------------------------------------------------- times of day
        (
            "day with a span of times",
            r"{rest=rest}[ ,;@-]+(?:between |from )?(?P<c>{anyclock}|\d{1,2}) ?(?:-|to|until|and) ?(?P<c2>{anyclock})",
            clock.with_clock_span,
        ),
        (
            "day with a span of times",
            r"(?:between |from )?(?P<c>{anyclock}|\d{1,2}) ?(?:-|to|until|and) ?(?P<c2>{anyclock})[ ,;]+{rest=rest}",
            clock.with_clock_span,
        ),
        ("day with a time", r"{rest=rest}(?:[ ,;@-]+t |[ ,;@-]+)(?:~ )?(?P<c>{clock})", clock.with_clock),
        (
            "day with a time",
            r"(?P<rest>.*\d)(?: ?[@,;-]+ ?| | t )(?P<c>(?:2[0-3]|[01]\d)[0-5]\d(?:[0-5]\d)?)",
            clock.with_clock,
        ),
        ("day with a time", r"(?:~ )?(?P<c>{clock})[ ,;]+{rest=rest}", clock.with_clock),
        ("day with a time", r"(?P<c>(?:2[0-3]|[01]\d)[0-5]\d) (?P<rest>\d.*)", clock.with_clock),
        (
            "span of times alone",
            r"(?:between |from )?(?P<c>{anyclock}|\d{1,2}) ?(?:-|to|until|and) ?(?P<c2>{anyclock})",
            clock.bare_clock_span,
        ),
        ("midnight", r"{rest=rest}[ ,@-]+midnight", clock.midnight, "midnight"),
        ("midnight", r"midnight[ ,-]+{rest=rest}", clock.midnight, "midnight"),
        ("midnight", r"midnight", clock.bare_midnight, "midnight"),
        ("night", r"overnight[ ,-]+{rest=rest}", clock.night, "overnight"),
        ("night", r"{rest=rest}[ ,-]+overnight", clock.night, "overnight"),
        ("night", r"overnight", clock.bare_night, "overnight"),
        ("part of the day", r"{rest=rest}[ ,/-]+(?:am|pm|dayparts)(?: ?/ ?(?:am|pm|dayparts))?", clock.part_of_day),
        ("part of the day", r"(?:(?:early|late|middle) )?(?:am|pm|dayparts)[ ,/-]+{rest=rest}", clock.part_of_day),
        ("part of the day", r"(?:early |late )?(?:am|pm|dayparts)", clock.bare_part_of_day),
        # ----------------------------------------------------------------------- counting from the row above
        ("counted", r"(?P<n>)(?P<unit>{unit}) (?P<way>later|earlier)", relative.counted),
        ("counted", r"(?P<way>after) (?P<n>{count}) (?P<unit>{unit})", relative.counted),
        ("stretch from above", r"(?P<way>)(?P<unit>weekend)", relative.stretch_from_above, "weekend"),
        (
            "counted",
            r"(?P<n>{count}) (?P<unit>{unit}) (?P<way>later|earlier|after|before|following)(?: that| this)?",
            relative.counted,
        ),
        (
            "counted",
            r"(?P<n>{count}) (?P<unit>{unit}) (?P<way>later|earlier|after|before|from) {rest=rest}",
            relative.counted,
        ),
        (
            "neighbouring day",
            r"(?P<way>following|previous) (?P<unit>day|working day|overnight|dayparts|am|pm)",
            relative.neighbouring_day,
        ),
        (
            "neighbouring day",
            r"(?P<unit>day|working day|overnight|dayparts) (?P<way>following|previous|after|before)(?: that| this)?",
            relative.neighbouring_day,
        ),
        (
            "same day",
            r"(?:later |earlier |early |late )*(?:same day|(?:same|that) (?:later )?(?:day|dayparts|am|pm)|same|later that)"
            r"(?: (?:am|pm|dayparts))?",
            relative.same_day,
        ),
        ("same day", r"(?:later |earlier )?(?:same day )?(?:same|that) overnight", relative.that_night, "overnight"),
        ("weekday from above", r"(?P<way>following|previous|that|same) {w=weekday}", relative.weekday_from_above),
        (
            "weekday from above",
            r"{w=weekday} (?P<way>following|previous|after|before)(?: that| this)?",
            relative.weekday_from_above,
        ),
        ("weekday of next week", r"{w=weekday} following week", relative.weekday_of_next_week, "week"),
        (
            "stretch from above",
            r"(?:(?P<later>later|earlier|early|late) )?(?P<way>following|previous|that same|that|same) "
            r"(?P<unit>week|weekend|month|year)",
            relative.stretch_from_above,
        ),
        (
            "stretch from above",
            r"(?P<unit>week|weekend|month|year) (?P<way>following|after|before|previous)(?: that| this)?",
            relative.stretch_from_above,
        ),
        # ---------------------------------------------------------------------------------- weeks and parts
        ("week commencing", r"w/c[ :,-]*{rest=rest}", weeks.week_commencing, "w/c"),
        ("week commencing", r"{rest=rest},? -? ?w/c", weeks.week_commencing, "w/c"),
        ("week ending", r"w/e[ :,-]*{rest=rest}", weeks.week_ending, "w/e"),
        ("week ending", r"{rest=rest},? -? ?w/e", weeks.week_ending, "w/e"),
        ("week of a month", r"{n=nth} week {rest=rest}", weeks.week_of_month, "week"),
        ("weeks of a month", r"{n=nth} (?:(?P<count>[1-4]) weeks|fortnight) {rest=rest}", weeks.weeks_of_month),
        ("weekend of a month", r"{n=nth} weekend {rest=rest}", weeks.weekend_of_month, "weekend"),
        ("weekend", r"weekend[ ,-]+{rest=rest}", weeks.weekend, "weekend"),
        ("weekend", r"{rest=rest}[ ,-]+weekend", weeks.weekend, "weekend"),
        ("week", r"week[ ,-]+{rest=rest}", weeks.week_of, "week"),
        ("half", r"{n=nth} half[ -]{rest=rest}", weeks.half, "half"),
        ("part", r"{p=part}[ -]*(?:to|/|-|or|and|until)[ -]*{q=part} ?-? ?{rest=rest}", weeks.part),
        ("part", r"{p=part} ?-? ?{rest=rest}", weeks.part),
        ("part", r"{rest=rest},? {p=part}", weeks.part),
        ("weekday of a month", r"{n=nth} {w=weekday} {rest=rest}", weeks.weekday_of_month),
        # --------------------------------------------------------------------------------------- open sides
        ("open", r"ongoing", joined.ongoing, "ongoing"),
        ("open end", r"{rest=rest} ?(?:-|to|until|and)? ?(?:ongoing|onwards)", joined.open_range, "on"),
        ("open end", r"{rest=rest} ?(?:-+>?|until)", joined.open_range),
        ("open end", r"(?:ongoing )?from {rest=rest}", joined.open_from, "from"),
        ("open end", r"ongoing {rest=rest}", joined.open_range, "ongoing"),
        ("between", r"between {rest=rest}", joined.between, "between"),
        ("day beside", r"(?P<unit>day|week) (?P<way>after|before) {rest=rest}", joined.day_beside),
        # --------------------------------------------------------------------------- ranges, lists, weekdays
        ("the same in two years", r"(?P<rest>.*[a-z].*) {y1=year4} (?:or|and) {y2=year4}", joined.same_in_two_years),
        ("list of ranges", r"(?=.*\d(?:,| and |;)){rest=rest}", joined.list_of_ranges),
        ("range", r"(?=.*(?:-| to | until | into )){rest=rest}", joined.ranged),
        ("list", r"(?=.*(?:, | and | or | / |;)){rest=rest}", joined.listed),
        ("list", r"(?=.*/){rest=rest}", joined.slashed, "/"),
        ("open start", r"until[ -]+{rest=rest}", joined.open_until, "until"),
        ("open start", r"before[ -]+{rest=rest}", joined.before, "before"),
        ("open end", r"after[ -]+{rest=rest}", joined.after, "after"),
    )
)

_GROUP_NAME = re.compile(r"\(\?P<\w+>")


@dataclass(frozen=True)
class _Block:
    """Neighbouring notations, as one pattern that tells the first of them that fits, or that none does."""

    notations: tuple[Notation, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any of the notations, a group each; made when it is first needed."""
        return re.compile("|".join(f"({_GROUP_NAME.sub('(?:', expanded(one.template))})" for one in self.notations))


BLOCK = 16
_BLOCKS = tuple(_Block(NOTATIONS[begin : begin + BLOCK]) for begin in range(0, len(NOTATIONS), BLOCK))


def fitting(text: str) -> Iterator[tuple[Notation, re.Match[str]]]:
    """The notations whose shape `text` has, in order."""
    for block in _BLOCKS:
        first = block.pattern.fullmatch(text)
        if first is None or first.lastindex is None:
            continue
        for notation in block.notations[first.lastindex - 1 :]:
            if notation.needs in text and (found := notation.pattern.fullmatch(text)):
                yield notation, found


WORDS: frozenset[str] = frozenset(
    word
    for notation in NOTATIONS
    for word in re.findall("[a-z]+", re.sub(r"\\[a-z]|\(\?P<\w+>|\{\w+=?", " ", notation.template))
) | frozenset(word for piece in PIECES.values() for word in re.findall("[a-z]+", piece))
"""Every word that some notation has: a text with any other word is no expression, however much of one it holds."""
