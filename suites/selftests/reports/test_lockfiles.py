"""The release that a lock file pins is found, or an error says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.results.release import WrongInput
from reports.upgrade.lock_markers import choose_python
from reports.upgrade.lock_pins import RANGE, RULED_OUT
from reports.upgrade.lockfiles import list_forms, read_lock

from ..conftest import ROOT

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


def find_pin(
    path: Path, library: str, *, outside: bool = False, python: str | None = None
) -> str | None:
    """The release or the folder that a file pins a library to; None if it does not name it."""
    pin = read_lock(path, outside=outside).find(library, choose_python(python))
    if pin and not (pin.can_run or pin.kind == RULED_OUT):
        raise WrongInput(f"{pin.kind}: {pin.what}")
    return pin.what if pin and pin.can_run else None


def problem(path: Path, library: str = "websockets") -> str:
    """What is wrong with it."""
    with pytest.raises(WrongInput) as caught:
        find_pin(path, library)
    return str(caught.value)


def noted(path: Path) -> str:
    """What is noted about a file."""
    return "\n".join(read_lock(path).notes)


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


def test_a_backslash_at_the_end_joins_nothing(tmp_path: Path) -> None:
    """The line is read as it stands."""
    assert (
        find_pin(write(tmp_path, "requirements.txt", "websockets==15.0 \\"), "websockets") == "15.0"
    )


def test_names_are_normalised(tmp_path: Path) -> None:
    """`WebSocket_Client` is websocket-client."""
    path = write(tmp_path, "requirements.txt", "WebSocket_Client===1.8.0\n")

    assert find_pin(path, "websocket-client") == "1.8.0"


NOT_HERE = "python_version < '3'"
COUNTING_ELSEWHERE = (
    ("uv.lock", UV.replace("source =", f'resolution-markers = ["{NOT_HERE}"]\nsource =')),
    ("poetry.lock", POETRY.replace("python_version >= '3.9'", NOT_HERE)),
    ("poetry.lock", POETRY.replace("\"python_version >= '3.9'\"", f'{{ main = "{NOT_HERE}" }}')),
    ("pylock.toml", PYLOCK.replace("python_version >= '3.9'", NOT_HERE)),
    ("Pipfile.lock", PIPFILE.replace('"extras"', f'"markers": "{NOT_HERE}", "extras"')),
    ("requirements.txt", f"websockets==15.0; {NOT_HERE}"),
)


@pytest.mark.parametrize(("name", "text"), COUNTING_ELSEWHERE)
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
    """What comes from elsewhere is no release."""
    said = problem(write(tmp_path, name, text))

    assert "https://g/x" in said
    assert "secret" not in said


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

    assert "several releases: 15.0, 16.0" in problem(path)


def test_the_same_pin_twice_is_one(tmp_path: Path) -> None:
    """Extras make no difference."""
    path = write(tmp_path, "requirements.txt", "websockets==15.0\nwebsockets[x]==15.0\n")

    assert find_pin(path, "websockets") == "15.0"


def test_included_files_are_read(tmp_path: Path) -> None:
    """`-r` is followed, in a circle only once."""
    write(tmp_path, "base.txt", "websockets==15.0\n-r requirements.txt\n")
    path = write(tmp_path, "requirements.txt", "-r base.txt\ntornado==6.5\n")

    assert (find_pin(path, "websockets"), find_pin(path, "tornado")) == ("15.0", "6.5")


def test_a_long_way_through_files_is_an_error(tmp_path: Path) -> None:
    """As if it never came to an end."""
    for number in range(700):
        write(tmp_path, f"{number}.txt", f"-r {number + 1}.txt\n")
    path = write(tmp_path, "requirements.txt", "-r 0.txt\n")

    assert "it never comes to an end" in problem(path)


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


def test_constraints_pin(tmp_path: Path) -> None:
    """What is asked for as a range is at the release that a constraint names."""
    write(tmp_path, "limits.txt", "websockets==15.0\ntornado==6.5\n")
    path = write(tmp_path, "requirements.txt", "websockets>=10\n-c limits.txt\n")

    assert (find_pin(path, "websockets"), find_pin(path, "tornado")) == ("15.0", "6.5")
    assert find_pin(tmp_path / "limits.txt", "websockets") == "15.0"


def test_constraints_elsewhere_are_noted(tmp_path: Path) -> None:
    """They are not read, and neither is an address."""
    lines = "tornado==6.5\n-c /proc/self/environ\n-c no.txt\n-c https://example.org/c.txt\n"
    path = write(tmp_path, "requirements.txt", lines)

    assert find_pin(path, "tornado") == "6.5"
    assert "line 2: it includes a file out of the folder" in noted(path)
    assert "line 3: " in noted(path)
    assert "the file that it includes cannot be read: No such file or directory" in noted(path)
    assert "line 4: what is at an address is not read" in noted(path)


def test_a_missing_file_is_noted(tmp_path: Path) -> None:
    """The rest is read."""
    path = write(tmp_path, "requirements.txt", "-r nowhere.txt\ntornado==6.5\n")

    assert find_pin(path, "tornado") == "6.5"
    assert "requirements.txt, line 1: " in noted(path)
    assert "the file that it includes cannot be read: No such file or directory" in noted(path)


def test_a_broken_line_is_noted_by_its_number(tmp_path: Path) -> None:
    """Joined lines count as they stand in the file; what is there may be a secret."""
    write(tmp_path, "base.txt", "# \\\n\ntoken is secret\n")
    path = write(tmp_path, "requirements.txt", "tornado==6.5 \\\n --pre\n-r base.txt\n")

    assert find_pin(path, "tornado") == "6.5"
    assert "base.txt, line 3: it is not a requirement" in noted(path)
    assert "the line is left out" in noted(path)
    assert "secret" not in noted(path)


def test_few_broken_lines_are_noted(tmp_path: Path) -> None:
    """The others are counted."""
    path = write(tmp_path, "requirements.txt", "tornado==6.5\n" + "a b\n" * 9)

    assert noted(path).count("it is not a requirement") == 5
    assert "4 more lines are left out for that" in noted(path)


def test_many_broken_lines_are_an_error(tmp_path: Path) -> None:
    """It is another kind of file then."""
    path = write(tmp_path, "requirements.txt", "tornado==6.5\n" + "a b\n" * 101)

    assert "line 2: it is not a requirement" in problem(path)


def test_too_many_packages_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes time."""
    monkeypatch.setattr("reports.upgrade.lockfiles.MOST_PINS", 2)

    assert "it has more than 2 packages" in problem(
        write(tmp_path, "requirements.txt", "tornado==6.5\n" * 3)
    )


