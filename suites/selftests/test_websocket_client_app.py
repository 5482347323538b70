"""The driver of websocket-client's app: callbacks in every form, arguments, calls by name."""

from __future__ import annotations

import functools
from typing import Any

import pytest

from fixtures.drivers.surfaces import SURFACES
from fixtures.drivers.websocket_client_app import (
    ANY_ARGUMENTS,
    APP_ALONE,
    FUNCTION,
    KINDS,
    METHOD,
    NONE,
    OVERRIDDEN,
    PARTIAL,
    USUAL,
    App,
    Callbacks,
)
from fixtures.model.actions import (
    AFTER_THE_END,
    FAILED,
    MESSAGE,
    OPENED,
    library_call,
    run_again,
    when,
)
from fixtures.model.scenario import Scenario
from fixtures.model.trace import Trace
from fixtures.net.certificates import Certificates
from fixtures.peer.steps import Peer
from fixtures.run.cell import GuardedCell, run_cell

from .miniature_drivers import situation

APP, CORE = SURFACES["websocket_client_app"], SURFACES["websocket_client_core"]
SAYS_BYE = (
    Peer.open,
    lambda peer: peer.send_text("hello"),
    lambda peer: peer.send_close(1000, "bye"),
    Peer.await_close,
)


def run(*script: Any, application: Any = (), **settings: Any) -> Trace:
    """The trace of the app in a situation."""
    return run_cell(APP, situation(*script, application=application, **settings))


def told(trace: Trace) -> list[str]:
    """What the application was told, as text."""
    return [str(event) for event in trace.told]


def callbacks(**settings: Any) -> tuple[Callbacks, GuardedCell]:
    """The callbacks that the driver gives, and the cell that hears of them."""
    cell = GuardedCell(APP, situation(Peer.open, **settings), None)
    cell.close()
    return Callbacks(App(cell)), cell


# Callbacks


@pytest.mark.parametrize("form", [FUNCTION, METHOD, PARTIAL, ANY_ARGUMENTS])
def test_the_form_of_a_callback_makes_no_difference(form: str) -> None:
    """A function, a method, a partial and `*args` are all told the same."""
    usual = run(*SAYS_BYE)

    assert run(*SAYS_BYE, callbacks={"*": form}).behaviour_id == usual.behaviour_id
    assert "on_close(1000, 'bye')" in told(usual)


@pytest.mark.parametrize("form", [FUNCTION, METHOD, PARTIAL, ANY_ARGUMENTS])
@pytest.mark.parametrize("name", KINDS)
def test_a_callback_records_what_it_is_told(name: str, form: str) -> None:
    """Under its own name and kind, without the app, with a close code where that is one."""
    found, cell = callbacks(callbacks={name: form})
    kind, count = KINDS[name]
    given = {**found.arguments, **found.assigned}[name]
    given("the app", *range(count))
    (event,) = cell.recorder.events

    assert (event.name, event.kind, event.args) == (name, kind, tuple(range(count)))
    assert event.code == (0 if name == "on_close" else None)


@pytest.mark.parametrize("form", [FUNCTION, METHOD])
@pytest.mark.parametrize("name", KINDS)
def test_a_callback_takes_as_many_arguments_as_are_documented(name: str, form: str) -> None:
    """One more or one less is a TypeError, as in an application."""
    found, _ = callbacks(callbacks={name: form})
    given = {**found.arguments, **found.assigned}[name]

    for wrong in (KINDS[name][1] + 1, KINDS[name][1] - 1):
        with pytest.raises(TypeError):
            given(*["the app"][: wrong + 1], *range(wrong))


def test_a_callback_may_be_a_partial() -> None:
    """It is one, and no function."""
    found, _ = callbacks(callbacks={"on_open": PARTIAL})

    assert isinstance(found.arguments["on_open"], functools.partial)


def test_a_callback_may_take_the_app_alone() -> None:
    """Any more arguments are a TypeError."""
    found, cell = callbacks(callbacks={"on_close": APP_ALONE})
    found.arguments["on_close"]("the app")

    assert [str(event) for event in cell.recorder.events] == ["on_close()"]
    assert cell.recorder.events[0].code is None
    with pytest.raises(TypeError):
        found.arguments["on_close"]("the app", 1000, "bye")


