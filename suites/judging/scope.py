"""What a check is about: the situation of a cell, or the release as a whole.

A check about the release shows the same in most situations, such as a socket that is left over
after every close. A listed one is a finding of the release: it is reported once, with
the count of cells that show it, and colours none of them. One that is not listed fails in its cell,
whatever the scope.
"""

from __future__ import annotations

CELL, RELEASE = "cell", "release"
"""The scopes of a check."""
