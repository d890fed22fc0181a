"""XML from anywhere: no entities, no document type, nothing fetched, and limits to what it may hold."""

from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from report_engine.model.findings import Finding
from report_engine.readers.raw import Unreadable
from report_engine.words.messages import Message

LARGEST = 30_000_000  # bytes
MOST_ELEMENTS = 500_000
MOST_ATTRIBUTES = 1_000_000
DEEPEST = 200


def parse(data: bytes, file: str) -> Element:
    """Return the root of an XML document; ``Unreadable`` where it is none, declares entities or exceeds the limits."""
    from defusedxml.common import DefusedXmlException  # late: few files are XML
    from defusedxml.ElementTree import DefusedXMLParser

    if len(data) > LARGEST:
        raise _refused(file, Message("exports.xml_mb", {"mb": len(data) / 1e6, "limit": LARGEST // 1_000_000}))
    if data.count(b"=") > MOST_ATTRIBUTES:
        raise _refused(file, Message("exports.xml_attributes", {"limit": MOST_ATTRIBUTES}))
    parser = DefusedXMLParser(target=_Limited(file), forbid_dtd=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except DefusedXmlException:
        raise _refused(file, Message("exports.xml_entities")) from None
    except ParseError as error:
        raise _refused(file, Message("exports.xml_damaged", {"line": error.position[0]})) from None
    except (ValueError, LookupError):
        raise _refused(file, Message("exports.xml_encoding")) from None
    return root


def local(element: Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element | None, *names: str) -> list[Element]:
    """Return the children of these names; none where there is no element."""
    return [] if element is None else [child for child in element if local(child) in names]


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first element down a path of names, ``None`` where there is none."""
    for name in path:
        element = next(iter(children(element, name)), None)
    return element


def content(element: Element | None) -> str:
    """Return an element's text, blanks at its ends removed."""
    return "" if element is None or element.text is None else element.text.strip()


class _Limited(TreeBuilder):
    def __init__(self, file: str) -> None:
        super().__init__()
        self._file = file
        self._count = self._depth = 0

    def start(self, tag: Any, attrs: Any, /) -> Any:
        self._count += 1
        self._depth += 1
        if self._count > MOST_ELEMENTS:
            raise _refused(self._file, Message("exports.xml_elements", {"limit": MOST_ELEMENTS}))
        if self._depth > DEEPEST:
            raise _refused(self._file, Message("exports.xml_levels", {"limit": DEEPEST}))
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Any:
        self._depth -= 1
        return super().end(tag)


def _refused(file: str, problem: Message) -> Unreadable:
    return Unreadable(Finding(file, "file", problem, advice=Message("exports.again")))
