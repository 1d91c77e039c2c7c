"""A zipped Office file, opened with care: every size is checked before anything is unpacked."""

from __future__ import annotations

import io
import posixpath
import time
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from chrono.ingest.ooxml.markup import Markup, local
from chrono.ingest.reading import Limits, UnreadableError
from chrono.model import Problem

CHUNK = 1 << 16
ASK_AGAIN = "ask the agency to open it, save it again and send the new copy"
NOT_SAFE = "it was not opened: ask the agency for a plain copy"
UNZIP_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class Relation:
    """A pointer from one part to another: `kind` is the last word of its type ('worksheet', 'comments', ...)."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of one zipped file by name, in any spelling of case and slash."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        """Raises UnreadableError if the file is no zip, is protected, or would unpack to more than the limits allow."""
        self._limits = limits
        self._deadline = time.process_time() + limits.seconds
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except UNZIP_FAULTS as fault:
            raise UnreadableError("is damaged or cut short", ASK_AGAIN) from fault
        self._members = self._weighed(self._zip.infolist())

    def _weighed(self, members: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        limits = self._limits
        if len(members) > limits.members:
            raise UnreadableError(f"holds {len(members):,} parts, more than {limits.members:,}", NOT_SAFE)
        if sum(member.file_size for member in members) > 2 * limits.part_bytes:
            raise UnreadableError(f"would unpack to more than {2 * limits.part_bytes // 1_000_000:,} MB", NOT_SAFE)
        for member in members:
            packed = max(member.compress_size, 1)
            if member.file_size > limits.part_bytes:
                raise UnreadableError(f"holds a part of more than {limits.part_bytes // 1_000_000:,} MB", NOT_SAFE)
            if member.file_size > limits.ratio_from and member.file_size > limits.ratio * packed:
                raise UnreadableError(
                    f"holds a part that unpacks to {member.file_size // packed:,} times its size", NOT_SAFE
                )
        return {_spelled(member.filename): member for member in members if not member.is_dir()}

    @property
    def names(self) -> tuple[str, ...]:
        """All parts, in lower case and with '/'."""
        return tuple(self._members)

    def __contains__(self, part: str) -> bool:
        return _spelled(part) in self._members

    def chunks(self, part: str) -> Iterator[bytes]:
        """The content of a part, piece by piece. Raises UnreadableError where the part is damaged or takes too long."""
        member = self._members.get(_spelled(part))
        if member is None:
            raise UnreadableError(f"has no part '{part}'", ASK_AGAIN)
        try:
            with self._zip.open(member) as stream:
                while piece := stream.read(CHUNK):
                    if time.process_time() > self._deadline:
                        raise UnreadableError(f"took longer than {self._limits.seconds:.0f} seconds to read", NOT_SAFE)
                    yield piece
        except UNZIP_FAULTS as fault:
            if "password" in str(fault):
                raise UnreadableError(
                    "is protected with a password", "ask the agency for a copy without one"
                ) from fault
            raise UnreadableError(f"is damaged (part '{part}')", ASK_AGAIN) from fault

    def read(self, part: str) -> bytes:
        """The whole content of a part; empty if there is no such part."""
        return b"".join(self.chunks(part)) if part in self else b""

    def relations(self, part: str = "") -> Mapping[str, Relation]:
        """What a part points to inside the file, by id; for '' what the file as a whole points to. Links that lead
        outside the file are left out: nothing outside is ever fetched."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self:
            return {}
        found = _Relations(folder)
        with suppress(UnreadableError):  # the pointers before the damage still hold
            found.read(self.chunks(rels))
        return found.relations

    def related(self, part: str, kind: str) -> tuple[str, ...]:
        """The parts of one kind that a part points to and that are there, in the order of the pointers."""
        return tuple(one.target for one in self.relations(part).values() if one.kind == kind and one.target in self)

    def count(self, folder: str) -> int:
        """How many parts lie under a folder."""
        return sum(name.startswith(f"{folder}/") for name in self._members)

    def unread(self, file: str, folder: str) -> Iterator[Problem]:
        """Says of files that somebody put inside this one that they were not read."""
        if count := self.count(f"{folder}/embeddings"):
            what = f"holds {count} {'file' if count == 1 else 'files'} put inside it, which chrono does not read"
            yield Problem(file, what, "open it, and save what is inside as files of their own")

    @property
    def modified(self) -> datetime | None:
        """When the file says it was last changed, if it says so."""
        for part in (*self.related("", "core-properties"), "docProps/core.xml", "meta.xml"):
            if part in self:
                found = _Modified()
                with suppress(UnreadableError):
                    found.read(self.chunks(part))
                return found.when
        return None


def _spelled(part: str) -> str:
    return posixpath.normpath(part.replace("\\", "/").lstrip("/")).lower()


class _Relations(Markup):
    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.relations: dict[str, Relation] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = unquote(attributes.get("Target", "")).replace("\\", "/")
        target = target.lstrip("/") if target.startswith("/") else posixpath.join(self._folder, target)
        kind = attributes.get("Type", "").rpartition("/")[2]
        id_ = attributes.get("Id", str(len(self.relations)))
        self.relations[id_] = Relation(id_, kind, posixpath.normpath(target))


class _Modified(Markup):
    """The date a file carries about itself: dcterms:modified in Office files, dc:date in OpenDocument."""

    def __init__(self) -> None:
        self.when: datetime | None = None
        self._inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - the interface of all markup
        self._inside = tag in ("dcterms:modified", "dc:date")

    def text(self, words: str) -> None:
        if self._inside:
            with suppress(ValueError):
                self.when = datetime.fromisoformat(words.strip()).replace(tzinfo=None, microsecond=0)

    def end(self, tag: str) -> None:  # noqa: ARG002 - the interface of all markup
        self._inside = False


def holds(content: bytes, folder: str) -> bool:
    """True if this is a zip with a part under `folder`; the list of parts stands at its end and is quick to read."""
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(_spelled(member.filename).startswith(folder) for member in archive.infolist())
    except UNZIP_FAULTS:
        # A zip cut short has lost its list, but the names also stand before each part.
        return folder.encode() in content
