"""The clients of this folder's tests, each of them one for all, and the table at the end."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import pytest

from fixtures.drivers.surfaces import SURFACES, Surface
from fixtures.interop.situation import SITUATIONS, Situation
from fixtures.model.actions import CLOSED
from fixtures.model.description import show
from fixtures.model.trace import Trace
from fixtures.reference.client_plan import explain_unplayable
from fixtures.reference.web_client import NoSuchClient, WebClient, open_browser, open_node
from fixtures.run.distribution import is_installed

from ..interop import pair_situations

assert pair_situations  # declares the situations
Opens = Callable[[], contextlib.AbstractContextManager[WebClient]]
CLIENTS: dict[str, Opens] = {"chromium": open_browser, "ws": open_node}
"""What opens each client; raises `NoSuchClient`."""
ENGINES = {"asgi_uvicorn_legacy", "asgi_uvicorn_wsproto"}
"""Variants that put other code on the wire than what they are a variant of."""
TOLD = pytest.StashKey[dict[tuple[str, str], dict[str, list[str]]]]()
"""By situation and client: what the client was told at the end, and by which servers."""
VERSIONS = pytest.StashKey[dict[str, str]]()


def list_servers() -> list[Surface]:
    """The servers of what is installed, without TLS; of variants the engines of ASGI servers."""
    return [
        one
        for one in SURFACES.values()
        if one.role == "server"
        and not one.only
        and (not one.variant_of or one.name in ENGINES)
        and is_installed(one.library)
    ]


def list_situations() -> list[Situation]:
    """Those that a client without a keepalive can be in, and that take no time."""
    return [
        one
        for one in SITUATIONS.values()
        if not explain_unplayable(one.client)
        and not one.server.settings.keepalive
        and not one.client.surfaces
    ]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every client with every server in every situation."""
    if "web_client" in metafunc.fixturenames:
        rows = [
            pytest.param(client, server, situation, id=f"{client}-{server}-{situation}")
            for client in CLIENTS
            for server in list_servers()
            for situation in list_situations()
            if server.plays(situation.server)
        ]
        metafunc.parametrize(("web_client", "server", "situation"), rows, indirect=["web_client"])


@pytest.fixture(scope="session")
def web_client(request: pytest.FixtureRequest) -> Iterator[WebClient]:
    """The client of some tests; without it they are skipped."""
    with contextlib.ExitStack() as stack:
        try:
            found = stack.enter_context(CLIENTS[request.param]())
        except NoSuchClient as error:
            pytest.skip(str(error))
        request.config.stash.setdefault(VERSIONS, {})[found.name] = found.version
        yield found


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A run in which no client met a server is no success."""
    ran = exitstatus == pytest.ExitCode.OK and not session.config.option.collectonly
    if ran and not session.config.stash.get(VERSIONS, {}):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def note_told(config: pytest.Config, server: Surface, situation: Situation, trace: Trace) -> None:
    """Keep what a client was told, for the table."""
    closed = trace.reports[CLOSED]
    text = ", ".join(map(show, closed[0].args)) if closed else "nothing"
    table = config.stash.setdefault(TOLD, {})
    table.setdefault((situation.name, trace.surface), {}).setdefault(text, []).append(server.name)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Write what each client was told at the end, by situation."""
    table, versions = config.stash.get(TOLD, {}), config.stash.get(VERSIONS, {})
    if not table:
        return
    named = ", ".join(f"{name} {version}" for name, version in versions.items())
    terminalreporter.section(f"the arguments of the close event: {named}")
    for situation in SITUATIONS:
        for client in CLIENTS:
            told = table.get((situation, client), {})
            several = [f"{text} ({len(servers)})" for text, servers in told.items()]
            if told:
                text = "; ".join(several if len(told) > 1 else told)
                terminalreporter.write_line(f"{situation:<32} {client:<9} {text}")
