"""Synthetic data where no open data exist: spending before 2024, the survey of actors, the labour-market units, the interviews.

``python -m analysis.synthetic``, run in the repository, rewrites the generated files under ``data/raw/`` byte for byte.
Every thing that is drawn has a stream of its own, ``common.stream``, seeded by a digest of ``SEED`` and the thing's names (a
question in a wave and an actor, a measure in a municipality and a year, a code in an interview and an actor), so that a
question, measure, code or interview more changes no other value. Only uniform numbers are taken from NumPy's generator and
turned into normal ones by the inverse distribution function: the sequence of uniform numbers is what NumPy guarantees.

What is not invented: municipalities and population, the net costs of 2024, the level of exits to work or study (Kolada) and
the course of social assistance (Socialstyrelsen) are read from ``data/reference/``. In 2017 net cost, participants and staff add
up to the eleven municipalities' share, by population, of the national figures (SEK 4.8 billion, 100,000, 4,700). What the
survey and the interviews should bear out, and what they should contradict, stands as plain tables in ``survey_design`` and
``interview_design``. ``data/raw/literature/studies.csv`` (real studies) and ``data/raw/interviews/codebook.csv`` are
written by hand and are not touched.
"""

SEED = 1890
