"""Makes `report/theme/slides-reference.pptx`: the layouts that Pandoc fills, with the report's colours and type.

Run ``python -m report_engine.render.office.slides_reference`` after a change here; a test says when the file and this module differ.
Pandoc finds layouts by their English names; "Two Content" is the one for a wide figure with its text below, and "Content
with Caption" the one for a figure with its text beside it.
"""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

from report_engine.render.office.reference import ACCENT, BAND, INK, LINE, MUTED, SANS, write_zip

PATH = Path("report/theme/slides-reference.pptx")

Box = tuple[float, float, float, float]
"""Left, top, width and height in inches."""

WIDTH, HEIGHT = 13.333, 7.5
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

_NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_CORE = f'{_XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
_ROOT = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)


def build() -> bytes:
    """Return the reference presentation; the same bytes whenever Pandoc's own is the same."""
    parts = _pandoc_parts()
    for number in (9, 10, 11):  # pictures with captions and vertical text: nothing the report has
        del parts[f"ppt/slideLayouts/slideLayout{number}.xml"]
        del parts[f"ppt/slideLayouts/_rels/slideLayout{number}.xml.rels"]
    for number, layout in enumerate(_LAYOUTS, 1):
        parts[f"ppt/slideLayouts/slideLayout{number}.xml"] = layout
    gone = r"slideLayout(?:9|10|11)\.xml"
    parts["[Content_Types].xml"] = re.sub(rf'<Override [^>]*{gone}"[^>]*/>', "", parts["[Content_Types].xml"])
    relations = "ppt/slideMasters/_rels/slideMaster1.xml.rels"
    parts[relations] = re.sub(rf'<Relationship [^>]*{gone}"[^>]*/>', "", parts[relations])
    parts["ppt/slideMasters/slideMaster1.xml"] = _master()
    parts["ppt/theme/theme1.xml"] = _theme(parts["ppt/theme/theme1.xml"])
    size = f'<p:sldSz cx="{emu(WIDTH)}" cy="{emu(HEIGHT)}"/>'
    xml = re.sub(r"<p:sldSz [^>]*/>", size, parts["ppt/presentation.xml"])
    parts["ppt/presentation.xml"] = re.sub(r"<p:extLst>.*</p:extLst>", "", xml, flags=re.DOTALL)
    parts["docProps/core.xml"] = _CORE  # Pandoc's names the person who drew it
    return write_zip(parts)


def emu(inches: float) -> int:
    """Return a length in the unit of the file format."""
    return round(inches * 1200) * 762


def _pandoc_parts() -> dict[str, str]:
    from report_engine.render.embedded import pandoc

    run = subprocess.run([pandoc(), "--print-default-data-file", "reference.pptx"], capture_output=True, check=True)
    with zipfile.ZipFile(io.BytesIO(run.stdout)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def _theme(xml: str) -> str:
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS.items())
    xml = re.sub(r"(<a:clrScheme )[^>]*>.*?(</a:clrScheme>)", rf'\1name="Report">{colours}\2', xml, flags=re.DOTALL)
    return xml.replace('<a:latin typeface="Calibri"/>', f'<a:latin typeface="{SANS}"/>')


def _place(box: Box | None) -> str:
    if box is None:
        return "<p:spPr/>"
    left, top, width, height = map(emu, box)
    return (
        f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
    )


def _style(size: float, colour: str = "tx1", *, bold: bool = False, align: str = "l", level: int = 1) -> str:
    return (
        f'<a:lvl{level}pPr marL="0" indent="0" algn="{align}"><a:buNone/><a:defRPr sz="{round(size * 100)}" b="{bold:d}">'
        f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill></a:defRPr></a:lvl{level}pPr>'
    )


def _levels(sizes: tuple[float, ...]) -> str:
    return "".join(
        f'<a:lvl{level}pPr><a:defRPr sz="{round(size * 100)}"/></a:lvl{level}pPr>'
        for level, size in enumerate(sizes, 1)
    )


def _shape(number: int, name: str, holder: str, box: Box | None, text: str, style: str = "", anchor: str = "t") -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {holder}/></p:nvPr></p:nvSpPr>{_place(box)}<p:txBody>"
        f'<a:bodyPr vert="horz" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:normAutofit/></a:bodyPr>'
        f"<a:lstStyle>{style}</a:lstStyle>{text}</p:txBody></p:sp>"
    )


def _words(text: str) -> str:
    return f'<a:p><a:r><a:rPr lang="en-GB"/><a:t>{text}</a:t></a:r></a:p>'


_FIELD = (
    '<a:p><a:fld id="{C5EF2332-01BF-834F-8236-50238282D533}" type="slidenum"><a:rPr lang="en-GB"/>'
    "<a:t>‹#›</a:t></a:fld></a:p>"
)


def _small() -> str:
    """Return the placeholders that stand on every slide: section, state of the data, source and number."""
    kind = 'type="body" sz="quarter"'
    return "".join(
        (
            _shape(21, "Section", f'{kind} idx="13"', SECTION, _words("Section"), _style(14, "accent1", bold=True)),
            _shape(22, "Data", f'{kind} idx="14"', DATA, _words("Data"), _style(14, "accent3", bold=True, align="r")),
            _shape(23, "Source", f'{kind} idx="15"', SOURCE, _words("Source"), _style(12, "tx2"), "b"),
            _number(12),
        )
    )


def _number(index: int) -> str:
    holder = f'type="sldNum" sz="quarter" idx="{index}"'
    return _shape(24, "Number", holder, NUMBER, _FIELD, _style(12, "tx2", align="r"), "b")


