"""The release that a lock file pins is found, or an error says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.results.release import WrongInput
from reports.upgrade.lockfiles import find_pin, pins

UV = """\
version = 1
requires-python = ">=3.11"

[[package]]
name = "websockets"
version = "15.0"
source = { registry = "https://registry.example/simple" }
"""
POETRY = """\
[[package]]
name = "websockets"
version = "15.0"
optional = false
markers = "python_version >= '3.9'"

[metadata]
lock-version = "2.1"
content-hash = "0"
"""
PYLOCK = """\
lock-version = "1.0"
created-by = "uv"

[[packages]]
name = "websockets"
version = "15.0"
marker = "python_version >= '3.9'"
"""
PIPFILE = """{"_meta": {}, "default": {"websockets": {"version": "==15.0", "extras": ["x"]}}}"""
REQUIREMENTS = """\
# made by pip-compile
--index-url https://registry.example/simple
websockets[speedups]==15.0 ; python_version >= "3.9" \\
    --hash=sha256:0123  # because
./local
"""
FILES = (
    ("uv.lock", UV),
    ("poetry.lock", POETRY),
    ("pylock.toml", PYLOCK),
    ("pylock.dev.toml", PYLOCK),
    ("Pipfile.lock", PIPFILE),
    ("requirements-dev.txt", REQUIREMENTS),
)


def write(folder: Path, name: str, text: str) -> Path:
    """A lock file."""
    path = folder / name
    path.write_text(text)
    return path


def problem(path: Path, library: str = "websockets") -> str:
    """What is wrong with it."""
    with pytest.raises(WrongInput) as caught:
        find_pin(path, library)
    return str(caught.value)


@pytest.mark.parametrize(("name", "text"), FILES)
def test_a_pin_is_found(name: str, text: str, tmp_path: Path) -> None:
    """Each kind of file is read; a library it does not name is None."""
    path = write(tmp_path, name, text)

    assert find_pin(path, "websockets") == "15.0"
    assert find_pin(path, "tornado") is None


@pytest.mark.parametrize(("name", "text"), FILES)
def test_a_kind_is_known_by_its_content(name: str, text: str, tmp_path: Path) -> None:
    """A file of another name, such as a copy, is known by what it holds."""
    assert find_pin(write(tmp_path, f"old-{name}.bak", text), "websockets") == "15.0"


def test_names_are_normalised(tmp_path: Path) -> None:
    """`WebSocket_Client` is websocket-client."""
    path = write(tmp_path, "requirements.txt", "WebSocket_Client===1.8.0\n")

    assert find_pin(path, "websocket-client") == "1.8.0"


NOT_HERE = "python_version < '3'"
RULED_OUT = (
    ("uv.lock", UV.replace("source =", f'resolution-markers = ["{NOT_HERE}"]\nsource =')),
    ("poetry.lock", POETRY.replace("python_version >= '3.9'", NOT_HERE)),
    ("poetry.lock", POETRY.replace("\"python_version >= '3.9'\"", f'{{ main = "{NOT_HERE}" }}')),
    ("pylock.toml", PYLOCK.replace("python_version >= '3.9'", NOT_HERE)),
    ("Pipfile.lock", PIPFILE.replace('"extras"', f'"markers": "{NOT_HERE}", "extras"')),
    ("requirements.txt", f"websockets==15.0; {NOT_HERE}"),
)


@pytest.mark.parametrize(("name", "text"), RULED_OUT)
def test_markers_are_heeded(name: str, text: str, tmp_path: Path) -> None:
    """A pin that does not hold for this Python does not count."""
    assert find_pin(write(tmp_path, name, text), "websockets") is None


PATHS = (
    ("uv.lock", UV.replace('registry = "https://registry.example/simple"', 'editable = "lib"')),
    ("poetry.lock", POETRY + '[package.source]\ntype = "directory"\nurl = "lib"\n'),
    ("pylock.toml", PYLOCK + 'directory = { path = "lib" }\n'),
    ("Pipfile.lock", PIPFILE.replace('"version": "==15.0"', '"path": "lib"')),
    ("requirements.txt", "websockets @ file:lib"),
)


@pytest.mark.parametrize(("name", "text"), PATHS)
def test_a_checkout_is_found_next_to_the_file(name: str, text: str, tmp_path: Path) -> None:
    """A path is relative to the lock file."""
    text = text if name != "poetry.lock" else _source_last(text)

    assert find_pin(write(tmp_path, name, text), "websockets") == str(tmp_path / "lib")


def _source_last(text: str) -> str:
    """Poetry's source belongs to the package, so it stands before the metadata."""
    head, source = text.split("[metadata]")[0], text[text.index("[package.source]") :]
    return head + source


