"""``report check``: what it prints, the page it writes, and the workbooks in which it marks cells."""
