"""`chrono anonymise`: a set fit for publication."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from chrono import report
from chrono.cli.common import Debug, Quiet, read_opened, say, stop
from chrono.ingest import CaseError, OpenedCase, open_case
from chrono.model import DateMention, When
from chrono.normalise.dates import Context, mentions
from chrono.publish import Anonymised, Dates, Doubt, Settings
from chrono.publish import anonymise as make_set
from chrono.publish.files import write_return
from chrono.report.folder import Fill, put

FEWEST_WEEKS, MOST_WEEKS = 26, 260
"""Dates are shifted into the past by at least half a year and at most five: nothing then lies in the future."""
PLACES_SHOWN = 3


def anonymise(
    case: Annotated[Path, typer.Argument(help="The case folder.", metavar="CASE")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the set.", metavar="DIR")],
    dates: Annotated[
        Dates,
        typer.Option(help="Dates as they are, all moved by one secret number of weeks, or only month, season or year."),
    ] = Dates.keep,
    agencies: Annotated[bool, typer.Option("--agencies", help="Give agencies pseudonyms too.")] = False,
    neutral: Annotated[
        bool, typer.Option("--neutral", help="Tell nobody's sex: they for he and she, child for boy and girl.")
    ] = False,
    accept_residual: Annotated[
        Path | None,
        typer.Option(help="Phrases you have looked at and let stand, one a line.", metavar="FILE"),
    ] = None,
    key: Annotated[
        Path | None,
        typer.Option(help="Where to write who is who [default: DIR.key.json, beside DIR].", metavar="FILE"),
    ] = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write a set of the case that can be shared: case.yaml and returns with pseudonyms instead of names.

    Children, family, professionals and addresses get one pseudonym each, the same in every cell, comment, sheet name and
    file name; of a date of birth only the year stays. Whatever may still name somebody is listed in DIR.doubtful.txt. Look
    at each phrase: correct the return, or let it stand by passing the list with --accept-residual. As long as one phrase
    is neither, the command exits with 1, and the set must not be shared. The key goes beside DIR, never into it.

    --neutral writes 'they' for 'he' and 'she', 'parent' for 'mother', and the like, word by word: read the set before you share
    it. Relatives that case.yaml does not name can then not be told apart.

    Shifted days keep their weekdays and the time between them. 'Early June' moves to a part of another month: the set may
    miss a link that rests on such a date. Coarser dates miss more.

    **Example:** `chrono anonymise examples/riverbank -o shareable --dates shift`
    """
    del debug
    key = key or output.with_name(f"{output.name}.key.json")
    if key.resolve().is_relative_to(output.resolve()):
        stop(f"{key}: the key must not lie in the set; choose another place with --key")
    accepted = _accepted(accept_residual)
    try:
        opened = open_case([case])
    except CaseError as error:
        stop(str(error))
    review, returns = read_opened(opened, quiet=quiet, checked=False)
    weeks = -(FEWEST_WEEKS + secrets.randbelow(MOST_WEEKS - FEWEST_WEEKS)) if dates is Dates.shift else 0
    made = make_set(
        opened.case,
        returns,
        review.timeline,
        Settings(dates, agencies, weeks, accepted, neutral),
        partial(_mentions, opened),
    )
    doubtful = output.with_name(f"{output.name}.doubtful.txt")
    _write(made, output, key, doubtful)
    unread = [problem for problem in review.timeline.problems if problem.fatal]
    for problem in unread:
        say(f"chrono: {problem}; it is not part of the set")
    if not quiet:
        say(f"written: {output / 'case.yaml'} and {len(made.returns)} returns")
        say(f"written: {key}: who is who; keep it apart from the set")
    if made.doubts:
        _tell(made.doubts, doubtful)
        raise typer.Exit(1)
    raise typer.Exit(2 if unread else 0)


def _mentions(opened: OpenedCase, text: str, anchor: When) -> tuple[DateMention, ...]:
    return mentions(text, anchor, Context(first=opened.case.start, last=opened.case.end))


def _accepted(file: Path | None) -> tuple[str, ...]:
    """The phrases of a list: one a line; what follows '#' says where it was found."""
    if file is None:
        return ()
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        stop(f"{file}: cannot be read as a list of phrases ({error.__class__.__name__})")
    return tuple(phrase for line in lines if (phrase := line.split("  #")[0].strip()) and not phrase.startswith("#"))


def _write(made: Anonymised, output: Path, key: Path, doubtful: Path) -> None:
    """The list of doubts first: a set never lies there without it."""
    returns = output / "returns"
    stale = sorted({path.name for path in returns.glob("*")} - {one.file for one in made.returns})
    if (output / "case.yaml").exists() != returns.exists() or stale:
        stop(f"{output}: holds other files ({', '.join(stale) or 'case.yaml'}); choose an empty folder with -o")
    try:
        _put_text(doubtful, "".join(f"{_line(doubt)}\n" for doubt in made.doubts))
        _put_text(key, json.dumps(made.key, ensure_ascii=False, indent=2) + "\n")
        put(returns, {one.file: partial(write_return, one) for one in made.returns})
        _put_text(output / "case.yaml", made.case_yaml)
    except report.ReportError as error:
        stop(str(error))


def _put_text(path: Path, text: str) -> None:
    def fill(out: BinaryIO) -> None:
        out.write(text.encode("utf-8", "replace"))

    files: Mapping[str, Fill] = {path.name: fill}
    put(path.parent, files)


def _line(doubt: Doubt) -> str:
    shown = "; ".join(str(source) for source in doubt.sources[:PLACES_SHOWN])
    more = len(doubt.sources) - PLACES_SHOWN
    return f"{doubt.phrase}  # {doubt.kind}: {shown}" + (f" and {more} more" if more > 0 else "")


def _tell(doubts: tuple[Doubt, ...], doubtful: Path) -> None:
    for doubt in doubts:
        typer.echo(_line(doubt))
    say(f"chrono: {len(doubts)} phrases may still name somebody; do not share the set yet.")
    say(f"Look at each, correct the returns, or delete from {doubtful} what must not stand, and run again with")
    say(f"--accept-residual {doubtful} for those that may.")
