"""What an application does in a scenario: when it acts, what it calls, how that reads."""

from __future__ import annotations

import asyncio

import pytest

from fixtures.drivers.base import exception
from fixtures.model.actions import (
    CLOSED,
    MESSAGE,
    Action,
    ScenarioError,
    close,
    elsewhere,
    library_call,
    raise_error,
    run_again,
    send,
    when,
    whenever,
)
from fixtures.run.recorder import ApplicationError


def test_an_action_belongs_to_a_visit() -> None:
    """The first one, the nth one, or every one (0)."""
    found = when(MESSAGE, close()), when(MESSAGE, close(), nth=2), whenever(CLOSED, send("a"))

    assert [one.nth for one in found] == [1, 2, 0]
    assert found[2].actions == (send("a"),)


def test_a_point_is_known_whenever() -> None:
    """Another is an error, as of `when`."""
    with pytest.raises(ScenarioError, match="no point 'disconnected'"):
        whenever("disconnected", close())


def test_a_call_of_the_library_s_own_keeps_its_words() -> None:
    """Name, arguments and options; done elsewhere, it is the same call."""
    call = library_call("close", 1000, timeout=0)

    assert str(call) == "close(1000, timeout=0)"
    assert (call.by_name, call.options) == (True, (("timeout", 0),))
    assert str(elsewhere(call)) == "close(1000, timeout=0) in a second thread or task"
    assert elsewhere(call, once_released=True).options == call.options


def test_a_call_by_name_is_no_verb_of_ours() -> None:
    """`library_call("close")` and `close()` are two actions, though both read alike."""
    assert library_call("close") != close()
    assert str(library_call("close")) == str(close())


def test_an_object_is_run_again() -> None:
    """A verb of ours: what that means is the surface's to say."""
    assert run_again() == Action("run again")


def test_actions_can_be_looked_up_whatever_they_are_given() -> None:
    """An option that is a mapping or a list leaves an action with a hash."""
    call = library_call("dial", ["a"], sslopt={"ca_certs": "x"})

    assert {call: 1}[library_call("dial", ["a"], sslopt={"ca_certs": "x"})] == 1


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit, ValueError])
def test_a_built_in_exception_is_raised_by_name(kind: type[BaseException]) -> None:
    """The action is data: the driver makes the exception."""
    action = raise_error(kind)

    assert str(action) == f"raise({kind.__name__!r})"
    assert type(exception(*action.args)) is kind


def test_an_application_raises_an_error_of_its_own() -> None:
    """Where no other exception is named."""
    assert isinstance(exception(*raise_error().args), ApplicationError)


@pytest.mark.parametrize("kind", [ApplicationError, asyncio.InvalidStateError])
def test_another_exception_cannot_be_named(kind: type[BaseException]) -> None:
    """The text says which can."""
    with pytest.raises(ScenarioError, match="name a built-in exception, such as KeyboardInterrupt"):
        raise_error(kind)
