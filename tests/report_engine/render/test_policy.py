"""What a page may run and load is what its theme holds, whatever stands in the page."""

import base64
import hashlib
import re
from pathlib import Path

import pytest

from report_engine.render.policy import attributes, policy, protected, theme_scripts
from report_engine.render.standalone import standalone
from tests.report_engine.render.conftest import write

PAGE = '<head>\n<meta charset="utf-8">\n{}</head><body>{}</body>'


def hash_of(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def directives(page: str) -> dict[str, str]:
    (its,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    return dict(part.split(" ", 1) for part in its.split("; "))


def test_nothing_is_allowed_that_is_not_named() -> None:
    assert policy((), ()) == (
        "default-src 'none'; script-src 'none'; style-src 'none'; style-src-attr 'none'; img-src data:; font-src data:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def test_a_template_allows_its_own_styles_and_scripts_and_not_what_is_put_into_it() -> None:
    template = PAGE.format("<style>\na {}\n</style>", "$content<script>\ngo();\n</script>")
    page = protected(template).replace("$content", "<script>steal()</script><style>b {}</style>")
    got = directives(page)
    assert got["script-src"] == hash_of("\ngo();\n")
    assert got["style-src"] == hash_of("\na {}\n")
    assert page.index("http-equiv") < page.index("<style>")


def test_the_report_allows_the_themes_scripts_and_styles_and_not_those_of_a_chapter(tmp_path: Path) -> None:
    for name, text in (("a.css", "a {}"), ("a.js", "å();"), ("b.js", "b();")):
        write(tmp_path, f"report/theme/{name}", text)
    page = PAGE.format(
        '<link rel="stylesheet" href="report/theme/a.css">',
        '<script>\nb();</script><script>steal()</script><style>c {}</style><p style="color: red">d</p>',
    )
    got = directives(standalone(tmp_path, page)[0])
    assert got["script-src"].split() == sorted(map(hash_of, theme_scripts(tmp_path)))
    assert set(got["script-src"].split()) == {hash_of("\nå();"), hash_of("\nb();")}
    assert got["style-src"] == hash_of("\na {}")
    assert got["style-src-attr"] == "'none'"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<td style="text-align: right;">1</td><td style="text-align: right;">2</td>', ["text-align: right;"]),
        ('<div class="table-scroll" style="--columns: 12">', ["--columns: 12"]),
        ('<table style="width:100%;"><col style="width: 7%" />', ["width: 7%", "width:100%;"]),
        ('<p style="position: fixed">', []),
        ('<p style="width: 7%; position: fixed">', []),
        ('<p title="&quot; style=&quot;width: 7%">', []),
    ],
)
def test_style_attributes_are_those_of_tables(html: str, expected: list[str]) -> None:
    assert attributes(html) == expected
