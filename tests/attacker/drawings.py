"""What a published drawing says in numbers: those of its data, of its scales, and of its words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

NUMBER = re.compile(r"[-−]?\d+(?:[.,]\d+)?")
BARE = re.compile(r"[-−+]?\d[\d.,\s\u202f\xa0]*%?")
THOUSANDS = re.compile(r"(?<=\d)[\s\u202f\xa0](?=\d{3})")


@dataclass(frozen=True)
class Written:
    """A text, and where it stands (0, 0 where it is placed otherwise)."""

    text: str
    x: float
    y: float


def texts(content: bytes) -> list[str]:
    """Give the texts of a drawing."""
    return [found.text for found in _written(content)]


def unknown(content: bytes, data: str, words: str) -> list[str]:
    """Give the texts with a number that is neither in the data (CSV; as it is, in per cent, or the sum of two rows) nor in the words, nor on a scale."""
    held = _held(data)
    found = _written(content)
    scales = {one for one in found if _is_tick(one, found)}
    return [
        one.text
        for one in found
        if one not in scales and one.text not in words and not all(near(number, held) for number in numbers(one.text))
    ]


def untold(values: Iterable[str], data: str, words: str) -> list[str]:
    """Give the texts that the page says of a drawing's marks with a number that is neither in the data nor in the words."""
    held = _held(data)
    return [one for one in values if not all(near(number, held) or number in words for number in numbers(one))]


def _held(data: str) -> list[float]:
    held = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", data)]
    held += [one + other for one, other in pairwise(_column(data, "share"))]
    return held + [value * 100 for value in held]


def numbers(text: str) -> list[str]:
    """Give the numbers in a text, as Python writes them."""
    plain = THOUSANDS.sub("", text)
    return [number.replace("−", "-").replace(",", ".") for number in NUMBER.findall(plain)]


def near(written: str, held: Iterable[float]) -> bool:
    """Say whether one of some numbers is rounded to what is written, whatever its sign."""
    half = 0.500001 * 10.0 ** -len(written.partition(".")[2])
    return any(abs(abs(number) - abs(float(written))) <= half for number in held)


def _column(data: str, name: str) -> list[float]:
    header, *rows = (line.split(",") for line in data.splitlines())
    if name not in header:
        return []
    return [float(row[header.index(name)] or "nan") for row in rows]


def _written(content: bytes) -> list[Written]:
    tree = etree.fromstring(content, etree.XMLParser(huge_tree=True))
    return [
        Written("".join(text.itertext()), float(text.get("x") or 0), float(text.get("y") or 0))
        for text in tree.iter("{*}text")
    ]


def _is_tick(one: Written, others: list[Written]) -> bool:
    """Say whether a text is a bare number in a row or column of three that are as far from each other as their values are."""
    if not BARE.fullmatch(one.text):
        return False
    bare = [other for other in others if other != one and BARE.fullmatch(other.text)]
    row = [(_value(other) - _value(one), other.x - one.x) for other in bare if abs(other.y - one.y) < 0.1]
    column = [(_value(other) - _value(one), other.y - one.y) for other in bare if abs(other.x - one.x) < 0.1]
    return any(
        abs(step - times * step_) < 1e-6 and abs(far - times * far_) < 0.5
        for line in (row, column)
        for step_, far_ in line
        for step, far in line
        for times in (2, -1)
    )


def _value(one: Written) -> float:
    return float(numbers(one.text)[0])
