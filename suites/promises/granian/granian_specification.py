"""What the ASGI specification promises, which granian's README names; it announces version 2.3."""

from __future__ import annotations

from fixtures.drivers.granian_surfaces import asgi_granian

from ..asgi.asgi_lifespan import LIVED
from ..asgi.asgi_receiving import RECEIVED
from ..asgi.asgi_sending import SENT
from ..asgi.sentence import hold_to

hold_to((*RECEIVED, *SENT, *LIVED), asgi_granian, "2.0", "2.3")
