"""The documents of hypercorn, and the surfaces that they are about.

The README of anycorn refers to hypercorn's documentation.
"""

from __future__ import annotations

from fixtures.drivers.anycorn_surfaces import asgi_anycorn
from fixtures.drivers.hypercorn_surfaces import asgi_hypercorn

from ...judging.promise import Source, doc

SITE = "https://hypercorn.readthedocs.io/en/latest/"
DOCUMENTED = (asgi_hypercorn, asgi_anycorn)


def cite_site(page: str, place: str, says: str) -> Source:
    """What a page of hypercorn's documentation says."""
    return doc(f"{SITE}{page}.html", place, says)


def cite_changelog(release: str, says: str) -> Source:
    """What the changelog says of a release."""
    return doc("https://github.com/pgjones/hypercorn/blob/main/CHANGELOG.rst", release, says)
