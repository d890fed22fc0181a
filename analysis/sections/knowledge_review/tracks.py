"""The boxes and arrows of the diagram of the two tracks: words and places, no data."""

from collections.abc import Mapping

import pandas as pd

from report_engine.words.editions import Text

_BOXES = (
    ("insured", "state", 0.0, 2.15, "Arbetslös med arbetslöshetsersättning", "Unemployed with unemployment benefit"),
    ("pes", "state", 2.55, 2.15, "Arbetsförmedlingen: statliga program", "Public Employment Service: state programmes"),
    ("assisted", "municipal", 0.0, 0.0, "Arbetslös med ekonomiskt bistånd", "Unemployed with social assistance"),
    ("unit", "municipal", 2.55, 0.0, "Socialtjänst och arbetsmarknadsenhet", "Social services and labour-market unit"),
    ("work", "both", 5.4, 1.075, "Reguljärt arbete eller studier", "Regular work or studies"),
)
_ARROWS = (
    ("insured", "pes", "", ""),
    ("pes", "work", "", ""),
    ("assisted", "unit", "", ""),
    ("unit", "work", "", ""),
    (
        "insured",
        "assisted",
        "Ersättningen tar slut eller villkoren är inte uppfyllda",
        "Benefit runs out or its conditions are not met",
    ),
    (
        "pes",
        "unit",
        "Bedöms stå långt från arbete och lämnas till kommunen",
        "Judged far from work and left to the municipality",
    ),
)
_LANES = (
    ("state", "Statens spår: försäkrade", "The state’s track: the insured"),
    ("municipal", "Kommunens spår: biståndstagare", "The municipality’s track: recipients of assistance"),
)

_NAMES: Mapping[object, Text] = {
    **{id_: {"sv": sv, "en": en} for id_, sv, en in _LANES},
    **{id_: {"sv": sv, "en": en} for id_, _, _, _, sv, en in _BOXES},
}
_BETWEEN: Mapping[object, Text] = {
    f"{one}-{two}": {
        "sv": f"{_NAMES[one]['sv']} → {_NAMES[two]['sv']}",
        "en": f"{_NAMES[one]['en']} → {_NAMES[two]['en']}",
    }
    for one, two, _, _ in _ARROWS
}
LABELS: Mapping[str, Mapping[object, Text]] = {
    "kind": {
        "lane": {"sv": "Spår", "en": "Track"},
        "box": {"sv": "Ruta", "en": "Box"},
        "arrow": {"sv": "Pil", "en": "Arrow"},
    },
    "id": {**_NAMES, **_BETWEEN},
    "track": {**_NAMES, "both": {"sv": "Båda spåren", "en": "Both tracks"}},
    "source": _NAMES,
    "target": _NAMES,
}
"""What the codes in the diagram's data are called."""


def _frame() -> pd.DataFrame:
    boxes = [
        {"kind": "box", "id": id_, "track": track, "x": x, "y": y, "label_sv": sv, "label_en": en}
        for id_, track, x, y, sv, en in _BOXES
    ]
    arrows = [
        {
            "kind": "arrow",
            "id": f"{source}-{target}",
            "source": source,
            "target": target,
            "label_sv": sv,
            "label_en": en,
        }
        for source, target, sv, en in _ARROWS
    ]
    lanes = [{"kind": "lane", "id": id_, "label_sv": sv, "label_en": en} for id_, sv, en in _LANES]
    columns = ["kind", "id", "track", "source", "target", "x", "y", "label_sv", "label_en"]
    return pd.DataFrame([*lanes, *boxes, *arrows], columns=columns)


TRACKS = _frame()
"""``kind`` (lane | box | arrow), ``id``, ``track``, ``source``, ``target``, ``x``, ``y`` (inches), ``label_sv``, ``label_en``."""
