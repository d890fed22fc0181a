"""What has changed since a release: the state that is kept, its comparison with what is built now, and what a reviewer has seen.

``state``, ``compare``, ``rows``, ``prose`` and ``places`` are pure; ``store`` and ``ticks`` read and write; ``text`` and
``page`` say it; ``commands`` are what ``report release``, ``report diff`` and ``report build --strict`` do.
"""
