import pandas as pd
import pytest

from report_engine.contracts import contract
from report_engine.disclosure import keys
from report_engine.methods.perturbation import RECORD, SMALLEST

PEOPLE = pd.DataFrame({"respondent_id": ["r1", "r2"], "weight": [1.0, 2.0]})


def test_a_secret_is_made_once_and_stays(tmp_path):
    assert keys.ensure(tmp_path)
    made = keys.secret(tmp_path)
    assert not keys.ensure(tmp_path)
    assert keys.secret(tmp_path) == made
    assert len(made) >= keys.SHORTEST


def test_two_studies_have_two_secrets(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert keys.secret(tmp_path / "a") != keys.secret(tmp_path / "b")


def test_a_secret_that_can_be_guessed_is_refused_and_not_told(tmp_path):
    path = tmp_path / keys.FILE
    path.parent.mkdir(parents=True)
    path.write_text("hemligt\n", "utf-8")
    with pytest.raises(keys.WeakKey) as refused:
        keys.secret(tmp_path)
    assert keys.FILE in str(refused.value)
    assert "hemligt" not in str(refused.value)


def test_a_record_key_is_of_the_secret_the_table_and_the_id():
    actors = contract.load("actors")
    one, again = keys.protect(PEOPLE, actors, b"x" * 32, 5), keys.protect(PEOPLE[::-1], actors, b"x" * 32, 5)
    other = keys.protect(PEOPLE, actors, b"y" * 32, 5)
    assert one[RECORD].tolist() == again[RECORD].tolist()[::-1]
    assert not set(one[RECORD]) & set(other[RECORD])
    assert one[RECORD].nunique() == 2
    assert one[SMALLEST].tolist() == [5, 5]
    assert RECORD not in PEOPLE
