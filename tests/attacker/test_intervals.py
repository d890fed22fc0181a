"""The interval around a share tells nobody's answer: not even where few are asked, in a stratum of two who weigh twice as much."""

import numpy as np
import pandas as pd
import pytest

from report_engine.contracts import contract
from report_engine.disclosure import keys
from report_engine.methods.survey import weighted_share
from report_engine.results.tables import to_csv
from tests.attacker.attack import answers
from tests.attacker.blur import of_engine
from tests.attacker.cells import cell
from tests.attacker.judge import Target, recovered
from tests.attacker.published import read_csv
from tests.attacker.survey import AGREE, Survey, read
from tests.attacker.trying import deduced

SMALLEST, ITEM = 3, "education_is_way"
SMALL = cell(item=ITEM, wave="2018", actor="pes_manager", stratum="small", answer=AGREE)


def asked() -> pd.DataFrame:
    """Fourteen of one actor, seven of whom agree: six of the twelve in a large stratum, one of the two in a small one."""
    frame = pd.DataFrame({"stratum": ["large"] * 12 + ["small"] * 2, "weight": [4.0] * 12 + [8.0] * 2})
    agreeing = frame.index.isin([0, 1, 2, 3, 4, 5, 12])
    frame["respondent_id"] = [f"r{number}" for number in frame.index]
    return frame.assign(actor="pes_manager", wave=2018, **{ITEM: np.where(agreeing, 4, 2)})


def published(frame: pd.DataFrame, key: bytes) -> str:
    actors = contract.load_all()["actors"]
    shares = weighted_share(keys.protect(frame, actors, key, SMALLEST), ITEM, by=["actor", "wave"])
    return to_csv(shares.drop(columns="se").assign(item=ITEM, suppressed=""))


@pytest.mark.parametrize("key", [letter.encode() * 40 for letter in "abcdef"])
def test_the_interval_of_few_does_not_tell_a_stratums_answers(key: bytes) -> None:
    frame = asked()
    sheet = read_csv("staff/effects_known", published(frame, key), "x.csv")
    said = list(read(sheet, Survey(("2016", "2018"), of_engine(SMALLEST), SMALLEST)))
    assert len(said) == 3, "a share, its number of answers, its interval"
    truth = frame.assign(item=ITEM, age_group="x", answer=frame[ITEM]).astype({"answer": "str", "wave": "str"})
    world = answers(truth)
    group = SMALL & cell(answer=("1", "2", "3", "4", "5"))
    got = recovered(world, [*said, *deduced(world, said, "stratum")], [Target(SMALL, group)], truth, SMALLEST)
    assert [str(one) for one in got] == []
