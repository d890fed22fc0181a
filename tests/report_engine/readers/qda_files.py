"""Projects of qualitative tools, written in the shapes that the tools write them in. All texts are invented."""

import io
import sqlite3
import uuid
import zipfile
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr


@dataclass(frozen=True)
class Mark:
    """A coding as a test asks for it: the words themselves, so that positions are counted here once more."""

    document: str
    words: str
    code: str
    coder: str = "Anna"


def guid(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def units(text: str, unit: str, crlf: int) -> int:
    """Count a text as a tool does."""
    plain = text.replace("\r\n", "\n") if crlf == 1 else text
    return len(plain) if unit == "points" else len(plain.encode("utf-16-le")) // 2


def qdpx(
    texts: dict[str, str],
    marks: list[Mark],
    origin: str = "NVivo 12.6",
    unit: str = "utf16",
    crlf: int = 2,
    bom: str = "\ufeff",
    named: bool = False,
    upper: bool = False,
    inline: bool = False,
    extra: str = "",
    project: str = "project.qde",
) -> bytes:
    """Write a REFI-QDA project; positions are counted in ``unit`` with a line break as ``crlf``."""

    def shown(key: str) -> str:
        return f"{{{guid(key).upper()}}}" if upper else guid(key)

    coders = sorted({mark.coder for mark in marks})
    codes = sorted({mark.code for mark in marks})
    parents = sorted({code.split("/")[0] for code in codes if "/" in code})
    tree = ""
    for parent in parents:
        below = "".join(
            code_element(shown(code), code.split("/")[1]) for code in codes if code.startswith(f"{parent}/")
        )
        tree += f'<Code guid="{shown(parent)}" name={quoteattr(parent)} isCodable="false">{below}</Code>'
    tree += "".join(code_element(shown(code), code) for code in codes if "/" not in code)
    sources = ""
    for name, text in texts.items():
        selections = ""
        for number, mark in enumerate(marks):
            if mark.document != name:
                continue
            at = text.index(mark.words)
            start, end = units(text[:at], unit, crlf), units(text[: at + len(mark.words)], unit, crlf)
            label = quoteattr(mark.words[:20] + "…" if named else "")
            selections += (
                f'<PlainTextSelection guid="{guid(f"s{number}")}" name={label} startPosition="{start}" '
                f'endPosition="{end}" creatingUser="{shown(mark.coder)}"><Coding guid="{guid(f"c{number}")}" '
                f'creatingUser="{shown(mark.coder)}"><CodeRef targetGUID="{shown(mark.code)}"/></Coding></PlainTextSelection>'
            )
        place = "" if inline else f' plainTextPath="internal://{guid(name)}.txt"'
        content = f"<PlainTextContent>{escape(text)}</PlainTextContent>" if inline else ""
        sources += f'<TextSource guid="{guid(name)}" name={quoteattr(name)}{place}>{content}{selections}</TextSource>'
    users = "".join(f'<User guid="{shown(name)}" name={quoteattr(name)}/>' for name in coders)
    xml = (
        '<?xml version="1.0" encoding="utf-8"?>\r\n<Project xmlns="urn:QDA-XML:project:1.0" name="Study" '
        f"origin={quoteattr(origin)}><Users>{users}</Users><CodeBook><Codes>{tree}</Codes></CodeBook>"
        f"{extra}<Sources>{sources}</Sources></Project>"
    )
    members = {project: xml.encode()}
    if not inline:
        members |= {f"Sources/{guid(name)}.txt": (bom + text).encode() for name, text in texts.items()}
    return zipped(members)


def code_element(key: str, name: str) -> str:
    return f'<Code guid="{key}" name={quoteattr(name)} isCodable="true" color="#ff0000"/>'


def zipped(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def database(script: str, rows: dict[str, list[tuple[object, ...]]]) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.executescript(script)
    for table, values in rows.items():
        for value in values:
            connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(value))})", value)
    connection.commit()
    return connection.serialize()


