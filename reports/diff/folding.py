"""Sentences that differ in one value become one sentence: "`recv` now returns '0', '1', ..."."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from .statement import Shape

FEWEST = 3
"""Sentences of one shape that are told as one."""
MOST_VALUES = 4
"""Values that are shown in a row; of more, the first two and the last."""


class Shaped(Protocol):
    """A change, or a sentence on many cells."""

    @property
    def text(self) -> str:
        """What is said."""

    @property
    def shape(self) -> Shape | None:
        """What is said around one value, if others may say the same of another value."""


Item = TypeVar("Item", bound=Shaped)


def fold(
    items: Iterable[Item], where: Callable[[Item], Hashable]
) -> Iterator[tuple[Item, str, Shape | None]]:
    """Each item and its text and shape; those of one shape and place once, if they are several.

    `where` says what they must have in common besides. They stand where the first of them stood.
    """
    alike: dict[Hashable, list[Item]] = defaultdict(list)
    for at, item in enumerate(items):
        key = at if item.shape is None else (item.shape.before, item.shape.after, where(item))
        alike[key].append(item)
    for found in alike.values():
        shapes = [item.shape for item in found if item.shape]
        if len(shapes) < FEWEST:
            yield from ((item, item.text, item.shape) for item in found)
        else:
            many = f"{join([shape.value for shape in shapes])} ({len(shapes)} times)"
            shape = replace(shapes[0], value=many)
            yield found[0], str(shape), shape


def join(values: Sequence[str]) -> str:
    """The values in a row; of many, the first two and the last."""
    if len(values) > MOST_VALUES:
        values = [*values[:2], f"... {values[-1]}"]
    return ", ".join(values)
