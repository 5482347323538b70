"""The methods of a script's `Peer`, as text."""

from __future__ import annotations

METHODS = {
    "start_tls": """
    def start_tls(self):
        try:
            self.sock = context.wrap_socket(self.sock, server_side=True)
        except OSError:
            raise EOFError from None
""",
    "end_without_close_notify": """
    def end_without_close_notify(self):
        with contextlib.suppress(OSError):
            socket.socket.shutdown(self.sock, socket.SHUT_WR)
        self.sock.close()
""",
    "read_head": """
    def read_head(self):
        head = b""
        while not head.endswith(b"\\r\\n\\r\\n"):
            head += self.read(1)
        return head
""",
    "read_response": """
    def read_response(self):
        status = self.read_head().split(b" ")[1].decode()
        say(f"peer: received response {status}")
        if status != "STATUS":
            raise EOFError
""",
    "read_socks_greeting": """
    def read_socks_greeting(self):
        version, count = self.read(2)
        self.read(count)
""",
    "read_socks_request": """
    def read_socks_request(self):
        kind = self.read(4)[3]
        self.read({1: 4, 4: 16}.get(kind) or self.read(1)[0])
        self.read(2)
""",
    "read_socks4_request": """
    def read_socks4_request(self):
        address = self.read(8)[4:]
        while self.read(1) != b"\\0":
            pass  # the user
        while address[:3] == bytes(3) and self.read(1) != b"\\0":
            pass  # the name, in 4a
""",
    "send": """
    def send(self, data):
        with contextlib.suppress(OSError):
            self.sock.sendall(data)
""",
    "read_frame": '''
    def read_frame(self):
        """Tell of the next frame; its opcode, or None at the end."""
        try:
            first, second = self.read(2)
            size = second & 127
            if size > 125:
                size = int.from_bytes(self.read(2 if size == 126 else 8), "big")
            mask = self.read(4) if second & 128 else bytes(4)
            data = bytes(byte ^ mask[i % 4] for i, byte in enumerate(self.read(size)))
        except EOFError:
            return None
        names = {0: "continuation", 1: "text", 2: "binary", 8: "close", 9: "ping", 10: "pong"}
        opcode = first & 15
        shown = f" {data}" if opcode != 9 else ""
        if opcode == 8:
            self.closed_with = data[:2]
            shown = f" {int.from_bytes(data[:2], 'big')} {data[2:]}" if data else ""
        say(f"peer: received {names.get(opcode, opcode)}{shown}")
        return opcode
''',
    "read_frame of what is no frame": """
    def read_frame(self):
        \"\"\"Nothing that comes here is a frame; None at the end.\"\"\"
        try:
            return self.read(1)
        except EOFError:
            return None
""",
    "echo_close": """
    def echo_close(self):
        if self.closed_with is not None:
            self.send(ECHO)
""",
    "read_until_close": """
    def read_until_close(self):
        while self.read_frame() not in (8, None):
            pass
""",
    "read_to_the_end": """
    def read_to_the_end(self):
        while self.read_frame() is not None:
            pass
""",
    "half_close": """
    def half_close(self):
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_WR)
""",
    "half_close over TLS": """
    def half_close(self):
        with contextlib.suppress(OSError, AttributeError):  # there may be no TLS here
            self.sock.settimeout(0)
            self.sock.unwrap()  # sends close_notify; there is no answer to wait for
        with contextlib.suppress(OSError):
            self.sock.settimeout(None)
            socket.socket.shutdown(self.sock, socket.SHUT_WR)
""",
    "reset": """
    def reset(self):
        linger = struct.pack("ii", 1, 0)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.sock.close()
""",
}
"""The methods of a `Peer` that scripts need, in the order in which they stand there."""
