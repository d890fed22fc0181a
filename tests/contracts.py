"""A small contract for tests of reading and checking, written as a contract file would be."""

from report_engine.contracts.contract import Contract, parse
from report_engine.model.document import Document


def both(text):
    return {"sv": text, "en": text}


def field(name, type="string", **more):
    return {"name": name, "type": type, "title": both(name.capitalize()), **more}


def categories(*values):
    return [{"value": value, "label": both(f"Label {value}")} for value in values]


def contract(
    *fields, name="places", key=(), references=(), stream="survey", rows="groups", checks=(), groups=None
) -> Contract:
    document = {
        "name": name,
        "path": f"raw/{name}.csv",
        "title": both(name),
        "description": both(name),
        "stream": stream,
        "rows": rows,
        "synthetic": True,
        "source": both("a test"),
        "licence": "CC BY 4.0",
        "primaryKey": list(key),
        "foreignKeys": [
            {
                "fields": list(own),
                "reference": {"resource": to, "fields": list(theirs)},
                **dict(zip(["lost"], lost, strict=False)),
            }
            for own, to, theirs, *lost in references
        ],
        "missingValues": [""],
        "checks": list(checks),
        "fields": list(fields),
    }
    if groups:
        document["groupColumn"] = groups
    return parse(Document("test.yaml", document))
