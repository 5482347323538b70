"""What the ASGI specification promises, to which uvicorn's documents refer."""

from __future__ import annotations

from fixtures.drivers.surfaces import (
    asgi_uvicorn_legacy,
    asgi_uvicorn_sansio,
    asgi_uvicorn_wsproto,
)
from fixtures.drivers.uvicorn_surfaces import uvicorn_command

from ..asgi.asgi_lifespan import LIVED
from ..asgi.asgi_receiving import RECEIVED
from ..asgi.asgi_sending import SENT
from ..asgi.sentence import hold_to
from .uvicorn_documents import OTHERS

ANNOUNCES_2_4 = {
    asgi_uvicorn_sansio: ">=0.42",
    asgi_uvicorn_legacy: ">=0.27",
    asgi_uvicorn_wsproto: ">=0.27",
}
"""The releases in which a surface announces version 2.4 in the scope; earlier, it is 2.3."""

hold_to((*RECEIVED, *SENT), asgi_uvicorn_sansio, "2.0", "2.3")
hold_to(LIVED, uvicorn_command, "2.0")
for _surface, _versions in ANNOUNCES_2_4.items():
    _others = [one for one in OTHERS if one is not _surface]
    hold_to((*RECEIVED, *SENT), _surface, "2.4", versions=_versions, but=_others)
