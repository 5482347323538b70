"""A script that would show something else is not written: the error says why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from fixtures.drivers.surfaces import SURFACES, Surface
from fixtures.model.actions import (
    AFTER_THE_END,
    BEFORE_CONNECTING,
    CLOSED,
    OPENED,
    PING,
    Action,
    close,
    elsewhere,
    library_call,
    pause,
    raise_error,
    run_again,
    when,
)
from fixtures.model.event import RUN, Event
from fixtures.model.scenario import Scenario
from fixtures.model.trace import Loaded
from fixtures.net.certificates import Certificates
from fixtures.peer.steps import Peer
from reports.reproduction import script as scripts
from reports.reproduction.printout import list_printed_lines
from reports.reproduction.script import write_script
from reports.results.release import WrongInput

from ..miniatures.miniature_traces import make_trace
from .test_reproduce_own import APP, BYE, CORE, OVER_TLS, found


def written(surface: Surface, scenario: Scenario, certificates: Certificates | None = None) -> str:
    """The script of a cell, of whose trace nothing is known."""
    return write_script(surface, scenario, EMPTY, certificates)


EMPTY = replace(make_trace(), loaded=Loaded("websocket-client", "1.9.2", "", "CPython"))


def soon(peer: Any) -> None:
    """A step with an argument that it has not got."""
    peer.wait_for(OPENED, soon=True)


HANDLER = SURFACES["websockets_asyncio_server"]
CALLER = SURFACES["websockets_asyncio_client"]


@pytest.mark.parametrize(
    ("surface", "scenario", "reason"),
    [
        (APP, found(Peer.answer_ping), "the step answer_ping() is not supported"),
        (APP, found(lambda peer: next(peer.frames())), "the step frames() is not supported"),
        (APP, found(lambda peer: soon(peer)), "a step has arguments that are not supported"),
        (APP, found(*BYE, options={"header": print}), "not plain data"),
        (
            APP,
            found(*BYE, options={"socket": "{socket}"}),
            "{socket} of the options is not supported",
        ),
        (OVER_TLS, found(*BYE, options={"sslopt": {"a": print}}), "is not plain data"),
        (SURFACES["websockets_asyncio_reconnecting"], found(tls="expired"), "certificate"),
        (
            APP,
            found(lambda peer: peer.wait_for("acted")),
            "the hook point 'acted' is not supported",
        ),
        (CORE, found(lambda peer: peer.wait_for(PING)), "the hook point 'ping' is not supported"),
        (CORE, found(*BYE, does=(when(OPENED, elsewhere(close())),)), "second thread beside the"),
        (
            CORE,
            found(*BYE, does=(when(BEFORE_CONNECTING, close()),)),
            "the hook point 'before connecting' is not supported",
        ),
        (
            CORE,
            found(*BYE, options={"timeout": None}),
            "that is the library's default is not supported",
        ),
        (
            CORE,
            found(*BYE, callbacks={"on_open": "none"}),
            "the setting callbacks is not supported",
        ),
        (
            APP,
            found(*BYE, callbacks={"on_fire": "none"}),
            "on_fire of the callbacks is not supported",
        ),
        (
            APP,
            found(*BYE, callbacks={"on_open": "a song"}),
            "a song of the callbacks is not supported",
        ),
        (HANDLER, found(*BYE, object_options={"a": 1}), "object_options is not supported"),
        (HANDLER, found(*BYE, options={"a": print}), "is not plain data"),
        (
            HANDLER,
            found(*BYE, options={"process_request": "returns None"}),
            "a process_request that returns None is not supported",
        ),
        (
            HANDLER,
            found(*BYE, serving="serves for ever"),
            "a server that serves for ever is not supported",
        ),
        (HANDLER, found(*BYE, idiom="a song"), "the idiom ('coroutines', 'a song') is not"),
        (HANDLER, found(*BYE, idiom="gives up a recv"), "receive of a driver, which an idiom"),
        (CALLER, found(*BYE, idiom="drops another connection"), "connect of a driver, which an"),
        (CALLER, found(*BYE, idiom="streams half a message"), "leave, which an idiom uses, is"),
        (APP, found(*BYE, does=(when(OPENED, library_call("dial")),)), "dial of the library's own"),
        (HANDLER, found(*BYE, does=(when(OPENED, library_call("a")),)), "a of the library's own"),
        (CORE, found(*BYE, does=(when(OPENED, run_again()),)), "the application's run again() is"),
        (
            CORE,
            found(*BYE, does=(when(OPENED, raise_error(KeyError)),)),
            "raising KeyError is not supported",
        ),
        (
            APP,
            found(*BYE, does=(when(OPENED, elsewhere(raise_error())),)),
            "second thread or task that raises",
        ),
        (
            APP,
            found(*BYE, does=(when(OPENED, elsewhere(pause())),)),
            "second thread or task that pauses",
        ),
        (
            APP,
            found(*BYE, does=(when(OPENED, Action("sing")),)),
            "application's sing() is not supported",
        ),
    ],
)
def test_what_cannot_be_written_is_refused(
    surface: Surface, scenario: Scenario, reason: str, certificates: Certificates
) -> None:
    """The error names the cell and what is not supported."""
    with pytest.raises(WrongInput) as error:
        written(surface, scenario, certificates)

    cell = f"{surface}-situation cannot be written as a script yet: "
    assert str(error.value).startswith(cell)
    assert reason in str(error.value)


def test_a_surface_without_an_idiom_is_refused() -> None:
    """A further surface of the library is driven in a way of its own."""
    further = replace(APP, name="websocket_client_app_elsewhere")

    with pytest.raises(WrongInput, match="the idiom of websocket_client_app_elsewhere is not"):
        written(further, found(*BYE))


def test_an_unknown_setting_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is what it is by default, it need not be."""
    monkeypatch.setattr(scripts, "KNOWN", scripts.KNOWN - {"url"})

    with pytest.raises(WrongInput, match="the setting url is not supported"):
        written(APP, found(*BYE, url="ws://{host}/"))
    assert written(APP, found(*BYE))