GIT = (
    ("uv.lock", UV.replace('registry = "https://registry.example/simple"', 'git = "https://g/x"')),
    (
        "poetry.lock",
        _source_last(POETRY + '[package.source]\ntype = "git"\nurl = "https://g/x"\n'),
    ),
    ("pylock.toml", PYLOCK + 'vcs = { url = "https://g/x" }\n'),
    ("Pipfile.lock", PIPFILE.replace('"version": "==15.0"', '"git": "https://g/x"')),
    ("requirements.txt", "websockets @ git+https://g/x"),
    ("requirements.txt", "-e git+https://g/x#egg=websockets\n-e .\n"),
    ("requirements.txt", "git+https://g/x/websockets.git@18"),
    ("requirements.txt", "https://me:secret@g/x/websockets-15.0-py3-none-any.whl?token=secret"),
)


@pytest.mark.parametrize(("name", "text"), GIT)
def test_a_repository_is_to_be_checked_out(name: str, text: str, tmp_path: Path) -> None:
    """What comes from elsewhere is no release; the text says what to do."""
    said = problem(write(tmp_path, name, text))

    assert "https://g/x" in said
    assert "secret" not in said
    assert "check it out, and gate --from OLD --to PATH LIBRARY" in said


LOOSE = (
    ("requirements.txt", "websockets>=15", "'>=15' is a range"),
    ("requirements.txt", "websockets", "'any release' is a range"),
    ("Pipfile.lock", PIPFILE.replace("==15.0", "*"), "'*' is a range"),
    ("pylock.toml", PYLOCK.replace('version = "15.0"\n', ""), "names no version"),
)


@pytest.mark.parametrize(("name", "text", "wanted"), LOOSE)
def test_a_range_is_no_pin(name: str, text: str, wanted: str, tmp_path: Path) -> None:
    """A library that is asked for and not pinned is an error."""
    assert wanted in problem(write(tmp_path, name, text))


def test_several_releases_are_not_guessed_at(tmp_path: Path) -> None:
    """Two pins that both hold are an error that names them."""
    path = write(tmp_path, "uv.lock", UV + UV[UV.index("[[package]]") :].replace("15.0", "16.0"))

    assert "pins websockets to several releases: 15.0, 16.0; say which" in problem(path)


def test_the_same_pin_twice_is_one(tmp_path: Path) -> None:
    """Extras make no difference."""
    path = write(tmp_path, "requirements.txt", "websockets==15.0\nwebsockets[x]==15.0\n")

    assert find_pin(path, "websockets") == "15.0"


def test_included_files_are_read(tmp_path: Path) -> None:
    """`-r` is followed, in a circle only once."""
    write(tmp_path, "base.txt", "websockets==15.0\n-r requirements.txt\n")
    path = write(tmp_path, "requirements.txt", "-r base.txt\ntornado==6.5\n")

    assert pins(path) == {"websockets": ["15.0"], "tornado": ["6.5"]}


