"""The published PDF and Word file as a reader's programs see them; tests/browser reads the page."""

import io
import zipfile

import pikepdf

from tests.workflow.conftest import Project


def test_the_pdf_has_a_title_a_language_and_tags(built: Project) -> None:
    with pikepdf.open(built.path("report/_output/sv/report.pdf")) as pdf:
        assert str(pdf.Root.Lang).startswith("sv")
        assert pdf.Root.MarkInfo.Marked
        assert pdf.open_metadata()["dc:title"]


def test_the_word_file_holds_text_and_pictures(built: Project) -> None:
    with zipfile.ZipFile(io.BytesIO(built.path("report/_output/sv/report.docx").read_bytes())) as word:
        assert word.testzip() is None
        text = word.read("word/document.xml").decode("utf-8")
        pictures = [name for name in word.namelist() if name.startswith("word/media/")]
    assert pictures and text.count("<pic:pic") >= len(pictures)
    assert "{{&lt;" not in text
