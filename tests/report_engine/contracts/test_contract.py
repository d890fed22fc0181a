from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from report_engine.contracts.contract import labels, load, load_all, parse
from report_engine.model.document import Document, DocumentError

ROOT = Path(__file__).parents[3]


def small(**changes):
    field = {"name": "code", "type": "string", "title": {"sv": "Kod", "en": "Code"}}
    text = {"sv": "Något", "en": "Something"}
    document = {
        "name": "small",
        "path": "raw/small.csv",
        "title": text,
        "description": text,
        "stream": "survey",
        "rows": "groups",
        "synthetic": True,
        "source": text,
        "licence": "CC BY 4.0",
        "primaryKey": ["code"],
        "missingValues": [""],
        "fields": [field],
    }
    return document | changes


def changed_field(**changes):
    return small(fields=[small()["fields"][0] | changes])


def grouped(**changes):
    code = small()["fields"][0]
    groups = code | {"categories": [{"value": "worker", "label": {"sv": "Arbetare", "en": "Worker"}}]}
    return small(groupColumn="code", fields=[groups, code | {"name": "glad"} | changes])


def error(document):
    with pytest.raises(DocumentError) as caught:
        parse(Document("small.yaml", document))
    return str(caught.value)


def test_every_dataset_has_a_contract_and_a_file_with_its_columns():
    for name, contract in load_all().items():
        header = (ROOT / "data" / contract.path).read_text(encoding="utf-8").splitlines()[0]
        assert header.split(",") == list(contract.columns), name


def test_every_shipped_csv_has_a_contract():
    declared = {contract.path for contract in load_all().values()}
    shipped = {
        str(path.relative_to(ROOT / "data").as_posix())
        for part in ("raw", "reference")
        for path in (ROOT / "data" / part).rglob("*.csv")
    }
    assert shipped == declared


def test_a_contract_is_frozen():
    with pytest.raises(ValidationError, match="frozen"):
        load("actors").name = "other"


def test_labels_are_in_the_contracts_order_and_end_with_user_missing():
    field = load("actors").field("pes_collaboration")
    assert list(labels(field, "sv")) == [1, 2, 3, 4, 5, 8, 9]
    assert labels(field, "en")[8] == "Don't know"
    assert field.allowed == (1, 2, 3, 4, 5, 8, 9)


def test_titles_and_labels_differ_between_editions_where_a_word_needs_translating():
    same = [
        f"{contract.name}.{field.name}"
        for contract in load_all().values()
        for field in contract.fields
        if field.title["sv"] == field.title["en"]
    ]
    assert set(same) == {
        "survey_frame.stratum",
        "survey_frame.population",
        "actors.stratum",
        "segments.segment_id",
        "consumer_prices.status",
    }


def test_items_of_participants_are_asked_of_participants_only():
    assert load("actors").field("cheap_labour").asked_of == ("participant",)
    assert "participant" not in load("actors").field("sanctions_needed").asked_of
    assert load("actors").field("pes_collaboration").asked_of == ()


def test_parse_reads_a_minimal_contract():
    contract = parse(Document("small.yaml", small()))
    assert contract.columns == ("code",)
    assert contract.field("code").allowed == ()


