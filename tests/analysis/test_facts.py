from analysis import facts


def test_an_interval_of_shares_runs_from_the_lower_bound_to_the_upper():
    row = {"estimate": 0.61, "low": 0.54, "high": 0.68, "n": 143}
    got = facts.interval_fact("staff.support_interval", row, ("actors",), "synthetic")
    assert got.text == {"sv": "54–68\u00a0procent", "en": "54–68\u00a0per cent"}
    assert (got.low, got.high, got.n) == (0.54, 0.68, 143)


def test_a_hidden_share_has_no_interval():
    row = {"estimate": None, "low": None, "high": None, "n": None}
    got = facts.interval_fact("staff.support_interval", row, ("actors",), "synthetic")
    assert got.text == {"sv": "..", "en": ".."} and got.low is None