def _layout(name: str, kind: str, shapes: str, *, background: str = "", small: bool = True) -> str:
    return (
        f'{_XML}<p:sldLayout {_NS} type="{kind}" preserve="1"><p:cSld name="{name}">{background}<p:spTree>{_ROOT}{shapes}'
        f"{_small() if small else ''}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


_TITLE = _shape(2, "Title", 'type="title"', None, _words("The slide's message"))
_SIZES = (18, 16, 16)


def _content(number: int, holder: str, box: Box, sizes: tuple[float, ...] = _SIZES) -> str:
    return _shape(number, f"Content {number}", holder, box, _words("Text or figure"), _levels(sizes))


_DARK = '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
_HALF: Box = (0.6, 1.75, 5.9, 5.05)
_OTHER_HALF: Box = (6.83, 1.75, 5.9, 5.05)
_LAYOUTS = (
    _layout(
        "Title Slide",
        "title",
        _shape(2, "Title", 'type="ctrTitle"', (0.9, 1.5, 11.5, 1.5), _words("Title"), _style(48, "bg1", bold=True), "b")
        + _shape(
            3, "Subtitle", 'type="subTitle" idx="1"', (0.9, 3.25, 10.2, 3.5), _words("Subtitle"), _style(24, "bg2")
        ),
        background=_DARK,
        small=False,
    ),
    _layout("Title and Content", "obj", _TITLE + _content(3, 'idx="1"', TEXT, (24, 20, 18))),
    _layout(
        "Section Header",
        "secHead",
        _shape(2, "Title", 'type="title"', (0.9, 2.6, 11.5, 1.5), _words("Section"), _style(40, "bg1", bold=True), "b")
        + _shape(3, "Text", 'type="body" idx="1"', (0.9, 4.3, 11.5, 1.5), _words("Text"), _style(20, "bg2")),
        background=_DARK,
        small=False,
    ),
    _layout(
        "Two Content",
        "twoObj",
        _TITLE + _content(3, 'sz="half" idx="1"', FIGURES["Two Content"]) + _content(4, 'sz="half" idx="2"', BELOW),
    ),
    _layout(
        "Comparison",
        "twoTxTwoObj",
        _TITLE
        + _shape(3, "Text 1", 'type="body" idx="1"', (*_HALF[:3], 0.6), _words("Text"), _style(18, bold=True))
        + _content(4, 'sz="half" idx="2"', (_HALF[0], 2.45, _HALF[2], 4.35))
        + _shape(
            5,
            "Text 2",
            'type="body" sz="quarter" idx="3"',
            (*_OTHER_HALF[:3], 0.6),
            _words("Text"),
            _style(18, bold=True),
        )
        + _content(6, 'sz="quarter" idx="4"', (_OTHER_HALF[0], 2.45, _OTHER_HALF[2], 4.35)),
    ),
    _layout("Title Only", "titleOnly", _TITLE),
    _layout("Blank", "blank", ""),
    _layout(
        "Content with Caption",
        "objTx",
        _TITLE
        + _content(3, 'idx="1"', FIGURES["Content with Caption"])
        + _shape(4, "Text", 'type="body" sz="half" idx="2"', BESIDE, _words("Text"), _levels(_SIZES)),
    ),
)


def _master() -> str:
    ids = "".join(f'<p:sldLayoutId id="{2147483648 + n}" r:id="rId{n}"/>' for n in range(1, len(_LAYOUTS) + 1))
    shapes = (
        _shape(2, "Title", 'type="title"', TITLE, _words("The slide's message"))
        + _shape(3, "Text", 'type="body" idx="1"', TEXT, _words("Text"))
        + _number(4)
    )
    mapping = "".join(f' {name}="{name}"' for name in (*(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink"))
    return (
        f'{_XML}<p:sldMaster {_NS}><p:cSld><p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg><p:spTree>'
        f'{_ROOT}{shapes}</p:spTree></p:cSld><p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2"{mapping}/>'
        f"<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst><p:txStyles><p:titleStyle>{_paragraph(1, 28, 0, bold=True, line=90)}"
        f"</p:titleStyle><p:bodyStyle>{''.join(_paragraph(n, s, 8, bullet='•') for n, s in enumerate((24, 20, 18, 18, 18), 1))}"
        f"</p:bodyStyle><p:otherStyle>{_paragraph(1, 18, 0)}</p:otherStyle></p:txStyles></p:sldMaster>"
    )


def _paragraph(level: int, size: float, before: float, *, bold: bool = False, line: int = 100, bullet: str = "") -> str:
    mark = f'<a:buFont typeface="Arial"/><a:buChar char="{bullet}"/>' if bullet else "<a:buNone/>"
    indent = f'marL="{emu(0.25 * level)}" indent="-{emu(0.25)}"' if bullet else 'marL="0" indent="0"'
    font = "mj" if bold else "mn"
    return (
        f'<a:lvl{level}pPr {indent} algn="l" rtl="0"><a:lnSpc><a:spcPct val="{line * 1000}"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{round(before * 100)}"/></a:spcBef>{mark}<a:defRPr sz="{round(size * 100)}" b="{bold:d}" '
        f'kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+{font}-lt"/>'
        f'<a:ea typeface="+{font}-ea"/><a:cs typeface="+{font}-cs"/></a:defRPr></a:lvl{level}pPr>'
    )


if __name__ == "__main__":
    PATH.write_bytes(build())
    print(f"wrote {PATH}", file=sys.stderr)
