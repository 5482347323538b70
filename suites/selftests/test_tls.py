"""TLS: certificates of every kind, and how a connection below TLS can end or fail."""

from __future__ import annotations

import socket
import ssl

import pytest

from fixtures.net.certificates import KINDS, Certificates, Secured, client_context, server_context
from fixtures.peer.steps import Peer

from .duet import (
    LIMIT,
    REQUEST,
    Actor,
    Script,
    against_socket,
    connected,
    read_to_the_end,
    reading,
    steps,
)

REASONS = {
    "untrusted": "unable to get local issuer certificate",
    "expired": "certificate has expired",
    "wrong name": "certificate is not valid for '127.0.0.1'",
}


def over_tls(
    certificates: Certificates, server: Script, client: Script, kind: str = "valid"
) -> tuple[Actor, Actor]:
    """Play two scripts against each other over TLS, the server's and the client's."""
    ends = connected()
    one = Actor("server", server, ends[0], tls=server_context(certificates, kind))
    two = Actor("client", client, ends[1], tls=client_context(certificates))
    assert [one.finish(), two.finish()] == ["", ""]
    return one, two


def dial(bare: socket.socket, certificates: Certificates) -> ssl.SSLSocket:
    """A TLS client of the standard library, which tells an end without close_notify."""
    return client_context(certificates).wrap_socket(
        bare, server_hostname="127.0.0.1", suppress_ragged_eofs=False
    )


def test_messages_pass_over_tls_in_both_directions(certificates: Certificates) -> None:
    """A handshake, then frames as without TLS, then close_notify from both sides."""
    echo = steps(Peer.open, lambda s: s.send_text(s.receive_text()), Peer.be_quiet)
    ask = steps(Peer.open, lambda c: c.send_text("hello"), Peer.receive_text)
    server, client = over_tls(certificates, echo, ask)

    assert server.handshake[0] == client.handshake[0] == "TLS handshake done"
    assert client.lines[:2] == ["text frame sent: 'hello'", "text frame received: 'hello'"]
    assert (server.ended_by, client.ended_by) == (["close_notify"], ["close_notify"])


def test_large_messages_pass_over_tls(certificates: Certificates) -> None:
    """A message of many TLS records arrives whole."""
    message = "x" * 1_000_000
    take = steps(Peer.open, Peer.receive_text, Peer.be_quiet)
    server, client = over_tls(certificates, take, steps(Peer.open, lambda c: c.send_text(message)))

    assert (server.problem, client.problem) == ("", "")
    assert server.events[-3].args == (message,)


@pytest.mark.parametrize("kind", REASONS)
def test_a_client_refuses_a_bad_certificate(certificates: Certificates, kind: str) -> None:
    """Each kind of certificate is bad in the way its name says, and both sides are told."""
    with against_socket("server", Peer.open, tls=server_context(certificates, kind)) as (
        actor,
        bare,
    ):
        with pytest.raises(ssl.SSLCertVerificationError, match=REASONS[kind]):
            dial(bare, certificates)
        actor.thread.join(LIMIT)

    assert (actor.handshake, actor.problem) == (["TLS handshake failed: 'SSLError'"], "")


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"valid"}))
def test_our_own_client_refuses_a_bad_certificate(certificates: Certificates, kind: str) -> None:
    """A client peer ends a handshake in which it cannot trust the server, with an alert."""
    server, client = over_tls(certificates, Peer.open, Peer.open, kind)

    assert client.handshake == ["TLS handshake failed: 'SSLCertVerificationError'"]
    assert server.handshake == ["TLS handshake failed: 'SSLError'"]


def test_a_script_goes_no_further_than_a_refused_handshake(certificates: Certificates) -> None:
    """Steps after a TLS handshake that the client has refused are not taken, and no fault."""
    server, _ = over_tls(certificates, steps(Peer.start_tls, Peer.open), Peer.open, "expired")

    assert (server.lines, server.problem) == ([], "")


def test_a_script_ends_with_close_notify(certificates: Certificates) -> None:
    """A TLS client sees the regular end of a script as such."""
    with (
        against_socket("server", Peer.connect, tls=server_context(certificates, "valid")) as (
            _,
            bare,
        ),
        dial(bare, certificates) as client,
    ):
        assert client.recv(1) == b""


def test_an_end_without_close_notify_is_seen_as_one(certificates: Certificates) -> None:
    """TCP ends below TLS; a TLS client can tell."""
    end = steps(Peer.connect, Peer.end_without_close_notify)
    with (
        against_socket("server", end, tls=server_context(certificates, "valid")) as (actor, bare),
        dial(bare, certificates) as client,
    ):
        with pytest.raises(ssl.SSLEOFError):
            client.recv(1)
        actor.thread.join(LIMIT)

    assert actor.lines == ["FIN without close_notify sent"]


