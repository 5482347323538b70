"""What a checkout is: the code that really runs, and whatever else it reads."""

from __future__ import annotations

import os
import py_compile
from pathlib import Path

import pytest

from reports.results.release import Cell
from reports.results.targets import Target, parse_target
from reports.running.job import Job, run_job
from reports.running.plan import Plan
from reports.running.release_runs import run_releases
from reports.running.sources import CheckoutChanged, Sources

from ..miniatures.miniature_index import Index, source

CELLS: list[Cell] = [("miniature_websocket_client", "peer_closes_first")]
GOOD, BAD = "self.on_close(code, reason)", "self.on_close(None, None)"


@pytest.fixture
def checkout(miniature_index: Index, tmp_path: Path) -> Target:
    """A checkout of the miniature, release 1.0."""
    (tmp_path / "miniature_websocket.py").write_text(source("1.0"))
    return parse_target(miniature_index.library, str(tmp_path))


def module_of(checkout: Target) -> Path:
    """The library's module."""
    return Path(checkout.place) / "miniature_websocket.py"


def prepend(checkout: Target, line: str) -> None:
    """Put a line into the library's module, where its imports are."""
    path = module_of(checkout)
    path.write_text(path.read_text().replace("import socket\n", f"import socket\n{line}\n", 1))
    assert line in path.read_text()


def edit_unnoticed(path: Path) -> None:
    """Change what the module does, and neither its size nor its time."""
    stat, text = path.stat(), path.read_text()
    changed = text.replace(GOOD, BAD)
    path.write_text(changed + "#" * (len(text) - len(changed)))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert path.stat().st_size == stat.st_size


def shown(checkout: Target) -> set[str]:
    """The behaviours that it shows in one cell."""
    [release] = run_releases([checkout], CELLS)
    assert not release.reason
    return set(release.cells[CELLS[0]].behaviours)


def is_known(checkout: Target) -> bool:
    """Whether nothing would have to be run."""
    plan = Plan([checkout], CELLS)
    plan.close()
    return not plan.count


def test_an_edit_that_changes_neither_size_nor_time(checkout: Target) -> None:
    """What stands in the file is run, and no bytecode is left there."""
    before = shown(checkout)
    edit_unnoticed(module_of(checkout))

    assert shown(checkout) != before
    assert not list(Path(checkout.place).rglob("*.pyc"))


def test_a_new_link_to_a_file_is_no_edit(checkout: Target, tmp_path: Path) -> None:
    """As uv makes one for each environment; an edit in the same moment is seen."""
    sources = Sources(checkout)
    (tmp_path / "link.py").hardlink_to(module_of(checkout))
    assert sources.are_current()

    edit_unnoticed(module_of(checkout))
    assert not sources.are_current()


def test_stale_bytecode_is_not_read(checkout: Target) -> None:
    """Not even where Python has left some."""
    before = shown(checkout)
    py_compile.compile(str(module_of(checkout)))
    edit_unnoticed(module_of(checkout))

    assert shown(checkout) != before


@pytest.mark.parametrize(
    "line", ["import beside", "from beside import it", "def later():\n    import beside.inner"]
)
@pytest.mark.parametrize("beside", ["beside.py", "beside/__init__.py", "beside/data.txt"])
def test_what_it_imports_beside_it_counts(checkout: Target, line: str, beside: str) -> None:
    """Once it is there, and whenever it changes; what it does not import does not count."""
    prepend(checkout, line)
    path = Path(checkout.place) / beside
    path.parent.mkdir(exist_ok=True)
    (path.parent / "unrelated.py").write_text("")
    digests = [Sources(checkout).digest]
    for text in ("it = 1", "it = 2"):
        path.write_text(text)
        digests.append(Sources(checkout).digest)
    (Path(checkout.place) / "elsewhere.py").write_text("")

    assert len(set(digests)) == 3
    assert Sources(checkout).digest == digests[-1]


def test_what_that_imports_counts_too(checkout: Target) -> None:
    """However far away, and though a module of it cannot be parsed."""
    prepend(checkout, "import beside")
    for name, text in (("beside", "import further"), ("further", "not Python")):
        (Path(checkout.place) / f"{name}.py").write_text(text)
    before = Sources(checkout).digest
    (Path(checkout.place) / "further.py").write_text("")

    assert Sources(checkout).digest != before


def test_what_is_read_elsewhere_in_the_checkout_is_not_kept(checkout: Target) -> None:
    """Its digest does not cover that: the cell is run each time."""
    prepend(checkout, "open(__file__.replace('miniature_websocket.py', 'data.txt')).close()")
    (Path(checkout.place) / "data.txt").write_text("")
    assert shown(checkout)
    assert not is_known(checkout)

    module_of(checkout).write_text(source("1.0"))
    assert shown(checkout)
    assert is_known(checkout)


def test_code_from_another_folder_is_not_kept(
    checkout: Target, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """An edit of it would change what the checkout does."""
    other = tmp_path_factory.mktemp("other")
    (other / "from_another_folder.py").write_text("")
    prepend(checkout, f"import sys; sys.path.append({str(other)!r})")
    assert shown(checkout)
    assert is_known(checkout)
    prepend(checkout, f"import sys; sys.path.append({str(other)!r}); import from_another_folder")
    assert shown(checkout)
    assert not is_known(checkout)


def test_a_checkout_that_is_edited_meanwhile_is_not_kept(checkout: Target) -> None:
    """It is not known which code was run."""
    prepend(checkout, "open(__file__, 'a').write('# edited')")

    with pytest.raises(CheckoutChanged, match="was edited while it ran: run it again"):
        shown(checkout)
    assert not is_known(checkout)


def test_a_checkout_is_known_by_its_distribution(tmp_path: Path) -> None:
    """Whatever its module is called: the metadata that it is given have its distribution's name."""
    folder = tmp_path / "src" / "websocket"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text('__version__ = "7.0"\nclass WebSocketApp: pass\n')
    cells = (("websocket_client_app", "peer_closes_first"),)
    outcome = run_job(Job("websocket-client", "path", None, cells, str(folder.parent)))

    assert outcome.version == "7.0"
    assert "cannot be imported" not in outcome.results[cells[0]].reason
