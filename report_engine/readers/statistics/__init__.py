"""Readers of statistics offices' formats: PxWeb's JSON and CSV, PC-Axis, Kolada."""