def test_a_client_that_ends_without_close_notify_is_told(certificates: Certificates) -> None:
    """FIN below TLS is FIN, not close_notify."""
    end = steps(Peer.open, Peer.end_without_close_notify)
    server, _ = over_tls(certificates, reading, end)

    assert server.ended_by == ["FIN"]


def test_a_message_after_our_close_notify_is_still_read(certificates: Certificates) -> None:
    """FIN over TLS ends one direction; the other direction still carries messages."""
    half = steps(Peer.open, Peer.half_close, Peer.receive_text)
    other = steps(Peer.open, Peer.be_quiet, lambda client: client.send_text("still here"))
    server, _ = over_tls(certificates, half, other)

    assert server.problem == ""
    assert server.lines[:2] == ["FIN sent", "text frame received: 'still here'"]


def test_frames_before_close_notify_are_read_first(certificates: Certificates) -> None:
    """Frames and close_notify in one segment are told in the order they were sent."""
    burst = steps(Peer.open, lambda client: client.send_text("last"))
    server, _ = over_tls(certificates, steps(Peer.open, Peer.be_quiet), burst)

    assert server.lines[:2] == ["text frame received: 'last'", "end of TCP received"]


def test_rst_over_tls_is_seen_as_rst(certificates: Certificates) -> None:
    """`reset` says nothing in TLS."""
    server, _ = over_tls(certificates, reading, steps(Peer.open, Peer.reset))

    assert server.ended_by == ["RST"]


def test_garbage_instead_of_tls_fails_the_handshake(certificates: Certificates) -> None:
    """A client that says hello and is answered with no TLS fails the handshake."""
    with against_socket("server", Peer.fail_tls, tls=server_context(certificates, "valid")) as (
        actor,
        bare,
    ):
        with pytest.raises(ssl.SSLError, match="WRONG_VERSION_NUMBER"):
            dial(bare, certificates)
        bare.close()
        actor.thread.join(LIMIT)

    assert actor.handshake == ["garbage instead of TLS sent"]


def test_garbage_in_the_middle_of_tls_is_told(certificates: Certificates) -> None:
    """Bytes that are no TLS record end the connection, as a failure of TLS."""
    with against_socket("server", Peer.open, tls=server_context(certificates, "valid")) as (
        actor,
        bare,
    ):
        plain = bare.dup()
        with dial(bare, certificates) as client, plain:
            client.sendall(REQUEST)
            client.recv(1000)
            plain.sendall(b"this is not TLS\r\n")
            actor.thread.join(LIMIT)

    assert actor.ended_by == ["a failure of TLS"]


def test_a_client_that_never_says_hello_can_be_taken_down(certificates: Certificates) -> None:
    """The TLS handshake waits like any step: idle, and open to the guard."""
    with against_socket("server", Peer.open, tls=server_context(certificates, "valid")) as (
        actor,
        bare,
    ):
        while not actor.peer.is_idle():
            actor.thread.join(0.001)
        assert actor.peer.waits_for == "the TLS handshake"
        actor.peer.abort()
        with pytest.raises(ConnectionResetError):
            read_to_the_end(bare)


def test_an_application_may_end_before_the_tls_handshake(certificates: Certificates) -> None:
    """A handshake that never comes is not waited for when the application is over."""
    with against_socket("server", Peer.open, tls=server_context(certificates, "valid")) as (
        actor,
        _,
    ):
        while not actor.peer.is_idle():
            actor.thread.join(0.001)
        actor.peer.application_is_over(may_have_sockets=True)
        actor.thread.join(LIMIT)

    assert (actor.thread.is_alive(), actor.problem, actor.handshake) == (False, "", [])


def test_tls_without_a_certificate_is_a_fault_of_the_script() -> None:
    """A script cannot start TLS that its scenario has not set."""
    with against_socket("server", Peer.start_tls) as (actor, _):
        actor.thread.join(LIMIT)

    assert actor.problem == "start_tls() without a certificate: give the scenario settings.tls"


def test_nothing_is_encrypted_before_the_handshake(certificates: Certificates) -> None:
    """The TLS engine of a peer asks for bytes, and takes FIN for an answer."""
    engine = Secured(server_context(certificates, "valid"), server_side=True)

    assert (engine.handshake(), engine.outgoing()) == (False, b"")
    engine.feed(b"")
    with pytest.raises(ssl.SSLError):
        engine.handshake()
