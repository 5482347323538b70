"""Redirects that lead to a server: what the next request carries, of headers and credentials."""

from __future__ import annotations

from fixtures.model.scenario import Settings, scenario, scenario_for_each
from fixtures.net.loopback import ANOTHER_NAME, LOOPBACK
from fixtures.peer.steps import Peer

GROUP = "close"
CLIENTS = ("websockets_[!ds]*_client",)
SECRETS = {"Authorization": "Bearer secret", "Cookie": "a=b", "X-Own": "one"}
WITH_SECRETS = Settings(options={"additional_headers": SECRETS})
WITH_A_USER = Settings(url="ws://user:password@{host}:{port}/")

TO_TLS = Settings(
    tls="valid", url="ws://{host}:{port}/", environment={"SSL_CERT_FILE": "{trusted}"}
)


def accept_then_close(server: Peer) -> None:
    """The redirect has been followed: note what the request carries, accept, and close."""
    server.next_connection()
    server.read_request()
    server.note_headers(*SECRETS)
    server.accept()
    server.send_close(1000, "bye")
    server.await_close()


def redirect_again(server: Peer, path: str) -> None:
    """A redirect has been followed: redirect the next request as well."""
    server.next_connection()
    server.read_request()
    server.redirect_here(path)


@scenario_for_each((300, 301, 302, 303, 307, 308), rfc="4.1", surfaces=CLIENTS, tags="redirected")
def server_redirects_elsewhere_with(server: Peer, status: int) -> None:
    """The server redirects to another path of its own with {value}, accepts, and closes."""
    server.read_request()
    server.redirect_here("/elsewhere", status)
    server.next_connection()
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="4.1", surfaces=CLIENTS, tags="redirected")
def server_redirects_to_a_relative_path(server: Peer) -> None:
    """The server redirects to a location without scheme and host, accepts, and closes."""
    server.read_request()
    server.redirect("elsewhere")
    server.next_connection()
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario(rfc="4.1", surfaces=CLIENTS, tags="redirected")
def server_redirects_ten_times(server: Peer) -> None:
    """The server redirects ten requests, one after the other, accepts the next, and closes."""
    server.read_request()
    server.redirect_here("/1")
    redirect_again(server, "/2")
    redirect_again(server, "/3")
    redirect_again(server, "/4")
    redirect_again(server, "/5")
    redirect_again(server, "/6")
    redirect_again(server, "/7")
    redirect_again(server, "/8")
    redirect_again(server, "/9")
    redirect_again(server, "/10")
    server.next_connection()
    server.open()
    server.send_close(1000, "bye")
    server.await_close()


@scenario_for_each(
    {"in_its_origin": LOOPBACK, "to_another_origin": ANOTHER_NAME},
    rfc="4.1",
    settings=WITH_SECRETS,
    surfaces=CLIENTS,
    tags="redirected",
)
def server_redirects_a_request_with_secrets(server: Peer, host: str) -> None:
    """The application gives secret headers; the server redirects {value}, accepts, and closes."""
    server.read_request()
    server.redirect_here("/elsewhere", host=host)
    accept_then_close(server)


@scenario(rfc="4.1", settings=WITH_A_USER, surfaces=CLIENTS, tags="redirected")
def server_redirects_a_user_to_a_path(server: Peer) -> None:
    """The address has a user and a password; the server redirects to a path of it, and closes."""
    server.read_request()
    server.redirect("/elsewhere")
    accept_then_close(server)


@scenario(rfc="4.1", settings=WITH_A_USER, surfaces=CLIENTS, tags="redirected")
def server_redirects_a_user_to_another_origin(server: Peer) -> None:
    """The address has a user and a password; the server redirects to another name, and closes."""
    server.read_request()
    server.redirect_here("/elsewhere", host=ANOTHER_NAME)
    accept_then_close(server)


@scenario(rfc="4.1", settings=TO_TLS, surfaces=CLIENTS, tags="redirected")
def server_redirects_to_tls(server: Peer) -> None:
    """The server redirects from ws to wss, with a certificate that is trusted, and closes."""
    server.connect(tls=False)
    server.read_request()
    server.redirect_here("/elsewhere", scheme="wss")
    server.next_connection()
    server.open()
    server.send_close(1000, "bye")
    server.await_close()
