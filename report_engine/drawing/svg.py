"""Finishing of an SVG drawn by matplotlib: self-contained type, a title, no machine's traces."""

import base64
import io
import re
from html import escape, unescape

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from report_engine.drawing.style import FAMILY, FONTS
from report_engine.methods.rounding import settled

# Text stays text, so the file must carry the type it was laid out with: a reader's machine has other fonts.
_FACES = {400: "ReportSans-Regular.ttf", 600: "ReportSans-SemiBold.ttf"}
_UNUSED = {"BASE", "DSIG", "GDEF", "GPOS", "GSUB", "kern"}
_FALLBACK = "'Source Sans 3', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"


# In a tag as matplotlib writes it, text and comments left alone: there `<` and `>` are always escaped.
_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_ID = re.compile(r"""(\sid="|href="#|url\(#)([^")]*)""")
_COORDINATES = re.compile(r"""(\s(?:d|x|y|width|height|transform)=")([^"]*)""")
_FRACTION = re.compile(r"-?\d+\.\d+|-0(?![\d.])")


def finish(svg: str, title: str, language: str, name: str) -> str:
    """Return the SVG with the glyphs of its texts embedded, a title and a language, and without metadata.

    Its ids are numbered and begin with ``name``, so that they are the same on any machine and stay apart from those of
    other figures on the same page; coordinates are rounded to a thousandth of a point.
    """
    svg = re.sub(r"<\?xml.*?\?>\s*|<!DOCTYPE.*?>\s*|<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    svg = _rounded(_numbered(svg, name))
    svg = svg.replace(f"font-family: '{FAMILY}'", f"font-family: '{FAMILY}', {_FALLBACK}")
    head = f"<title>{escape(title)}</title>\n <style>{_font_faces(svg)}</style>\n"
    return re.sub(r"(<svg )([^>]*>)", rf'\1xml:lang="{language}" role="img" \2\n {head}', svg, count=1)


def compact(svg: str) -> str:
    """Return a finished SVG without what nobody reads: ids that nothing names, indents, turns by nothing."""
    named = set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))
    svg = re.sub(r' id="([^"]*)"', lambda found: found[0] if found[1] in named else "", svg)
    svg = re.sub(r' transform="rotate\(0 [^"]*"', "", svg)
    return re.sub(r"\n\s+", "\n", svg)


def with_type(svg: str) -> str:
    """Return a finished SVG whose embedded type was left out (as in a release) with its type again."""
    return svg.replace("</title>", f"</title>\n <style>{_font_faces(svg)}</style>", 1)


def _numbered(svg: str, name: str) -> str:
    """Number the ids in the order in which they are declared; matplotlib makes them from hashes of raw floats."""
    declared = dict.fromkeys(found for tag in _TAG.findall(svg) for found in re.findall(r'\sid="([^"]*)"', tag))
    numbers = {old: f"{name}-{number}" for number, old in enumerate(declared, 1)}

    def renamed(tag: re.Match[str]) -> str:
        return _ID.sub(lambda found: f"{found[1]}{numbers[found[2]]}", tag[0])

    return _TAG.sub(renamed, svg)


def _rounded(svg: str) -> str:
    """Round the coordinates in tags: the last of matplotlib's six decimals follows the bits of its matrices."""

    def coordinates(attribute: re.Match[str]) -> str:
        return attribute[1] + _FRACTION.sub(lambda found: _thousandths(float(found[0])), attribute[2])

    return _TAG.sub(lambda tag: _COORDINATES.sub(coordinates, tag[0]), svg)


def _thousandths(value: float) -> str:
    text = f"{settled(value, 0.001):.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _font_faces(svg: str) -> str:
    used: dict[int, set[str]] = {}
    for style, text in re.findall(r'<(?:text|tspan) style="([^"]*)"[^>]*>([^<]*)<', svg):
        weight = 600 if re.search(r"font(?:-weight)?: (?:600|700|bold)", style) else 400
        used.setdefault(weight, set()).update(unescape(text))
    return "".join(_font_face(weight, characters) for weight, characters in sorted(used.items()))


def _font_face(weight: int, characters: set[str]) -> str:
    # Kerning and features are left out: matplotlib lays text out without them, and so must the reader's program.
    options = Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=[])
    font = TTFont(FONTS / _FACES[weight], recalcTimestamp=False)
    for table in sorted(_UNUSED & {*font.keys()}):  # before they are read, which takes most of the time
        del font[table]
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(characters)))
    subsetter.subset(font)
    font.flavor = "woff"
    data = io.BytesIO()
    font.save(data)
    encoded = base64.b64encode(data.getvalue()).decode()
    return (
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};"
        f"src:url(data:font/woff;base64,{encoded}) format('woff')}}"
    )
