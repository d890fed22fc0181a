import math

import pandas as pd
import pytest

from report_engine.methods import rounding


@pytest.mark.parametrize("value", [0.3, 1 / 3, 123456.789, -2.5e-9])
def test_neighbouring_numbers_become_one(value):
    near = {math.nextafter(value, math.inf), value, math.nextafter(value, -math.inf)}

    assert len({rounding.significant(each) for each in near}) == 1
    assert len({rounding.settled(each, 0.001) for each in near}) == 1


def test_twelve_digits_stay():
    assert rounding.significant(1234.56789012345) == 1234.56789012
    assert math.isnan(rounding.significant(math.nan)) and rounding.significant(-math.inf) == -math.inf


def test_exact_halves_of_a_step_do_not_lie_on_the_threshold():
    half = 0.0625  # five hundredths and a half of a hundredth, exactly

    got = {rounding.settled(each, 0.125) for each in (half, math.nextafter(half, 0), math.nextafter(half, 1))}
    assert got == {0.0}


def test_a_frame_keeps_its_texts_gaps_and_types():
    data = pd.DataFrame({"share": [0.1 + 0.2, None], "n": [1, 2], "name": ["a", "b"]})
    data["exact"] = data["share"].astype("Float64")

    got = rounding.published(data)

    assert got["share"].iloc[0] == got["exact"].iloc[0] == 0.3
    assert got.isna().equals(data.isna()) and got.dtypes.equals(data.dtypes)
