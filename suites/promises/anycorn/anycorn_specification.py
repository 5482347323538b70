"""What the ASGI specification promises, of which every release of anycorn announces 2.3."""

from __future__ import annotations

from fixtures.drivers.anycorn_surfaces import anycorn_command, asgi_anycorn

from ..asgi.asgi_lifespan import LIVED
from ..asgi.asgi_receiving import RECEIVED
from ..asgi.asgi_sending import SENT
from ..asgi.sentence import hold_to

hold_to((*RECEIVED, *SENT), asgi_anycorn, "2.0", "2.3")
hold_to(LIVED, anycorn_command, "2.0")
