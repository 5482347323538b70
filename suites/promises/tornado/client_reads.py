"""What the page on `tornado.websocket` promises about reading, and of what the client asks for."""

from __future__ import annotations

from fixtures.drivers.surfaces import tornado_client, tornado_client_callback
from fixtures.model.situations import tagged

from ...judging.expectations import (
    both,
    called,
    delivered,
    reached,
    returned,
    sends_header,
    thing,
    warned,
)
from ...judging.promise import doc, promise
from ...judging.scope import RELEASE
from ...scenarios import close
from ...scenarios import error as failing
from ...scenarios.tornado import client_requests as requests
from ...scenarios.tornado import reads_of_messages as reads
from .tornado_documents import BOTH_STYLES, SITE, cite_client, cite_release_notes

READ = "WebSocketClientConnection.read_message"
REQUEST = SITE + "httpclient.html"
MESSAGES = delivered("read_message", "one", "two")

# Reading
promise(
    "read_message_gives_none_whenever_it_is_closed",
    tornado_client,
    (
        reads.application_reads_again_after_the_close,
        reads.application_reads_again_after_the_end,
        reads.application_reads_twice_at_once_before.member("the_close"),
    ),
    returned("read_message", None).times(2),
    source=cite_client(READ, "the result is None if the connection is closed"),
)
promise(
    "two_reads_have_what_comes",
    tornado_client,
    reads.application_reads_twice_at_once_before.member("a_message"),
    both(returned("read_message", "hello"), returned("read_message", None)),
    source=cite_client(READ, "the result is the message, or None if the connection is closed"),
)
promise(
    "a_read_that_is_cancelled_takes_no_message",
    tornado_client,
    reads.application_gives_up_a_read,
    MESSAGES,
    source=doc(
        SITE + "gen.html",
        "with_timeout",
        "asyncio.wait_for cancels what it waits for, and tornado.gen.with_timeout does not",
    ),
)
promise(
    "late_reads_have_every_message",
    tornado_client,
    reads.application_reads_late,
    delivered("read_message", "one", "two", "three"),
    source=cite_client(READ, "the result is the message"),
)
promise(
    "one_message_is_buffered",
    tornado_client,
    reads.application_reads_late,
    reached("close_code", None).once(),
    source=cite_release_notes(
        "5.1.0", "a client buffers one message: what is behind three is not read before them"
    ),
)
promise(
    "the_callback_of_a_read_has_the_future",
    tornado_client,
    reads.application_reads_with_a_callback,
    both(delivered("callback", "one", "two"), called("callback", None)),
    source=cite_client(READ, "calls callback with the future once it is ready"),
)
promise(
    "read_message_gives_nothing_beside_a_callback",
    tornado_client_callback,
    reads.application_reads_although_it_has_a_callback,
    both(returned("read_message", ...).never(), called("on_message_callback", "hello")),
    source=cite_client(READ, "never returns messages if there is an on_message_callback"),
)

# What is asked for
for _name, _ends, _header, _value, _says in (
    ("headers", ("its_own_headers",), "Authorization", "Bearer secret", "headers to pass on"),
    ("an_origin", ("an_origin",), "Origin", "http://here", "headers to pass on"),
    ("a_user", ("a_user",), "Authorization", "Basic dXNlcjpwYXNz", "credentials for HTTP Basic"),
):
    promise(
        f"{_name}_of_the_request_are_sent",
        BOTH_STYLES,
        [one for one in requests.client_asks_with if one.end in _ends],
        sends_header(_header, _value),
        source=doc(REQUEST, "HTTPRequest, headers, auth_username and auth_password", _says),
    )
promise(
    "user_agent_of_the_request_is_sent",
    BOTH_STYLES,
    requests.client_names_itself,
    sends_header("User-Agent", "agent"),
    source=doc(REQUEST, "HTTPRequest, user_agent", "the User-Agent header"),
)
promise(
    "subprotocols_are_proposed",
    BOTH_STYLES,
    requests.client_proposes.member("two"),
    both(
        sends_header("Sec-WebSocket-Protocol", "chat,superchat"),
        reached("selected_subprotocol", "superchat").once(),
    ),
    source=cite_client(
        "websocket_connect",
        "subprotocols are those proposed; the selected one is an attribute of the connection",
    ),
)
promise(
    "compression_is_offered",
    BOTH_STYLES,
    requests.client_offers_compression_in_vain,
    sends_header("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits"),
    source=cite_client("websocket_connect", "compression_options: even an empty dict enables it"),
)
promise(
    "the_callback_of_connect_has_the_connection",
    BOTH_STYLES,
    requests.application_gives_a_callback_to_connect,
    called("callback", thing("WebSocketClientConnection")).once(),
    source=cite_client("websocket_connect", "callback is called with the future of a connection"),
)
promise(
    "the_callback_of_connect_is_deprecated",
    BOTH_STYLES,
    (requests.application_gives_a_callback_to_connect, requests.callback_of_connect_has_a_refusal),
    warned("DeprecationWarning"),
    source=cite_release_notes(
        "6.5.0", "the callback argument is deprecated", "Deprecation Notices"
    ),
    versions=">=6.5",
)

# Who closed it
promise(
    "a_connection_that_is_closed_is_not_warned_of",
    BOTH_STYLES,
    (
        *tagged("answered", "own_close"),
        close.peer_closes_first,
        close.peer_closes_without_reason,
        close.peer_closes_with_empty_frame,
        close.peer_closes_after_messages,
        close.peer_closes_then_ends,
        failing.peer_ends,
        failing.peer_resets,
    ),
    warned("ResourceWarning").never(),
    source=cite_release_notes("6.4.0", "a warning is logged for unclosed client connections"),
    versions=">=6.4",
    scope=RELEASE,
)
