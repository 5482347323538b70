"""What the promises of uvicorn share: its documents, and the surfaces that they are about.

Uvicorn's documents refer to the ASGI specification for what an application receives and sends. A
release is held to the version of it that it announces in the scope.
"""

from __future__ import annotations

from fixtures.drivers.surfaces import asgi_uvicorn_legacy, asgi_uvicorn_wsproto

from ...judging.promise import Source, doc

SITE = "https://uvicorn.dev/"
OTHERS = (asgi_uvicorn_legacy, asgi_uvicorn_wsproto)


def cite_site(page: str, place: str, says: str) -> Source:
    """What a page of uvicorn's documentation says."""
    return doc(f"{SITE}{page}/", place, says)


def cite_release_notes(release: str, says: str) -> Source:
    """What the release notes say of a release."""
    return doc(f"{SITE}release-notes/", release, says)
