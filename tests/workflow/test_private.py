"""One real build whose every id and free text of persons bears a token: no byte of anything that is made holds one.

Left out are the data themselves (``data/raw``, ``data/tidy``) and the marked copies of ``report check --excel``, which git
leaves out as well.
"""

import base64
import hashlib
import io
import re
import shutil
import subprocess
import zipfile
import zlib
from collections.abc import Iterator

import pikepdf
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from report_engine.contracts import contract
from report_engine.contracts.contract import Contract
from tests import other_data
from tests.browser.conftest import program
from tests.workflow.conftest import Outcome, Project, copy_project

pytestmark = pytest.mark.long  # `make test-long`

TOKEN = re.compile(r"zq[0-9a-f]{10}zq")
EMBEDDED = re.compile(rb"base64,([A-Za-z0-9+/=]{16,})")
NOT_MADE = ("data/raw/", "data/tidy/", "data/checked/")


def token(value: str) -> str:
    """Return what is planted in an id or text, the same for the same value."""
    return f"zq{hashlib.sha256(value.encode()).hexdigest()[:10]}zq"


def secret(its: Contract) -> list[str]:
    """Name the columns of ids and of free text: words that no list of codes, form or dataset of other things allows."""
    theirs = {name for key in its.foreign_keys if contract.load(key.resource).rows != "persons" for name in key.fields}
    return [
        field.name
        for field in its.fields
        if field.type == "string" and not field.allowed and not field.constraints.pattern and field.name not in theirs
    ]


def plant(project: Project) -> int:
    """Put a token into every id and free text of every dataset whose rows are persons; return how many there are."""
    planted: set[str] = set()
    for name in sorted(contract.on_persons(contract.load_all())):
        its = contract.load(name)
        columns = secret(its)
        assert columns, name

        def change(rows: list[dict[str, str]], columns: list[str] = columns) -> list[dict[str, str]]:
            for row in rows:
                row |= {column: f"{row[column]} {token(row[column])}" for column in columns if row[column]}
                planted.update(row[column] for column in columns)
            return rows

        other_data.rewrite(project.path("data"), its.path, change)
    return len(planted)


def layers(name: str, content: bytes) -> Iterator[str]:
    """Give all that a file holds, unpacked: as text in the encodings of computers, members of archives, streams of PDFs."""
    yield name
    yield content.decode("utf-8", "replace")
    yield content.replace(b"\0", b"").decode("latin-1")  # UTF-16 and UTF-32 of these letters
    for found in EMBEDDED.findall(content):
        yield from layers(f"{name} (base64)", base64.b64decode(found + b"=" * (-len(found) % 4)))
    if content.startswith(b"PK\3\4"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield from layers(f"{name}: {member}", archive.read(member))
    elif content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as document:
            for part in document.objects:
                yield repr(part)
                if isinstance(part, pikepdf.Stream) and "/DCTDecode" not in str(part.get("/Filter")):
                    yield part.read_bytes().decode("latin-1")
        command = [program(("pdftotext",), "poppler-utils"), "-", "-"]  # letters are numbers of glyphs
        yield subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode("utf-8")
    elif content.startswith(b"PAR1"):
        yield str(pq.read_table(io.BytesIO(content)).to_pylist())
    elif content.startswith(b"\x89PNG"):
        for start in (found.end() for found in re.finditer(rb"zTXt|iTXt", content)):
            yield zlib.decompressobj().decompress(content[content.index(b"x", start) :]).decode("utf-8", "replace")


def leaks(project: Project) -> dict[str, str]:
    """Return, by path, the first token in anything but the data themselves; an empty mapping is what is wanted."""
    files = [path for path in sorted(project.root.rglob("*")) if path.is_file() and not path.is_symlink()]
    made = {path.relative_to(project.root).as_posix(): path for path in files}
    found = {}
    for name, path in made.items():
        if not name.startswith(NOT_MADE):
            hits = (TOKEN.search(text) for text in layers(name, path.read_bytes()))
            if hit := next(filter(None, hits), None):
                found[name] = hit[0]
    return found


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A report in every format, from data with tokens: copy it, don't change it."""
    project = Project(copy_project(tmp_path_factory.mktemp("private") / "project"))
    assert plant(project) > 4000
    other_data.settings(project.root, formats="[html, pdf, docx, slides]")
    outcome = project.build()
    assert outcome.status == 0, outcome.output
    assert not TOKEN.search(outcome.output)
    return project


@pytest.fixture
def own(planted: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(shutil.copytree(planted.root, tmp_path_factory.mktemp("own") / "project"))


def quiet(outcome: Outcome, status: int) -> None:
    assert (outcome.status, TOKEN.findall(outcome.output)) == (status, []), outcome.output


def hidden() -> dict[str, bytes]:
    """Hide a token in every way that ``layers`` unpacks."""
    secret = token("x").encode()
    archive, document, table = io.BytesIO(), io.BytesIO(), io.BytesIO()
    pq.write_table(pa.table({"id": [token("x")] * 9}), table, compression="zstd")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as members:
        members.writestr("word/document.xml", secret)
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].Contents = pdf.make_stream(b"% " + secret)
        pdf.save(document, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    note = b"\x89PNG\r\n" + b"zTXtnote\0\0" + zlib.compress(secret)
    inside = b'<img src="data:image/png;base64,' + base64.b64encode(note) + b'">'
    named = {
        "a.docx": archive.getvalue(),
        "a.pdf": document.getvalue(),
        "a.parquet": table.getvalue(),
        "a.png": note,
        "a.html": inside,
    }
    return named | {
        "a.log": secret,
        "a.txt": secret.decode().encode("utf-16"),
        "a.bin": secret.decode().encode("utf-32"),
    }


@pytest.mark.parametrize(("name", "content"), hidden().items(), ids=hidden())
def test_a_token_is_found_wherever_it_hides(name: str, content: bytes) -> None:
    assert TOKEN.search("".join(layers(name, content)))


def test_no_id_or_text_of_persons_is_in_anything_that_a_build_makes(planted: Project) -> None:
    assert planted.formats == {".html", ".pdf", ".docx", ".pptx"}
    assert leaks(planted) == {}


def test_a_release_a_comparison_and_a_trace_hold_none(own: Project) -> None:
    def report(*arguments: str) -> Outcome:
        return own.run("report_engine.cli", *arguments)

    quiet(report("release", "v1"), 0)
    quiet(report("diff"), 0)
    for name in (
        "staff.caseload_change_labour_unit",
        "collaboration.internal_fails_staff",
        "collaboration/manager_staff_gap",
    ):
        quiet(report("trace", name), 0)
    quiet(report("check", "--excel"), 0)
    assert leaks(own) == {}


def test_a_check_and_a_build_of_wrong_data_quote_none(own: Project) -> None:
    def wrong(rows: list[dict[str, str]], first: str) -> list[dict[str, str]]:
        rows[1][first] = rows[0][first]  # an id twice
        if "interview_id" in rows[0]:
            rows[2]["interview_id"] = token("nobody")  # refers to nothing
        return [*rows, dict.fromkeys(rows[0], "") | {first: token("a note below")}]

    for name, first in ((other_data.ACTORS, "respondent_id"), (other_data.SEGMENTS, "segment_id")):
        other_data.rewrite(own.path("data"), name, lambda rows, first=first: wrong(rows, first))
    for command in ("check", "build"):
        outcome = own.run("report_engine.cli", command)
        quiet(outcome, 2)
        assert "row 3, column respondent_id: stands in row 2 already" in outcome.output
        assert "row 3, column segment_id: stands in row 2 already" in outcome.output
    assert leaks(own) == {}