def test_a_callback_may_be_overridden() -> None:
    """Then it is a method of a subclass, and no argument; the others are arguments still."""
    found, cell = callbacks(callbacks={"on_open": OVERRIDDEN})
    found.kind.on_open("the app")

    assert "on_open" not in found.arguments
    assert set(found.arguments) == set(USUAL) - {"on_open", "on_reconnect"}
    assert [str(event) for event in cell.recorder.events] == ["on_open()"]
    assert callbacks()[0].kind in found.kind.__mro__


def test_a_callback_may_be_missing() -> None:
    """One, or all but one."""
    found, _ = callbacks(callbacks={"on_error": NONE})
    alone, _ = callbacks(callbacks={"*": NONE, "on_close": METHOD})

    assert set(found.arguments) == set(USUAL) - {"on_error", "on_reconnect"}
    assert (set(alone.arguments), alone.assigned) == ({"on_close"}, {})
    assert "on_close(1000, 'bye')" not in told(run(*SAYS_BYE, callbacks={"on_close": NONE}))


def test_fragments_are_told_if_they_are_asked_for() -> None:
    """on_cont_message is given where a scenario names it, and nowhere else."""
    assert "on_cont_message" not in callbacks()[0].arguments
    assert "on_cont_message" in callbacks(callbacks={"on_cont_message": FUNCTION})[0].arguments


def test_an_unknown_form_is_a_fault_of_the_scenario() -> None:
    """It is no behaviour."""
    problem, *_ = run(Peer.open, callbacks={"on_open": "a fanfare"}).problems

    assert "no form 'a fanfare' of a callback" in problem


# Arguments


def test_options_are_arguments_of_run_forever() -> None:
    """With them the app does what the documentation says of them."""
    again = (Peer.open, Peer.half_close, Peer.next_connection, Peer.open, Peer.await_close)
    stop = when(OPENED, library_call("close", timeout=0), nth=2)
    trace = run(*again, application=(stop,), options={"reconnect": 0.02})

    assert "on_reconnect()" in told(trace)
    assert trace.problems == ()


def test_object_options_are_arguments_of_the_app() -> None:
    """They are seen on the wire."""
    trace = run(Peer.open, Peer.half_close, object_options={"header": ["X-From: a scenario"]})

    request = next(event for event in trace.events if event.name == "request")
    assert request.details["headers"]["x-from"] == "a scenario"


def test_the_peer_s_address_can_be_named() -> None:
    """Where a proxy is, say: what stands for host and port becomes the peer's."""
    connect = (Peer.read_connect, Peer.grant_connect, Peer.open, Peer.half_close)
    proxy = {"http_proxy_host": "{host}", "http_proxy_port": "{port}", "proxy_type": "http"}
    trace = run(*connect, proxied=True, options=proxy)

    assert told(trace)[0] == "on_open()"
    assert "behind.a.proxy.invalid" in str(trace.events[0])


# Calls by name


def test_a_method_is_called_and_an_attribute_is_set() -> None:
    """Both by the library's own name; what comes back is recorded."""
    calls = when(
        MESSAGE, library_call("keep_running", False), library_call("close", status=4000, timeout=0)
    )
    trace = run(*SAYS_BYE[:2], Peer.await_close, application=(calls,))

    assert "the application: keep_running(False)" in told(trace)
    assert "keep_running -> None" in told(trace)
    assert "the application: close('status=4000', 'timeout=0')" in told(trace)


def test_an_app_is_run_again() -> None:
    """What the second run returns is the answer to that action."""
    twice = (Peer.open, Peer.half_close, Peer.next_connection, Peer.open, Peer.half_close)
    trace = run(*twice, application=(when(AFTER_THE_END, run_again()),))

    assert [line for line in told(trace) if line.startswith("run")] == [
        "run_forever -> True",
        "run again -> True",
    ]
    assert told(trace).count("on_open()") == 2


def test_a_blocking_socket_has_methods_by_name() -> None:
    """Those of `WebSocket`."""
    call = when(OPENED, library_call("ping", "hello"))
    asked = situation(Peer.open, lambda peer: peer.receive("ping"), application=(call,))

    assert "ping -> None" in told(run_cell(CORE, asked))


def test_options_over_tls(certificates: Certificates) -> None:
    """What a scenario gives stands beside what TLS needs."""
    played: Scenario = situation(
        Peer.open,
        Peer.half_close,
        application=(when(FAILED, library_call("close", timeout=0)),),
        options={"skip_utf8_validation": True},
    )
    trace = run_cell(SURFACES["websocket_client_app_tls"], played, certificates)

    assert told(trace)[0] == "on_open()"
    assert trace.problems == ()
