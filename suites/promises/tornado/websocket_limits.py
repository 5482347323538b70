"""What the documents promise about limits and compression, at both ends."""

from __future__ import annotations

from fixtures.drivers.surfaces import tornado_client, tornado_client_callback, tornado_handler

from ...judging.expectations import both, called, delivered, ends, returned
from ...judging.promise import promise
from ...scenarios.tornado import deflated, too_big
from .tornado_documents import cite_client, cite_handler, cite_release_notes

OVER_THE_LIMIT = too_big.message_is_over_the_limit

# Limits
promise(
    "more_than_the_limit_closes",
    tornado_handler,
    OVER_THE_LIMIT,
    both(called("on_message", ...).never(), called("on_close", ...).once(), ends("at once")),
    source=cite_handler(
        "max_message_size", "a larger message is not accepted, and the connection is closed"
    ),
)
promise(
    "read_message_gives_no_more_than_the_limit",
    tornado_client,
    OVER_THE_LIMIT,
    both(returned("read_message", None).once(), ends("at once")),
    source=cite_client(
        "websocket_connect",
        "max_message_size is as for the handler: a larger message closes the connection",
    ),
)
promise(
    "on_message_callback_gets_no_more_than_the_limit",
    tornado_client_callback,
    OVER_THE_LIMIT,
    both(called("on_message_callback", None).once(), ends("at once")),
    source=cite_client(
        "websocket_connect",
        "max_message_size is as for the handler: a larger message closes the connection",
    ),
)
promise(
    "the_limit_is_for_what_is_decompressed",
    tornado_handler,
    too_big.inflated_message_is_over_the_limit,
    both(called("on_message", ...).never(), called("on_close", ...).once(), ends("at once")),
    source=cite_release_notes("5.1.0", "the limit applies to the size after decompression"),
)
promise(
    "the_limit_is_for_what_is_decompressed",
    tornado_client,
    too_big.inflated_message_is_over_the_limit,
    both(returned("read_message", None).once(), ends("at once")),
    source=cite_release_notes("5.1.0", "the limit applies to the size after decompression"),
)
promise(
    "the_limit_is_for_what_is_decompressed",
    tornado_client_callback,
    too_big.inflated_message_is_over_the_limit,
    both(called("on_message_callback", None).once(), ends("at once")),
    source=cite_release_notes("5.1.0", "the limit applies to the size after decompression"),
)

# Compression
HELLO = (
    deflated.deflated_message_comes_in_fragments,
    deflated.ping_comes_between_deflated_fragments,
)
for surface, name in (
    (tornado_handler, "on_message"),
    (tornado_client, "read_message"),
    (tornado_client_callback, "on_message_callback"),
):
    promise(
        "compressed_messages_are_messages",
        surface,
        deflated.deflated_message_comes,
        delivered(name, "hello", "plain"),
        source=cite_handler("get_compression_options", "a dict enables compression"),
    )
    promise(
        "compressed_fragments_are_a_message",
        surface,
        HELLO,
        delivered(name, "hello"),
        source=cite_handler("get_compression_options", "a dict enables compression"),
    )