def test_questions_are_asked_of_groups_of_a_column():
    contract = parse(Document("small.yaml", grouped(askedOf=["worker"])))
    assert (contract.group_column, contract.field("glad").asked_of) == ("code", ("worker",))


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (small(licens="MIT"), "licens: unknown key; allowed: name, path, title, "),
        (changed_field(asketOf=["participant"]), "fields.code.asketOf: unknown key; allowed: "),
        (
            changed_field(constraints={"minimun": 0}),
            "fields.code.constraints.minimun: unknown key; allowed: required, unique, enum, minimum, maximum, pattern. "
            'Did you mean "minimum"?',
        ),
        (
            changed_field(constraints={"minimum": "0"}),
            'fields.code.constraints.minimum: expected a whole number or a number, found "0"',
        ),
        (changed_field(trueValues=["yes"]), "fields.code.trueValues: only a boolean has such words"),
        (changed_field(type="boolean", trueValues=["yes"]), "fields.code.falseValues: the key is missing"),
        (changed_field(type="text"), 'fields.code.type: "text" is not one of string, integer, number, boolean'),
        (changed_field(title={"sv": "Kod"}), "fields.code.title: the key en is missing"),
        (changed_field(title={"sv": "Kod", "en": True}), "fields.code.title.en: expected text, found true"),
        (
            changed_field(userMissing=[{"value": True, "name": "a", "label": small()["title"]}]),
            "fields.code.userMissing.a.value: expected a whole number, found true",
        ),
        (
            changed_field(categories=[{"value": 1.5, "label": small()["title"]}]),
            "fields.code.categories.1.value: expected text or a whole number, found 1.5",
        ),
        (small(primaryKey=["kode"]), 'primaryKey: no column "kode". Did you mean "code"?'),
        (small(synthetic="by_row"), 'synthetic: by_row needs a column "origin"'),
        (small(synthetic="yes"), 'synthetic: "yes" is not one of true, false, by_row'),
        (small(fields=small()["fields"] * 2), 'fields: "code" stands there twice'),
        ([], "expected keys and values, found []"),
        (small(rows="people"), 'rows: "people" is not one of persons, groups, entries'),
        ({key: value for key, value in small().items() if key != "rows"}, "rows: the key is missing"),
        (small(groupColumn="kode"), 'groupColumn: no column "kode". Did you mean "code"?'),
        (changed_field(askedOf=["a"]), "fields.code.askedOf: needs groupColumn, a column with categories"),
        (grouped(askedOf=["worke"]), 'fields.glad.askedOf: no group "worke". Did you mean "worker"?'),
    ],
)
def test_a_faulty_contract_is_named_by_file_and_key(document, message):
    assert error(document).startswith(f"small.yaml: {message}")
    assert "\n" not in error(document)


def test_a_missing_key_names_the_misspelt_one():
    document = small()
    document["licens"] = document.pop("licence")
    assert error(document).endswith('Did you mean "licence"?')


def test_an_unknown_dataset_names_the_nearest():
    with pytest.raises(DocumentError, match=r'no contract "actor"\. Did you mean "actors"\?'):
        load("actor")


def test_an_unknown_column_names_the_nearest():
    with pytest.raises(KeyError, match="Did you mean 'weight'"):
        load("actors").field("wieght")


def test_foreign_keys_point_at_existing_columns():
    contracts = load_all()
    for contract in contracts.values():
        for key in contract.foreign_keys:
            assert set(key.reference_fields) <= set(contracts[key.resource].columns)


def weighted(**changes):
    check = {"kind": "adds_up", "columns": ["code"], "by": ["code"], "table": "frame", "of": ["total"]}
    total = {"name": "total", "type": "integer", "title": {"sv": "Antal", "en": "Number"}}
    return small(checks=[check | changes]), small(name="frame", fields=[*small()["fields"], total])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({}, ""),
        ({"table": "fram"}, 'checks.1: no dataset "fram". Did you mean "frame"?'),
        ({"of": ["totl"]}, 'checks.1: frame has no column "totl". Did you mean "total"?'),
    ],
)
def test_a_check_against_another_dataset_names_what_is_there(tmp_path, monkeypatch, change, message):
    for document in weighted(**change):
        (tmp_path / f"{document['name']}.yaml").write_text(yaml.safe_dump(document), "utf-8")
    monkeypatch.setattr("report_engine.contracts.contract.FOLDER", tmp_path)
    if not message:
        assert sorted(load_all.__wrapped__()) == ["frame", "small"]
        return
    with pytest.raises(DocumentError) as caught:
        load_all.__wrapped__()
    assert str(caught.value) == f"analysis/contracts/small.yaml, line 2: {message}"


def test_contracts_hold_no_word_that_yaml_reads_as_something_else():
    for path in sorted((ROOT / "analysis/contracts").glob("*.yaml")):
        for field in yaml.safe_load(path.read_text(encoding="utf-8"))["fields"]:
            for category in field.get("categories", []):
                assert not isinstance(category["value"], bool), path.name
