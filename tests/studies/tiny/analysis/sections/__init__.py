"""The sections of the report: a folder each, in the order of study.yaml."""
