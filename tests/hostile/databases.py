"""SQLite databases that would like to run something, and the project files of qualitative tools with odd content."""

import os
import sqlite3
import tempfile
from functools import partial
from pathlib import Path

from tests.hostile.harness import Family
from tests.report_engine.readers.qda_files import Mark, qualcoder, taguette

family = Family("databases")

TEXT = {"D1": "Jag söker arbete varje dag, och ingen svarar."}
MARKS = [Mark("D1", "söker arbete", "Work")]
CODER = qualcoder(TEXT, MARKS)
TAGUETTE = taguette(TEXT, MARKS)


def altered(data: bytes, *statements: str) -> bytes:
    """Return a database after statements, which may rewrite its schema."""
    handle, name = tempfile.mkstemp()
    os.close(handle)
    path = Path(name)
    try:
        path.write_bytes(data)
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA writable_schema = ON")
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()
        return path.read_bytes()
    finally:
        path.unlink()


FOREVER = "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT"
WHERE_TEXT = "WHERE name = 'code_text'"
STATEMENTS = {
    "a view in place of a table": (
        "ALTER TABLE code_text RENAME TO hidden",
        "CREATE VIEW code_text AS SELECT * FROM hidden",
    ),
    "a view without end": (
        "DROP TABLE code_text",
        f"CREATE VIEW code_text AS {FOREVER} x AS ctid, x AS cid, x AS fid, x AS seltext, x AS pos0, x AS pos1, x AS owner, x AS memo FROM r",
    ),
    "a trigger": ("CREATE TRIGGER t AFTER INSERT ON source BEGIN SELECT load_extension('/tmp/x'); END",),
    "a virtual table": (
        "INSERT INTO sqlite_master VALUES ('table', 'v', 'v', 0, 'CREATE VIRTUAL TABLE v USING fts5(a)')",
    ),
    "a virtual table in place of a table": (
        f"UPDATE sqlite_master SET rootpage = 0, sql = 'CREATE VIRTUAL TABLE code_text USING csv(filename=''/etc/passwd'')' {WHERE_TEXT}",
    ),
    "a column that is worked out for ever": (
        f"UPDATE sqlite_master SET sql = replace(sql, 'seltext', 'zz text, seltext text AS (printf(''%.*c'', 900000000, ''x'')), yy') {WHERE_TEXT}",
    ),
    "a default that attaches": (
        f"UPDATE sqlite_master SET sql = replace(sql, 'memo text', 'memo text DEFAULT (load_extension(''/tmp/x''))') {WHERE_TEXT}",
    ),
    "an index on what fails": (
        "INSERT INTO sqlite_master VALUES ('index', 'i', 'code_text', 2, 'CREATE INDEX i ON code_text(abs(-9223372036854775808))')",
    ),
    "a root page beyond the end": (f"UPDATE sqlite_master SET rootpage = 99999999 {WHERE_TEXT}",),
    "a root page of another table": (f"UPDATE sqlite_master SET rootpage = 1 {WHERE_TEXT}",),
    "a schema that is no SQL": (f"UPDATE sqlite_master SET sql = 'CREATE TABLE code_text(((((' {WHERE_TEXT}",),
    "a name with quotes": (
        'CREATE TABLE """; ATTACH /tmp/x AS y; --" (a)',
        f"UPDATE sqlite_master SET name = name {WHERE_TEXT}",
    ),
    "codes above themselves": ("UPDATE code_cat SET supercatid = catid", "UPDATE code_name SET catid = 1"),
    "positions beyond any text": ("UPDATE code_text SET pos0 = -5, pos1 = 9223372036854775807",),
    "positions that are words": ("UPDATE code_text SET pos0 = '=1+1', pos1 = x'ff00ff'",),
    "bytes that are no text": ("UPDATE source SET fulltext = x'fffe00ff', name = x'00'",),
    "a text of many megabytes": ("UPDATE source SET fulltext = replace(hex(zeroblob(9000000)), '0', 'a ')",),
    "a name of many megabytes": ("UPDATE code_name SET name = hex(zeroblob(3000000))",),
    "very many codings": (
        f"INSERT INTO code_text (cid, fid, seltext, pos0, pos1, owner) {FOREVER} 1, 1, 'x', 0, 9, 'a' FROM r LIMIT 200000",
    ),
    "very many long codings": (
        "UPDATE source SET fulltext = replace(hex(zeroblob(500000)), '00', 'ab ')",
        f"INSERT INTO code_text (cid, fid, seltext, pos0, pos1, owner) {FOREVER} 1, 1, 'x', 0, 900000, 'a' FROM r LIMIT 5000",
    ),
    "markup in all its texts": (
        "UPDATE source SET name = '<script>alert(1)</script>'",
        "UPDATE code_name SET name = '{{< include /etc/passwd >}}'",
        "UPDATE code_text SET owner = char(27) || '[31m', memo = '=cmd|x', seltext = '#read(\"/etc/passwd\")'",
    ),
}
for about, statements in STATEMENTS.items():
    family.case(f"QualCoder with {about}", "data.qda")(partial(altered, CODER, *statements))

for about, statements in {
    "HTML that never closes": ("UPDATE documents SET contents = replace(hex(zeroblob(3000000)), '0', '<p')",),
    "references to characters without end": (
        "UPDATE documents SET contents = replace(hex(zeroblob(1000000)), '0', '&#x10ffff')",
    ),
    "JSON nested very deeply": (
        "INSERT INTO commands (id, user_login, payload) VALUES (99, 'a', replace(hex(zeroblob(500000)), '0', '['))",
    ),
    "a path of very many tags": ("UPDATE tags SET path = replace(hex(zeroblob(100000)), '0', 'a.')",),
    "a snippet of script": ("UPDATE highlights SET snippet = '<script>alert(1)</script>'",),
    "offsets of words": ("UPDATE highlights SET start_offset = 'x', end_offset = '=1'",),
}.items():
    family.case(f"Taguette with {about}", "data.sqlite3")(partial(altered, TAGUETTE, *statements))

family.case("a database cut off", "data.qda", refused=True)(lambda: CODER[: len(CODER) // 2])
family.case("a database of the header alone", "data.qda", refused=True)(
    lambda: CODER[:100] + b"CREATE TABLE code_text CREATE TABLE code_cat CREATE TABLE source" + bytes(400)
)
family.case("a database with pages that point at each other", "data.qda")(
    lambda: CODER[:4096] + CODER[4096:].replace(b"\0\0\0\x05", b"\0\0\0\x01")
)
family.case("a database that states pages of one byte", "data.qda", refused=True)(
    lambda: CODER[:16] + b"\0\x01" + CODER[18:]
)