def test_a_point_that_never_came_is_not_waited_for() -> None:
    """Once the application has ended, whoever waits for it goes on."""
    text = written(APP, found(*BYE, lambda peer: peer.wait_for(CLOSED, 2)))

    assert "closed_2.set()  # the application never reached that" in text


def test_a_hang_is_no_line_of_the_output() -> None:
    """The event of the guard is none that a script prints."""
    hang = make_trace(Event(RUN, "hang", "hang", "found"))

    assert list_printed_lines(hang, APP) == []


def test_a_redirect_names_the_port_of_the_script() -> None:
    """It is known when the script runs."""

    def redirected(peer: Any) -> None:
        peer.read_request()
        peer.redirect_here("/b", 301)

    text = written(APP, found(lambda peer: redirected(peer)))

    assert 'f"Location: ws://127.0.0.1:{port}/b\\r\\n".encode(),' in text
    assert "HTTP/1.1 301 Redirect" in text


def test_bytes_that_are_no_text_stand_in_a_sum() -> None:
    """A body that is not UTF-8 is written in hexadecimal."""
    refused = found(Peer.read_request, lambda peer: peer.refuse(404, "No", body=b"\xff\xfe"))
    text = written(APP, refused)

    compile(text, "shown.py", "exec")
    assert 'bytes.fromhex("fffe"),' in text


def test_the_steps_of_socks_4_are_written() -> None:
    """The request is read, and the answer sent, byte for byte."""

    def rejected(peer: Any) -> None:
        peer.read_socks4_request()
        peer.answer_socks4_request(91)

    text = written(APP, found(lambda peer: rejected(peer)))

    compile(text, "shown.py", "exec")
    assert (
        'peer.sock.recv(65536)  # the request\n        peer.send(bytes.fromhex("005b000000000000"))'
        in text
    )


def test_an_address_of_another_form_is_written() -> None:
    """With the script's own port in it."""
    text = written(APP, found(*BYE, url="ws://{host}:{port}/a"))

    assert 'url = f"ws://127.0.0.1:{port}/a"' in text


def test_actions_after_the_end_of_a_socket_are_done_apart() -> None:
    """What one of them raises does not keep the next one from being done."""
    text = written(CORE, found(*BYE, does=(when(AFTER_THE_END, close(), close()),)))

    assert text.count("        with contextlib.suppress(Exception):\n            act(") == 2
