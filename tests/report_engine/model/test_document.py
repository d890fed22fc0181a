"""YAML documents: read within limits, and everything wrong with one is said by line and key, in both languages."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import StrictInt, StrictStr

from report_engine.model import document
from report_engine.model.document import Document, DocumentError, parse, read
from report_engine.model.validation import Both, Part, Wrong
from report_engine.words.messages import Message


class Room(Part):
    name: StrictStr
    places: StrictInt
    title: Both | None = None


class House(Part):
    rooms: tuple[Room, ...]
    street: StrictStr = ""


HOUSE = """\
# a house
rooms:
  - name: kitchen
    places: four
  - {name: hall, plases: 2}
  - places: 1
    name: 3
stret: High Street
"""


def problems(text: str, **how: bool) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        document.parse(text, "house.yaml", **how).into(House)
    return str(caught.value).splitlines()


def test_everything_wrong_is_said_at_once_in_the_order_of_the_lines() -> None:
    assert problems(HOUSE) == [
        'house.yaml, line 4: rooms.kitchen.places: expected a whole number, found "four"',
        'house.yaml, line 5: rooms.hall.plases: unknown key; allowed: name, places, title. Did you mean "places"?',
        "house.yaml, line 7: rooms.3.name: expected text, found 3",
        'house.yaml, line 8: stret: unknown key; allowed: rooms, street. Did you mean "street"?',
    ]


def test_it_is_said_in_the_language_asked_for() -> None:
    with pytest.raises(DocumentError) as caught:
        document.parse("rooms: []\nstret: x\n", "house.yaml").into(House)
    assert caught.value.say("sv") == (
        'house.yaml, rad 2: stret: okänd nyckel; tillåtna: rooms, street. Menade du "street"?'
    )


def test_a_missing_key_stands_where_it_should_be() -> None:
    assert problems("\nrooms:\n  - {name: hall, places: 1, title: {sv: Hall}}\n  - name: attic\n") == [
        "house.yaml, line 3: rooms.hall.title: the key en is missing",
        "house.yaml, line 4: rooms.attic.places: the key is missing",
    ]
    assert problems("") == ["house.yaml: rooms: the key is missing"]


def test_a_name_that_only_the_reader_knows_to_be_wrong_is_said_alike() -> None:
    its = document.parse("rooms:\n  - name: hall\n    places: 1\n", "house.yaml")
    with pytest.raises(DocumentError, match=r"^house\.yaml, line 3: rooms\.hall\.places: save the file as UTF-8$"):
        its.refuse([Wrong(("rooms", 0, "places"), Message("documents.not_utf8"))])
    its.refuse([])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rooms: a\nstreet: b\nrooms: c\n", "house.yaml, line 3: rooms: the key stands there twice"),
        ("rooms:\n  - {name: a, name: b}\n", "house.yaml, line 2: name: the key stands there twice"),
        (
            "rooms: [a\nstreet: b\n",
            "house.yaml, line 2: not valid YAML: a bracket that begins with [ or { is not closed",
        ),
        ("? {a: b}\n: c\n", "house.yaml, line 1: a key must be a word"),
        ("rooms: !!python/name:os.system\n", "house.yaml, line 1: not valid YAML: an exclamation mark"),
        ("street: 2026-99-99\n", "house.yaml: not valid YAML: a date that no calendar has"),
        ("rooms: \x07\n", "house.yaml: not valid YAML: a character that"),
        ("rooms: " + "[" * 40 + "]" * 40, "house.yaml, line 1: more than 30 levels"),
        ("rooms: &a [*a]\n", "house.yaml, line 1: more than 30 levels"),
        ("".join(f"a{at}: &a{at} [{f'*a{at - 1}, ' * 9 * (at > 0)}x]\n" for at in range(12)), "house.yaml, line "),
    ],
)
def test_what_is_no_yaml_or_vast_is_named_by_line(text: str, expected: str) -> None:
    for only_text in (False, True)[: 1 if "!!" in text or "99" in text else 2]:
        (got,) = problems(text, only_text=only_text)
        assert got.startswith(expected)


def test_a_merged_key_may_be_overridden() -> None:
    got = document.parse("base: &base {a: 1, b: 2}\nmore: {<<: *base, b: 3}\n", "small.yaml").content
    assert got == {"base": {"a": 1, "b": 2}, "more": {"a": 1, "b": 3}}


def test_only_text_is_read_as_it_is_written() -> None:
    assert document.parse("a: yes\nb: [0581, null]\n", "m.yaml", only_text=True).content == {
        "a": "yes",
        "b": ["0581", "null"],
    }


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_bytes("rooms: å".encode("cp1252"))
    with pytest.raises(DocumentError, match=r"^house\.yaml: save the file as UTF-8$"):
        document.read(tmp_path / "house.yaml", "house.yaml")
    with pytest.raises(DocumentError, match=r'there is no such file\. Did you mean ".*/house\.yaml"\?$'):
        document.read(tmp_path / "huose.yaml")
    with pytest.raises(DocumentError, match="this is no file"):
        document.read(tmp_path)
    (tmp_path / "house.yaml").write_text("#" * 1_000_001, "utf-8")
    with pytest.raises(DocumentError, match="larger than 1,000,000 bytes"):
        document.read(tmp_path / "house.yaml")


def test_a_hostile_value_stays_on_one_short_line() -> None:
    (got,) = problems("rooms: []\nstreet: [" + "'\\x1b]2;x', " * 200 + "]\n")
    assert got.isprintable() and len(got) < 200


KEYS = st.sampled_from(["rooms", "name", "places", "title", "street", "sv", "x"])
CONTENT = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.integers(), inner, max_size=4),
)


@given(CONTENT)
def test_any_content_fits_or_is_said_in_both_languages(content: object) -> None:
    try:
        got = Document("house.yaml", content).into(House)
    except DocumentError as error:
        assert len(error.say("sv").splitlines()) == len(error.say("en").splitlines()) == len(error.problems) > 0
        assert "Input should" not in str(error)
    else:
        assert isinstance(got, House)


@given(st.text(max_size=60), st.booleans())
def test_any_text_is_read_or_refused_with_its_name(text: str, only_text: bool) -> None:
    try:
        document.parse(text, "any.yaml", only_text=only_text)
    except DocumentError as error:
        assert str(error).startswith("any.yaml")


def test_numbers_of_a_message_have_plain_blanks_in_swedish(tmp_path):
    path = tmp_path / "large.yaml"
    path.write_text("a: " + "x" * 1_000_001)
    with pytest.raises(DocumentError) as error:
        read(path, "large.yaml")
    assert error.value.say("sv") == "large.yaml: filen är större än 1 000 000 byte"


def test_what_the_validator_says_is_said_in_words_of_ours():
    with pytest.raises(DocumentError) as error:
        parse("[1, 2]", "x.yaml").into(Decimal)
    assert error.value.say("sv") == "x.yaml, rad 1: [1, 2] är inte tillåtet här"
