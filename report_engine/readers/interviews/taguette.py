"""Taguette: its database (.sqlite3), and the tables of highlights and of tags that it exports (CSV, .xlsx)."""

import json
import re
from collections.abc import Mapping, Sequence
from html import unescape

from report_engine.model.findings import Finding, at_most
from report_engine.readers.interviews.codings import (
    LONGEST_TEXT,
    Code,
    Coding,
    Scissors,
    codebook,
    nested,
    refuse_many,
    segments,
)
from report_engine.readers.interviews.positions import Counting, Ruler
from report_engine.readers.interviews.same_names import key_of
from report_engine.readers.raw import Unreadable
from report_engine.readers.tables import database
from report_engine.readers.tables.sheet import Sheet
from report_engine.readers.tables.tabular import first_rows, tables
from report_engine.words.messages import Message

FORM = "taguette"

_HIGHLIGHTS = ["id", "document", "tag", "content"]
_TAGS = ["tag", "description", "number of highlights", "number of documents"]
_COUNTING = Counting("bytes", 2)
_TABLES = {
    "projects": ("id", "name"),
    "project_members?": ("project_id", "user_login"),
    "documents": ("id", "project_id", "name", "contents"),
    "tags": ("id", "project_id", "path", "description"),
    "highlights": ("id", "document_id", "start_offset", "end_offset", "snippet"),
    "highlight_tags": ("highlight_id", "tag_id"),
    "commands?": ("user_login", "payload"),
}
_TAG = re.compile("<[^<>]*>")
_BLOCK = re.compile(r"</(?:p|div|li|h[1-6]|tr|blockquote|pre)\s*>|<br\s*/?>", re.IGNORECASE)


def matches(data: bytes, name: str) -> bool:
    """Say whether the file is a Taguette database or one of its tables."""
    if data.startswith(b"SQLite"):
        return database.is_database(data, "highlights", "highlight_tags")
    return any(rows and rows[0] in (_HIGHLIGHTS, _TAGS) for rows in first_rows(data).values())


def sheets(data: bytes, file: str) -> list[Sheet]:
    """Read highlights into ``segments`` and tags into ``codebook``; a database of several projects gives one pair each.

    Records of ``segments`` are numbered as the rows of a table are, in a database as the highlights. Only the database knows
    positions and coders. Raises ``Unreadable``.
    """
    if data.startswith(b"SQLite"):
        return _from_database(data, file)
    found = []
    for table in tables(data, file):
        if table.header == _HIGHLIGHTS:
            found.append(_highlights(table))
        elif table.header == _TAGS:
            codes = [_code(cells[0], cells[1]) for _, cells in table.records]
            found.append(codebook(file, FORM, codes))
    if not found:
        raise Unreadable(Finding(file, "file", Message("exports.not_taguette"), advice=Message("exports.again")))
    return found


def _highlights(table: Sheet) -> Sheet:
    codings = [
        Coding(row, document, _code(tag), text=content, identifier="" if not key else f"{key}:{tag}")
        for row, (key, document, tag, content) in table.records
    ]
    problem = Message("exports.highlights_only")
    advice = Message("exports.use_database")
    notice = Finding(table.file, "extra", problem, advice=advice, severity="warning")
    return segments(table.file, FORM, codings, [*table.findings, notice])


def _from_database(data: bytes, file: str) -> list[Sheet]:
    rows = database.read(data, file, _TABLES)
    refuse_many(len(rows["tags"]), file)
    coders = _coders(rows)
    projects = [project for project in rows["projects"] if any(row[1] == project[0] for row in rows["documents"])]
    found: list[Sheet] = []
    for project, name in projects:
        tags = {row[0]: _code(row[2], row[3]) for row in rows["tags"] if row[1] == project}
        codings, findings = _codings(rows, project, tags, coders, file)
        if not codings and len(projects) > 1:
            continue
        label = f" ({name})" if len(projects) > 1 else ""
        for sheet in (segments(file, FORM, codings, findings), codebook(file, FORM, tags.values())):
            found.append(Sheet(**{**vars(sheet), "name": f"{sheet.name}{label}"}))
    if not found:
        raise Unreadable(Finding(file, "file", Message("exports.no_tags"), advice=Message("exports.tag_first")))
    return found


