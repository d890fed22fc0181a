"""All mutations."""

from tests.mutations import figures, methods, others, sections

MUTATIONS = (*sections.MUTATIONS, *figures.MUTATIONS, *methods.MUTATIONS, *others.MUTATIONS)
