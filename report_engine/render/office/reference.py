"""Makes `report/theme/reference.docx`: Pandoc's own reference document with the report's styles, page and footer.

Run ``python -m report_engine.render.office.reference`` after a change here; a test says when the file and this module differ.
"""

import sys
from functools import partial
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle
from docx.styles.styles import Styles

from report_engine.render.office import package
from report_engine.render.office.house import ACCENT, BAND, INK, LINE, MUTED, SANS, SERIF

PATH = Path("report/theme/reference.docx")


def build() -> bytes:
    """Return the reference document; the same bytes whenever Pandoc's own is the same."""
    document = docx.Document(package.of_pandoc("reference.docx"))
    _replace(document.styles.element.xpath("w:docDefaults/w:rPrDefault")[0], _DEFAULTS)
    _replace(document.styles["Table"].element, _TABLE)
    _paragraphs(document.styles)
    _characters(document.styles)
    _page(document)
    return package.saved(document.save)


def _replace(old: BaseOxmlElement, xml: str) -> None:
    old.getparent().replace(old, parse_xml(xml))


def _style(styles: Styles, kind: WD_STYLE_TYPE, name: str) -> Any:
    """Return a style of Pandoc's without its looks, but for the level of a heading, or a new one."""
    if name not in styles:
        return styles.add_style(name, kind, builtin=name.islower())  # as Word's own names are, such as "toc 1"
    style = styles[name]
    for look in style.element.xpath("w:link | w:rPr | w:pPr/*[not(self::w:outlineLvl)]"):
        look.getparent().remove(look)
    return style


def _font(
    style: CharacterStyle, font: str = "", size: float = 0, colour: str = "", *, bold: bool | None = None
) -> None:
    style.font.name = font or None
    style.font.size = Pt(size) if size else None
    style.font.color.rgb = RGBColor.from_string(colour) if colour else None
    style.font.bold = bold


def _paragraph(
    styles: Styles,
    name: str,
    space: tuple[float, float] | tuple[float, float, float],
    font: str = "",
    size: float = 0,
    colour: str = "",
    *,
    bold: bool | None = None,
    keep: bool | None = None,
    base: str = "Normal",
) -> ParagraphStyle:
    """Set a style; ``space`` is in points before and after, and the line height as a multiple; ``keep`` it with the next."""
    style: ParagraphStyle = _style(styles, WD_STYLE_TYPE.PARAGRAPH, name)
    style.base_style = styles[base]
    _font(style, font, size, colour, bold=bold)
    looks = style.paragraph_format
    looks.space_before, looks.space_after = Pt(space[0]), Pt(space[1])
    looks.line_spacing = space[2] if len(space) == 3 else None
    looks.keep_with_next = keep
    return style


def _paragraphs(styles: Styles) -> None:
    set_ = partial(_paragraph, styles)
    set_("Title", (90, 8, 1.05), SERIF, 28, INK, bold=True)
    set_("Subtitle", (0, 24, 1.1), SERIF, 15, ACCENT).font.italic = True
    set_("Abstract Title", (12, 3), SANS, 10.5, MUTED, bold=True)
    set_("Abstract", (0, 12, 1.25), size=11.5)
    set_("Body Text", (0, 7, 1.25))
    set_("Compact", (1, 1, 1.08), SANS, 9)
    for level, size, before, after in ((1, 20, 0, 14), (2, 14, 18, 6), (3, 11.5, 14, 4)):
        heading = set_(f"Heading {level}", (before, after, 1.1), SANS, size, INK, bold=True, keep=True)
        heading.paragraph_format.keep_together = True
        heading.paragraph_format.page_break_before = level == 1
    quotation = set_("Block Text", (8, 8, 1.25), base="Body Text")
    quotation.font.italic = True
    quotation.paragraph_format.left_indent = quotation.paragraph_format.right_indent = Pt(17)
    _mark(quotation, LINE, 10)
    note = set_("Data Note", (8, 10, 1.15), SANS, 9.5)
    note.paragraph_format.left_indent = Pt(10)
    _mark(note, ACCENT, 8, f'<w:shd {_W} w:val="clear" w:color="auto" w:fill="{BAND}"/>')
    set_("Key Figure", (6, 6, 1.1), SANS)
    set_("Table Caption", (14, 5, 1.15), SANS, 9.5, INK, keep=True)
    set_("Image Caption", (4, 16, 1.15), SANS, 9.5, INK)
    set_("Captioned Figure", (12, 0), keep=True)
    set_("Footnote Text", (0, 3, 1.1), size=9)
    entry = set_("Bibliography", (0, 5, 1.2), size=10).paragraph_format
    entry.left_indent, entry.first_line_indent = Pt(17), Pt(-17)
    set_("TOC Heading", (18, 6), SANS, 12, MUTED, bold=True, keep=True)
    for level, before in ((1, 6), (2, 1)):
        contents = set_(f"toc {level}", (before, 1), SANS, 10, bold=level == 1 or None)
        contents.paragraph_format.left_indent = Pt(15 * (level - 1))
        contents.style_id = f"TOC{level}"
    set_("footer", (0, 10), SANS, 9, MUTED).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _mark(style: ParagraphStyle, colour: str, space: int, *more: str) -> None:
    """Draw a line at the left of a paragraph, which python-docx has no property for, and what else stands beside it."""
    line = f"<w:pBdr {_W}>{_border('left', colour, 18, space)}</w:pBdr>"
    for xml in (line, *more):
        style.element.pPr.insert_element_before(parse_xml(xml), "w:spacing")


