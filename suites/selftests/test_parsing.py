"""No text that the project itself has made is taken apart again, but where it is made."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .test_layout import OURS, SOURCES

METHODS = frozenset(
    {"split", "rsplit", "splitlines", "partition", "rpartition", "startswith", "endswith"}
    | {"removeprefix", "removesuffix"}
)
EXPRESSIONS = frozenset({"compile", "findall", "fullmatch", "match", "search", "split", "sub"})
"""Functions of `re`."""
STORED = (
    "fixtures.model.behaviour",  # how and where
    "fixtures.model.duration_class",
    "fixtures.model.run_order",
    "fixtures.model.wire_names",
    "fixtures.run.interpreter",
    "reports.history.file_format",  # reasons and cells
    "reports.history.keys",
)
"""Modules that make stored texts, and read them again; a test shows that it is the same."""
DECLARED = (
    "fixtures.model.description",  # the names of attributes
    "fixtures.model.scenario",  # docstrings, the number of a section, a module's name
    "fixtures.model.surface",  # the place of a driver, and what Python says of an import
    "reports.diff.cited_docstrings",  # places that promises cite, paths of objects
    "reports.html.table_view",  # the name of a surface without that of its library
    "reports.html.links",  # sources: addresses of pages, sections of an RFC
    "reports.page.fragments",
    "reports.render.readme_tables",
    "reports.render.step_table",  # the list of steps, and docstrings
    "reports.search.declared_texts",  # the words of a scenario's name
    "reports.search.search_index",
    "reports.search.word_forms",  # the words of sentences
    "suites.judging.issues",  # signatures
    "suites.scenarios",
    "suites.scenarios.websockets.opening_odd_requests",  # a pattern that a server is given
)
"""Modules that read what somebody has written by hand: declarations, documents."""
OUTSIDE = (
    "fixtures.drivers.asgi_child",  # the first line of what is logged
    "fixtures.drivers.autobahn_callbacks",  # a key and a traceback in the reason of a failure
    "fixtures.drivers.flask_sock_handler",  # what werkzeug logs of a request
    "fixtures.drivers.uvicorn_command",  # the number of a process
    "fixtures.drivers.async_driver",  # what asyncio says of a callback that failed
    "fixtures.drivers.leftover_timers",  # the module of a function
    "fixtures.drivers.server_process",  # what the kernel says of threads and sockets
    "fixtures.drivers.tornado_driver",  # what asyncio says of a callback
    "fixtures.drivers.granian_server",  # the number of a release
    "fixtures.drivers.uvicorn_server",  # the place of an engine
    "fixtures.drivers.websockets_idioms.pinging",  # the module of a connection
    "fixtures.drivers.websocket_client_common",
    "fixtures.drivers.websockets_server_hooks",  # what an option is called
    "fixtures.drivers.websockets_common",  # the annotations of a function
    "fixtures.interop.relay",  # the first line of a response
    "fixtures.interop.stream",  # a head's end
    "fixtures.model.default_options",
    "fixtures.peer.handshake",
    "fixtures.peer.proxy",
    "fixtures.peer.requests",  # the first line of a response
    "fixtures.peer.wire",
    "fixtures.plugin",
    "fixtures.run.checkout",
    "fixtures.run.application_waits",  # what the system says a thread waits for
    "fixtures.run.blocking_patches",  # names of modules
    "fixtures.run.idle",
    "fixtures.run.isolation",
    "fixtures.run.leaks",
    "fixtures.run.left_processes",  # what the kernel says of processes
    "reports.__main__",
    "reports.arguments",
    "reports.diff.facts",
    "reports.history.event_spans",  # a name that a user gives
    "reports.history.provenance",
    "reports.html.release_heads",  # the version of a release
    "reports.render.readme_examples",  # what pytest prints
    "reports.results.cell_selection",  # what a command line selects
    "reports.results.known_names",
    "reports.render.lock_line",  # a lock file
    "reports.results.old_record",
    "reports.results.record",
    "reports.results.targets",
    "reports.results.user_drivers",
    "reports.running.building",  # what a build says, and what an index says of a file
    "reports.running.child_messages",  # what a child says, which a library may write into
    "reports.running.child_process",
    "reports.running.environments",
    "reports.running.executors",
    "reports.running.fingerprints",
    "reports.running.pins",  # the names of files in an index, and what uv says
    "reports.running.release_selection",
    "reports.running.sources",
    "reports.running.stray_processes",  # what the kernel says of processes
    "reports.running.uv_program",  # what uv and pip say
    "reports.upgrade.acceptances",  # what an option names
    "reports.upgrade.conda_formats",
    "reports.upgrade.lock_base",  # what git says
    "reports.upgrade.lock_formats",
    "reports.upgrade.lock_markers",
    "reports.upgrade.lockfiles",
    "reports.upgrade.lock_pins",
    "reports.upgrade.policy_file",
    "reports.upgrade.policy_writer",
    "reports.upgrade.requirements_files",
    "suites.input_files",
    "suites.judging.issue_files",
    "suites.judging.report_rules",
)
"""Modules that read what comes from outside: the wire, a library, the system, pip, a user."""
WRITING = (
    "reports.html.diagram_rows",  # broken where a line may end
    "reports.html.packed_file",  # what recurs, once
    "reports.html.search_data",  # what recurs, once
    "reports.html.site",  # names between backticks as code
    "reports.history.rebuild",  # without what belongs to one machine, or to one release
    "reports.render.change_block",  # shortened
    "reports.render.overview",  # shortened
    "reports.render.github",
    "reports.render.junit",
    "reports.render.markdown",
    "suites.safe_text",
)
"""Modules that write any text in a form in which not every text can stand."""


def parsing(module: str) -> Iterator[str]:
    """The calls in a module that take a text apart."""
    for node in ast.walk(ast.parse(SOURCES[module].read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            is_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
            if node.func.attr in (EXPRESSIONS if is_re else METHODS):
                yield node.func.attr


def test_only_texts_from_outside_are_taken_apart() -> None:
    """And stored ones, in the module that makes them; every entry is one still.

    A script of `reports.reproduction` is a text that is put together out of texts.
    """
    scripts = "reports.reproduction."
    found = {module for module in OURS if not module.startswith(scripts) and any(parsing(module))}

    assert found == {*STORED, *DECLARED, *OUTSIDE, *WRITING}
