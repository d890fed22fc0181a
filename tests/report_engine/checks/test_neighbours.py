"""In no column of any contract is a value of another kind taken for a misspelling of one that is allowed."""

import pytest

from report_engine.checks import keys
from report_engine.checks.columns import judge
from report_engine.contracts.contract import Field, load, load_all
from report_engine.model.document import parse as yaml
from report_engine.readers import Raw, Source, mapping, parse
from report_engine.readers.chosen_rows import SUMS
from report_engine.readers.raw import Column
from tests.contracts import contract
from tests.contracts import field as small

SUMS = sorted(SUMS)
PLACES = [
    "Uppsala län",
    "Stockholms län",
    "Region Skåne",
    "Övriga kommuner",
    "Samtliga 290 kommuner",
    "0581A0010",
    "01",
    "14",
]
TIMES = ["2016", "1016", "2101", "16", "2016K1", "2016-05-01", "12:30"]
NUMBERS = ["-1", "0", "6", "7", "99", "101", "1000000", "1e9"]
ANSWERS = ["Instämmer", "65-74", "16-17", "vet ej/vill ej svara", "kanske", "annat, nämligen", "N/A", "uppgift saknas"]
OTHERS = {"sums": SUMS, "places": PLACES, "times": TIMES, "numbers": NUMBERS, "answers": ANSWERS}

FIELDS = [(name, field) for name, contract in load_all().items() for field in contract.fields]
UNITS = contract(small("id"), small("code"), name="units")
REGISTER = {
    "Norrköping": "0581",
    "Surahammar": "1907",
    "Uppsala": "0380",
    "Stockholm": "0180",
    "Sala": "1981",
    "Malå": "2418",
}


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize(("dataset", "field"), FIELDS, ids=[f"{name}.{field.name}" for name, field in FIELDS])
def test_no_value_of_another_kind_has_a_neighbour(dataset: str, field: Field, kind: str) -> None:
    known = sorted(REGISTER.values()) if field.name == "municipality_code" else []
    for text in OTHERS[kind]:
        _, faults = judge(field, Column([text]), load(dataset).missing_values, None, known)
        meant = [fault.nearest for fault in faults.values() if fault.nearest and fault.nearest.lstrip("0") != text]
        assert (text, meant) == (text, [])


@pytest.mark.parametrize("kind", OTHERS)
def test_nor_has_one_in_the_register_or_among_its_names(kind: str) -> None:
    texts = OTHERS[kind]
    raw = Raw("a.csv", {"code": Column(texts)}, [*range(2, len(texts) + 2)])
    found = [*keys.unknown(raw, {"code": texts}, {(code,) for code in REGISTER.values()}, "municipalities")]
    rules = mapping.parse(yaml("dataset: units\nvalues: {code: by_name}", "m.yaml"), UNITS, lambda: REGISTER)
    data = "id;code\n" + "".join(f"{at};{text}\n" for at, text in enumerate([*texts, "Sala"]))
    found += parse(data.encode(), "a.csv", UNITS, Source((), mapping=rules)).findings
    assert [(one.value, one.nearest) for one in found if one.nearest] == []
