"""Lock files that are wrong, form by form: places for a wrong value, YAML, and lines."""

from __future__ import annotations

from .malformed_texts import DEPTH, DIGITS, HOSTILE, SECRET

YAML_LOCKS = ("pixi.lock", "conda-lock.yml", "environment.yml")
LOCKS = (
    *("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "Pipfile.lock", "requirements.txt"),
    *YAML_LOCKS,
)
LOCK_TEXTS = {
    "uv.lock": (
        "package = {}",
        "[[package]]\nname = {}\nversion = '1.0'",
        "[[package]]\nname = 'websockets'\nversion = {}",
        "[[package]]\nname = 'websockets'\nversion = '1.0'\nsource = {}",
        "[[package]]\nname = 'websockets'\nsource = {{ git = {} }}",
        "[[package]]\nname = 'websockets'\nsource = {{ url = {} }}",
        "[[package]]\nname = 'websockets'\nsource = {{ path = {} }}",
        "[[package]]\nname = 'websockets'\nversion = '1.0'\nsource = {{ registry = {} }}",
        "[[package]]\nname = 'websockets'\nsource = {{ directory = {} }}",
        "[[package]]\nname = 'websockets'\nversion = '1.0'\nresolution-markers = [{}]",
    ),
    "poetry.lock": (
        "package = {}",
        "[[package]]\nname = 'websockets'\nversion = {}",
        "[[package]]\nname = 'websockets'\nversion = '1.0'\nmarkers = {{ main = {} }}",
        "[[package]]\nname = 'websockets'\nversion = '1.0'\nsource = {}",
    ),
    "pdm.lock": (
        "package = {}",
        "[[package]]\nname = {}\nversion = '1.0'",
        "[[package]]\nname = 'websockets'\nversion = {}",
        "[[package]]\nname = 'websockets'\nversion = '1.0'\nmarker = {}",
        "[[package]]\nname = 'websockets'\nversion = '1.0'\nrequires_python = {}",
        "[[package]]\nname = 'websockets'\nversion = '1.0'\ngit = {}",
        "[[package]]\nname = 'websockets'\nversion = '1.0'\npath = {}",
        "[[package]]\nname = 'websockets'\nversion = '1.0'\nurl = {}",
    ),
    "pixi.lock": (
        "environments: {}\npackages: []",
        "environments: {{}}\npackages: {}",
        "environments: {{default: {{packages: {}}}}}\npackages: [{{conda: 'https://x/a-1-0.conda'}}]",
        "environments: {{default: {{packages: {{linux-64: [{{conda: {}}}]}}}}}}\n"
        "packages: [{{conda: 'https://x/a-1-0.conda'}}]",
        "environments: {{default: {{packages: {{linux-64: [{{pypi: x}}]}}}}}}\n"
        "packages: [{{pypi: x, name: websockets, version: {}}}]",
    ),
    "conda-lock.yml": (
        "package: {}",
        "package: [{}]",
        "package: [{{name: {}, version: '1.0'}}]",
        "package: [{{name: websockets, version: {}}}]",
        "package: [{{name: websockets, version: '1.0', platform: {}}}]",
        "package: [{{name: websockets, version: '1.0', manager: pip, url: {}}}]",
    ),
    "environment.yml": (
        "dependencies: {}",
        "dependencies: [{}]",
        "dependencies: [{{pip: {}}}]",
        "dependencies: [{{pip: [{}]}}]",
    ),
    "pylock.toml": (
        "packages = {}",
        "[[packages]]\nname = 'websockets'\nversion = {}",
        "[[packages]]\nname = 'websockets'\nmarker = {}\nversion = '1.0'",
        "[[packages]]\nname = 'websockets'\ndirectory = {}",
        "[[packages]]\nname = 'websockets'\nvcs = {}",
        "[[packages]]\nname = 'websockets'\narchive = {}",
        "[[packages]]\nname = 'websockets'\nwheels = {}",
        "[[packages]]\nname = 'websockets'\narchive.path = {}",
    ),
    "Pipfile.lock": (
        '{{"default": {}}}',
        '{{"default": {{"websockets": {}}}}}',
        '{{"default": {{"websockets": {{"version": {}}}}}}}',
        '{{"default": {{"websockets": {{"version": "==1.0", "markers": {}}}}}}}',
        '{{"default": {{"websockets": {{"path": {}}}}}}}',
    ),
}
"""Lock files with a place for a value that is wrong there."""
BOMB = "".join(f"b{n + 1}: &b{n + 1} [{', '.join([f'*b{n}'] * 9)}]\n" for n in range(9))
YAML_TEXTS = {
    "aliases of aliases": f"b0: &b0 [{', '.join('x' * 9)}]\n{BOMB}dependencies: *b9\n",
    "an alias of itself": "dependencies: &a [*a]\n",
    "an alias of nothing": f"dependencies: *{SECRET}\n",
    "a key twice": f"{SECRET}: 1\n{SECRET}: 2\ndependencies: [websockets==1.0]\n",
    "a list as a key": f"? [{SECRET}]\n: 1\n",
    "several documents": "dependencies: []\n---\ndependencies: []\n",
    "a tag of Python": f"dependencies: !!python/object/apply:os.system ['echo {SECRET}']\n",
    "a deep block": "".join(f"{' ' * n}-\n" for n in range(400)),
    "a block that is not indented": f"a:\n b\nc: {SECRET}: 1\n",
    "an open quote": f"dependencies: ['{SECRET}\n",
    "tabs": f"\t{SECRET}: 1\n",
    "a directive": f"%YAML 9.9 {SECRET}\n---\n",
    "no document": "# nothing\n",
    "merged keys": f"<<: {{{SECRET}: 1}}\n",
}
"""What is no YAML, or none that is read."""
REQUIREMENTS = {
    "a file elsewhere": "-r ../elsewhere.txt",
    "a file of the system": "-r /proc/self/environ",
    "a link that leads out": "-r link.txt",
    "a folder": "-r .",
    "a NUL": "-r a\0b",
    "no requirement": f"{SECRET} is a word too many",
    "a hostile line": f"{SECRET} {HOSTILE}",
    "a version of 5,000 digits": f"websockets=={DIGITS}",
    "brackets": f"websockets{'[' * DEPTH}",
    "a deep marker": f"websockets==1.0; {'(' * DEPTH}python_version>'3'{')' * DEPTH}",
    "an unknown marker": "websockets==1.0; nobody == 'knows'",
    "a marker that is no version": "websockets==1.0; python_version > 'x'",
    "no single version": "websockets>=1.0",
    "an address with a password": f"websockets @ https://me:{SECRET}@example.org/x.tar.gz",
    "a file of constraints": f"-c {SECRET}.txt",
    "an address of constraints": f"-c https://me:{SECRET}@example.org/c.txt",
    "a path with a NUL": "-e a\0b",
}
"""Lines of a requirements file."""
RIGHT = frozenset({"an address with a password"})
"""Those that say what a library is, which is the same on both sides."""
