"""The checks that ``report_engine.checks.validate`` puts together: numbers, columns, keys."""
