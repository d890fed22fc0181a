"""Makes `report/theme/slides-reference.pptx`: the layouts that Pandoc fills, with the report's colours and type.

Run ``python -m report_engine.render.office.slides_reference`` after a change here; a test says when the file and this module differ.
Pandoc finds layouts by their English names; "Two Content" is the one for a wide figure with its text below, and "Content
with Caption" the one for a figure with its text beside it.
"""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pptx
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import PP_PLACEHOLDER as Kind
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Inches, Pt

from report_engine.render.office import package
from report_engine.render.office.house import ACCENT, BAND, INK, LINE, MUTED, SANS

PATH = Path("report/theme/slides-reference.pptx")

Box = tuple[float, float, float, float]
"""Left, top, width and height in inches."""

SECTION: Box = (0.6, 0.36, 8.5, 0.36)
DATA: Box = (9.73, 0.36, 3.0, 0.36)
TITLE: Box = (0.6, 0.72, 12.13, 0.95)
TEXT: Box = (0.6, 1.9, 11.2, 4.85)
SOURCE: Box = (0.6, 6.93, 10.9, 0.42)
NUMBER: Box = (11.63, 6.93, 1.1, 0.42)
FIGURES: Mapping[str, Box] = {"Two Content": (0.6, 1.75, 12.13, 4.24), "Content with Caption": (0.6, 1.75, 8.55, 5.05)}
"""Where a figure stands in each layout that has one; its text stands below it or beside it."""
BELOW: Box = (0.6, 6.14, 12.13, 0.74)
BESIDE: Box = (9.5, 1.75, 3.23, 5.05)

# Theme colours: accent2 to accent4 are those of the verdicts borderline, fails and untestable.
_COLOURS = {
    "dk1": INK,
    "lt1": "FFFFFF",
    "dk2": MUTED,
    "lt2": BAND,
    "accent1": ACCENT,
    "accent2": "7D5200",
    "accent3": "A0371B",
    "accent4": MUTED,
    "accent5": "7AA6B8",
    "accent6": LINE,
    "hlink": ACCENT,
    "folHlink": MUTED,
}

_A = nsdecls("a")
# Pandoc copies what the reference presentation says about itself: its number of slides and their titles.
_APP = b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'


@dataclass(frozen=True)
class Holder:
    """A placeholder: its kind and index, where it stands if not where the master has it, and how its text looks."""

    kind: Kind
    index: int
    name: str
    box: Box | None
    style: str = ""
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP


def build() -> bytes:
    """Return the reference presentation; the same bytes whenever Pandoc's own is the same."""
    presentation = pptx.Presentation(package.of_pandoc("reference.pptx"))
    presentation.slide_width, presentation.slide_height = Pt(960), Pt(540)
    del presentation.element.sldSz.attrib["type"]
    presentation.element.remove(presentation.element.find(qn("p:extLst")))  # guides for the other size
    core = presentation.core_properties
    core.author = core.last_modified_by = ""  # who drew Pandoc's
    presentation.part.package.part_related_by(RELATIONSHIP_TYPE.EXTENDED_PROPERTIES).blob = _APP
    master = presentation.slide_master
    _set_theme(master)
    _fill(master, _MASTER)
    _set_text(master)
    for layout in master.slide_layouts:
        if layout.name not in _LAYOUTS:  # pictures with captions and vertical text: nothing the report has
            master.slide_layouts.remove(layout)
            continue
        _fill(layout, _LAYOUTS[layout.name])
        if layout.name in _DARK:
            layout.background.fill.solid()
            layout.background.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
    return package.saved(presentation.save)


def _set_theme(master: SlideMaster) -> None:
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = parse_xml(part.blob)
    scheme = theme.find(f".//{qn('a:clrScheme')}")
    scheme.set("name", "Report")
    for name, value in _COLOURS.items():
        colour = parse_xml(f'<a:{name} {_A}><a:srgbClr val="{value}"/></a:{name}>')
        scheme.replace(scheme.find(qn(f"a:{name}")), colour)
    for latin in theme.iterfind(f".//{qn('a:fontScheme')}/*/{qn('a:latin')}"):
        latin.set("typeface", SANS)
    part.blob = serialize_part_xml(theme)


