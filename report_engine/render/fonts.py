"""The files of the report's type: without one, programs draw in another and say nothing."""

import struct
from pathlib import Path

from report_engine.words.obstacle_texts import say
from report_engine.words.obstacles import Obstacle

FOLDER = Path("report/theme/fonts")
FACES = (
    "ReportSans-Bold.ttf",
    "ReportSans-Italic.ttf",
    "ReportSans-Regular.ttf",
    "ReportSans-SemiBold.ttf",
    "ReportSerif-Italic.ttf",
    "ReportSerif-Regular.ttf",
    "ReportSerif-SemiBold.ttf",
)
"""What the stylesheet, the figures, the PDF and the slides are set in."""

_KINDS = (b"\0\1\0\0", b"OTTO")  # how a TrueType and an OpenType font begin


def check(root: Path) -> None:
    """Raise ``Obstacle`` for the first face that is missing below ``root``, or is no whole font."""
    for name in FACES:
        path = root / FOLDER / name
        if not path.is_file():
            fault = "font_missing"
        elif not _is_whole(path.read_bytes()):
            fault = "font_damaged"
        else:
            continue
        raise Obstacle(say(fault, path=(FOLDER / name).as_posix()))


def _is_whole(font: bytes) -> bool:
    """Say whether a font has all the tables that its head names."""
    if len(font) < 12 or font[:4] not in _KINDS:
        return False
    (count,) = struct.unpack_from(">H", font, 4)
    head = font[12 : 12 + 16 * count]
    if len(head) < 16 * count:
        return False
    return all(offset + length <= len(font) for _, _, offset, length in struct.iter_unpack(">4sIII", head))
