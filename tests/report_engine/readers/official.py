"""Answers in the shape of SCB's PxWeb and of Kolada, made by the tests."""

import json
from collections.abc import Mapping, Sequence
from math import prod

LABELS = {
    "Region": {"00": "Riket", "0581": "Norrköping", "2081": "Borlänge"},
    "Verksomrkom": {"610": "Arbetsmarknadsåtgärder ", "575": "Ekonomiskt bistånd"},  # not sorted, a trailing blank
    "ContentsCode": {"0000005X": "Nettokostnad"},
    "Tid": {"2023": "2023", "2024": "2024"},
}
VALUES = [6500000, 6698214, 14000000, 14760884, 120000, 125220, None, 297378, 48000, 48985, 140000, None]


def json_stat(
    labels: Mapping[str, Mapping[str, str]] = LABELS,
    values: Sequence[object] = VALUES,
    status: Mapping[str, str] | None = None,
) -> dict[str, object]:
    """Return a JSON-stat2 dataset as PxWeb API v2 answers it."""
    dimension = {
        key: {
            "label": key.lower(),
            "category": {
                "index": {
                    code: at for at, code in reversed(list(enumerate(codes)))
                },  # the order in the file says nothing
                "label": dict(codes),
            },
            "extension": {"elimination": key == "Region", "show": "code_value"},
        }
        for key, codes in labels.items()
    }
    answer: dict[str, object] = {
        "version": "2.0",
        "class": "dataset",
        "label": "Nettokostnad i tkr efter region, verksamhetsområde och år",
        "source": "SCB",
        "updated": "2026-08-28T06:00:00Z",
        "note": ["Preliminära uppgifter.  \r\n  \r\nFör mer information …"],
        "role": {"time": ["Tid"], "metric": ["ContentsCode"]},
        "id": list(labels),
        "size": [len(codes) for codes in labels.values()],
        "dimension": dimension,
        "value": list(values),
    }
    if status is not None:
        answer["status"] = dict(status)
    assert len(values) in (0, prod(len(codes) for codes in labels.values()))
    return answer


def kolada_row(kpi: str, place: str, year: int, value: object, gender: str = "T", **more: object) -> dict[str, object]:
    """Return one entry of Kolada's `values`, with one value."""
    missing = {"status": "Missing"} if value is None else {"status": ""}
    entry = {"gender": gender, "count": 1, **missing, "value": value, "isdeleted": False, **more}
    return {"kpi": kpi, "municipality": place, "period": year, "values": [entry]}


def kolada_page(rows: Sequence[object], following: str | None = None) -> dict[str, object]:
    """Return a page of an answer of Kolada v3."""
    return {"values": list(rows), "count": len(rows), "next_url": following, "previous_url": None}


def as_bytes(content: object) -> bytes:
    """Return content as the bytes of a JSON answer."""
    return json.dumps(content, ensure_ascii=False).encode()
