"""Makes `report/theme/reference.docx`: Pandoc's own reference document with the report's styles, page and footer.

Run ``python -m report_engine.render.office.reference`` after a change here; a test says when the file and this module differ.
"""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

PATH = Path("report/theme/reference.docx")

INK, MUTED, LINE, ACCENT, BAND = "1D2B33", "55646C", "DDE2E2", "0B5563", "EEF3F2"
SERIF, SANS = "Cambria", "Calibri"  # every Word has them, LibreOffice has fonts of the same widths

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_FOOTER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_FOOTER_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"


def build() -> bytes:
    """Return the reference document; the same bytes whenever Pandoc's own is the same."""
    parts = _pandoc_parts()
    parts["word/styles.xml"] = _styles(parts["word/styles.xml"])
    parts["word/document.xml"] = re.sub(
        r"<w:sectPr>.*?</w:sectPr>", _SECTION, parts["word/document.xml"], flags=re.DOTALL
    )
    parts["word/footer1.xml"] = _FOOTER
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        "</Types>", f'<Override PartName="/word/footer1.xml" ContentType="{_FOOTER_TYPE}"/></Types>'
    )
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="rIdFooter1" Type="{_FOOTER_RELATION}" Target="footer1.xml"/></Relationships>',
    )
    return write_zip(parts)


