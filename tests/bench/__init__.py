"""``make bench``: what a build costs after each kind of change, beside an earlier commit, a floor and other build tools."""
