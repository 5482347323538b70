"""The workflow, the hook and the commands of the README, step by step in a user's repository.

What `uses:` names is replaced: a checkout by a clone, the action by the steps of `action.yml`, and
what installs wslifecycle by a program of its name that runs this checkout.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from .conftest import ROOT
from .test_documents import README, blocks

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("unmeasured")]

ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
[HOOK] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
WORKFLOW, GITLAB, PRE_COMMIT = map(
    yaml.safe_load, blocks(README.partition("### In a CI workflow")[2], "yaml")[:3]
)
OLD, NEW, SAME = "1.8.0", "1.9.2", "1.9.1"
"""Releases that the stored history holds, so nothing is installed or run."""
FORMS = {
    "requirements.txt": "requests==2.0\nwebsocket-client==VERSION\n",
    "uv.lock": """\
version = 1
requires-python = ">=3.11"

[[package]]
name = "requests"
version = "2.0"
dependencies = [{ name = "websocket-client" }]

[[package]]
name = "websocket-client"
version = "VERSION"
source = { registry = "https://index.example.org/simple" }
""",
}
"""Lock files that pin websocket-client."""
LINES = {"requirements.txt": 2, "uv.lock": 10}
"""Where they name it."""
PROGRAM = f"""#!{sys.executable}
import os, sys
words = sys.argv[1:]
if "wslifecycle" in words:  # of uvx: its own options, then ours
    assert words[: words.index("--from")] in ([], ["--python=3.11"]), words
    assert words[words.index("--from") + 1].startswith("wslifecycle[gate] @ "), words
    words = words[words.index("wslifecycle") + 1 :]
