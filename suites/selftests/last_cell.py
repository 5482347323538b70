"""A pytest plugin that runs only the last cell, or pair, of a selection.

`-p suites.selftests.last_cell`
"""

from __future__ import annotations

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect all but the last cell; what is true of a whole release is no cell.

    Where there are no cells, that is the last pair.
    """
    cells = [item for item in items if "cell" in getattr(item, "fixturenames", ())]
    cells = cells or [one for one in items if "library_pair" in getattr(one, "fixturenames", ())]
    config.hook.pytest_deselected(items=[item for item in items if item not in cells[-1:]])
    items[:] = cells[-1:]
