"""What the ASGI specification promises, of which every release of hypercorn announces 2.3."""

from __future__ import annotations

from fixtures.drivers.hypercorn_surfaces import asgi_hypercorn, hypercorn_command

from ..asgi.asgi_lifespan import LIVED
from ..asgi.asgi_receiving import RECEIVED
from ..asgi.asgi_sending import SENT
from ..asgi.sentence import hold_to

hold_to((*RECEIVED, *SENT), asgi_hypercorn, "2.0", "2.3")
hold_to(LIVED, hypercorn_command, "2.0")
