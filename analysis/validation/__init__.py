"""The checks that ``analysis.validate`` puts together: numbers, columns, keys."""