def _characters(styles: Styles) -> None:
    for name, font, size, colour, bold in (
        ("Key Value", SANS, 16, ACCENT, True),
        ("Key Label", SANS, 9.5, MUTED, None),
        ("Claim Mark", SANS, 8, ACCENT, True),
        ("Hyperlink", "", 0, ACCENT, None),
        ("Section Number", "", 0, ACCENT, None),
    ):
        style: CharacterStyle = _style(styles, WD_STYLE_TYPE.CHARACTER, name)
        style.base_style = styles["Default Paragraph Font"]
        _font(style, font, size, colour, bold=bold)


def _page(document: Document) -> None:
    """Make the page A4, with its number and that of the last one at the foot of all but the first."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = Mm(26)
    section.bottom_margin = Mm(25)
    section.header_distance = section.footer_distance = Mm(12.5)
    section.different_first_page_header_footer = True
    for restart in document.element.body.xpath("w:sectPr/w:footnotePr"):  # footnotes are numbered through the report
        restart.getparent().remove(restart)
    paragraph = section.footer.paragraphs[0]
    paragraph.style = document.styles["footer"]
    for number, field in enumerate(("PAGE", "NUMPAGES")):
        if number:
            paragraph.add_run(" / ")
        paragraph._p.append(parse_xml(f'<w:fldSimple {_W} w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))


def _border(side: str, colour: str, size: int, space: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


_W = nsdecls("w")
_DEFAULTS = (
    f'<w:rPrDefault {_W}><w:rPr><w:rFonts w:ascii="{SERIF}" w:hAnsi="{SERIF}" w:eastAsia="{SERIF}" w:cs="{SERIF}"/>'
    f'<w:color w:val="{INK}"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
    '<w:lang w:val="sv-SE" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
)
# python-docx has no objects for what a style says of a table's cells and rows.
_TABLE = (
    f'<w:style {_W} w:type="table" w:default="1" w:styleId="Table"><w:name w:val="Table"/><w:basedOn w:val="TableNormal"/>'
    '<w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr>'
    f"<w:tblPr><w:tblBorders>{_border('bottom', LINE, 4)}{_border('insideH', LINE, 4)}</w:tblBorders>"
    '<w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/>'
    '<w:right w:w="110" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>{_border("bottom", INK, 12)}'
    '</w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    f'<w:tblStylePr w:type="lastRow"><w:rPr><w:color w:val="{MUTED}"/><w:sz w:val="16"/></w:rPr><w:tcPr><w:tcBorders>'
    f"{_border('top', INK, 6)}</w:tcBorders></w:tcPr></w:tblStylePr></w:style>"
)


if __name__ == "__main__":
    PATH.write_bytes(build())
    print(f"wrote {PATH}", file=sys.stderr)