def _pandoc_parts() -> dict[str, str]:
    from report_engine.render.embedded import pandoc

    run = subprocess.run([pandoc(), "--print-default-data-file", "reference.docx"], capture_output=True, check=True)
    with zipfile.ZipFile(io.BytesIO(run.stdout)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def write_zip(parts: Mapping[str, str | bytes]) -> bytes:
    """Write the parts of an Office document as a file; the same parts in the same order give the same bytes."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return data.getvalue()


def _styles(xml: str) -> str:
    xml = re.sub(r"<w:rPrDefault>.*?</w:rPrDefault>", _DEFAULTS, xml, flags=re.DOTALL)
    for name, style in STYLES.items():
        found = re.search(rf'<w:style\b[^>]*w:styleId="{re.escape(name)}".*?</w:style>', xml, flags=re.DOTALL)
        xml = xml.replace(found[0], style) if found else xml.replace("</w:styles>", f"{style}</w:styles>")
    return xml


def _run(font: str = "", size: float = 0, colour: str = "", *, bold: bool = False, italic: bool = False) -> str:
    parts = [
        f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>' if font else "",
        "<w:b/>" if bold else "",
        "<w:i/>" if italic else "",
        f'<w:color w:val="{colour}"/>' if colour else "",
        f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else "",
    ]
    return f"<w:rPr>{''.join(parts)}</w:rPr>"


def _space(before: float, after: float, line: float = 0) -> str:
    """Write spacing in points; ``line`` is the line height as a multiple."""
    height = f' w:line="{round(line * 240)}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"{height}/>'


def _border(side: str, colour: str, size: int = 4, space: int = 4) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


def _style(identifier: str, name: str, paragraph: str, run: str, *, based: str = "Normal", more: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/><w:basedOn w:val="{based}"/>'
        f"{more}<w:qFormat/><w:pPr>{paragraph}</w:pPr>{run}</w:style>"
    )


def _character(identifier: str, name: str, run: str) -> str:
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/>{run}</w:style>'
    )


def _heading(level: int, size: float, before: float, after: float, *, new_page: bool = False) -> str:
    start = "<w:pageBreakBefore/>" if new_page else ""
    return _style(
        f"Heading{level}",
        f"heading {level}",
        f'<w:keepNext/><w:keepLines/>{start}{_space(before, after, 1.1)}<w:outlineLvl w:val="{level - 1}"/>',
        _run(SANS, size, INK, bold=True),
        more='<w:next w:val="BodyText"/>',
    )


def _contents(level: int) -> str:
    indent = f'<w:ind w:left="{(level - 1) * 300}"/>'
    return _style(
        f"TOC{level}", f"toc {level}", _space(6 if level == 1 else 1, 1) + indent, _run(SANS, 10, bold=level == 1)
    )


_DEFAULTS = (
    f'<w:rPrDefault><w:rPr><w:rFonts w:ascii="{SERIF}" w:hAnsi="{SERIF}" w:eastAsia="{SERIF}" w:cs="{SERIF}"/>'
    f'<w:color w:val="{INK}"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
    '<w:lang w:val="sv-SE" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
)
_SECTION = (
    f'<w:sectPr {_R}><w:footerReference w:type="default" r:id="rIdFooter1"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1474" w:right="1474" w:bottom="1417" w:left="1474" w:header="709" w:footer="709" w:gutter="0"/>'
    "<w:titlePg/></w:sectPr>"
)


def _field(name: str) -> str:
    run = _run(SANS, 9, MUTED)
    return f'<w:fldSimple w:instr=" {name} "><w:r>{run}<w:t>1</w:t></w:r></w:fldSimple>'


_FOOTER = (
    f'<?xml version="1.0" encoding="UTF-8"?><w:ftr {_W}><w:p><w:pPr><w:jc w:val="right"/></w:pPr>'
    f'{_field("PAGE")}<w:r>{_run(SANS, 9, MUTED)}<w:t xml:space="preserve"> / </w:t></w:r>{_field("NUMPAGES")}</w:p></w:ftr>'
)
_CAPTION = _run(SANS, 9.5, INK)
_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="Table"><w:name w:val="Table"/><w:basedOn w:val="TableNormal"/>'
    '<w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr>'
    f"<w:tblPr><w:tblBorders>{_border('bottom', LINE, space=0)}{_border('insideH', LINE, space=0)}</w:tblBorders>"
    '<w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/>'
    '<w:right w:w="110" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>{_border("bottom", INK, 12, 0)}'
    '</w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    f'<w:tblStylePr w:type="lastRow"><w:rPr><w:color w:val="{MUTED}"/><w:sz w:val="16"/></w:rPr><w:tcPr><w:tcBorders>'
    f"{_border('top', INK, 6, 0)}</w:tcBorders></w:tcPr></w:tblStylePr></w:style>"
)

STYLES: Mapping[str, str] = {
    "Title": _style("Title", "Title", _space(90, 8, 1.05), _run(SERIF, 28, INK, bold=True)),
    "Subtitle": _style("Subtitle", "Subtitle", _space(0, 24, 1.1), _run(SERIF, 15, ACCENT, italic=True)),
    "AbstractTitle": _style("AbstractTitle", "Abstract Title", _space(12, 3), _run(SANS, 10.5, MUTED, bold=True)),
    "Abstract": _style("Abstract", "Abstract", _space(0, 12, 1.25), _run(size=11.5)),
    "BodyText": _style("BodyText", "Body Text", _space(0, 7, 1.25), _run(), more='<w:link w:val="BodyTextChar"/>'),
    "Compact": _style("Compact", "Compact", _space(1, 1, 1.08), _run(SANS, 9)),
    "Heading1": _heading(1, 20, 0, 14, new_page=True),
    "Heading2": _heading(2, 14, 18, 6),
    "Heading3": _heading(3, 11.5, 14, 4),
    "BlockText": _style(
        "BlockText",
        "Block Text",
        f'<w:pBdr>{_border("left", LINE, 18, 10)}</w:pBdr>{_space(8, 8, 1.25)}<w:ind w:left="340" w:right="340"/>',
        _run(italic=True),
        based="BodyText",
    ),
    "DataNote": _style(
        "DataNote",
        "Data Note",
        f'<w:pBdr>{_border("left", ACCENT, 18, 8)}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{BAND}"/>'
        f'{_space(8, 10, 1.15)}<w:ind w:left="200"/>',
        _run(SANS, 9.5),
    ),
    "KeyFigure": _style("KeyFigure", "Key Figure", _space(6, 6, 1.1), _run(SANS)),
    "KeyValue": _character("KeyValue", "Key Value", _run(SANS, 16, ACCENT, bold=True)),
    "KeyLabel": _character("KeyLabel", "Key Label", _run(SANS, 9.5, MUTED)),
    "TableCaption": _style("TableCaption", "Table Caption", f"<w:keepNext/>{_space(14, 5, 1.15)}", _CAPTION),
    "ImageCaption": _style("ImageCaption", "Image Caption", _space(4, 16, 1.15), _CAPTION),
    "CaptionedFigure": _style("CaptionedFigure", "Captioned Figure", f"<w:keepNext/>{_space(12, 0)}", _run()),
    "FootnoteText": _style("FootnoteText", "footnote text", _space(0, 3, 1.1), _run(size=9)),
    "Bibliography": _style(
        "Bibliography", "Bibliography", f'{_space(0, 5, 1.2)}<w:ind w:left="340" w:hanging="340"/>', _run(size=10)
    ),
    "TOCHeading": _style(
        "TOCHeading", "TOC Heading", f"<w:keepNext/>{_space(18, 6)}", _run(SANS, 12, MUTED, bold=True)
    ),
    "TOC1": _contents(1),
    "TOC2": _contents(2),
    "ClaimMark": _character("ClaimMark", "Claim Mark", _run(SANS, 8, ACCENT, bold=True)),
    "Hyperlink": _character("Hyperlink", "Hyperlink", f'<w:rPr><w:color w:val="{ACCENT}"/></w:rPr>'),
    "SectionNumber": _character("SectionNumber", "Section Number", f'<w:rPr><w:color w:val="{ACCENT}"/></w:rPr>'),
    "Table": _TABLE,
}


if __name__ == "__main__":
    PATH.write_bytes(build())
    print(f"wrote {PATH}", file=sys.stderr)
