"""Synthetic data where no open data exist: spending before 2024, the survey of actors, the labour-market units, the interviews.

``python -m analysis.synthetic``, run in the repository, rewrites the generated files under ``data/raw/`` byte for byte.
The seed is fixed, and every dataset draws from its own child seed (derived from its name), so that a change in one does
not shift another. Only uniform numbers are taken from NumPy's generator and turned into normal ones by the inverse
distribution function: the sequence of uniform numbers is what NumPy guarantees.

What is not invented: municipalities and population, the net costs of 2024, the level of exits to work or study (Kolada) and
the course of social assistance (Socialstyrelsen) are read from ``data/reference/``. In 2017 net cost, participants and staff add
up to the eleven municipalities' share, by population, of the national figures (SEK 4.8 billion, 100,000, 4,700). What the
survey and the interviews should bear out, and what they should contradict, stands as plain tables in ``survey_design`` and
``interview_design``. ``data/raw/literature/studies.csv`` (real studies) and ``data/raw/interviews/codebook.csv`` are
written by hand and are not touched.
"""

SEED = 20181123
