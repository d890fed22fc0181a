"""Text as a reader sees it: entities decoded, soft hyphens gone, words joined across markup, with the way back to the source."""

import re
from dataclasses import dataclass
from html import unescape

_WRITTEN = re.compile(
    r"(?P<entity>&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);)"
    r"|(?P<gone>\u00ad|\u200b|\u2060)"
    r"|(?P<markup>(?<=\w)[*_~^]{1,3}(?=\w)|(?<=\w)\]\[(?=\w))"
)


@dataclass(frozen=True)
class Rendered:
    """A text as it is read: ``text``, and for each of its characters where it begins in the source (one place more, its end)."""

    text: str
    places: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Say where in the source a stretch of the text stands."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1 if end == start + 1 else self.places[end]


def rendered(shown: str) -> Rendered:
    """Write a text as a reader sees it."""
    if not _WRITTEN.search(shown):
        return Rendered(shown, None)
    pieces: list[str] = []
    places: list[int] = []
    end = 0
    for found in _WRITTEN.finditer(shown):
        pieces.append(shown[end : found.start()])
        places += range(end, found.start())
        said = unescape(found["entity"]).replace("\u00ad", "") if found["entity"] else ""
        pieces.append(said)
        places += [found.start()] * len(said)
        end = found.end()
    pieces.append(shown[end:])
    places += range(end, len(shown) + 1)
    return Rendered("".join(pieces), tuple(places))
