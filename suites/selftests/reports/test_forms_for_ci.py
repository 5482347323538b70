"""A comparison as annotations of GitHub and as a code quality report of GitLab."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from fixtures.model.scenario import SCENARIOS
from fixtures.model.trace import Trace
from reports.render.github import MOST, render_github
from reports.render.gitlab import render_gitlab
from reports.render.lock_line import find_line, name_in_repository
from reports.render.output import write_report
from reports.results.release import Cell
from reports.upgrade.exit_status import UpgradeResult

from ..conftest import Miniature
from ..miniatures.miniature_pairs import BEFORE, CELL, CHANGED, compare_releases, trace
from .test_comparison_report import hostile

LOCKS = {
    "uv.lock": '[[package]]\nname = "other"\ndependencies = [{ name = "miniature" }]\n\n'
    '[[package]]\nname = "miniature"\nversion = "2.0"\n',
    "requirements.txt": "# miniature is ours\na==1\nminiature-more==1\n\n\nMiniature==2.0\n",
    "Pipfile.lock": '{\n "default": {\n  "a": {"b": 1},\n  "miniature-x": {},\n  "c": 1,\n'
    '  "miniature": {\n',
    "conda.yml": "dependencies:\n- python=3\n- pip:\n  - a\n  - b\n  - miniature==2.0\n",
    "poetry.lock": '[[package]]\nname = "a"\n[package.dependencies]\nminiature = ">=1"\n'
    '[[package]]\nname = "miniature"\nversion = "2.0"\n[metadata]\n',
    "pdm.lock": '[[package]]\nname = "a"\ndependencies = [\n    "miniature>=1",\n]\n'
    'name = "miniature"\n',
    "pylock.toml": "[[packages]]\nname = 'a'\n\n\n[[packages]]\nname = 'miniature'\n",
    "conda-lock.yml": "package:\n- name: a\n  dependencies:\n    miniature: '>=1'\n  manager: pip\n"
    "- name: miniature\n",
    "environment.yml": "name: miniature\n\ndependencies:\n- a\n- miniature-more=1\n"
    "- conda-forge::miniature=2.0\n",
    "list.txt": "# packages in environment at /x:\n#\n#\n#\na 1 py conda\nminiature 2.0 py conda\n",
    "pixi.lock": "a:\n b:\n c:\n d:\n- kind: pypi\n  name: miniature\n",
}
"""Lock files that pin the miniature in their sixth line."""


@pytest.fixture(autouse=True)
def _known(known: Miniature, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The miniature's surface is one of the known ones; the repository is the current folder."""
    known()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)


