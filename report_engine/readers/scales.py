"""Scales of answers: one with other steps than ours is never read as if it were ours."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from report_engine.contracts.contract import Contract, Field, labels
from report_engine.model.encoded import encoded
from report_engine.model.findings import Finding, escape, listed
from report_engine.readers.raw import Column, Raw
from report_engine.readers.tables.sheet import Sheet
from report_engine.words.editions import EDITIONS
from report_engine.words.messages import Message

if TYPE_CHECKING:
    import report_engine.readers.mapping as rules

_FEWEST, _HIGHEST = 3, 10  # steps of a scale, and its last one: what lies beyond is a code such as 98
_MOST_WORDS = 11  # answers in words that may be a scale
_MISTYPED = 0.9  # as like a step of ours as a misspelling of it
_TELLING = 4  # letters of a word that says what a scale is about: "agree"
_RARE = 0.05  # of the answers: a single step beyond ours that is as rare may be mistyped


def steps_of(field: Field) -> range:
    """Return the steps of a column of ours, none where its values are no scale of whole numbers."""
    values = [category.value for category in field.categories]
    first = values[0] if values else ""
    if field.type != "integer" or len(values) < _FEWEST or not isinstance(first, int):
        return range(0)
    steps = range(first, first + len(values))
    return steps if values == [*steps] else range(0)


def in_steps(raw: Raw, sheet: Sheet, mapping: "rules.Mapping | None", contract: Contract) -> Raw:
    """Recode the scales that a mapping says how to, with a warning; the answers on others that differ from ours are lost.

    One error then says how theirs differ.
    """
    columns = dict(raw.columns)
    recoded: list[str] = []
    wrong: dict[str, tuple[Message, list[str]]] = {}
    for field in contract.fields:
        ours, column = steps_of(field), columns.get(field.name)
        if not ours or column is None:
            continue
        header = column.header or field.name
        codes = sheet.labels.get(header, {})
        if mapping and mapping.scale and mapping.scale.meant_for(field.name, len(ours)):
            starts_at_0 = "0" in codes or "0" in column.texts
            columns[field.name] = _recoded(column, mapping.scale.table(ours, 0 if starts_at_0 else 1))
            recoded.append(header)
            continue
        table = mapping.values.get(field.name, {}) if mapping else {}
        if problem := other_scale(column, codes, table, field, sheet.missing.get(header, frozenset())):
            wrong.setdefault(str(problem), (problem, []))[1].append(header)
            columns[field.name] = replace(column, damaged=frozenset(range(len(column.texts))))
    findings = [*raw.findings]
    for problem, names in wrong.values():
        advice = Message("files.declare_scale", {"columns": listed(names)})
        findings.append(Finding(raw.file, "range", problem, None, names[0], advice=advice))
    if mapping and mapping.scale and recoded:
        its = mapping.scale
        said = Message(
            "files.scale_recoded",
            {"from": its.from_, "to": its.to, "columns": listed(recoded), "mapping": mapping.file},
        )
        findings.append(Finding(raw.file, "odd", said, None, recoded[0], severity="warning"))
    return replace(raw, columns=columns, findings=tuple(findings))


def _recoded(column: Column, steps: Mapping[str, str]) -> Column:
    """Write our steps for theirs; what the mapping's values translated is ours already."""
    changed = {at: text for at, text in enumerate(column.texts) if text in steps and at not in column.written}
    texts = [steps[text] if at in changed else text for at, text in enumerate(column.texts)]
    written = {**column.written, **changed}
    return replace(column, texts=texts, written=written, numbers=column.numbers - changed.keys())


def other_scale(
    column: Column, codes: Mapping[str, str], table: Mapping[str, str], field: Field, missing: Set[str]
) -> Message | None:
    """Say how a scale of theirs differs from ours, by its labels and by its answers; ``None`` where it does not."""
    ours = steps_of(field)
    none = {str(code.value) for code in field.user_missing} | missing | {""}
    means = {**table, **{code: table.get(code, table.get(label, code)) for code, label in codes.items()}}
    answers = Counter(_written(column, none))
    answers = Counter({text: count for text, count in answers.items() if means.get(text, text) not in none})
    given = {step for text in answers if (step := _step(text)) is not None}
    beyond = given - {*ours}
    if len(beyond) == 1 and answers[str(min(beyond))] <= max(1, _RARE * answers.total()):
        given -= beyond
    steps = given | {step for code in means if means[code] not in none and (step := _step(code)) is not None}
    called = {label.casefold(): value for edition in EDITIONS for value, label in labels(field, edition).items()}
    named = {*table} | ({text for text in answers if text.casefold() in called} if steps - {*ours} else set())
    words = {text.casefold() for text in answers if text in named and _step(text) is None} if steps else set()
    first = min(steps | {ours[0]})
    translated = all(str(step) in table or codes.get(str(step)) in table for step in steps)
    if len(steps) + len(words) > len(ours) or not (translated or steps <= {*ours}):
        theirs = len(steps) + len(words) if words else max(steps) - first + 1
        return Message("files.scale_steps", {"theirs": theirs, "ours": len(ours)})
    told = {text.casefold(): value for text, value in table.items()}
    if not steps and (count := _steps_in_words(answers, ours, called, told)):
        return Message("files.scale_steps", {"theirs": count, "ours": len(ours)})
    for edition in EDITIONS:
        called_here = {label.casefold(): str(value) for value, label in labels(field, edition).items()}
        for code, label in codes.items():
            right = called_here.get(label.casefold(), means[code])
            if means[code] != right and _step(code) is not None:
                return Message("files.scale_otherwise", {"label": escape(label), "theirs": code, "ours": right})
    return None


def _written(column: Column, none: Set[str]) -> Mapping[str, int]:
    """Count the answers as they stand in the file, without those that are none."""
    if not column.written:
        return {text: count for text, count in encoded(column.texts).counted().items() if text not in none}
    return Counter(column.written.get(at, text) for at, text in enumerate(column.texts) if text not in none)


def _steps_in_words(
    answers: Counter[str], ours: range, called: Mapping[str, str | int], told: Mapping[str, str]
) -> int:
    """Return how many steps a scale has whose answers are words, where they are more than ours; else 0."""
    words: Counter[str] = Counter()
    for text, count in answers.items():
        if called.get(text.casefold(), ours[0]) in ours:
            words[text.casefold()] += count
    rare = max(1, _RARE * words.total())
    mistyped = [word for word in words if words[word] <= rare and word not in called and _spelt(word, called)]
    steps = named_steps([word for word in words if word not in mistyped], ours, called)
    sure = not called.keys().isdisjoint(words) or words.total() >= 2 * len(steps)
    count = len({str(told.get(step, called.get(step, step))) for step in steps})  # our labels in two languages are five
    return count if sure and len(ours) < count <= _MOST_WORDS else 0


def _spelt(word: str, known: Iterable[str]) -> bool:
    return bool(get_close_matches(word, known, n=1, cutoff=_MISTYPED))


def named_steps(words: Sequence[str], ours: range, called: Mapping[str, str | int]) -> list[str]:
    """Return which of these answers are steps of a scale; ``called`` gives our value for the words that are ours.

    Where all of ours are among them, what shares no word with them is none ("Not relevant").
    """
    if not {called[word] for word in words if word in called} >= {*ours}:
        return [*words]
    said = {part for word in called for part in word.split() if len(part) >= _TELLING}
    return [word for word in words if word in called or not said.isdisjoint(word.split())]


def _step(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and int(text) <= _HIGHEST else None
