import re

import pytest

from report_engine.drawing import svg

DRAWN = """<svg width="10pt" viewBox="0 0 10 10" xmlns="http://www.w3.org/2000/svg">
 <g id="axes_1">
  <defs><path id="m12ab" d="M 0 1.7000004 L -0.0000001 -0 L -0 10"/></defs>
  <path d="M 1.2345674 2" clip-path="url(#p99)" style="fill: url(#h7)"/>
  <use xlink:href="#m12ab" x="1.0004999" y="2.5" href="#m12ab"/>
  <text style="font-size: 9px" x="3.1234567" transform="rotate(-90 3.1234567 4)">id="m12ab" url(#p99) x="1.23456"</text>
 </g>
 <defs><clipPath id="p99"><rect x="0.5" y="1" width="2.0000001" height="3"/></clipPath><pattern id="h7"/></defs>
</svg>"""

WORDLESS = re.sub(r"<text.*</text>", "", DRAWN)


def finished(drawn=DRAWN, name="sv-new-lines"):
    return svg.finish(drawn, "Titel", "sv-SE", name)


def test_ids_are_numbered_in_order_and_their_references_follow():
    got = finished()

    assert re.findall(r'<(\w+) id="([^"]*)"', got) == [
        (tag, f"sv-new-lines-{number}") for number, tag in enumerate(("g", "path", "clipPath", "pattern"), 1)
    ]
    assert 'clip-path="url(#sv-new-lines-3)" style="fill: url(#sv-new-lines-4)"' in got
    assert 'xlink:href="#sv-new-lines-2"' in got and ' href="#sv-new-lines-2"' in got


def test_hashes_in_ids_leave_no_trace():
    assert finished(WORDLESS.replace("p99", "pc0ffee").replace("m12ab", "mfeed")) == finished(WORDLESS)


def test_figures_on_one_page_share_no_id():
    one, other = (
        set(re.findall(r'\bid="([^"]*)"', finished(WORDLESS, name))) for name in ("sv-new-lines", "en-new-lines")
    )

    assert one and not one & other


def test_coordinates_are_rounded_and_words_are_not():
    got = finished()

    assert 'd="M 0 1.7 L 0 0 L 0 10"' in got and 'd="M 1.235 2"' in got
    assert 'x="1" y="2.5"' in got  # 1.0004999 and 1.0005001 are the same place
    assert 'transform="rotate(-90 3.123 4)">id="m12ab" url(#p99) x="1.23456"</text>' in got


def test_a_reference_to_nothing_is_refused():
    with pytest.raises(KeyError, match="gone"):
        finished(DRAWN.replace('clip-path="url(#p99)"', 'clip-path="url(#gone)"'))


def test_a_compact_svg_keeps_what_is_named_and_seen():
    drawing = '<svg>\n  <g id="a-1">\n   <path id="a-2"/>\n  </g>\n  <use href="#a-2"/>\n  <text transform="rotate(0 1 2)">1 %</text>\n</svg>'

    assert svg.compact(drawing) == '<svg>\n<g>\n<path id="a-2"/>\n</g>\n<use href="#a-2"/>\n<text>1 %</text>\n</svg>'