def changed(**more: object) -> UpgradeResult:
    """A result in which one cell has changed."""
    return UpgradeResult((compare_releases(*CHANGED),), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", LOCKS)
def test_an_annotation_is_on_the_line_of_the_pin(name: str) -> None:
    """Of every form; not where another package needs it, or one has a longer name."""
    Path(name).write_text(LOCKS[name])
    [line] = render_github(changed(lock=Path(name))).splitlines()

    assert line.startswith(
        f"::error file={name},line=6,title=miniature 1.0 -> 2.0%3A 1. 1 cell::`on_"
    )
    assert line.endswith('now gets (None, None)%0Aaccept it with --accept 1 --reason "..."')


def test_a_line_that_cannot_be_found_is_the_first(tmp_path: Path) -> None:
    """Or a file that is not there; one from PowerShell is read."""
    (tmp_path / "a.txt").write_bytes("x==1\nminiature==2\n".encode("utf-16"))

    assert find_line(tmp_path / "a.txt", "miniature") == 2
    assert find_line(tmp_path / "a.txt", "nobody") == 1
    assert find_line(tmp_path / "no.txt", "miniature") == 1


def test_a_file_is_named_from_the_root_of_the_repository(tmp_path: Path) -> None:
    """One that is elsewhere has no name there."""
    assert name_in_repository(Path("sub/uv.lock"), None) == "sub/uv.lock"
    assert name_in_repository(Path("sub/uv.lock"), str(tmp_path / "sub")) == "uv.lock"
    assert name_in_repository(Path("../uv.lock"), None) == ""
    assert "file=" not in render_github(changed(lock=Path("../uv.lock")))


def test_what_a_library_says_ends_no_annotation() -> None:
    """Line ends and what separates properties are escaped, and no command begins."""
    said = "100%\n::stop-commands::x\r##[group]"
    [line] = render_github(
        UpgradeResult((compare_releases({CELL: [BEFORE]}, {CELL: said}),))
    ).splitlines()

    assert line.startswith("::error title=miniature 1.0 -> 2.0%3A 1 cell gone::100%25")
    assert "##[" not in line
    assert len(render_github(UpgradeResult((hostile(),))).splitlines()) == 1


def test_a_change_only_warns_where_it_is_asked_for() -> None:
    """An answer that is not complete is an error all the same."""
    assert render_github(changed(warn_only=True)).startswith("::warning ")
    assert "::error title=exit status 3::1 cell compared, at least 2" in (
        render_github(changed(warn_only=True, minimum=2))
    )
    assert "::error title=an acceptance matches nothing any more%3A delete it::x: y" in (
        render_github(changed(unused=("x: y",)))
    )


def test_what_github_would_drop_is_counted() -> None:
    """It shows ten annotations of a step."""
    names = [name for name in SCENARIOS if name.startswith("peer_closes_with_code_")]
    old: dict[Cell, list[Trace] | str] = {("miniature", name): [BEFORE] for name in names}
    new: dict[Cell, list[Trace] | str] = {cell: f"reason {n}" for n, cell in enumerate(old)}
    lines = render_github(UpgradeResult((compare_releases(old, new),))).splitlines()

    assert len(names) > MOST
    assert len(lines) == MOST
    assert lines[-1].startswith("::error title=wslifecycle::and ")


def test_gitlab_has_an_issue_for_each_block() -> None:
    """With a place, a severity, and a fingerprint that is the same on every machine."""
    Path("uv.lock").write_text(LOCKS["uv.lock"])
    [issue] = json.loads(render_gitlab(changed(lock=Path("uv.lock"))))
    [again] = json.loads(render_gitlab(changed(lock=Path("uv.lock"), warn_only=True)))

    assert issue["location"] == {"path": "uv.lock", "lines": {"begin": 6}}
    assert issue["description"].startswith("miniature 1.0 -> 2.0: 1 cell: `on_close` got (the")
    assert (issue["severity"], again["severity"]) == ("major", "minor")
    assert issue["fingerprint"] != again["fingerprint"]


def test_gitlab_is_told_of_what_could_not_be_run() -> None:
    """And of nothing else where nothing has changed."""
    faulty = compare_releases({CELL: [BEFORE]}, {CELL: [trace(problems=("no peer",))]})
    same = compare_releases({CELL: [BEFORE]}, {CELL: [BEFORE]})
    [issue] = json.loads(render_gitlab(UpgradeResult((faulty,))))

    assert issue["severity"] == "critical"
    assert issue["location"]["path"] == "lifecycle.toml"
    assert json.loads(render_gitlab(UpgradeResult((same,)))) == []


def written(**options: object) -> int:
    """The exit status of writing a report for a GitHub workflow."""
    given = {"format": "github", "output": None, "all": False} | options
    return write_report(changed(), argparse.Namespace(**given))


def test_a_workflow_gets_a_log_annotations_and_a_summary(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one run; what stands in the summary is kept."""
    Path("summary.md").write_text("# before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    status = written()
    text = capsys.readouterr().out

    assert status == 1
    assert text.startswith("miniature 1.0 -> 2.0\n")
    assert text.splitlines()[-1].startswith("::error ")
    assert Path("summary.md").read_text().startswith("# before\n### miniature 1.0 -")


def test_a_summary_that_cannot_be_written_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The answer is in the log, and the status says that it is not where it should be."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "no/summary.md")

    assert written() == 3
    assert "and not in no/summary.md (No such file or directory)" in capsys.readouterr().out
