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
from report_engine.words.messages import Message

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
        raise _refused(file, Message("exports.archive_projects", {"n": len(names)}), Message("exports.one_project"))
    project = markup.parse(archive.read(names[0]) or b"", file)
    if markup.local(project) != "Project":
        raise _refused(file, Message("exports.root_element", {"name": repr(markup.local(project))}))
    codes = _codes(markup.child(project, "CodeBook", "Codes"), file)
    sources = markup.children(markup.child(project, "Sources"), *_SOURCES)
    texts = [document for source in sources for document in documents(source, archive, file)]
    counted, notice = _counted(project.get("origin", ""), texts, file)
    codings, findings = _codings(project, texts, counted, codes, file)
    placed = sum(1 for source in sources for part in _PLACED for one in markup.children(source, part) if _is_coded(one))
    if placed:
        problem = Message("exports.passages_elsewhere", {"passages": Message("exports.passages", {"n": placed})})
        findings.append(Finding(file, "row", problem, severity="warning"))
    found = segments(file, FORM, codings, [*notice, *findings])
    return [found, codebook(file, FORM, codes.values()), overview(project, sources, texts, file, FORM)]


def _codebook(root: Element, file: str) -> Sheet:
    if markup.local(root) == "Project":
        raise _refused(file, Message("exports.without_texts"), Message("exports.whole_project"))
    codes = _codes(markup.child(root, "Codes"), file)
    if markup.local(root) != "CodeBook" or not codes:
        raise _refused(file, Message("exports.no_codes"))
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
    tool = " ".join(origin.split())[:40] or Message("exports.nameless_tool")
    chosen, findings = [], []
    for inline, marked in by_place.items():
        counting = Counting(stated.unit, 1) if inline else stated
        taken, fits, before = best(counting, marked)
        chosen.append(taken)
        if taken != counting:
            problem = Message(
                "exports.counted_not_as", {"counting": taken.said, "fits": fits, "tool": tool, "before": before}
            )
            findings.append(Finding(file, "file", problem, advice=Message("exports.compare"), severity="warning"))
        elif fits < 0.5 and sum(len(passages) for _, passages in marked) >= 10:
            problem = Message("exports.texts_moved", {"fits": fits})
            findings.append(Finding(file, "file", problem, advice=Message("exports.compare"), severity="warning"))
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
                place = (start, end, words, comment, key, document.guid)
                codings.append(Coding(number, document.name, codes[target], coder, *place))
    findings = at_most(wrong)
    if uncoded:
        problem = Message("exports.without_code", {"passages": Message("exports.passages", {"n": uncoded})})
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
        problem = Message("exports.code_not_in_codebook", {"coding": number, "document": document.name})
        return Finding(
            file, "reference", problem, number, "code", target or None, advice=Message("exports.project_again")
        )
    if not document.text:
        problem = Message("exports.text_missing", {"document": document.name, "coding": number})
        return Finding(file, "file", problem, number, "document", advice=Message("exports.project_with_texts"))
    problem = Message("exports.passage_outside", {"start": marked.start, "end": marked.end, "document": document.name})
    return Finding(file, "range", problem, number, "start", advice=Message("exports.project_again"))


def _is_coded(selection: Element) -> bool:
    return bool(markup.children(selection, "Coding"))


_AGAIN = Message("exports.again")


def _refused(file: str, problem: Message, advice: Message = _AGAIN) -> Unreadable:
    return Unreadable(Finding(file, "file", problem, advice=advice))
