"""The peer as a proxy, HTTP and SOCKS, against a bare socket that asks it for a way."""

from __future__ import annotations

import ssl

import pytest

from fixtures.model.trace import SECURED
from fixtures.net.certificates import Certificates, client_context, server_context
from fixtures.peer.proxy import NO_ACCEPTABLE_METHOD, REFUSED_BY_TARGET, REJECTED_4
from fixtures.peer.steps import Peer
from fixtures.run.leaks import BEHIND_A_PROXY

from .duet import LIMIT, REQUEST, Script, against_socket, read_to_the_end, steps

NAME = BEHIND_A_PROXY.encode()
CONNECT = b"CONNECT " + NAME + b":80 HTTP/1.1\r\nHost: " + NAME + b":80\r\n\r\n"
GREETING = b"\x05\x02\x00\x02"
BY_NAME = b"\x05\x01\x00\x03" + bytes([len(NAME)]) + NAME + b"\x00\x50"
BY_ADDRESS = b"\x05\x01\x00\x01\xc0\x00\x02\x01\x00\x50"
BY_LONG_ADDRESS = b"\x05\x01\x00\x04" + bytes(16) + b"\x00\x50"
SOCKS_4 = b"\x04\x01\x00\x50\xc0\x00\x02\x01user\x00"
SOCKS_4A = b"\x04\x01\x00\x50\x00\x00\x00\x01\x00" + NAME + b"\x00"

asks = pytest.mark.parametrize("piece", [1, 1000], ids=["byte by byte", "in one write"])


def told(script: Script, *sent: bytes, piece: int = 1000) -> tuple[list[str], bytes, str]:
    """What a proxy of this script notes, answers, and has for a problem."""
    with against_socket("server", script) as (actor, bare):
        for data in sent:
            for start in range(0, len(data), piece):
                bare.sendall(data[start : start + piece])
        bare.shutdown(1)
        answer = read_to_the_end(bare)
        actor.thread.join(LIMIT)
        return actor.handshake, answer, actor.problem


@asks
def test_a_connect_is_granted_and_the_server_behind_follows(piece: int) -> None:
    """What comes after the CONNECT request is for the server, in the same script."""
    script = steps(Peer.read_connect, Peer.grant_connect, Peer.read_request)
    notes, answer, problem = told(script, CONNECT, REQUEST, piece=piece)

    assert notes == [
        f"CONNECT received: 'CONNECT {BEHIND_A_PROXY}:80 HTTP/1.1'",
        "200 response sent",
        "request received: 'GET / HTTP/1.1'",
    ]
    assert (answer.split(b"\r\n")[0], problem) == (b"HTTP/1.1 200 Connection established", "")


def test_a_connect_is_refused_with_a_status() -> None:
    """To refuse is the same step as for an opening request."""
    script = steps(Peer.read_connect, lambda proxy: proxy.refuse(407))
    notes, answer, _ = told(script, CONNECT)

    assert notes[-1] == "407 response sent"
    assert answer.startswith(b"HTTP/1.1 407 ")


def test_a_client_that_asks_for_no_way_is_unexpected() -> None:
    """A library that goes to the proxy as if it were the server makes no trace to judge."""
    *_, problem = told(Peer.read_connect, REQUEST)

    assert problem == "expected a CONNECT request, received 'GET / HTTP/1.1'"


@asks
@pytest.mark.parametrize("request_", [BY_NAME, BY_ADDRESS, BY_LONG_ADDRESS])
def test_socks_five_is_granted_and_the_server_behind_follows(request_: bytes, piece: int) -> None:
    """A name, and addresses of both kinds, end where they say."""
    script = steps(
        Peer.read_socks_greeting,
        Peer.answer_socks_greeting,
        Peer.read_socks_request,
        Peer.answer_socks_request,
        Peer.read_request,
    )
    notes, answer, problem = told(script, GREETING, request_, REQUEST, piece=piece)

    assert notes == [
        "SOCKS greeting received",
        "SOCKS method sent: 0",
        "SOCKS request received",
        "SOCKS reply sent: 0",
        "request received: 'GET / HTTP/1.1'",
    ]
    assert (answer, problem) == (b"\x05\x00" + b"\x05\x00\x00\x01" + bytes(6), "")


def test_socks_five_is_refused() -> None:
    """No method is accepted, or the target refuses."""
    greeted = steps(
        Peer.read_socks_greeting, lambda proxy: proxy.answer_socks_greeting(NO_ACCEPTABLE_METHOD)
    )
    asked = steps(
        Peer.read_socks_request, lambda proxy: proxy.answer_socks_request(REFUSED_BY_TARGET)
    )

    assert told(greeted, GREETING)[1] == b"\x05\xff"
    assert told(asked, BY_NAME)[1][:2] == b"\x05\x05"


@asks
@pytest.mark.parametrize("request_", [SOCKS_4, SOCKS_4A])
def test_socks_four_is_granted_and_the_server_behind_follows(request_: bytes, piece: int) -> None:
    """With a user, and in 4a with a name behind it."""
    script = steps(Peer.read_socks4_request, Peer.answer_socks4_request, Peer.read_request)
    notes, answer, problem = told(script, request_, REQUEST, piece=piece)

    assert notes[:2] == ["SOCKS 4 request received", "SOCKS 4 reply sent: 90"]
    assert notes[2:] == ["request received: 'GET / HTTP/1.1'"]
    assert (answer, problem) == (b"\x00\x5a" + bytes(6), "")


def test_socks_four_is_rejected() -> None:
    """The reply says so."""
    script = steps(Peer.read_socks4_request, lambda proxy: proxy.answer_socks4_request(REJECTED_4))

    assert told(script, SOCKS_4)[1] == b"\x00\x5b" + bytes(6)


def test_another_version_of_socks_is_unexpected() -> None:
    """A library that speaks another protocol than it was asked for makes no trace to judge."""
    *_, problem = told(Peer.read_socks_greeting, SOCKS_4A)

    assert problem.startswith("expected a SOCKS greeting, received b'\\x04")


@pytest.mark.parametrize("step", [Peer.read_connect, Peer.read_socks_greeting])
def test_a_client_that_ends_before_it_has_asked_is_no_fault(step: Script) -> None:
    """The script is over; what a library gives up is its behaviour."""
    _, answer, problem = told(step, b"\x05")

    assert (answer, problem) == (b"", "")


def test_the_server_behind_a_proxy_may_be_reached_over_tls(certificates: Certificates) -> None:
    """The CONNECT is in the clear; the certificate is good for the name behind the proxy."""
    script = steps(Peer.read_connect, Peer.grant_connect, Peer.start_tls, Peer.read_request)
    context = server_context(certificates, "valid")
    with against_socket("server", script, tls=context) as (actor, bare):
        bare.sendall(CONNECT)
        assert bare.recv(1000).startswith(b"HTTP/1.1 200 ")
        trust: ssl.SSLContext = client_context(certificates)
        with trust.wrap_socket(bare, server_hostname=BEHIND_A_PROXY) as secured:
            secured.sendall(REQUEST)
        actor.thread.join(LIMIT)

    assert [event.kind for event in actor.events[2:4]] == [SECURED, "handshake"]
    assert actor.problem == ""
