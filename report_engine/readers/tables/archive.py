"""Zip archives from anywhere: what is read of them stays within limits and never leaves the archive."""

import io
import lzma
import struct
import zipfile
import zlib

from report_engine.model.findings import Finding
from report_engine.readers.raw import Unreadable
from report_engine.words.messages import Message

MOST_MEMBERS = 20_000
LARGEST_UNPACKED = 200_000_000  # bytes, of all that is read
LARGEST_RATIO = 500  # unpacked to packed, of one member; text seldom passes 20
_SMALL = 1_000_000  # bytes up to which the ratio does not matter

_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, RuntimeError)


class Archive:
    """A zip archive held in memory, whose members are read one by one.

    Raises ``Unreadable`` for a damaged archive, one with a password, too many members, a name twice or one that leads out of
    the archive.
    """

    def __init__(self, data: bytes, file: str) -> None:
        self._file = file
        self._left = LARGEST_UNPACKED
        refuse_crowded(data, file)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            raise self._refused(Message("exports.archive_damaged")) from None
        self._members: dict[str, zipfile.ZipInfo] = {}
        if len(self._zip.infolist()) > MOST_MEMBERS:
            raise self._refused(
                Message("exports.archive_members", {"n": len(self._zip.infolist()), "limit": MOST_MEMBERS})
            )
        for member in self._zip.infolist():
            name = member.filename.replace("\\", "/")
            if name.startswith("/") or ":" in name.split("/")[0] or ".." in name.split("/"):
                raise self._refused(Message("exports.archive_leads_out"))
            if name.casefold() in self._members:
                raise self._refused(Message("exports.archive_name_twice"))
            self._members[name.casefold()] = member

    @property
    def names(self) -> list[str]:
        """The members' names, sorted, in lower case."""
        return sorted(self._members)

    def read(self, name: str) -> bytes | None:
        """Return a member's content, ``None`` where there is none of that name (in any case)."""
        member = self._members.get(name.casefold())
        if member is None:
            return None
        try:
            with self._zip.open(member) as part:  # the size that the archive states may be a lie
                content = part.read(self._left + 1)
        except _BROKEN as error:
            locked = Message("exports.archive_password")
            raise self._refused(locked if "encrypted" in str(error) else Message("exports.archive_damaged")) from None
        self._left -= len(content)
        if self._left < 0:
            raise self._refused(Message("exports.archive_unpacked", {"limit": LARGEST_UNPACKED // 1_000_000}))
        if len(content) > _SMALL and len(content) > LARGEST_RATIO * max(1, member.compress_size):
            raise self._refused(Message("exports.archive_ratio", {"times": len(content) // member.compress_size}))
        return content

    def _refused(self, problem: Message) -> Unreadable:
        return Unreadable(Finding(self._file, "file", problem, advice=Message("exports.again")))


def refuse_crowded(data: bytes, file: str) -> None:
    """Raise ``Unreadable`` for an archive of too many members, before its directory takes up the memory."""
    if (members := _listed(data)) > MOST_MEMBERS:
        problem = Message("exports.archive_members", {"n": members, "limit": MOST_MEMBERS})
        raise Unreadable(Finding(file, "file", problem, advice=Message("exports.again")))


def _listed(data: bytes) -> int:
    """Count the entries of an archive's directory by how each begins; what is packed seldom holds these bytes."""
    return data.count(b"PK\x01\x02")


def member_names(data: bytes) -> list[str]:
    """Return the names of an archive's members in lower case, for telling formats apart; none where it is none."""
    if not data.startswith(b"PK") or _listed(data) > MOST_MEMBERS:
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [name.casefold() for name in archive.namelist()]
    except _BROKEN:
        return []
