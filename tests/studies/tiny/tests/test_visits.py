import pandas as pd
from analysis.sections.visits.frames import summed


def test_visits_are_summed_by_place_and_year():
    visits = pd.DataFrame({
        "library": ["A", "B", "C"], "place": ["town", "town", "village"], "year": [2020, 2020, 2020], "visits": [5, 7, 2],
    })  # fmt: skip
    got = summed(visits)
    assert got.to_dict("list") == {
        "place": ["town", "village"], "year": [2020, 2020], "visits": [12, 2], "n": [2, 1],
    }  # fmt: skip
