"""An ASGI application is busy while the server's pings are to be answered."""

from __future__ import annotations

from fixtures.model.actions import MESSAGE, pause, when
from fixtures.model.scenario import Settings, scenario
from fixtures.peer.steps import Peer

GROUP = "error"
ASGI = ("asgi_*",)
KEPT = Settings(keepalive=True)


def answer_three_pings(client: Peer) -> None:
    """The client answers three pings; then the application goes on."""
    client.answer_ping(shown=False)
    client.answer_ping(shown=False)
    client.answer_ping(shown=False)
    client.release_application()
    client.close_if_open()


@scenario(rfc="5.5.2", application=when(MESSAGE, pause()), settings=KEPT, surfaces=ASGI)
def client_answers_pings_of_a_busy_application(client: Peer) -> None:
    """The application works on a message for a minute; the client answers each ping at once."""
    client.open()
    client.send_text("one")
    client.wait_for(MESSAGE)
    answer_three_pings(client)


@scenario(rfc="5.5.2", application=when(MESSAGE, pause()), settings=KEPT, surfaces=ASGI)
def client_answers_pings_while_a_message_waits(client: Peer) -> None:
    """The application works on a message, and a second one waits; the client answers each ping."""
    client.open()
    client.send_text("one")
    client.wait_for(MESSAGE)
    client.send_text("two")
    answer_three_pings(client)
