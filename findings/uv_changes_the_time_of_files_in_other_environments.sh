#!/usr/bin/env bash
# uv 0.13.9 on Linux: installing into one environment changes the files of another one.
#
# Behaviour. uv links the files of a package from its cache into each environment. A new environment
# with the same release therefore adds a link to the files of the old one, and their st_ctime (and
# st_nlink) changes there; content, number, size and st_mtime do not. With --link-mode copy nothing
# changes. A tool that takes (number, size, st_mtime, st_ctime) for "nobody has touched this file",
# as careful ones do since an edit can put st_mtime back, sees an edit of every file.
#
# A good engineer would guess: what happens in another environment leaves this one as it was.
#
# The document that says something: uv's settings, link-mode (hardlink is the default on Linux).
# It does not say what that does to environments that exist already.
#
# Seen:
#   linked: content same, st_mtime same, st_ctime changed
#   copied: content same, st_mtime same, st_ctime same
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/tools"
"$folder/tools/bin/python" -m pip install --quiet --disable-pip-version-check uv==0.13.9
export UV_CACHE_DIR="$folder/cache" # on the file system of the environments, or uv cannot link

install() { # environment, then options
  local target="$folder/$1"
  shift
  "$folder/tools/bin/uv" venv --quiet "$target"
  "$folder/tools/bin/uv" pip install --quiet --python "$target/bin/python" "$@" \
    websocket-client==1.9.0
}

compare() { # two lines of a digest, st_mtime and st_ctime
  local was=($1) now=($2) names=(content st_mtime st_ctime) text="" i
  for i in 0 1 2; do
    [ "${was[i]}" = "${now[i]}" ] && text+=", ${names[i]} same" || text+=", ${names[i]} changed"
  done
  echo "${text#, }"
}

look() { # environment
  local file
  file=$(ls "$folder/$1"/lib/python*/site-packages/websocket/_app.py)
  echo "$(sha256sum <"$file" | cut -c1-16) $(stat -c '%.Y %.Z' "$file")"
}

found=$(
  install one
  was=$(look one)
  install two
  echo "linked: $(compare "$was" "$(look one)")"
  install three --link-mode copy
  was=$(look three)
  install four --link-mode copy
  echo "copied: $(compare "$was" "$(look three)")"
)
echo "$found"
expected="linked: content same, st_mtime same, st_ctime changed
copied: content same, st_mtime same, st_ctime same"
[ "$found" = "$expected" ] || { echo "this has changed"; exit 1; }
