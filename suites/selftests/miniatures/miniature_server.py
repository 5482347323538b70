"""An index on loopback, as package indexes are: it says when each file was uploaded, if it knows.

The files are those of a folder, wheels and source distributions; `uploads` says when each came, and
`hashes` what the index says of it where that is not so.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import tarfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from fixtures.net.loopback import LOOPBACK
from reports.running.user_cache import warn_once

from .miniature_index import Index

SIMPLE = "application/vnd.pypi.simple.v1+json"


@dataclass(slots=True)
class Server:
    """The folder of files, and what the index says of them."""

    folder: Path
    url: str = ""
    uploads: dict[str, str] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)

    def list_files(self, name: str) -> bytes:
        """The page of a package (PEP 691, PEP 700)."""
        found = sorted(self.folder.glob(f"{name.replace('-', '_')}-*"))
        page = {
            "meta": {"api-version": "1.1"},
            "name": name,
            "versions": [],
            "files": [*map(self._describe, found)],
        }
        return json.dumps(page).encode()

    def _describe(self, path: Path) -> dict[str, object]:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        described: dict[str, object] = {
            "filename": path.name,
            "url": f"{self.url}/{path.name}",
            "hashes": {"sha256": self.hashes.get(path.name, digest)},
        }
        uploaded = self.uploads.get(path.name)
        return described | ({"upload-time": uploaded} if uploaded else {})


class Handler(SimpleHTTPRequestHandler):
    """Answers with the page of a package below `/simple/`, with a file elsewhere."""

    def __init__(self, *args: object, server_: Server) -> None:
        """Answer one request."""
        self._index = server_
        super().__init__(*args, directory=str(server_.folder))  # type: ignore[arg-type] # as given

    def do_GET(self) -> None:
        """A page, or a file."""
        if not self.path.startswith("/simple/"):
            super().do_GET()
            return
        page = self._index.list_files(self.path.strip("/").rpartition("/")[2])
        self.send_response(200)
        self.send_header("Content-Type", SIMPLE)
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[Server]:
    """An index of the files in a folder, while the block runs."""
    index = Server(folder)
    with ThreadingHTTPServer((LOOPBACK, 0), partial(Handler, server_=index)) as server:
        index.url = f"http://{LOOPBACK}:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield index
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def served_index(
    miniature_index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Server]:
    """An index without a file, which uv is given, with a cache of uv's and one of ours for it."""
    warn_once.cache_clear()
    folder = tmp_path / "index"
    folder.mkdir()
    with serve(folder) as found:
        for name in ("UV_NO_INDEX", "UV_FIND_LINKS"):
            monkeypatch.delenv(name)
        monkeypatch.setenv("UV_DEFAULT_INDEX", f"{found.url}/simple")
        monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv"))
        monkeypatch.setenv("UV_HTTP_RETRIES", "0")
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        yield found


def source_distribution(folder: Path, name: str, version: str, files: Mapping[str, str]) -> Path:
    """Write a source distribution of these files into `folder`."""
    stem = f"{name.replace('-', '_')}-{version}"
    path = folder / f"{stem}.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for inside, text in files.items():
            member = tarfile.TarInfo(f"{stem}/{inside}")
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return path
