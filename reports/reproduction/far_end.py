"""The far end of a script: a raw socket, with the methods that the steps need."""

from __future__ import annotations

from pathlib import Path

from fixtures.model.scenario import Scenario, Settings
from fixtures.net.certificates import Certificates
from fixtures.net.loopback import BEHIND_A_PROXY

from .literals import quoted
from .methods import METHODS
from .transcript import Transcript, event
from .written import CONNECT

ACCEPT_VALUE = """
def accept_value(request):
    key = re.search(rb"(?i)sec-websocket-key: *(\\S+)", request)[1]
    guid = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    return base64.b64encode(hashlib.sha1(key + guid).digest())
"""
PEER = '''
class Peer:
    """The far end: a raw socket that tells what it receives."""

    ended, closed_with = False, None

    def __init__(self, sock):
        self.sock = sock
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def read(self, size):
        data = b""
        while len(data) < size:
            try:
                received = self.sock.recv(size - len(data))
            except OSError:
                received = b""
            if not received:
                if not self.ended:
                    say("peer: received the end of TCP")
                self.ended = True
                raise EOFError
            data += received
        return data
'''
END = '''
    def end(self):
        """FIN, if it was not sent, and then whatever still comes."""
        self.half_close()
        self.read_to_the_end()
        self.sock.close()
'''
ECHO = {
    "server": "bytes([0x88, len(self.closed_with)]) + self.closed_with",
    "client": "bytes([0x88, 0x80 | len(self.closed_with)]) + bytes(4) + self.closed_with",
}
"""A close frame with the code that was received; a client masks it, here with zeros."""
LISTENING = """
def play():
    with contextlib.suppress(EOFError):
        far_end(Peer(listener.accept()[0]))


listener = socket.create_server(("127.0.0.1", 0))
port = listener.getsockname()[1]
url = URL
thread = threading.Thread(target=play, daemon=True)
thread.start()
"""
LISTENING_AGAIN = """
def play():
    with contextlib.suppress(EOFError):
        far_end(FIRST)


def next_peer():
    while not select.select([listener], [], [], 0.1)[0]:
        if over.is_set():  # the application is, and nobody will come
            raise EOFError
    return Peer(listener.accept()[0])


over = threading.Event()
LISTENER
port = listener.getsockname()[1]
url = URL
thread = threading.Thread(target=play, daemon=True)
thread.start()
"""
ACCEPTING = 'listener = socket.create_server(("127.0.0.1", 0))'
REFUSING = """
listener = socket.socket()
listener.bind(("127.0.0.1", 0))  # and does not listen yet
"""
STOP_LISTENING = """
def stop_listening():
    global listener
    listener.close()
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
"""
DIALLING = """
def next_peer():
    return Peer(socket.create_connection(("127.0.0.1", port)))


def play():
    with contextlib.suppress(EOFError):
        far_end(FIRST)


def start_peer(number):
    global port, thread
    port, thread = number, threading.Thread(target=play, daemon=True)
    thread.start()
"""
NOBODY = """
nobody = socket.socket()
nobody.bind(("127.0.0.1", 0))  # and does not listen
port = nobody.getsockname()[1]
url = URL
"""
LEFT_OPEN = """
over.set()  #: over
thread.join(PATIENCE)
if thread.is_alive():
    say("peer: TCP is left open")
"""


def secured(certificates: Certificates, kind: str) -> str:
    """The certificates of a scenario over TLS, as files that the script writes."""
    trusted = Path(certificates.trusted).read_text()
    shown = Path(certificates.shown(kind)).read_text()
    return SECURED.replace("TRUSTED", trusted.strip()).replace("SHOWN", shown.strip())


SECURED = '''
def pem(text):
    """The path of a file with this text."""
    with tempfile.NamedTemporaryFile("w", suffix=".pem", delete=False) as file:
        file.write(text)
    return file.name


# Made for this script: an authority that the client trusts, and what the server shows.
trusted = pem("""TRUSTED
""")
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.num_tickets = 0
context.load_cert_chain(pem("""SHOWN
"""))
client_context = ssl.create_default_context(cafile=trusted)
'''


def code(
    transcript: Transcript, scenario: Scenario, certificates: Certificates | None
) -> list[str]:
    """The parts of a script that make up the peer: what it is, does, and where to find it."""
    settings, found = scenario.settings, list[str]()
    events = [f"{event(*one)} = threading.Event()" for one in sorted(transcript.waits)]
    events += ["released = threading.Event()"] * transcript.released
    if events:
        found.append("\n".join(events))
    if settings.tls:
        assert certificates is not None
        found.append(secured(certificates, settings.tls))
    if settings.address != "listening" and not transcript.lines:
        found.append(NOBODY.replace("URL", address(settings)))
        return found
    found.append(_peer_class(transcript))
    lines = transcript.lines + ["peer.end()"] * (not transcript.is_over)
    first, parameter = "next_peer()", "peer"
    if not transcript.connects_first:
        first = parameter = ""
    head = [f"def far_end({parameter}):", f'"""{scenario.doc}"""']
    found.append("\n    ".join([*head, *lines[bool(parameter) :]]))
    if "stop_listening" in transcript.methods:
        found.append(STOP_LISTENING)
    listener = ACCEPTING if settings.address == "listening" else REFUSING.strip("\n")
    role = DIALLING if transcript.role == "client" else LISTENING
    role = LISTENING_AGAIN if listens_again(transcript) else role
    role = role.replace("FIRST", first).replace("LISTENER", listener)
    found.append(role.replace("URL", address(settings)))
    return found


def listens_again(transcript: Transcript) -> bool:
    """Whether the peer waits for a connection later, more than once, or for one that never comes.

    Then it has to be told that the application is over.
    """
    once = transcript.connects_first and transcript.lines.count(CONNECT) == 1
    return transcript.role == "server" and (transcript.is_alone or not once)


def address(settings: Settings) -> str:
    """An expression of the address; the port is in it."""
    scheme = "wss" if settings.tls else "ws"
    given: str = getattr(settings, "url", "")
    if given:
        return "f" + quoted(given.replace("{host}", "127.0.0.1"))
    if settings.proxied:
        return f'"{scheme}://{BEHIND_A_PROXY}/"'
    host = "unresolved.invalid" if settings.address == "unresolved" else "127.0.0.1"
    return f'f"{scheme}://{host}:{{port}}/"'


def _peer_class(transcript: Transcript) -> str:
    wanted = set(transcript.methods)
    if not transcript.is_over:
        wanted |= {"half_close", "read_frame", "read_to_the_end"}
    if transcript.was_secured and "half_close" in wanted:
        wanted = wanted - {"half_close"} | {"half_close over TLS"}
    if "read_frame" in wanted and not transcript.reads_frames():
        wanted = wanted - {"read_frame"} | {"read_frame of what is no frame"}
    methods = [METHODS[name] for name in METHODS if name in wanted]
    methods += [] if transcript.is_over else [END]
    text = "\n".join(one.strip("\n") + "\n" for one in [PEER, *methods])
    echo = ECHO[transcript.role]
    text = text.replace("ECHO", echo).replace("STATUS", str(transcript.status))
    before = ACCEPT_VALUE.strip("\n") + "\n\n\n" if "accept_value" in wanted else ""
    return before + text
