"""All hostile files, by family."""

from tests.hostile import archives, databases, documents, numbers, places, rules, sizes, texts

ALL = {one.family.name: one.family for one in (archives, databases, documents, numbers, places, rules, sizes, texts)}
