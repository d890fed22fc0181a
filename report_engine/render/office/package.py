"""Office files as python-docx and python-pptx hold them: Pandoc's own to start from, checked to open, saved as the same bytes."""

import io
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from lxml import etree

from report_engine.words.messages import Message

LEFT_OVER = re.compile(r"\?(?:var|meta|env|invalid|fact):?\S*|\?@\S+|\{\{<")
"""What a shortcode or a reference leaves in a text that nobody filled in."""


def of_pandoc(name: str) -> io.BytesIO:
    """Return one of Pandoc's own reference documents."""
    from report_engine.render.embedded import pandoc

    run = subprocess.run([pandoc(), "--print-default-data-file", name], capture_output=True, check=True)
    return io.BytesIO(run.stdout)


def saved(save: Callable[[IO[bytes]], None]) -> bytes:
    """Return what a library saves without the hour, which both libraries write into the archive."""
    hourly, data = io.BytesIO(), io.BytesIO()
    save(hourly)
    with zipfile.ZipFile(hourly) as archive, zipfile.ZipFile(data, "w") as same:
        for name in archive.namelist():
            kind = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            same.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), archive.read(name), kind)
    return data.getvalue()


def faults(path: Path, broken: str) -> Iterator[Message]:
    """Yield what keeps a library from opening an Office file, by the part; the message of the key ``broken`` where none is read."""
    try:
        with zipfile.ZipFile(path) as archive:
            if damaged := archive.testzip():
                yield Message("made.damaged", {"file": damaged})
                return
            parts = {name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    except zipfile.BadZipFile:
        yield Message(broken)
        return
    for name, content in parts.items():
        try:
            etree.fromstring(content, etree.XMLParser(resolve_entities=False))
        except etree.XMLSyntaxError as error:
            yield Message("made.malformed", {"file": name, "reason": str(error)})
