"""The documents of a REFI-QDA project: their texts, what is marked in them, and what is said about them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from report_engine.readers.interviews import markup
from report_engine.readers.interviews.codings import Scissors, guid
from report_engine.readers.interviews.positions import Marked, Ruler, plain
from report_engine.readers.tables.archive import Archive
from report_engine.readers.tables.sheet import Sheet
from report_engine.readers.tables.text import decode

DOCUMENTS = "documents"


@dataclass(frozen=True)
class Document:
    """One text of a project. ``inline``: it stands in the XML itself, not in a file of its own; ``text`` is empty where it is
    nowhere."""

    name: str
    text: str
    inline: bool
    guid: str
    element: Element
    """The ``TextSource``, ``Transcript`` or ``Representation``."""
    whole: Element | None = None
    """The source whose codings stand for the whole text."""

    @property
    def marked(self) -> list[Marked]:
        """The passages as the tool counts them."""
        return [marked for selection, marked in self.selections() if selection is not self.whole]

    def selections(self) -> Iterator[tuple[Element, Marked]]:
        """Give each marked passage, and the whole text where it is coded as a whole."""
        if self.whole is not None and markup.children(self.whole, "Coding"):
            yield self.whole, _WHOLE
        for selection in markup.children(self.element, "PlainTextSelection"):
            start, end = _integer(selection.get("startPosition")), _integer(selection.get("endPosition"))
            yield selection, Marked(start, end, selection.get("name") or "")
        points = {guid(one.get("guid")): one.get("position") for one in markup.children(self.element, "SyncPoint")}
        for selection in markup.children(self.element, "TranscriptSelection"):
            start = _integer(points.get(guid(selection.get("fromSyncPoint"))))
            end = _integer(points.get(guid(selection.get("toSyncPoint"))))
            yield selection, Marked(start, end, selection.get("name") or "")


_WHOLE = Marked(0, -1)


def documents(source: Element, archive: Archive, file: str) -> Iterator[Document]:
    """Give the text or texts of a source; a recording has one a transcript. Raises ``Unreadable`` for text that is none."""
    name = " ".join((source.get("name") or "").split())
    key = guid(source.get("guid"))
    if markup.local(source) == "TextSource":
        yield _document(name, key, source, source, archive, file)
        return
    whole: Element | None = source
    for part in markup.children(source, "Representation", "TextDescription", "Transcript"):
        yield _document(name, key, part, whole, archive, file)
        whole = None


def found_text(ruler: Ruler, marked: Marked, scissors: Scissors) -> tuple[int, int, str] | None:
    """Return a passage's place in code points, without the blanks around it, and its text; ``None`` outside the text."""
    end = len(ruler.text) if marked is _WHOLE else ruler.at(marked.end)
    return scissors.passage(ruler.text, ruler.at(marked.start), end)


def overview(project: Element, sources: Sequence[Element], texts: Sequence[Document], file: str, form: str) -> Sheet:
    """Return the sheet ``documents``: ``document``, ``guid``, ``characters``, ``sets``, ``cases``, and a column a variable."""
    variables = {
        guid(one.get("guid")): " ".join((one.get("name") or "").split())
        for one in markup.children(markup.child(project, "Variables"), "Variable")
    }
    said: dict[str, dict[str, list[str]]] = {}
    for one in markup.children(markup.child(project, "Sets"), "Set"):
        for member in markup.children(one, "MemberSource"):
            said.setdefault(guid(member.get("targetGUID")), {}).setdefault("sets", []).append(one.get("name") or "")
    for case in markup.children(markup.child(project, "Cases"), "Case"):
        for reference in markup.children(case, "SourceRef"):
            of = said.setdefault(guid(reference.get("targetGUID")), {})
            of.setdefault("cases", []).append(case.get("name") or "")
            _add_values(of, case, variables)
    for source in sources:
        _add_values(said.setdefault(guid(source.get("guid")), {}), source, variables)
    names = list(dict.fromkeys(name for name in variables.values() if name not in _FIXED))
    lengths = {document.guid: len(plain(document.text.removeprefix("\ufeff"))) for document in texts}
    records = []
    for number, source in enumerate(sources, start=1):
        key = guid(source.get("guid"))
        length = str(lengths[key]) if lengths.get(key) else ""
        rest = ["; ".join(said.get(key, {}).get(name, [])) for name in ("sets", "cases", *names)]
        records.append((number, [" ".join((source.get("name") or "").split()), key, length, *rest]))
    return Sheet(file, form, [*_FIXED, *names], records, DOCUMENTS)


_FIXED = ("document", "guid", "characters", "sets", "cases")


def _add_values(of: dict[str, list[str]], element: Element, variables: dict[str, str]) -> None:
    for value in markup.children(element, "VariableValue"):
        reference = markup.child(value, "VariableRef")
        name = variables.get(guid(reference.get("targetGUID")) if reference is not None else "", "")
        text = next((markup.content(part) for part in value if part is not reference), "")
        if name and text and text not in of.setdefault(name, []):
            of[name].append(text)


def _document(name: str, key: str, element: Element, whole: Element | None, archive: Archive, file: str) -> Document:
    inline = markup.child(element, "PlainTextContent")
    if inline is not None:
        return Document(name, inline.text or "", True, key, element, whole)
    path = (element.get("plainTextPath") or "").replace("\\", "/")
    member = path.rpartition("://")[2].lstrip("/").rpartition("/")[2]
    data = (archive.read(f"Sources/{member}") or archive.read(member)) if member else None
    if data is None:
        return Document(name, "", False, key, element, whole)
    try:
        text = data.decode("utf-8-sig")  # what the standard asks for
    except UnicodeDecodeError:
        text = decode(data, f"{file} ({name})")
    return Document(name, text, False, key, element, whole)


def _integer(text: str | None) -> int:
    """Return a position; one that is none lies outside every text."""
    digits = (text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 12 else -1
