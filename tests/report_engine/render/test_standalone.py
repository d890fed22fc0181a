"""A page loads nothing from elsewhere: what it names by path is written into it."""

import base64
from pathlib import Path

import pytest

from report_engine.render.standalone import standalone
from tests.report_engine.render.conftest import write

PICTURE = b"<svg/>"
DATA = base64.b64encode(PICTURE).decode()


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<img src="a/b.svg"\nalt="x > y" />', f'<img src="data:image/svg+xml;base64,{DATA}"\nalt="x > y" />'),
        ('<img alt="src" src="a/b.svg">', f'<img alt="src" src="data:image/svg+xml;base64,{DATA}">'),
        ('<img src="a/%C3%A5%20%26.png">', f'<img src="data:image/png;base64,{DATA}">'),
        ('<img src="a/å &amp;.png">', f'<img src="data:image/png;base64,{DATA}">'),
        ('<embed src="a/b.pdf" />', f'<embed src="data:application/pdf;base64,{DATA}" />'),
        ('<img src="data:image/png;base64,eA==">', '<img src="data:image/png;base64,eA==">'),
        ('<img src="https://example.org/b.svg">', '<img src="https://example.org/b.svg">'),
        ('<p>src="a/b.svg"</p>', '<p>src="a/b.svg"</p>'),
        ('<a href="a/b.svg">b</a>', '<a href="a/b.svg">b</a>'),
    ],
)
def test_pictures_are_written_into_the_page(tmp_path: Path, page: str, expected: str) -> None:
    for name in ("b.svg", "å &.png", "b.pdf"):
        write(tmp_path, f"a/{name}", PICTURE)
    assert standalone(tmp_path, page) == (expected, [])


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a { src: url(type/b.ttf); }", f"a {{ src: url(data:font/ttf;base64,{DATA}); }}"),
        ("a { src: url('type/b.woff2') }", f"a {{ src: url(data:font/woff2;base64,{DATA}) }}"),
        ("a { src: url(../b.svg) }", f"a {{ src: url(data:image/svg+xml;base64,{DATA}) }}"),
        ("a { src: url(#b) }", "a { src: url(#b) }"),
        ("a { src: url(data:font/ttf;base64,eA==) }", "a { src: url(data:font/ttf;base64,eA==) }"),
    ],
)
def test_styles_and_what_they_name_are_written_into_the_page(tmp_path: Path, css: str, expected: str) -> None:
    write(tmp_path, "theme/a.css", css)
    for name in ("theme/type/b.ttf", "theme/type/b.woff2", "b.svg"):
        write(tmp_path, name, PICTURE)
    page = '<link rel="stylesheet" href="theme/a.css">\n<img src="b.svg">'
    got, missing = standalone(tmp_path, page)
    assert got == f'<style>\n{expected}</style>\n<img src="data:image/svg+xml;base64,{DATA}">'
    assert missing == []


def test_what_is_missing_is_named_and_left(tmp_path: Path) -> None:
    write(tmp_path, "theme/a.css", "a { src: url(b.ttf) }")
    page = '<link rel="stylesheet" href="theme/a.css"><link rel="stylesheet" href="no.css"><img src="no.png">'
    got, missing = standalone(tmp_path, page)
    assert missing == ["theme/b.ttf", "no.css", "no.png"]
    assert got == (
        '<style>\na { src: url(theme/b.ttf) }</style><link rel="stylesheet" href="no.css"><img src="no.png">'
    )
