from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from report_engine.render.glyphs import showable

FONTS = sorted((Path(__file__).parents[3] / "report/theme/fonts").glob("*.ttf"))


def test_what_the_fonts_have_stays():
    text = "Västerås, “Łódź” ✓ ◆ ✗ ○ → ≥ −1\u202f000"
    assert showable(text, FONTS) == text


def test_what_they_lack_gets_a_sign_and_invisible_letters_go():
    got = showable("a😀b漢c\u200dd\ufe0fe", FONTS)
    assert len(got) == 7
    assert got[0] == "a" and got[-1] == "e"
    assert "😀" not in got and "漢" not in got


@given(st.text())
def test_letters_of_the_report_are_never_touched(text):
    common = "".join(letter for letter in text if letter.isascii())
    assert showable(common, FONTS) == common