def test_included_files_stay_in_the_folder(tmp_path: Path) -> None:
    """Of the file that names them, where links are followed; unless the user allows others."""
    outside = write(tmp_path, "base.txt", "websockets==15.0\n")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link.txt").symlink_to(outside)
    path = tmp_path / "in" / "requirements.txt"
    for name in ("../base.txt", "link.txt", str(outside)):
        path.write_text(f"tornado==6.5\n-r {name}\n")

        assert "requirements.txt, line 2: it includes a file out of the folder" in problem(path)
        assert find_pin(path, "websockets", outside=True) == "15.0"


def test_what_constrains_is_not_read(tmp_path: Path) -> None:
    """Wherever it is."""
    path = write(tmp_path, "requirements.txt", "tornado==6.5\n-c /proc/self/environ\n-c no.txt\n")

    assert pins(path) == {"tornado": ["6.5"]}


def test_a_broken_line_is_told_by_its_number(tmp_path: Path) -> None:
    """Joined lines count as they stand in the file; what is there may be a secret."""
    write(tmp_path, "base.txt", "# \\\n\ntoken is secret\n")
    said = problem(write(tmp_path, "requirements.txt", "tornado==6.5 \\\n --pre\n-r base.txt\n"))

    assert "base.txt, line 3: it is not a requirement" in said
    assert "secret" not in said


def test_an_address_is_told_without_its_password(tmp_path: Path) -> None:
    """It is in the log of a CI job otherwise."""
    line = "websockets @ git+https://me:secret@example.org/x.git"

    assert "comes from git+https://example.org/x.git;" in problem(
        write(tmp_path, "requirements.txt", line)
    )


@pytest.mark.parametrize("release", ["x.jsonl", "/", "installed", "9" * 5_000, ""])
def test_what_is_no_release_is_no_other_target(release: str, tmp_path: Path) -> None:
    """A version in a lock file is never taken for a folder or a record."""
    assert "is not a release" in problem(write(tmp_path, "uv.lock", UV.replace("15.0", release)))


MALFORMED = (
    ("uv.lock", "[[package", "cannot be read as uv.lock: it is not TOML"),
    ("uv.lock", "version = 1\n", "Object missing required field `package`"),
    ("uv.lock", "package = 3\n", "Expected `array`, got `int` - at `$.package`"),
    ("uv.lock", '[[package]]\nname = "x"\n', "uv.lock: a package in it has no version"),
    ("poetry.lock", POETRY.replace("python_version >=", "py >"), "marker"),
    ("Pipfile.lock", "{", "cannot be read as Pipfile.lock: it is not JSON"),
    ("Pipfile.lock", "[]", "cannot be read as Pipfile.lock"),
    ("uv.lock", "package = []\n", "cannot be read as uv.lock: it names no distribution at all"),
    ("poetry.lock", "package = []\n", "cannot be read as poetry.lock: it names no distribution"),
    ("pylock.toml", "packages = []\n", "cannot be read as pylock.toml: it names no distribution"),
    ("Pipfile.lock", '{"default": {}}', "cannot be read as Pipfile.lock: it names no distribution"),
    ("requirements.txt", "", "it names no distribution at all; is it the right file?"),
    ("requirements.txt", "# none\n--pre\n-r requirements.txt\n", "it names no distribution at all"),
    ("requirements.txt", "web sockets == 1", "line 1: it is not a requirement, such as"),
    ("requirements.txt", "-r nowhere.txt", "nowhere.txt cannot be read: No such file"),
    ("notes.md", "# Notes", "is not a lock file that this version reads; it reads: uv.lock"),
)


@pytest.mark.parametrize(("name", "text", "wanted"), MALFORMED)
def test_a_malformed_file_is_reported(name: str, text: str, wanted: str, tmp_path: Path) -> None:
    """What is wrong stands in one line, with the file."""
    assert wanted in problem(write(tmp_path, name, text))


def test_a_file_that_is_no_text_is_reported(tmp_path: Path) -> None:
    """Bytes that are no UTF-8, and a file that is not there."""
    path = tmp_path / "uv.lock"
    path.write_bytes(b"\xff\xfe\x00")

    assert "is not text" in problem(path)
    assert "cannot be read: No such file" in problem(tmp_path / "no.lock")
