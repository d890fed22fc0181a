"""An Office file read back: it opens, is undamaged, and each of its parts is well-formed."""

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from report_engine.words.messages import Message

LEFT_OVER = re.compile(r"\?(?:var|meta|env|invalid|fact):?\S*|\?@\S+|\{\{<")
"""What a shortcode or a reference leaves in a text that nobody filled in."""


class Damaged(Exception):
    """An Office file that can't be read; ``message`` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


def parts(path: Path, broken: str) -> dict[str, bytes]:
    """Read the XML parts of an Office file by name; ``Damaged`` with the message of the key ``broken`` where it does not open."""
    try:
        with zipfile.ZipFile(path) as archive:
            if damaged := archive.testzip():
                raise Damaged(Message("made.damaged", {"file": damaged}))
            return {name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    except zipfile.BadZipFile:
        raise Damaged(Message(broken)) from None


def parsed(parts: Mapping[str, bytes]) -> tuple[dict[str, Element], list[Message]]:
    """Parse each part; those that are not well-formed are named in messages."""
    trees, malformed = {}, []
    for name, content in parts.items():
        try:
            trees[name] = ElementTree.fromstring(content)
        except ElementTree.ParseError as error:
            malformed.append(Message("made.malformed", {"file": name, "reason": str(error)}))
    return trees, malformed
