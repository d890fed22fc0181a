"""Files that somebody made to do harm, and what must become of them: a table, or plain findings of one line each."""
