"""Which engine renders, and Quarto driven through a stand-in that does what Quarto does with files and words."""

import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from report_engine import render
from report_engine.render import RenderError, engine

Project = Callable[..., Path]

# Writes where Quarto writes, and says what Quarto says.
QUARTO = """#!{python}
import os, pathlib, sys
if sys.argv[1:] == ["--version"]:
    print("{version}")
    sys.exit(0)
_, document, _, kind, _, folder = sys.argv[1:]
assert pathlib.Path("_quarto.yml").is_file(), "not in the project"
assert os.environ["SOURCE_DATE_EPOCH"] == "1767225600"
said = {said!r}
if said:
    print(said, file=sys.stderr)
if {status}:
    sys.exit({status})
suffix = {{"html": "html", "typst": "pdf", "docx": "docx"}}[kind]
target = (pathlib.Path(folder) / document).with_suffix("." + suffix)
target.parent.mkdir(parents=True, exist_ok=True)
target.write_text(kind)
"""


def stand_in(folder: Path, version: str = "1.9.38", said: str = "", status: int = 0) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "quarto"
    program.write_text(QUARTO.format(python=sys.executable, version=version, said=said, status=status), "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


def chosen(setting: engine.Setting) -> tuple[str, str, str]:
    choice = engine.choose(setting)
    return choice.engine, str(choice.reason), choice.program


@pytest.fixture(autouse=True)
def _no_quarto(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")


def test_without_quarto_the_embedded_engine_renders() -> None:
    assert chosen("auto") == ("embedded", "Quarto is not installed", "")
    assert chosen("embedded") == ("embedded", "config.yaml asks for it", "")


def test_quarto_on_the_path_or_named_renders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = stand_in(tmp_path / "bin")
    for name, value in (
        ("PATH", str(tmp_path / "bin")),
        ("QUARTO_PATH", program),
        ("QUARTO_PATH", str(tmp_path / "bin")),
    ):
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            assert chosen("auto") == ("quarto", "Quarto 1.9.38 is installed", program)
            assert chosen("quarto")[1] == "Quarto 1.9.38 is installed, config.yaml asks for it"
            assert engine.choose("embedded").engine == "embedded"


@pytest.mark.parametrize(
    ("version", "reason"),
    [("1.8.27", "Quarto 1.8.27 is older than 1.9"), ("unknown", "Quarto does not say its version")],
)
def test_an_old_quarto_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, reason: str) -> None:
    monkeypatch.setenv("QUARTO_PATH", stand_in(tmp_path, version))
    assert chosen("auto") == ("embedded", reason, "")
    with pytest.raises(RenderError, match=f"config.yaml: engine: quarto, but {reason}. Install Quarto 1.9 or newer"):
        engine.choose("quarto")


def test_a_newer_major_version_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTO_PATH", stand_in(tmp_path, "2.0.1"))
    assert engine.choose("auto").engine == "quarto"


def test_a_path_that_names_nothing_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTO_PATH", "/nowhere/quarto")
    assert chosen("auto")[1] == "QUARTO_PATH names no program"


@pytest.mark.parametrize("said", ["", "WARNING: veraPDF is not installed"])
def test_quarto_renders_into_staging(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    root = project({"index.qmd": "---\ntitle: T\n---\n"})
    monkeypatch.setenv("QUARTO_PATH", stand_in(tmp_path / "bin", said=said))
    files = render.render(root, "sv", ("html", "pdf", "docx"), "auto")
    assert [(path.name, path.read_text()) for path in files] == [
        ("report.html", "html"),
        ("report.pdf", "typst"),
        ("report.docx", "docx"),
    ]
    assert sorted(path.name for path in render.staging(root, "sv").iterdir()) == sorted(path.name for path in files)


@pytest.mark.parametrize(
    ("said", "status", "expected"),
    [
        ("WARNING: Unable to resolve crossref @fig-x", 0, "Quarto: Unable to resolve crossref @fig-x"),
        ("[WARNING] Citeproc: citation x1999 not found", 0, "Quarto: Citeproc: citation x1999 not found"),
        ("Rendering\nERROR: unknown fact 'a.b'", 1, "Quarto: unknown fact 'a.b'"),
        ("no such file", 3, "Quarto: no such file"),
        ("", 1, "Quarto: Quarto failed and said nothing"),
    ],
)
def test_what_quarto_says_is_the_reason(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, status: int, expected: str
) -> None:
    root = project({"index.qmd": "---\ntitle: T\n---\n"})
    monkeypatch.setenv("QUARTO_PATH", stand_in(tmp_path / "bin", said=said, status=status))
    with pytest.raises(RenderError) as error:
        render.render(root, "sv", ("html",), "quarto")
    assert [str(problem) for problem in error.value.problems] == [f"report/sv/index.qmd: {expected}"]
