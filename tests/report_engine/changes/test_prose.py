"""Prose, paragraph by paragraph and word by word."""

from hypothesis import given
from hypothesis import strategies as st

from report_engine.changes.prose import paragraphs, split, words

texts = st.lists(
    st.sampled_from(["Ett två.", "Två tre.", "Ett tre fyra.", "{{< fact a.b >}} fem", "Sex."]), max_size=8
).map("\n\n".join)


def test_a_paragraph_broken_at_other_places_has_not_changed() -> None:
    assert paragraphs("one two\nthree\n\nfour", "one\ntwo three\n\n\nfour\n") == []


def test_changed_added_and_removed_paragraphs_are_paired() -> None:
    assert paragraphs("A one.\n\nB two.", "A one.\n\nB three.") == [("B two.", "B three.")]
    assert paragraphs("A one.", "A one.\n\nB two.") == [("", "B two.")]
    assert paragraphs("A one.\n\nB two.", "B two.") == [("A one.", "")]
    long = "The pressure on the units has grown since"
    assert paragraphs(f"{long} 2016.", f"New.\n\n{long} 2018.") == [("", "New."), (f"{long} 2016.", f"{long} 2018.")]


@given(texts, texts)
def test_the_other_way_round_gives_the_same_pairs(one: str, other: str) -> None:
    assert paragraphs(one, other) == [(old, new) for new, old in paragraphs(other, one)]
    assert (paragraphs(one, other) == []) == (split(one) == split(other))


@given(texts, texts)
def test_the_pieces_make_up_both_texts(one: str, other: str) -> None:
    pieces = list(words(one, other))
    assert "".join(text for kind, text in pieces if kind != "new") == one
    assert "".join(text for kind, text in pieces if kind != "old") == other


def test_a_fact_is_one_word() -> None:
    got = list(words("Of {{< fact a.b >}} all", "Of {{< fact a.c >}} all"))
    assert got == [("same", "Of "), ("old", "{{< fact a.b >}}"), ("new", "{{< fact a.c >}}"), ("same", " all")]