def test_a_broken_line_of_the_library_is_no_note_alone(tmp_path: Path) -> None:
    """Nothing is compared with what it may have said."""
    path = write(tmp_path, "requirements.txt", "tornado==6.5\nwebsockets = 15.0\n")

    assert "requirements.txt, line 2: it is not a requirement" in problem(path)


def test_an_address_is_told_without_its_password(tmp_path: Path) -> None:
    """It is in the log of a CI job otherwise."""
    line = "websockets @ git+https://me:secret@example.org/x.git"

    assert "comes from git+https://example.org/x.git" in problem(
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
    ("uv.lock", '[[package]]\nname = "websockets"\n', "the file names no version of it"),
    ("poetry.lock", POETRY.replace("python_version >=", "py >"), "a marker in it is none"),
    ("Pipfile.lock", "{", "cannot be read as Pipfile.lock: it is not JSON"),
    ("Pipfile.lock", "[]", "cannot be read as Pipfile.lock"),
    ("uv.lock", "package = []\n", "cannot be read as uv.lock: it names no distribution at all"),
    ("poetry.lock", "package = []\n", "cannot be read as poetry.lock: it names no distribution"),
    ("pylock.toml", "packages = []\n", "cannot be read as pylock.toml: it names no distribution"),
    ("Pipfile.lock", '{"default": {}}', "cannot be read as Pipfile.lock: it names no distribution"),
    ("requirements.txt", "", "it names no distribution at all; is it the right file?"),
    ("requirements.txt", "# none\n--pre\n-r requirements.txt\n", "it names no distribution at all"),
    ("requirements.txt", "web sockets == 1", "line 1: it is not a requirement, such as"),
    ("requirements.txt", "-r nowhere.txt", "it names no distribution at all"),
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

    assert "is not text in UTF-16" in problem(path)
    path.write_bytes(b"a\xff")
    assert "is not text in UTF-8, at byte 1" in problem(path)
    assert "cannot be read: No such file" in problem(tmp_path / "no.lock")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_what_powershell_writes_is_read(encoding: str, tmp_path: Path) -> None:
    """UTF-16 with a byte order mark, in either order."""
    path = tmp_path / "requirements.txt"
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    path.write_bytes(f"{mark}websockets==15.0\r\ntornado==6.5\r\n".encode(encoding))

    assert (find_pin(path, "websockets"), find_pin(path, "tornado")) == ("15.0", "6.5")


def test_an_exact_release_is_one_among_other_limits(tmp_path: Path) -> None:
    """`==` decides, whatever else is asked for; two of them do not."""
    path = write(tmp_path, "requirements.txt", "websockets==15.0,>=14\ntornado==6.4,==6.5\n")

    assert find_pin(path, "websockets") == "15.0"
    assert "is a range" in problem(path, "tornado")


SEVERAL_PYTHONS = (
    (
        "uv.lock",
        UV.replace("source =", "resolution-markers = [\"python_version < '3.12'\"]\nsource =")
        + UV[UV.index("[[package]]") :]
        .replace("15.0", "16.0")
        .replace("source =", "resolution-markers = [\"python_version >= '3.12'\"]\nsource ="),
    ),
    (
        "requirements.txt",
        "websockets==15.0; python_version<'3.12'\nwebsockets==16.0; python_full_version>='3.12.0'",
    ),
    (
        "poetry.lock",
        '[[package]]\nname = "websockets"\nversion = "15.0"\npython-versions = "<3.12"\n'
        '[[package]]\nname = "websockets"\nversion = "16.0"\npython-versions = ">=3.12"\n'
        '[metadata]\ncontent-hash = "0"\n',
    ),
    (
        "pdm.lock",
        '[[package]]\nname = "websockets"\nversion = "15.0"\nrequires_python = "<3.12"\n'
        '[[package]]\nname = "websockets"\nversion = "16.0"\n'
        "marker = \"python_version >= '3.12'\"\n"
        '[metadata]\nlock_version = "4.5.0"\n',
    ),
)


@pytest.mark.parametrize(("name", "text"), SEVERAL_PYTHONS)
def test_one_of_several_pythons_is_chosen(name: str, text: str, tmp_path: Path) -> None:
    """By a marker, or by the Pythons that a release is for."""
    path = write(tmp_path, name, text)

    assert find_pin(path, "websockets", python="3.11") == "15.0"
    assert find_pin(path, "websockets", python="3.13") == "16.0"


def test_extras_and_groups_make_no_difference(tmp_path: Path) -> None:
    """What only some extra or group installs is pinned as well."""
    for marker in ("'dev' in dependency_groups", "'x' in extras and python_version >= '3.9'"):
        path = write(tmp_path, "pylock.toml", PYLOCK.replace("python_version >= '3.9'", marker))
        assert find_pin(path, "websockets") == "15.0"
    text = POETRY.replace("\"python_version >= '3.9'\"", "'extra == \"x\"'")
    assert find_pin(write(tmp_path, "poetry.lock", text), "websockets") == "15.0"


def test_what_does_not_count_is_told(tmp_path: Path) -> None:
    """It is not the same as a library that is not there."""
    pin = read_lock(write(tmp_path, "requirements.txt", f"websockets==15.0; {NOT_HERE}")).find(
        "websockets", choose_python("3.12")
    )

    assert pin
    assert (pin.kind, pin.what.split(" on ")[0]) == (RULED_OUT, "only for others than Python 3.12")


def test_ranges_do_not_matter_beside_a_release(tmp_path: Path) -> None:
    """And alone they are one pin, whatever they say."""
    path = write(tmp_path, "requirements.txt", "websockets>=10\nwebsockets<16\n")
    pin = read_lock(path).find("websockets", choose_python(None))

    assert pin
    assert pin.kind == RANGE


def test_the_main_section_goes_first(tmp_path: Path) -> None:
    """Of a Pipfile.lock, `default`; the others count where it is silent."""
    text = PIPFILE.replace("}}}", '}}, "develop": {"websockets": {"version": "==16.0"}}, "docs": {')
    text += '"tornado": {"version": "==6.5"}}}'
    path = write(tmp_path, "Pipfile.lock", text)

    assert (find_pin(path, "websockets"), find_pin(path, "tornado")) == ("15.0", "6.5")


def test_the_readme_lists_the_forms() -> None:
    """In the table that is generated."""
    assert list_forms() in (ROOT / "README.md").read_text(encoding="utf-8")
