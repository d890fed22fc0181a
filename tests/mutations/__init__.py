"""Faults planted in a copy of the project, one at a time, to see which of them the tests find.

``python -m tests.mutations`` plants them all; ``--list`` names them, ``--only WORD`` takes those with the word in their
name, ``--part 1/2`` every second one, so that two processes can share them. Ends with status 1 where one survives that is
not accepted.
"""