TAGUETTE = """
CREATE TABLE users (login VARCHAR(30) NOT NULL, created DATETIME NOT NULL);
CREATE TABLE projects (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200) NOT NULL, description TEXT NOT NULL);
CREATE TABLE project_members (project_id INTEGER NOT NULL, user_login VARCHAR(30) NOT NULL, privileges VARCHAR(11) NOT NULL);
CREATE TABLE documents (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200) NOT NULL, project_id INTEGER NOT NULL, contents TEXT NOT NULL);
CREATE TABLE commands (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, user_login VARCHAR(30) NOT NULL, payload TEXT NOT NULL);
CREATE TABLE tags (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, project_id INTEGER NOT NULL, path VARCHAR(200) NOT NULL, description TEXT NOT NULL);
CREATE TABLE highlights (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document_id INTEGER NOT NULL, start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, snippet TEXT NOT NULL);
CREATE TABLE highlight_tags (highlight_id INTEGER NOT NULL, tag_id INTEGER NOT NULL);
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL);
"""


def taguette(texts: dict[str, list[str]], marks: list[Mark], untagged: list[Mark] = []) -> bytes:  # noqa: B006
    """Write a Taguette database; a text is a list of paragraphs, each a block of HTML."""
    documents = {name: number for number, name in enumerate(texts, start=1)}
    tags = {code: number for number, code in enumerate(sorted({mark.code for mark in marks}), start=1)}
    rows: dict[str, list[tuple[object, ...]]] = {
        "projects": [(1, "Study", "")],
        "project_members": [(1, name, "ADMIN") for name in sorted({mark.coder for mark in marks})],
        "documents": [
            (number, name, 1, "".join(f"<p>{escape(part)}</p>" for part in texts[name]))
            for name, number in documents.items()
        ],
        "tags": [(number, 1, code, f"About {code}") for code, number in tags.items()],
        "highlights": [],
        "highlight_tags": [],
        "commands": [],
    }
    for number, mark in enumerate([*marks, *untagged], start=1):
        whole = "".join(texts[mark.document])
        start = len(whole[: whole.index(mark.words)].encode())
        end = start + len(mark.words.encode())
        rows["highlights"].append((number, documents[mark.document], start, end, f"<p>{escape(mark.words)}</p>"))
        rows["commands"].append((number, mark.coder, f'{{"type": "highlight_add", "highlight_id": {number}}}'))
        if mark.code in tags and mark not in untagged:
            rows["highlight_tags"].append((number, tags[mark.code]))
    return database(TAGUETTE, rows)


QUALCODER = """
CREATE TABLE project (databaseversion text, date text, memo text, about text);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text, date text);
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer);
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text, color text);
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer, pos1 integer, owner text, date text, memo text, avid integer, important integer);
CREATE TABLE code_image (imid integer primary key, id integer, cid integer);
CREATE TABLE code_av (avid integer primary key, id integer, cid integer);
CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text, date text);
CREATE TABLE case_text (id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer, owner text, date text, memo text);
CREATE TABLE attribute (attrid integer primary key, name text, attr_type text, value text, id integer, date text, owner text);
"""


def qualcoder(texts: dict[str, str], marks: list[Mark], municipality: str = "") -> bytes:
    """Write a QualCoder database; codes ``a/b`` stand in the category ``a``."""
    documents = {name: number for number, name in enumerate(texts, start=1)}
    codes = {code: number for number, code in enumerate(sorted({mark.code for mark in marks}), start=1)}
    parents = {
        name: number for number, name in enumerate(sorted({c.split("/")[0] for c in codes if "/" in c}), start=1)
    }
    rows: dict[str, list[tuple[object, ...]]] = {
        "project": [("v17", "", "", "QualCoder")],
        "source": [(number, name, texts[name], None, "", "Anna", "") for name, number in documents.items()],
        "code_cat": [(number, name, "Anna", "", "", None) for name, number in parents.items()],
        "code_name": [
            (
                number,
                code.split("/")[-1],
                f"About {code}",
                parents.get(code.split("/")[0]) if "/" in code else None,
                "",
                "",
                "",
            )
            for code, number in codes.items()
        ],
        "code_text": [],
        "cases": [(1, "Case one", "", "", "")],
        "case_text": [(number, 1, number, 0, 1, "", "", "") for number in documents.values()],
        "attribute": [(1, "municipality_code", "case", municipality, 1, "", "")],
    }
    for number, mark in enumerate(marks, start=1):
        text = texts[mark.document]
        at = text.index(mark.words)
        start, end = units(text[:at], "utf16", 2), units(text[: at + len(mark.words)], "utf16", 2)
        key, document = codes[mark.code], documents[mark.document]
        rows["code_text"].append((number, key, document, mark.words, start, end, mark.coder, "", "", None, None))
    return database(QUALCODER, rows)
