"""What a library says beside its API belongs to the run in whose threads it is said."""

from __future__ import annotations

import logging
import threading

from fixtures.run.recorder import Listening, Recorder

from .miniature_drivers import greeting

LOGGER = logging.getLogger("miniature")


def test_what_an_earlier_run_has_left_over_is_not_heard() -> None:
    """A thread that lives on from another run logs and fails unheard; a new one is heard."""
    listening, wakes = Listening(Recorder(greeting), ("miniature",)), threading.Event()
    left_over = threading.Thread(target=grumble, args=(wakes,))
    left_over.start()

    with listening.attached() as caught:
        wakes.set()
        left_over.join()
        alone = listening.facts(caught)
        new = threading.Thread(target=grumble, args=(wakes,))
        new.start()
        new.join()

    assert alone == {}
    assert set(listening.facts(caught)) == {"logs", "unretrieved"}


def grumble(wakes: threading.Event) -> None:
    """Once it is woken, log and fail."""
    wakes.wait()
    LOGGER.error("it failed")
    raise LookupError("in a thread")
