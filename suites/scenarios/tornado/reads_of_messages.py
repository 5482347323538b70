"""An application of tornado's client reads in another way than in a loop that ends with None."""

from __future__ import annotations

from fixtures.model.actions import CLOSED, GIVEN_UP, MESSAGE, OPENED, library_call, when
from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.peer.frames import Frame, close_frame, text
from fixtures.peer.steps import Peer

GROUP = "close"
READING = ("tornado_client",)
CALLBACK = ("tornado_client_callback",)
BYE = close_frame(1000, "bye")

# One more, after the end


READ_AGAIN = when(CLOSED, library_call("read_message"))


@scenario(rfc="7.1.5", application=READ_AGAIN, surfaces=READING, tags="with_reason")
def application_reads_again_after_the_close(server: Peer) -> None:
    """The server closes; the application reads None, and reads once more."""
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="7.1.5", application=READ_AGAIN, surfaces=READING, tags="lost")
def application_reads_again_after_the_end(server: Peer) -> None:
    """The server sends FIN; the application reads None, and reads once more."""
    server.open()
    server.wait_for(OPENED)
    server.half_close()


# Two at once


@scenario_for_each(
    {"the_close": [BYE], "a_message": [text("hello"), BYE]},
    rfc="7.1.5",
    settings=Settings(idiom="reads twice at once"),
    surfaces=READING,
    tags="with_reason",
)
def application_reads_twice_at_once_before(server: Peer, frames: list[Frame]) -> None:
    """Two tasks of the application read when {value} comes."""
    server.open()
    server.wait_for(OPENED)
    server.wait_part_of_close_timeout(0.1)
    server.send(*frames)
    server.await_close()


# Given up


def send_two_once_given_up(server: Peer) -> None:
    """Send two messages and a close frame when the application has given up a read."""
    server.open()
    server.wait_for(GIVEN_UP)
    server.send(text("one"), text("two"), BYE)
    server.await_close()


@scenario(
    rfc="7.1.5",
    settings=Settings(idiom="gives up a read"),
    surfaces=READING,
    tags="with_reason",
)
def application_gives_up_a_read(server: Peer) -> None:
    """The application gives up a read; then the server sends two messages, and closes."""
    send_two_once_given_up(server)


@scenario(
    rfc="7.1.5",
    settings=Settings(idiom="gives up a read with with_timeout"),
    surfaces=READING,
    tags="with_reason",
)
def application_gives_up_a_read_of_tornado(server: Peer) -> None:
    """The application gives up a read with tornado's own function; then two messages come."""
    send_two_once_given_up(server)


@scenario(
    rfc="7.1.5", settings=Settings(idiom="reads as well"), surfaces=CALLBACK, tags="with_reason"
)
def application_reads_although_it_has_a_callback(server: Peer) -> None:
    """The application gives a callback, and reads a while as well; a message and a close come."""
    server.open()
    server.wait_for(OPENED)
    server.send_text("hello")
    server.wait_for(GIVEN_UP)
    server.send_close(1000, "bye")
    server.await_close()


# Otherwise


@scenario(
    rfc="7.1.5",
    settings=Settings(idiom="reads with a callback"),
    surfaces=READING,
    tags="with_reason",
)
def application_reads_with_a_callback(server: Peer) -> None:
    """The application gives a callback to each read; two messages and a close come."""
    server.open()
    server.wait_for(OPENED)
    server.send(text("one"), text("two"), BYE)
    server.await_close()


@scenario(rfc="7.1.5", settings=Settings(idiom="reads late"), surfaces=READING, tags="with_reason")
def application_reads_late(server: Peer) -> None:
    """Three messages and a close come before the application reads for the first time."""
    server.open()
    server.send(text("one"), text("two"), text("three"), BYE)
    server.wait_part_of_close_timeout(0.2)
    server.release_application()
    server.await_close()


# Callbacks that are not the usual ones


@scenario(
    rfc="7.1.7",
    settings=Settings(options={"on_message_callback": "raises CancelledError"}),
    surfaces=CALLBACK,
)
def callback_is_cancelled_on_message(server: Peer) -> None:
    """The callback raises CancelledError on a message, as where a task of it is cancelled."""
    server.open()
    server.wait_for(OPENED)
    server.send_text("hello")
    server.wait_for(MESSAGE)
    server.await_close_else_close()


@scenario(
    rfc="7.1.5",
    settings=Settings(options={"on_message_callback": "is a coroutine"}, idiom="stays"),
    surfaces=CALLBACK,
)
def message_callback_is_a_coroutine(server: Peer) -> None:
    """The callback is declared `async def`; a message and a close come."""
    server.open()
    server.wait_for(OPENED)
    server.send_text("hello")
    server.send_close(1000, "bye")
    server.await_close()
