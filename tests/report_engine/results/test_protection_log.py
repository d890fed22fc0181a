import pandas as pd

from report_engine.model.section import Fact, Provenance, Section, Table
from report_engine.results import protection_log

WORDS = {"sv": "Ord", "en": "Words"}
MARKED = pd.DataFrame(
    {
        "actor": ["social_worker", "pes_manager"],
        "share": [0.41, None],
        "n": pd.array([45, None], dtype="Int64"),
        "suppressed": ["", "primary"],
    }
)
WIDE = pd.DataFrame(
    {
        "item": ["caseload"],
        "staff_text": ["41 (n=45)"],
        "managers_text": [".."],
        "staff_n_suppressed": [False],
        "managers_n_suppressed": [True],
    }
)


def section(tables: tuple[str, ...]) -> Section:
    provenance = Provenance(WORDS, "synthetic", tables, None, None)
    items = tuple(Table(name, data, (), WORDS, provenance) for name, data in (("marked", MARKED), ("wide", WIDE)))
    hidden = Fact("demo.few", None, {"sv": "..", "en": ".."}, "share", tables, "synthetic")
    many = Fact("demo.many", 45, WORDS, "count", tables, "synthetic")
    return Section("demo", figures=(), tables=items, facts=(hidden, many), claims=())


def test_every_hidden_cell_is_named_and_no_value_told() -> None:
    got = [message.say("en") for message in protection_log.told(section(("actors",)), 5)]
    why = " is hidden: fewer than 5 stand in it or beside it, or seem to"
    blurred = "all numbers on persons in {} rows have noise and are rounded"
    assert [line.strip() for line in got] == [
        f"demo/marked: pes_manager{why}",
        f"demo/marked: {blurred.format(2)}",
        f"demo/wide: caseload, managers{why}",
        f"demo/wide: caseload, managers_n{why}",
        f"demo/wide: {blurred.format(1)}",
        f"demo.few{why}",
    ]
    assert not any(value in line for line in got for value in ("41", "45"))


def test_of_what_is_no_person_nothing_is_told() -> None:
    assert list(protection_log.told(section(("municipalities",)), 5)) == []
