"""REFI-QDA projects (.qdpx) and codebooks (.qdc), as ATLAS.ti, NVivo, MAXQDA, QualCoder and Taguette write them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from report_engine.model.findings import Finding, at_most
from report_engine.readers.interviews import markup
from report_engine.readers.interviews.codings import (
    Code,
    Coding,
    Scissors,
    codebook,
    guid,
    nested,
    refuse_many,
    segments,
)
from report_engine.readers.interviews.positions import Counting, Marked, Ruler, best, counting_of
from report_engine.readers.interviews.refi_documents import Document, documents, found_text, overview
from report_engine.readers.raw import Unreadable
from report_engine.readers.tables.archive import Archive, member_names
from report_engine.readers.tables.sheet import Sheet

FORM = "refi-qda"

_SOURCES = ("TextSource", "PDFSource", "PictureSource", "AudioSource", "VideoSource")
_PLACED = ("PictureSelection", "PDFSelection", "AudioSelection", "VideoSelection")
_START = 4_000  # bytes in which the root of an XML file is looked for
_ROOT = re.compile(rb"<(?:\w+:)?(?:CodeBook|Project)[\s>]")


def matches(data: bytes, name: str) -> bool:
    """Say whether the file is a REFI-QDA project or codebook."""
    if data.startswith(b"PK"):
        return any(member.endswith(".qde") for member in member_names(data))
    start = data[:_START].replace(b"\0", b"")
    return bool(_ROOT.search(start)) and b"urn:QDA-XML:" in start


def sheets(data: bytes, file: str) -> list[Sheet]:
    """Read a project into the sheets ``segments``, ``codebook`` and ``documents``, or a codebook into ``codebook``.

    Records of ``segments`` are numbered in the order of the codings in the file. Raises ``Unreadable``.
    """
    if not data.startswith(b"PK"):
        return [_codebook(markup.parse(data, file), file)]
    archive = Archive(data, file)
    names = [name for name in archive.names if name.endswith(".qde")]
    if len(names) != 1:
        raise _refused(file, f"the archive holds {len(names)} projects, not one", "Export one project.")
    project = markup.parse(archive.read(names[0]) or b"", file)
    if markup.local(project) != "Project":
        raise _refused(file, f"the project's root is {markup.local(project)!r}, not 'Project'")
    codes = _codes(markup.child(project, "CodeBook", "Codes"), file)
    sources = markup.children(markup.child(project, "Sources"), *_SOURCES)
    texts = [document for source in sources for document in documents(source, archive, file)]
    counted, notice = _counted(project.get("origin", ""), texts, file)
    codings, findings = _codings(project, texts, counted, codes, file)
    placed = sum(1 for source in sources for part in _PLACED for one in markup.children(source, part) if _is_coded(one))
    if placed:
        problem = f"{_passages(placed)} in pictures, PDF pages or recordings have no place in a text and are left out"
        findings.append(Finding(file, "row", problem, severity="warning"))
    found = segments(file, FORM, codings, [*notice, *findings])
    return [found, codebook(file, FORM, codes.values()), overview(project, sources, texts, file, FORM)]


def _codebook(root: Element, file: str) -> Sheet:
    if markup.local(root) == "Project":
        raise _refused(file, "this is a project without its texts", "Export the whole project (.qdpx).")
    codes = _codes(markup.child(root, "Codes"), file)
    if markup.local(root) != "CodeBook" or not codes:
        raise _refused(file, "the codebook holds no codes")
    return codebook(file, FORM, codes.values())


def _codes(element: Element | None, file: str) -> dict[str, Code]:
    """Return the codes of a codebook by GUID, each after the one above it."""
    codes: dict[str, Code] = {}
    waiting: list[tuple[Element, tuple[str, ...]]] = [(one, ()) for one in reversed(markup.children(element, "Code"))]
    while waiting:
        one, above = waiting.pop()
        parts = (*above, " ".join((one.get("name") or "").split()))
        key = guid(one.get("guid"))
        codes[key] = nested(parts, key, markup.content(markup.child(one, "Description")))
        refuse_many(len(codes), file)
        waiting += [(below, parts) for below in reversed(markup.children(one, "Code"))]
    return codes


@dataclass(frozen=True)
class _Counted:
    """How positions are counted in texts that are files of their own, and in those that stand in the XML itself."""

    files: Counting
    inline: Counting

    def ruler(self, document: Document) -> Ruler:
        if document.inline:  # XML knows only \n: a tool that counts two had \r\n
            return Ruler(document.text.replace("\n", "\r\n"), self.inline)
        return Ruler(document.text, self.files)


def _counted(origin: str, texts: Sequence[Document], file: str) -> tuple[_Counted, list[Finding]]:
    """Find out how positions are counted: as the tool is known to, unless another way fits the texts clearly better."""
    stated = counting_of(origin)
    by_place: dict[bool, list[tuple[str, Sequence[Marked]]]] = {False: [], True: []}
    for document in texts:
        if document.text:
            text = document.text.replace("\n", "\r\n") if document.inline else document.text
            by_place[document.inline].append((text, document.marked))
    tool = " ".join(origin.split())[:40] or "a tool without a name"
    chosen, findings = [], []
    for inline, marked in by_place.items():
        counting = Counting(stated.unit, 1) if inline else stated
        taken, fits, before = best(counting, marked)
        chosen.append(taken)
        if taken != counting:
            problem = (
                f"the positions fit the texts when they are {taken} ({fits:.0%} begin and end with words), not as {tool} "
                f"is known to count ({before:.0%}), and are read so"
            )
            findings.append(Finding(file, "file", problem, advice="Compare some passages.", severity="warning"))
        elif fits < 0.5 and sum(len(passages) for _, passages in marked) >= 10:
            problem = f"only {fits:.0%} of the passages begin and end with words: the texts may have been changed"
            findings.append(Finding(file, "file", problem, advice="Compare some passages.", severity="warning"))
    return _Counted(*chosen), findings


def _codings(
    project: Element, texts: Sequence[Document], counted: _Counted, codes: dict[str, Code], file: str
) -> tuple[list[Coding], list[Finding]]:
    users = {
        guid(user.get("guid")): user.get("name") or ""
        for user in markup.children(markup.child(project, "Users"), "User")
    }
    notes = {guid(note.get("guid")): _note(note) for note in markup.children(markup.child(project, "Notes"), "Note")}
    codings: list[Coding] = []
    scissors = Scissors(file)
    wrong: list[Finding] = []
    uncoded = number = 0
    for document in texts:
        ruler = counted.ruler(document)
        for selection, marked in document.selections():
            coded = markup.children(selection, "Coding")
            uncoded += not coded
            for coding in coded:
                number += 1
                reference = markup.child(coding, "CodeRef")
                target = "" if reference is None else guid(reference.get("targetGUID"))
                text = found_text(ruler, marked, scissors)
                if target not in codes or text is None:
                    wrong.append(_wrong(file, number, document, target if target not in codes else None, marked))
                    continue
                start, end, words = text
                coder = users.get(guid(coding.get("creatingUser") or selection.get("creatingUser")), "")
                comment = "\n".join(filter(None, _comments(selection, coding, notes)))
                key = guid(coding.get("guid"))
                codings.append(Coding(number, document.name, codes[target], coder, start, end, words, comment, key))
    findings = at_most(wrong)
    if uncoded:
        problem = f"{_passages(uncoded)} without a code are left out"
        findings.append(Finding(file, "row", problem, severity="warning"))
    return codings, findings


def _comments(selection: Element, coding: Element, notes: dict[str, str]) -> Iterator[str]:
    yield markup.content(markup.child(selection, "Description"))
    for part in (selection, coding):
        for reference in markup.children(part, "NoteRef"):
            yield notes.get(guid(reference.get("targetGUID")), "")


def _note(note: Element) -> str:
    return markup.content(markup.child(note, "PlainTextContent")) or markup.content(markup.child(note, "Description"))


def _wrong(file: str, number: int, document: Document, target: str | None, marked: Marked) -> Finding:
    if target is not None:
        problem = f"the code of coding {number} (document {document.name}) is not in the project's codebook"
        return Finding(file, "reference", problem, number, "code", target or None, advice="Export the project again.")
    if not document.text:
        problem = f"the text of the document {document.name} is not in the project, so coding {number} can't be placed"
        return Finding(file, "file", problem, number, "document", advice="Export the project with its texts.")
    problem = f"the passage {marked.start} to {marked.end} lies outside the text of the document {document.name}"
    return Finding(file, "range", problem, number, "start", advice="Export the project again.")


def _is_coded(selection: Element) -> bool:
    return bool(markup.children(selection, "Coding"))


def _passages(count: int) -> str:
    return "1 passage" if count == 1 else f"{count:,} passages"


def _refused(file: str, problem: str, advice: str = "Export it again.") -> Unreadable:
    return Unreadable(Finding(file, "file", problem, advice=advice))
