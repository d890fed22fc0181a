"""What is wrong with YAML is said in words of ours, in the language asked for."""

import pytest
import yaml

from report_engine.model.document import DocumentError, parse
from report_engine.words.yaml_faults import _FAULTS, fault

BROKEN = {
    "a: b: c\n": "kolon",
    "a: [1\nb: 2\n": "parentes",
    "a: {b: 1\n": "parentes",
    "a:\n  b: 1\n c: 2\n": "indragen",
    "a:\n- 1\nb\n": "kolon",
    'a: "x\n': "citattecken",
    "a:\n\tb: 1\n": "tecken",
    "a: @x\n": "tecken",
    "a: !!python/name:os.system\n": "utropstecken",
    "a: *nowhere\n": "namn efter *",
    "a: \x07\n": "tecken",
    "a: 2026-99-99\n": "datum",
}


@pytest.mark.parametrize("text", BROKEN)
def test_each_fault_is_said_in_swedish_without_the_parsers_words(text):
    with pytest.raises(DocumentError) as error:
        parse(text, "config.yaml")
    said = error.value.say("sv")
    assert "inte giltig YAML: " in said
    assert BROKEN[text] in said.partition("YAML: ")[2]
    assert not {"not", "expected", "found", "while", "token", "mapping"} & {*said.split()}


def test_what_nobody_foresaw_is_said_without_a_reason():
    assert fault(yaml.YAMLError("gibberish")).say("sv") == "inte giltig YAML"


def test_each_of_the_parsers_words_has_a_message_of_ours():
    assert all(fault(yaml.YAMLError(piece)).say("sv") != "inte giltig YAML" for piece in _FAULTS)