def _codings(
    rows: Mapping[str, Sequence[tuple[str, ...]]],
    project: str,
    tags: Mapping[str, Code],
    coders: Mapping[str, str],
    file: str,
) -> tuple[list[Coding], list[Finding]]:
    documents = {key: (name, contents) for key, of, name, contents in rows["documents"] if of == project}
    rulers = {key: Ruler(text_of(contents), _COUNTING) for key, (_, contents) in documents.items()}
    tagged: dict[str, list[Code]] = {}
    for highlight, tag in rows["highlight_tags"]:
        if tag in tags:
            tagged.setdefault(highlight, []).append(tags[tag])
    scissors = Scissors(file)
    codings: list[Coding] = []
    wrong: list[Finding] = []
    untagged = other = 0
    for key, document, start, end, snippet in rows["highlights"]:
        if document not in documents:
            continue
        name, ruler = documents[document][0], rulers[document]
        place = scissors.passage(ruler.text, ruler.at(_integer(start)), ruler.at(_integer(end)))
        if place is None:
            problem = Message(
                "exports.highlight_outside", {"highlight": key, "start": start, "end": end, "document": name}
            )
            wrong.append(Finding(file, "range", problem, _row(key), "start_offset"))
            continue
        untagged += key not in tagged
        first, last, words = place
        quoted = text_of(snippet[: 2 * LONGEST_TEXT], "\n").strip()[:LONGEST_TEXT]
        other += "".join(quoted.split()) != "".join(words.split())
        coder = coders.get(key) or coders.get(f"of project {project}", "")
        for code in sorted(tagged.get(key, ()), key=lambda code: code.path):
            about = ("", f"{key}:{code.path}", key_of(name, document))
            codings.append(Coding(_row(key), name, code, coder, first, last, quoted or words, *about))
    findings = at_most(wrong)
    if untagged:
        findings.append(Finding(file, "row", Message("exports.untagged", {"n": untagged}), severity="warning"))
    if other:
        problem = Message("exports.other_words", {"n": other})
        findings.append(Finding(file, "row", problem, advice=Message("exports.compare"), severity="warning"))
    return codings, findings


def _coders(rows: Mapping[str, Sequence[tuple[str, ...]]]) -> dict[str, str]:
    """Return who made each highlight, by its id; in a project of one member, that member."""
    coders: dict[str, str] = {}
    for user, payload in rows["commands"]:
        try:
            command = json.loads(payload)
        except (ValueError, RecursionError):
            continue
        if isinstance(command, dict) and command.get("type") == "highlight_add":
            coders.setdefault(str(command.get("highlight_id")), user)
    members: dict[str, list[str]] = {}
    for project, user in rows["project_members"]:
        members.setdefault(project, []).append(user)
    coders |= {f"of project {project}": users[0] for project, users in members.items() if len(users) == 1}
    return coders


def text_of(html: str, between: str = "") -> str:
    """Return the text of a document that Taguette keeps as HTML: tags taken out, character references resolved.

    ``between`` stands at the end of each block; Taguette counts positions without anything there.
    """
    return unescape(_TAG.sub("", _BLOCK.sub(between, html)))


def _code(path: str, description: str = "") -> Code:
    parts = [part.strip() for part in path.split(".")]
    code = nested([part for part in parts if part] or [path], "", description)
    return Code(code.guid, path, code.path, code.parent, description)


def _integer(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else -1


def _row(key: str) -> int:
    return int(key) if key.isascii() and key.isdigit() and len(key) < 12 else 0
