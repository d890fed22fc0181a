"""What of a file is prose: everything else is blank, and every place stays where it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.prose.text import chapter, module


@pytest.mark.parametrize(
    "hidden",
    [
        "{{< fact background.all_290 >}}",
        "{{{< fact a5 >}}}",
        "`<b>5</b>`{=html}",
        "<!-- 5 -->",
        "@skl2018, s. 4",
        "@nybom2012 [s. 12–14]",
        "@fig-background-all-290",
        "https://example.org/5",
        "{#sec-5 .unnumbered}",
    ],
)
def test_what_is_no_prose_is_blank(hidden):
    prose = chapter(f"Före {hidden} efter.\n")
    assert prose.shown == f"Före {' ' * len(hidden)} efter.\n"


def test_an_address_a_fence_and_a_list_number_are_no_prose():
    text = "1. [text 2](/a/3.svg){#fig-4}\n\n```{=html}\n5\n```\n\n::: {#tbl-6}\n"
    assert "".join(chapter(text).shown.split()) == "[text2]:::"


def test_a_claim_reaches_over_lines_and_nested_brackets():
    text = "Att [mer än [en\nhälft]{.x}](a) och [fler\nän hälften]{.claim #claim-a-b}, [inte]{.other}."
    assert [text[start:end] for start, end in chapter(text).tested] == ["[fler\nän hälften]"]


def test_a_module_shows_its_wordings_only():
    text = (
        '"""Docstring of 5."""\n'
        "N = 7  # seven\n"
        'TITLE = {"sv": "Elva kommuner", "en": "11"}\n'
        "code = '#05aabb' + f\"{N:.5f} av {number(N, 'sv', 3)} kommuner\" + 'n\\u00a0= fem'\n"
    )
    prose = module(text)
    assert " ".join(prose.shown.split()) == "sv Elva kommuner en 11 av sv kommuner n = fem"
    assert len(prose.shown) == len(text)
    assert prose.shown.index("Elva") == text.index("Elva")


def test_words_inside_a_hole_are_prose_too():
    text = "x = f\"{'alla elva' if all_5 else f'{n} av {{5}}'} kommuner\""
    assert " ".join(module(text).shown.split()) == "alla elva av {{5}} kommuner"


ANY = st.text(st.sampled_from("ab5{}[]()<>!-`\"'#@\\\n f:.=é½"), max_size=200)


@given(ANY | st.text(max_size=200))
def test_positions_stay(text):
    for prose in (chapter(text), module(text)):
        assert len(prose.shown) == len(text)
        for shown, character in zip(prose.shown, text, strict=True):
            assert shown in (character, " ")
