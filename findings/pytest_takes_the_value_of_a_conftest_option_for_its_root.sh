#!/usr/bin/env bash
# pytest 9.2.0 with pytest-xdist 3.8.0: an option that a conftest.py declares, written with a space.
#
# Behaviour. `pytest --record FILE` works while FILE does not exist. Once FILE exists in another
# folder, the same command is a usage error: pytest has taken FILE for a test, looked for its
# configuration beside it, found none, and never loaded the conftest.py that declares --record.
# With `-n 2` it goes wrong the first time: if the conftest creates FILE when it is configured, the
# workers, which start later with the same arguments, find it there and do not know the option that
# the controller has just used; the run ends with "no tests ran" and exit status 5.
#
# A good engineer would guess: an option takes its value whether or not a file of that name exists,
# and a worker parses the arguments as its controller did. `--record=FILE` does work both times.
#
# The document that says otherwise: pytest's reference on "Initialization: determining rootdir and
# configfile" (the common ancestor of the arguments that exist as paths); it does not mention values
# of options, nor workers.
#
# Seen:
#   first run: exit 0
#   second run: exit 4, unrecognized arguments: --record
#   second run with =: exit 0
#   two workers: exit 5, unrecognized arguments: --record
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  pytest==9.2.0 pytest-xdist==3.8.0
mkdir "$folder/project" "$folder/elsewhere"
cat >"$folder/project/pytest.ini" <<'INI'
[pytest]
INI
cat >"$folder/project/conftest.py" <<'PYTHON'
import pathlib


def pytest_addoption(parser):
    parser.addoption("--record")


def pytest_configure(config):
    if config.getoption("record") and not hasattr(config, "workerinput"):
        pathlib.Path(config.getoption("record")).write_text("begun")
PYTHON
echo 'def test_one(): pass' >"$folder/project/test_one.py"
cd "$folder/project"

run() { # label, then arguments
  local label=$1 status=0
  shift
  "$folder/venv/bin/python" -m pytest -q -p no:cacheprovider "$@" >"$folder/out" 2>&1 || status=$?
  echo "$label: exit $status$(grep -oE -m 1 'unrecognized arguments: --record' "$folder/out" |
    sed 's/^/, /')"
}

found=$(
  run "first run" --record "$folder/elsewhere/run"
  run "second run" --record "$folder/elsewhere/run"
  run "second run with =" "--record=$folder/elsewhere/run"
  run "two workers" -n 2 --record "$folder/elsewhere/other"
)
echo "$found"
diff <(echo "$found") <(sed -n 's/^#   //p' "$0")
