"""What the ASGI specification says of an application under daphne.

Daphne's README refers to the specification. It names no version of it in the scope, which means
the first one. The code of a close has been there from the beginning, and its reason has not.
"""

from __future__ import annotations

from fixtures.drivers.daphne_surfaces import asgi_daphne
from fixtures.model.description import Value, find_argument
from fixtures.model.situations import tagged
from fixtures.model.trace import Trace

from ...judging.expectations import sends_close
from ...judging.promise import doc, promise
from ...judging.values import Placeholder
from ...scenarios.asgi import sending_and_closing as acting
from ..asgi.asgi_receiving import RECEIVED
from ..asgi.asgi_sending import CLOSE, SENT
from ..asgi.sentence import FIRST, SPECIFICATION, hold_to

hold_to(RECEIVED, asgi_daphne, FIRST)
hold_to(SENT, asgi_daphne, FIRST)

OWN_CODE = Placeholder("the code that the application gives", lambda trace: find_own_code(trace))


def find_own_code(trace: Trace) -> Value:
    """The code with which the application closes for the first time."""
    acts = (event for event in trace.events if event.how == "acted")
    return next((find_argument(one.args, 0, "code") for one in acts if one.name == "close"), None)


promise(
    "close_has_its_code",
    asgi_daphne,
    (
        *tagged("answered", "own_code", "on_message", without="both_close"),
        acting.application_sends_after_its_own_close,
    ),
    sends_close(OWN_CODE),
    source=doc(SPECIFICATION, CLOSE, "closes with the code that the message has"),
)