def _set_text(master: SlideMaster) -> None:
    """Set how titles and text look by its level, which python-pptx has no objects for."""
    styles = master.element.find(qn("p:txStyles"))
    title = styles.find(f"{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    title.set("algn", "l")
    title.insert(0, parse_xml(f'<a:lnSpc {_A}><a:spcPct val="90000"/></a:lnSpc>'))
    title.find(qn("a:defRPr")).attrib.update({"sz": "2800", "b": "1"})
    for level, size in enumerate((24, 20, 18, 18, 18), 1):
        text = styles.find(f"{qn('p:bodyStyle')}/{qn(f'a:lvl{level}pPr')}")
        text.attrib.update({"marL": str(Inches(0.25 * level)), "indent": str(-Inches(0.25))})
        text.replace(text.find(qn("a:spcBef")), parse_xml(f'<a:spcBef {_A}><a:spcPts val="800"/></a:spcBef>'))
        text.find(qn("a:defRPr")).set("sz", str(size * 100))


def _fill(page: SlideLayout | SlideMaster, holders: Iterable[Holder]) -> None:
    """Put placeholders in the place of those of a page."""
    tree = page.shapes.element
    for shape in [*page.shapes]:
        tree.remove(shape.element)
    for number, holder in enumerate(holders, 2):
        tree.add_placeholder(number, holder.name, holder.kind, "horz", "full", holder.index)
        shape = [*page.placeholders][-1]
        if holder.box:
            shape.left, shape.top, shape.width, shape.height = map(Inches, holder.box)
        frame = shape.text_frame
        frame.text = holder.name
        frame.margin_left = frame.margin_top = frame.margin_right = frame.margin_bottom = 0
        frame.vertical_anchor, frame.auto_size = holder.anchor, MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
        for empty in shape.element.xpath("p:txBody/a:lstStyle"):
            empty.getparent().remove(empty)
        shape.element.xpath("p:txBody/a:bodyPr")[0].addnext(parse_xml(f"<a:lstStyle {_A}>{holder.style}</a:lstStyle>"))
        if holder.kind == Kind.SLIDE_NUMBER:
            frame.clear()
            frame.paragraphs[0]._p.append(parse_xml(_FIELD))


def _style(size: float, colour: str = "tx1", *, bold: bool = False, align: str = "l") -> str:
    return (
        f'<a:lvl1pPr marL="0" indent="0" algn="{align}"><a:buNone/><a:defRPr sz="{round(size * 100)}" b="{bold:d}">'
        f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill></a:defRPr></a:lvl1pPr>'
    )


def _levels(sizes: tuple[float, ...]) -> str:
    return "".join(
        f'<a:lvl{level}pPr><a:defRPr sz="{round(size * 100)}"/></a:lvl{level}pPr>'
        for level, size in enumerate(sizes, 1)
    )


_FIELD = f'<a:fld {_A} id="{{C5EF2332-01BF-834F-8236-50238282D533}}" type="slidenum"><a:rPr/><a:t>‹#›</a:t></a:fld>'


_SIZES = (18, 16, 16)


def _number(index: int) -> Holder:
    return Holder(Kind.SLIDE_NUMBER, index, "Number", NUMBER, _style(12, "tx2", align="r"), MSO_ANCHOR.BOTTOM)


def _content(index: int, box: Box, sizes: tuple[float, ...] = _SIZES) -> Holder:
    return Holder(Kind.OBJECT, index, f"Content {index}", box, _levels(sizes))


_LEFT, _RIGHT = 0.6, 6.83
_DARK = ("Title Slide", "Section Header")
_MASTER = (Holder(Kind.TITLE, 0, "Title", TITLE), Holder(Kind.BODY, 1, "Text", TEXT), _number(4))
_TITLE = Holder(Kind.TITLE, 0, "Title", None)
_SMALL = (
    Holder(Kind.BODY, 13, "Section", SECTION, _style(14, "accent1", bold=True)),
    Holder(Kind.BODY, 14, "Data", DATA, _style(14, "accent3", bold=True, align="r")),
    Holder(Kind.BODY, 15, "Source", SOURCE, _style(12, "tx2"), MSO_ANCHOR.BOTTOM),
    _number(12),
)
"""The placeholders that stand on every slide: section, state of the data, source and number."""

_LAYOUTS: Mapping[str, tuple[Holder, ...]] = {
    "Title Slide": (
        Holder(Kind.CENTER_TITLE, 0, "Title", (0.9, 1.5, 11.5, 1.5), _style(48, "bg1", bold=True), MSO_ANCHOR.BOTTOM),
        Holder(Kind.SUBTITLE, 1, "Subtitle", (0.9, 3.25, 10.2, 3.5), _style(24, "bg2")),
    ),
    "Title and Content": (_TITLE, _content(1, TEXT, (24, 20, 18)), *_SMALL),
    "Section Header": (
        Holder(Kind.TITLE, 0, "Title", (0.9, 2.6, 11.5, 1.5), _style(40, "bg1", bold=True), MSO_ANCHOR.BOTTOM),
        Holder(Kind.BODY, 1, "Text", (0.9, 4.3, 11.5, 1.5), _style(20, "bg2")),
    ),
    "Two Content": (_TITLE, _content(1, FIGURES["Two Content"]), _content(2, BELOW), *_SMALL),
    "Comparison": (
        _TITLE,
        Holder(Kind.BODY, 1, "Text 1", (_LEFT, 1.75, 5.9, 0.6), _style(18, bold=True)),
        _content(2, (_LEFT, 2.45, 5.9, 4.35)),
        Holder(Kind.BODY, 3, "Text 2", (_RIGHT, 1.75, 5.9, 0.6), _style(18, bold=True)),
        _content(4, (_RIGHT, 2.45, 5.9, 4.35)),
        *_SMALL,
    ),
    "Title Only": (_TITLE, *_SMALL),
    "Blank": _SMALL,
    "Content with Caption": (
        _TITLE,
        _content(1, FIGURES["Content with Caption"]),
        Holder(Kind.BODY, 2, "Text", BESIDE, _levels(_SIZES)),
        *_SMALL,
    ),
}


if __name__ == "__main__":
    PATH.write_bytes(build())
    print(f"wrote {PATH}", file=sys.stderr)