os.environ["PYTHONPATH"] = {str(ROOT)!r}
os.execv({sys.executable!r}, [{sys.executable!r}, "-m", "reports", *words])
"""


def pin(name: str, version: str) -> str:
    """A lock file of this name that pins websocket-client at a release."""
    return FORMS[name].replace("VERSION", version)


@dataclass(frozen=True)
class Repository:
    """A user's repository with an origin, of which it is a clone."""

    folder: Path
    programs: Path

    def git(self, *words: str) -> str:
        """What git prints."""
        done = subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *words],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def commit(self, name: str, text: str) -> str:
        """Commit a file; the name of the commit."""
        (self.folder / name).write_text(text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", name)
        return self.git("rev-parse", "HEAD")

    def run(
        self, script: str, *words: str, cwd: Path | None = None, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a script as a CI system does."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("GITHUB", "CI", "COV"))}
        variables = {"PATH": f"{self.programs}:{os.environ['PATH']}", "COLUMNS": "200"} | variables
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script, *words],
            cwd=cwd or self.folder,
            env=kept | variables,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """One without a commit, and the programs that a CI system finds."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("wslifecycle", "uvx"):
        (programs / name).write_text(PROGRAM)
        (programs / name).chmod(0o755)
    subprocess.run(["git", "init", "--quiet", tmp_path / "user"], check=True)
    return Repository(tmp_path / "user", programs)


def evaluate(text: str, inputs: Mapping[str, str], context: Mapping[str, str]) -> str:
    """A text with its expressions replaced: the first operand of `||` that is something."""

    def value(match: re.Match[str]) -> str:
        names = match[1].split(" || ")
        known = {f"inputs.{name}": text for name, text in inputs.items()} | dict(context)
        return next((known[name] for name in names if known.get(name)), "")

    return re.sub(r"\$\{\{ (.*?) \}\}", value, text)


def act(
    repository: Repository, given: Mapping[str, Any], context: Mapping[str, str], cwd: Path
) -> subprocess.CompletedProcess[str]:
    """Run what the action runs, with these inputs."""
    assert set(given) <= set(ACTION["inputs"])
    inputs = {name: str(one["default"]) for name, one in ACTION["inputs"].items()}
    inputs |= {name: str(one) for name, one in given.items()}
    [step] = [one for one in ACTION["runs"]["steps"] if "run" in one]
    env = {name: evaluate(text, inputs, context) for name, text in step["env"].items()}
    summary = repository.folder.parent / "summary.md"
    return repository.run(
        step["run"], cwd=cwd, GITHUB_STEP_SUMMARY=str(summary), GITHUB_WORKSPACE=str(cwd), **env
    )


def pull(repository: Repository, since: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the workflow of the README on a pull request: a shallow clone, then the action."""
    [job] = WORKFLOW["jobs"].values()
    checkout, action = job["steps"]
    assert checkout["uses"].startswith("actions/checkout@")
    assert action["uses"].startswith("OWNER/wslifecycle@")
    clone = repository.folder.parent / "clone"
    if not clone.exists():
        origin = repository.folder.as_uri()
        repository.git("clone", "--quiet", "--depth=1", origin, str(clone))
    context = {
        "github.action_path": str(ROOT),
        "github.event.pull_request.base.sha": since,
    }
    return act(repository, action["with"] | more, context, clone)


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("policy", [False, True], ids=["no policy", "a policy"])
def test_the_workflow_of_the_readme(repository: Repository, name: str, policy: bool) -> None:
    """A change is annotated where the lock file names the library, and is in the summary."""
    base = repository.commit(name, pin(name, OLD))
    if policy:
        repository.commit("lifecycle.toml", 'use.scenarios = ["peer_closes_first"]\n')
    repository.commit(name, pin(name, NEW))
    done = pull(repository, base, lock=name)
    summary = (repository.folder.parent / "summary.md").read_text()

    assert done.returncode == 1, done.stderr
    assert f"\n::error file={name},line={LINES[name]},title=websocket-client 1.8.0 -> " in (
        done.stdout
    )
    assert summary.startswith("### websocket-client 1\\.8\\.0 -") or "1.8.0" in summary
    assert ("4 changed" in done.stdout) == policy


def test_an_accepted_change_is_green(repository: Repository) -> None:
    """What one command writes goes into the pull request."""
    base = repository.commit("uv.lock", pin("uv.lock", OLD))
    (repository.folder / "uv.lock").write_text(pin("uv.lock", NEW))
    gate = "wslifecycle gate --base HEAD --lock uv.lock"
    accepted = repository.run(f"{gate} --accept all-new --reason 'so it is'")
    repository.commit("more.txt", "")
    done = pull(repository, base, lock="uv.lock")

    assert accepted.returncode == 0, accepted.stderr
    assert done.returncode == 0, done.stdout[-800:] + done.stderr
    assert "::" not in done.stdout


def test_the_acceptance_of_the_readme(repository: Repository) -> None:
    """It accepts what it says, wherever the policy stands."""
    own, *_ = blocks(README.partition("### How to accept a change")[2], "toml")
    shared = own.replace("[[accept]]", "[[tool.wslifecycle.accept]]")
    gate = f"wslifecycle gate websocket-client --from {OLD} --to {NEW}"
    outputs = []
    for name, text in (("lifecycle.toml", own), ("pyproject.toml", shared)):
        (repository.folder / name).write_text(text)
        outputs.append(repository.run(gate).stdout)
        (repository.folder / name).unlink()

    assert all(" 4 accepted," in output for output in outputs)
    assert all("matches nothing" not in output for output in outputs)


def test_what_did_not_move_is_green(repository: Repository) -> None:
    """So is a file that pins none of the libraries; and one that is new."""
    base = repository.commit("requirements.txt", pin("requirements.txt", NEW))
    repository.commit("other.txt", "requests==2.0\n")
    repository.commit("new.txt", pin("requirements.txt", NEW))

    for name in ("requirements.txt", "other.txt", "new.txt"):
        assert pull(repository, base, lock=name).returncode == 0, name


def test_two_releases_are_compared_without_a_lock_file(repository: Repository) -> None:
    """And `warn-only` is green, with warnings."""
    base = repository.commit("a.txt", "")
    pair = {"library": "websocket-client", "from": OLD, "to": NEW}
    done = pull(repository, base, lock="", python="3.11", **pair)
    warned = pull(repository, base, lock="", **{"warn-only": "true"}, **pair)

    assert (done.returncode, warned.returncode) == (1, 0)
    assert "\n::error title=websocket-client 1.8.0 -> 1.9.2" in done.stdout
    assert "\n::warning title=websocket-client 1.8.0 -> 1.9.2" in warned.stdout
    assert "::error" not in warned.stdout


HOSTILE = "$(touch hit)`touch hit`;touch hit;\"';touch hit #--allow-outside"


@pytest.mark.parametrize("name", sorted(set(ACTION["inputs"]) - {"warn-only"}))
def test_an_input_is_never_part_of_a_script(repository: Repository, name: str) -> None:
    """Whatever it says, it is refused, or not found."""
    base = repository.commit("uv.lock", pin("uv.lock", OLD))
    given = {"from": OLD, "to": NEW, "library": "websocket-client"} if name in "from to" else {}
    lock = "" if given else "uv.lock"
    done = pull(repository, base, **{"lock": lock} | given | {name: HOSTILE})

    assert name in ("python", "version") or done.returncode not in (0, 1)
    assert list(repository.folder.parent.rglob("hit")) == []


def test_no_expression_is_in_a_script() -> None:
    """An expression is replaced before a shell reads it."""
    scripts = [step.get("run", "") for step in ACTION["runs"]["steps"]]

    assert not any("${{" in script for script in scripts)


def hook(repository: Repository, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the hook as pre-commit does: what it is configured with, then the files."""
    program, *arguments = shlex.split(HOOK["entry"])
    assert program == "bash"
    return repository.run('exec bash "$@"', "hook", *arguments, *words)


def test_the_hook_compares_with_head(repository: Repository) -> None:
    """Every file; in a worktree and with a new file as well; with the policy that is there."""
    first = hook(repository, "uv.lock")
    repository.commit("uv.lock", pin("uv.lock", OLD))
    (repository.folder / "uv.lock").write_text(pin("uv.lock", NEW))
    (repository.folder / "requirements.txt").write_text(pin("requirements.txt", NEW))
    new = hook(repository, "requirements.txt")
    both = hook(repository, "requirements.txt", "uv.lock")
    warned = hook(repository, "--warn-only", "requirements.txt", "uv.lock")
    (repository.folder / "pyproject.toml").write_text("tool.wslifecycle.use.scenarios = ['no_*']\n")
    narrowed = hook(repository, "uv.lock")

    assert (first.returncode, new.returncode) == (0, 0), first.stderr + new.stderr
    assert "HEAD:requirements.txt is not there: every pin of requirements.txt is new" in new.stdout
    assert (both.returncode, warned.returncode, narrowed.returncode) == (1, 0, 1)
    assert len(narrowed.stdout) < len(both.stdout)


def test_the_hook_works_in_a_worktree(repository: Repository) -> None:
    """Where `.git` is a file, and git has set variables for hooks."""
    repository.commit("uv.lock", pin("uv.lock", OLD))
    repository.commit("lifecycle.toml", 'use.scenarios = ["peer_closes_first"]\n')
    tree = repository.folder.parent / "tree"
    repository.git("worktree", "add", "--quiet", str(tree))
    (tree / "uv.lock").write_text(pin("uv.lock", NEW))
    place = repository.folder / ".git" / "worktrees" / "tree"
    words = shlex.split(HOOK["entry"])[1:]
    done = repository.run('exec bash "$@"', "hook", *words, "uv.lock", cwd=tree, GIT_DIR=str(place))

    assert done.returncode == 1, done.stderr
    assert "4 changed" in done.stdout


@pytest.mark.parametrize("name", ["uv.lock", "sub/requirements-dev.txt", "pylock.web.toml"])
def test_the_hook_is_for_lock_files(name: str) -> None:
    """And for nothing else; the README names it."""
    [[named]] = [one["hooks"] for one in PRE_COMMIT["repos"]]

    assert re.search(HOOK["files"], name)
    assert not re.search(HOOK["files"], f"{name}.bak")
    assert named["id"] == HOOK["id"]


def test_the_job_of_the_readme_for_gitlab(repository: Repository) -> None:
    """It writes a report, and fails."""
    repository.commit("uv.lock", pin("uv.lock", OLD))
    repository.git("branch", "-M", "main")
    repository.git("remote", "add", "origin", repository.folder.as_uri())
    repository.git("fetch", "--quiet")
    (repository.folder / "uv.lock").write_text(pin("uv.lock", NEW))
    [job] = GITLAB.values()
    done = repository.run(job["script"][0], CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main")
    found = yaml.safe_load((repository.folder / "wslifecycle.json").read_text())

    assert done.returncode == 1, done.stderr
    assert found[0]["location"] == {"path": "uv.lock", "lines": {"begin": LINES["uv.lock"]}}
