import pytest

from report_engine.prose import texts
from report_engine.prose.text import catalogue
from tests.report_engine.words.test_texts import EN, written

HERE, THERE = "report/sv/texts/demo.yaml", "report/en/texts/demo.yaml"
CAPTION = "line 5: figures.size.caption"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{note}", "{note}", []),
        ("    title: Storlek\n", "", [f"{HERE}, line 4: figures.size.title: the text is missing in {THERE}"]),
        ("{note}", "", [f"{HERE}, {CAPTION}: {THERE}, line 5, has no hole {{note}}"]),
        ("{note}", "{note:big}", [f"{THERE}, {CAPTION}, {{note:big}}: there is no form 'big'"]),
        (
            "{note}",
            "{note",
            [
                f"{THERE}, {CAPTION}: a {{ that belongs to no hole",
                f"{HERE}, {CAPTION}: {THERE}, line 5, has no hole {{note}}",
            ],
        ),
        (
            "labels:",
            "labels: [",
            [f"{THERE}, line 9: not valid YAML: a bracket that begins with [ or {{ is not closed"],
        ),
    ],
)
def test_what_differs_between_editions_is_named(tmp_path, old, new, expected):
    got = [str(each).partition("; there are")[0] for each in texts.check(written(tmp_path, en=EN.replace(old, new)))]
    assert sorted(got) == sorted(expected)


def test_a_file_that_one_edition_lacks_is_named(tmp_path):
    (written(tmp_path) / THERE).unlink()
    assert [str(each) for each in texts.check(tmp_path)] == [f"{THERE}: the file of texts is missing"]


def test_a_text_that_nothing_asks_for_is_named(tmp_path):
    folder = written(tmp_path) / "analysis/sections/demo"
    folder.mkdir(parents=True)
    code = 'def build(say):\n    say(f"figures.{0}.caption"), say("title"), ("size", "large", "statement", "said", "claims")\n'
    (folder / "__init__.py").write_text(code, "utf-8")

    got = [str(each) for each in texts.unused(tmp_path)]
    assert got == [
        f"{file}, line 8: labels.kind.{key}: nothing asks for this text" for file in (HERE, THERE) for key in "ab"
    ]


def test_keys_and_holes_are_no_prose_and_what_a_claim_states_is_tested():
    text = 'two:\n  statement: Två av tre  # typed: always\n  other: "{n:plural(en|två)} ton"\n'
    got = catalogue(text)
    assert got.shown.split() == ["Två", "av", "tre", '"', 'ton"']
    assert [text[start:end].strip() for start, end in got.tested] == ["statement: Två av tre  # typed: always"]
    assert [mark.reason for mark in got.marks] == ["always"]
    assert len(got.shown) == len(text)
