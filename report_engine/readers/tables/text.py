"""Bytes to text: UTF-8, UTF-16 with a byte order mark, or Windows-1252 by a strict rule. Nothing is guessed."""

import codecs
import re

from report_engine.model.findings import Finding
from report_engine.readers.raw import Unreadable
from report_engine.words.messages import Message

_LETTERS = "åäöÅÄÖéÉèÈüÜáÁàÀæøÆØëËíÍóÓñÑçÇß"
_SIGNS = "\xa0§°±²³µ·´¨½¼¾«»“”‘’‚„–—…•£×©®\xad"
EXPECTED = frozenset(_LETTERS + _SIGNS)
"""Characters outside ASCII that a Swedish file in Windows-1252 may hold. Those that UTF-8 read as Windows-1252
would show (Ã, Â, â, ¤, ¶, ¥) and those of Macintosh and DOS files (Š, Œ, š, €, †, Ž, ™) are left out on purpose."""

_MISPLACED = re.compile(  # letters of a file from Macintosh, DOS or Central Europe
    r"[^\W\d_][“”„‚‘•±£¼½¾¨][^\W\d_]|(?<!\w)[…£¼½¾][^\W\d_]"
)

_SAVE_AS_UTF8 = Message("files.csv_utf8")


def decode(data: bytes, file: str, encoding: str | None = None) -> str:
    """Return a file's text, without byte order mark; ``encoding`` is what a person says it is in, else its bytes decide.

    In a file that is UTF-8 but for some bytes, those bytes come back as lone surrogates (U+DC80 to U+DCFF), so that each
    cell that holds one can be named. Raises ``Unreadable`` where the bytes are no text in a known encoding.
    """
    if encoding:
        return _stated(data, file, encoding)
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise _refused(file, Message("files.utf_32"), _SAVE_AS_UTF8)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf16(data, file)
    marked = data.startswith(codecs.BOM_UTF8)
    data = data.removeprefix(codecs.BOM_UTF8)
    _refuse_nul(data, file)
    text = data.decode("utf-8", "surrogateescape")
    if marked or text.isascii() or any(character in text for character in EXPECTED):
        return text  # where some bytes are not UTF-8, the reader names the cells
    if not re.search("[\udc80-\udcff]", text):
        _refuse_doubt(data, text, file)
        return text
    return _windows_1252(data, file)


def repaired(text: str) -> str:
    """Return text with each undecoded byte read as Windows-1252: what the person most likely sees."""
    return re.sub("[\udc80-\udcff]", lambda m: bytes([ord(m[0]) - 0xDC00]).decode("cp1252", "replace"), text)


def _stated(data: bytes, file: str, encoding: str) -> str:
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        if data.startswith(mark) and codecs.lookup(encoding).name.startswith(_MARKED[mark]):
            data = data.removeprefix(mark)
            encoding = _ORDERS.get(mark, encoding)
            break
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = _line(data[: error.start].decode("latin-1"), error.start)
        advice = Message("files.correct_encoding")
        raise _refused(
            file, Message("files.line_not_of_encoding", {"line": line, "encoding": encoding}), advice
        ) from None
    if "\0" in text:
        raise _refused(file, Message("files.nul_character", {"line": _line(text, text.index(chr(0)))}))
    return text


_MARKED = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_ORDERS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def _utf16(data: bytes, file: str) -> str:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError:
        raise _refused(file, Message("files.not_utf_16"), _SAVE_AS_UTF8) from None
    if "\0" in text:
        raise _refused(file, Message("files.nul_character", {"line": _line(text, text.index(chr(0)))}))
    return text


def _windows_1252(data: bytes, file: str) -> str:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _unknown(file, data, error.start) from None
    odd = next((at for at, c in enumerate(text) if c > "\x7f" and c not in EXPECTED), None)
    if odd is None:
        misplaced = _MISPLACED.search(text)
        odd = misplaced.start() if misplaced else None
    if odd is not None:
        raise _unknown(file, data, odd)
    return text


def _refuse_doubt(data: bytes, text: str, file: str) -> None:
    """Refuse the rare bytes that are UTF-8 for a letter no Swedish text needs, and Windows-1252 for what one may hold."""
    other = data.decode("cp1252", "replace")
    if all(character < "\x80" or character in EXPECTED for character in other):
        at = next(at for at, character in enumerate(text) if character > "\x7f")
        problem = Message("files.two_encodings", {"line": _line(text, at)})
        raise _refused(file, problem, _SAVE_AS_UTF8)


def _unknown(file: str, data: bytes, at: int) -> Unreadable:
    line = _line(data.decode("latin-1"), at)
    return _refused(file, Message("files.no_encoding", {"line": line}), _SAVE_AS_UTF8)


def _refuse_nul(data: bytes, file: str) -> None:
    at = data.find(b"\0")
    if at < 0:
        return
    problem = Message("files.nul_byte", {"line": _line(data.decode("latin-1"), at)})
    if data[:1000].count(b"\0") > len(data[:1000]) // 4:
        problem = Message("files.or_utf_16", {"problem": problem})
    raise _refused(file, problem, Message("files.save_csv_or_xlsx", {"advice": _SAVE_AS_UTF8}))


def _line(text: str, at: int) -> int:
    return len(re.findall("\r\n|\r|\n", text[:at])) + 1


def _refused(file: str, problem: Message, advice: Message | None = None) -> Unreadable:
    return Unreadable(Finding(file, "encoding", problem, advice=advice))
