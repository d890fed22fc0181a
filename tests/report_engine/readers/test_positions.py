from hypothesis import given
from hypothesis import strategies as st

from report_engine.readers.interviews.positions import COUNTINGS, Counting, Marked, Ruler, best, counting_of, plain

pieces = st.lists(st.sampled_from(["\r\n", "\n", "\r", "a", "ä", "😀", " ", "e\u0301", "ord"]), max_size=30).map(
    "".join
)
countings = st.sampled_from([*COUNTINGS, Counting("bytes", 1), Counting("bytes", 2)])


def tool_position(original, at, counting):
    """Where a tool that counts so has the character at ``at`` of the text with single line breaks; counted one by one."""
    position = seen = place = 0
    while seen < at:
        part = "\r\n" if original.startswith("\r\n", place) else original[place]
        place += len(part)
        seen += 1
        if part == "\r\n":
            position += counting.crlf
        elif counting.unit == "bytes":
            position += len(part.encode())
        else:
            position += 2 if counting.unit == "utf16" and ord(part) > 0xFFFF else 1
    return position


@given(pieces, countings)
def test_every_position_is_found_however_it_is_counted(original, counting):
    ruler = Ruler(original, counting)
    text = plain(original)
    assert ruler.text == text
    got = [ruler.at(tool_position(original, at, counting)) for at in range(len(text) + 1)]
    assert got == [*range(len(text) + 1)]
    assert ruler.at(tool_position(original, len(text), counting) + 1) is None
    assert ruler.at(-1) is None


@given(pieces, countings, st.integers(0, 60))
def test_a_position_inside_a_character_is_the_next_ones(original, counting, position):
    ruler = Ruler(original, counting)
    at = ruler.at(position)
    if at is not None:
        assert tool_position(original, at, counting) >= position
        assert at == 0 or tool_position(original, at - 1, counting) < position


def test_a_byte_order_mark_does_not_count():
    assert Ruler("\ufeffab", Counting("utf16", 2)).at(1) == 1


def test_tools_are_known_by_the_name_they_give_themselves():
    got = [
        counting_of(name) for name in ("NVivo 12.6.0.959", "ATLAS.ti 8.4", "MAXQDA 2022", "QualCoder-3.5", "", "Other")
    ]
    expected = [("utf16", 2), ("utf16", 1), ("utf16", 2), ("utf16", 2), ("points", 2), ("points", 2)]
    assert [(counting.unit, counting.crlf) for counting in got] == expected


def test_few_passages_do_not_overrule_what_a_tool_is_known_for():
    text = "ett två\r\ntre fyra fem"
    shifted = [Marked(8, 11), Marked(12, 16)]
    assert best(Counting("utf16", 2), [(text, shifted)])[0] == Counting("utf16", 2)
