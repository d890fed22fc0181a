"""Chapters put together: includes, shortcodes, and where every line stands."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.render import source
from tests.report_engine.render.conftest import write

FACTS: dict[str, object] = {"background.net_cost": {}, "background.growth": {}}


def read(root: Path, chapters: dict[str, str], meta: dict[str, object] | None = None) -> source.Source:
    for name, text in chapters.items():
        write(root, name, text)
    return source.read(root, "report/sv/index.qmd", meta or {}, FACTS)


def problems(document: source.Source) -> list[str]:
    return [str(problem) for problem in document.problems]


def test_includes_resolve_from_the_root_document_and_from_the_project(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        {
            "report/sv/index.qmd": "---\ntitle: T\n---\nFörst\n\n{{< include parts/one.qmd >}}\n",
            "report/sv/parts/one.qmd": "Ett\n\n{{< include parts/two.qmd >}}\n",  # not from its own folder
            "report/sv/parts/two.qmd": "Två\n\n{{< include /report/parts/three.md >}}",
            "report/parts/three.md": "Tre\n",
        },
    )
    got = [(line.text, line.file, line.number) for line in document.lines if line.text]
    expected = [
        ("Först", "report/sv/index.qmd", 4),
        ("Ett", "report/sv/parts/one.qmd", 1),
        ("Två", "report/sv/parts/two.qmd", 1),
        ("Tre", "report/parts/three.md", 1),
    ]
    assert got == expected
    assert problems(document) == []
    assert [target for target, _ in document.includes] == [
        "report/sv/parts/one.qmd",
        "report/sv/parts/two.qmd",
        "report/parts/three.md",
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{{< include qqq.md >}}", "the file report/sv/qqq.md does not exist"),
        ("{{< include indx.qmd >}}", "the file report/sv/indx.qmd does not exist. Did you mean 'index.qmd'?"),
        ("{{< include ../../../secret.md >}}", "the file ../../../secret.md lies outside the project"),
        ("{{< include /../secret.md >}}", "the file /../secret.md lies outside the project"),
        ("text {{< include index.qmd >}}", "an include stands alone on its line"),
        ("{{< fact background.net_kost >}}", "unknown fact 'background.net_kost'. Did you mean 'background.net_cost'?"),
        ("{{< fact >}}", "fact takes one argument, not 0"),
        ("{{< var cost.net >}}", "unknown shortcode 'var' (known: fact, include, meta)"),
        ("{{< meta titel >}}", "the metadata have no value for 'titel'. Did you mean 'title'?"),
        ("{{< fact background.growth", "a shortcode does not end on its line: {{< … >}}"),
        ("[länk]({{< fact background.growth >}})", "a fact can't stand in an address"),
        (
            "```{python}\n1\n```",
            "code cells are not supported ({python}): compute it in a section and quote it as a fact",
        ),
        ("```{=typst}\n#x\n```", "raw blocks are not supported ({=typst})"),
        ("```\nkod", "a code block that starts in this file does not end in it"),
        ("<!-- kvar", "a comment that starts in this file does not end in it"),
    ],
)
def test_a_problem_names_file_and_line(tmp_path: Path, line: str, message: str) -> None:
    document = read(tmp_path, {"report/sv/index.qmd": f"---\ntitle: T\n---\n\n{line}\n"})
    found = problems(document)
    assert len(found) == 1
    assert found[0].startswith("report/sv/index.qmd, line ")
    assert found[0].endswith(message)


def test_a_cycle_is_refused_with_its_way(tmp_path: Path) -> None:
    include = "{{< include %s >}}\n"
    chapters = {
        "report/sv/index.qmd": include % "a.qmd",
        "report/sv/a.qmd": include % "b.qmd",
        "report/sv/b.qmd": include % "a.qmd",
    }
    expected = "report/sv/b.qmd, line 1: a.qmd includes itself: report/sv/index.qmd → report/sv/a.qmd → report/sv/b.qmd → report/sv/a.qmd"
    assert problems(read(tmp_path, chapters)) == [expected]


def test_a_link_out_of_the_project_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "secret.md", "hemligt")
    root = tmp_path / "root"
    (root / "report/sv").mkdir(parents=True)
    (root / "report/sv/link.md").symlink_to(tmp_path / "secret.md")
    document = read(root, {"report/sv/index.qmd": "{{< include link.md >}}\n"})
    assert problems(document) == ["report/sv/index.qmd, line 1: the file link.md lies outside the project"]


def test_an_included_file_has_no_front_matter(tmp_path: Path) -> None:
    document = read(
        tmp_path, {"report/sv/index.qmd": "{{< include a.qmd >}}", "report/sv/a.qmd": "---\ntitle: A\n---\n"}
    )
    assert problems(document) == ["report/sv/a.qmd, line 1: an included file has no front matter"]


def test_a_file_in_another_encoding_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, "report/sv/a.qmd", "rad\nLuleå".encode("windows-1252"))
    document = read(tmp_path, {"report/sv/index.qmd": "{{< include a.qmd >}}"})
    assert problems(document) == ["report/sv/a.qmd, line 2: not UTF-8: save the file as UTF-8"]


def test_front_matter_overrides_the_project(tmp_path: Path) -> None:
    text = "---\ntitle: Egen\nextra:\n  year: 2024\n---\n{{< meta title >}} {{< meta lang >}} {{< meta extra.year >}}\n"
    document = read(tmp_path, {"report/sv/index.qmd": text}, {"lang": "sv-SE", "title": "Projektets"})
    assert document.text == "Egen sv-SE 2024\n"


@pytest.mark.parametrize(("front", "line"), [("title: [", 2), ("abstract: '{{< fact a.b >}}'", 2)])
def test_front_matter_that_cannot_be_used_names_its_line(tmp_path: Path, front: str, line: int) -> None:
    document = read(tmp_path, {"report/sv/index.qmd": f"---\n{front}\n---\n"})
    assert len(document.problems) == 1
    assert document.problems[0].line in (line, line + 1)


def test_code_and_escapes_are_left_alone(tmp_path: Path) -> None:
    text = "`{{< var x >}}` och ``a ` {{< b >}}`` och {{{< fact x >}}}\n\n~~~\n{{< var y >}}\n<!-- kod -->\n~~~\n"
    document = read(tmp_path, {"report/sv/index.qmd": text})
    assert (
        document.text
        == "`{{< var x >}}` och ``a ` {{< b >}}`` och {{< fact x >}}\n\n~~~\n{{< var y >}}\n<!-- kod -->\n~~~\n"
    )
    assert problems(document) == []


def test_comments_are_cut_without_moving_lines(tmp_path: Path) -> None:
    document = read(tmp_path, {"report/sv/index.qmd": "a <!-- b --> c `<!-- kod -->`\n<!-- {{< var x >}}\nd --> e\n"})
    assert document.text == "a  c `<!-- kod -->`\n\n e\n"
    assert problems(document) == []


def test_a_fact_becomes_a_placeholder_that_pandoc_reads_as_a_span(tmp_path: Path) -> None:
    document = read(tmp_path, {"report/sv/index.qmd": "Kostnaden var {{<fact background.net_cost>}}.\n"})
    assert document.text == 'Kostnaden var []{.fact data-fact="background.net_cost"}.\n'


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    document = read(
        tmp_path, {"report/sv/index.qmd": "{{< var x >}}\n\n{{< fact y >}} {{< fact z >}}\n\n{{< include q >}}\n"}
    )
    assert [(problem.line) for problem in document.problems] == [1, 3, 3, 5]


def test_a_token_is_found_as_a_whole(tmp_path: Path) -> None:
    document = read(tmp_path, {"report/sv/index.qmd": "@fig-a\n@fig-ab\n@fig-a, @fig-a-b\n[@fig-a]\n"})
    assert [line.number for line in document.find("@fig-a")] == [1, 3, 4]


@given(st.text(st.characters(codec="utf-8", exclude_characters="{`~<\r\x00\ufeff"), max_size=300))
def test_text_without_syntax_passes_through(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    root = tmp_path_factory.mktemp("source")
    document = read(root, {"report/sv/index.qmd": f"Rad\n{text}\n"})
    assert document.text == f"Rad\n{text}\n"
    assert document.problems == []


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("![Karta](/docs/karta.png){#fig-karta}", "/docs/karta.png"),
        ("![Karta]( <../../docs/karta.svg>)".replace("( ", "("), "../../docs/karta.svg"),
        ("[karta]: /docs/karta.png", "/docs/karta.png"),
        ("{{< include /docs/part.md >}}", "/docs/part.md"),
        ("{{< include ../en/part.md >}}", "../en/part.md"),
    ],
)
def test_what_lies_where_no_change_would_be_seen_is_refused(tmp_path: Path, text: str, path: str) -> None:
    got = problems(read(tmp_path, {"report/sv/index.qmd": f"Text\n\n{text}\n"}))
    assert got == [
        f"report/sv/index.qmd, line 3: the file {path} lies where no change of it would be seen: "
        "put it into report/sv or beside it"
    ]


@pytest.mark.parametrize(
    "text", ["![Karta](../images/karta.png)", "![A](/figures/sv/a/b.svg)", "`![Karta](/docs/a.png)`"]
)
def test_images_beside_the_chapters_and_made_ones_pass(tmp_path: Path, text: str) -> None:
    assert problems(read(tmp_path, {"report/sv/index.qmd": f"{text}\n"})) == []
