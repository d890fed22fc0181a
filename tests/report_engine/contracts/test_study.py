"""study.yaml: what is right is read, a role that nothing plays is left out, and what is wrong is named by file and key."""

from typing import Any

import pytest

from report_engine.contracts import contract, study
from report_engine.contracts.study import Codebook, Register, Roles, Segments, Study
from report_engine.model.document import Document, DocumentError
from report_engine.provenance.place import FILE

SMALL: dict[str, Any] = {"editions": ["sv"], "sections": {"jobs": {"sv": "Arbete", "en": "Work"}}}
REGISTER = {"dataset": "municipalities", "code": "municipality_code", "name": "municipality"}


def test_a_study_may_have_none_of_the_roles() -> None:
    got = Document(FILE, SMALL).into(Study)
    assert got.sections["jobs"] == {"sv": "Arbete", "en": "Work"}
    assert (got.roles, got.units) == (Roles(), {})
    assert [*study.check(got.roles, {})] == []


def test_roles_are_played_by_datasets_and_their_columns() -> None:
    roles = {
        "register": REGISTER,
        "codebook": {"dataset": "codebook", "code": "code", "names": ["name_sv"]},
        "segments": {"dataset": "segments", "id": "segment_id", "document": "interview_id"},
        "answers": "actors",
    }
    got = Document(FILE, SMALL | {"roles": roles}).into(Study).roles
    assert got == Roles(
        register=Register(**REGISTER),
        codebook=Codebook(dataset="codebook", code="code", names=("name_sv",)),
        segments=Segments(dataset="segments", id="segment_id", document="interview_id"),
        answers="actors",
    )
    assert [*study.check(got, contract.load_all())] == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"role": {}}, 'role: unknown key; allowed: editions, sections, roles, units. Did you mean "roles"?'),
        (
            {"roles": {"registr": REGISTER}},
            'roles.registr: unknown key; allowed: register, codebook, segments, answers. Did you mean "register"?',
        ),
        ({"roles": {"register": {"dataset": "x", "code": "y"}}}, "roles.register.name: the key is missing"),
        ({"roles": {"answers": ["actors"]}}, 'roles.answers: expected text, found ["actors"]'),
        ({"units": {"sek": {"sv": "kronor"}}}, "units.sek: the key en is missing"),
        ({"editions": []}, "editions: expected a list of at least 1, found []"),
        ({"editions": ["sv", "eng"]}, 'editions.2: "eng" is not one of sv, en. Did you mean "en"?'),
    ],
)
def test_what_cannot_be_read_is_named(change: dict[str, Any], message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        Document(FILE, SMALL | change).into(Study)
    assert str(caught.value) == f"analysis/study.yaml: {message}"


@pytest.mark.parametrize(
    ("roles", "message"),
    [
        (Roles(answers="actor"), 'answers: no dataset "actor". Did you mean "actors"?'),
        (Roles(answers="exits"), 'answers: the contract of "exits" has no groupColumn'),
        (
            Roles(register=Register(**REGISTER | {"code": "municipality_cod"})),
            'register.code: municipalities has no column "municipality_cod". Did you mean "municipality_code"?',
        ),
        (
            Roles(codebook=Codebook(dataset="codebook", code="code", names=("name_sv", "name_de"))),
            'codebook.names: codebook has no column "name_de". Did you mean "name_en"?',
        ),
        (
            Roles(segments=Segments(dataset="segments", id="segment_id", document="interview")),
            'segments.document: segments has no column "interview". Did you mean "interview_id"?',
        ),
    ],
)
def test_a_role_that_no_contract_can_play_is_named(roles: Roles, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        Document(FILE, {}).refuse(study.check(roles, contract.load_all()))
    assert str(caught.value) == f"analysis/study.yaml: roles.{message}"
