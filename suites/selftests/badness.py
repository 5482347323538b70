"""Kinds of badness of a library: what each does, and by which words it is told.

Each is a patch to the miniature library. `code` runs where the application sends a message, in one
cell of the three that are run, or where the library is imported. Nothing here leaves the machine,
or takes more of it than the limits of a child allow.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.upgrade.exit_status import CHANGED, INCOMPLETE, NOTHING

from .miniatures.miniature_index import source

SEND, IMPORT = "send", "import"
_SENDS = "        self.write(TEXT, text.encode())"
_BEGINS = "import base64"
_PRELUDE = """\
import asyncio, builtins, gc, logging, os, random, resource, select, selectors, signal, socket
import subprocess, sys, tempfile, threading, time, warnings
KEPT = []
"""
_IMPATIENT = """\
import fixtures.run.guard as guard
guard.VIRTUAL_GUARD_SECONDS = guard.REAL_GUARD_SECONDS = guard.GRACE_SECONDS = 0.5
"""
_BEGINS_A_PROCESS = "subprocess.Popen(['sleep', '600'], start_new_session=True)"
ODD = r"\x1b[31m\u202e\u2028\x07\n::error::##vso[task.complete]\ud800"
"""What a terminal or a CI system would act upon, and what UTF-8 cannot hold."""


@dataclass(frozen=True, slots=True)
class Badness:
    """One kind: `status` is the exit status of compare and gate, `told` a part of their report.

    `spoils`: the process is not what it was, so what comes after it in a process may be not
    testable; in a process of the user's, such as pytest's, there is no cure for it.
    `guarded`: only the guard of a run ends it, which is made to lose its patience at once.
    """

    name: str
    code: str
    status: int
    told: str
    where: str = SEND
    spoils: bool = False
    guarded: bool = False

    def __str__(self) -> str:
        """How its test is called."""
        return self.name

    @property
    def slug(self) -> str:
        """Its name as that of a module or a folder."""
        return "bad_" + "".join(c if c.isalnum() else "_" for c in self.name)

    @property
    def text(self) -> str:
        """The text of a library that is bad in this way."""
        if self.where == IMPORT:
            return source("1.3").replace(_BEGINS, f"{_PRELUDE}{self.code}\n{_BEGINS}")
        lines = "".join(f"        {line}\n" for line in self.code.splitlines())
        text = source("1.3").replace(_SENDS, f"{lines}{_SENDS}")
        first = _PRELUDE + _IMPATIENT * self.guarded
        return text.replace(_BEGINS, f"{first}{_BEGINS}")


def _odd(base: str, body: str) -> str:
    """An exception of a class of its own, raised."""
    return f"raise type('Odd', ({base},), {{{body}}})('odd')"


def _texts(code: str) -> str:
    return f"'__str__': lambda self: {code}, '__repr__': lambda self: {code}"


NO_CHANGE = "nothing that matters changed"
ENDED = "the child process was ended by "
HANGS = "the application now never ends"
LEFT = "left over at the end: "
LOST = "now, {} ends where nobody can catch it"
REFUSED = "which the guard refused: loopback only"
USED_UP = "a limit of this process or machine was reached: "
WHILE = "while it was imported: the child process "

ENDS = (
    Badness("exits", "sys.exit(3)", CHANGED, "now raises SystemExit(code=3)"),
    Badness("exits at once", "os._exit(0)", INCOMPLETE, "ended the process: os._exit(0)"),
    Badness(
        "is replaced", "os.execv('/bin/true', ['true'])", INCOMPLETE, "os.exec('/bin/true')"
    ),
    Badness(
        "daemonises", "os.fork() and os._exit(0)", INCOMPLETE, "ended the process: os._exit(0)"
    ),
    Badness("goes on twice", "os.fork()", NOTHING, NO_CHANGE),
    *(
        Badness(f"dies of {name}", f"os.kill(os.getpid(), signal.{name})", INCOMPLETE, ENDED + name)
        for name in ("SIGKILL", "SIGSEGV", "SIGTERM")
    ),
    Badness(
        "sets an alarm", "signal.setitimer(signal.ITIMER_REAL, 0.01)\nsignal.pause()",
        INCOMPLETE, ENDED + "SIGALRM",
    ),
)  # fmt: skip
RAISES = (
    Badness(
        "raises what is no error", _odd("BaseException", ""), CHANGED, LOST.format("Odd"),
        guarded=True,
    ),
    Badness("interrupts", "raise KeyboardInterrupt", CHANGED, "now raises KeyboardInterrupt"),
    Badness(
        "cancels", "raise asyncio.CancelledError", CHANGED, LOST.format("CancelledError"),
        guarded=True,
    ),
    Badness("has an error that raises", _odd("Exception", _texts("1 / 0")), CHANGED, "raises Odd"),
    Badness(
        "has an error that exits", _odd("Exception", _texts("sys.exit(0)")), CHANGED, "raises Odd"
    ),
    Badness(
        "has an error without attributes",
        _odd("Exception", "'__getattribute__': lambda self, name: 1 / 0"),
        CHANGED,
        "raises Odd",
    ),
    Badness(
        "raises a group",
        "raise BaseExceptionGroup('all', [KeyboardInterrupt(), SystemExit(3), ValueError()])",
        CHANGED,
        LOST.format("BaseExceptionGroup"),
        guarded=True,
    ),
    Badness(
        "has errors that cause each other",
        "one, other = ValueError(), LookupError()\n"
        "one.__cause__, other.__cause__ = other, one\nraise one",
        CHANGED,
        "raises ValueError",
    ),
    Badness("raises odd text", f"raise ValueError('{ODD}')", CHANGED, "raises ValueError"),
    Badness(
        "has an odd name",
        r"raise type('\x1b[31m\n::error::', (Exception,), {})()",
        CHANGED,
        r"now raises \x1b[31m\n::error::",
    ),
    Badness("raises long text", "raise ValueError('x' * 3_000_000)", CHANGED, "raises ValueError"),
    Badness("recurs", "self.send(text)", CHANGED, "raises RecursionError"),
)  # fmt: skip
NEVER_RETURNS = (
    Badness("waits for a lock", "lock = threading.Lock()\nlock.acquire()\nlock.acquire()",
            CHANGED, HANGS),
    Badness("waits for a socket", "one, other = socket.socketpair()\none.recv(1)", CHANGED, HANGS),
    Badness(
        "works for ever",
        "while True:\n    pass",
        CHANGED, HANGS, spoils=True, guarded=True,
    ),
    Badness(
        "holds the interpreter for ever",
        "import faulthandler, ctypes\n"
        "faulthandler.dump_traceback_later(0.1, exit=True, file=sys.stderr)\n"
        "ctypes.PyDLL(None).sleep(600)",
        INCOMPLETE, "it did not end in 90 s, in miniature_websocket:send",
        spoils=True,
    ),
)  # fmt: skip
PRINTS = (
    Badness("prints megabytes", "print('x' * 5_000_000)", NOTHING, NO_CHANGE),
    Badness(
        "complains for megabytes", "sys.stderr.write('x' * 5_000_000)", NOTHING, NO_CHANGE
    ),
    Badness(
        "warns a thousand times",
        "[warnings.warn(f'number {number}') for number in range(1000)]",
        CHANGED, "now, a UserWarning is issued",
    ),
    Badness("says odd text", f"self.on_message('{ODD}')", CHANGED,
            "`on_message` is now called, with"),
    Badness(
        "says odd objects",
        "self.on_message(type('Odd', (), {'__hash__': None} | dict.fromkeys(\n"
        "    ('__str__', '__repr__', '__eq__', '__bool__', '__len__', '__iter__'),\n"
        "    lambda *_: 1 / 0))())",
        CHANGED, "on_message",
    ),
    Badness("says what holds itself", "KEPT.append(KEPT)\nself.on_message(KEPT)",
            CHANGED, "on_message"),
    Badness("says a huge number", "self.on_close(10 ** 6000, '')",
            INCOMPLETE, "Exceeds the limit (4300 digits)", spoils=True),
)  # fmt: skip
CHANGES = (
    Badness(
        "goes to what is gone",
        "place = tempfile.mkdtemp()\nos.chdir(place)\nos.rmdir(place)",
        NOTHING, NO_CHANGE, spoils=True,
    ),
    Badness("clears the environment", "os.environ.clear()", NOTHING, NO_CHANGE, spoils=True),
    Badness(
        "clears what imports",
        "sys.path.clear()\nsys.meta_path.clear()\nsys.path_hooks.clear()",
        NOTHING, NO_CHANGE, spoils=True,
    ),
    Badness("forgets every module", "sys.modules.clear()", NOTHING, NO_CHANGE, spoils=True),
    Badness(
        "sets the interpreter",
        "random.seed(1)\nsys.setrecursionlimit(100)\nsys.setswitchinterval(100)\ngc.set_threshold(0)",
        NOTHING, NO_CHANGE, spoils=True,
    ),
    Badness(
        "takes the hooks",
        "sys.excepthook = threading.excepthook = sys.unraisablehook = None",
        NOTHING, NO_CHANGE, spoils=True,
    ),
    Badness(
        "closes standard streams",
        "sys.stdout.close()\nsys.stderr.close()\nsys.stdout = sys.stderr = None",
        NOTHING, NO_CHANGE, spoils=True,
    ),
    Badness(
        "closes every descriptor", "os.closerange(3, 512)",
        INCOMPLETE, "Bad file descriptor", spoils=True,
    ),
    Badness(
        "replaces builtins", "builtins.open = builtins.len = builtins.print = None",
        INCOMPLETE, "'NoneType' object is not callable", spoils=True,
    ),
    Badness(
        "replaces sockets", "socket.socket.sendall = None",
        CHANGED, "`send` raised OSError, now raises TypeError", spoils=True,
    ),
    Badness(
        "replaces threads", "threading.Thread.start = threading.Event = threading.enumerate = None",
        INCOMPLETE, "'NoneType' object is not callable", spoils=True,
    ),
    Badness(
        "replaces time", "time.monotonic = time.time = time.sleep = lambda *_: 1 / 0",
        NOTHING, NO_CHANGE, spoils=True,
    ),
    Badness(
        "replaces asyncio", "asyncio.get_running_loop = asyncio.new_event_loop = None",
        INCOMPLETE, "'NoneType' object is not callable", spoils=True,
    ),
    Badness(
        "replaces os", "os.write = os.fstat = os.listdir = os.getpid = None",
        INCOMPLETE, "'NoneType' object is not callable", spoils=True,
    ),
)  # fmt: skip
LEAVES = (
    Badness(
        "leaves a thread", "threading.Thread(target=threading.Event().wait, daemon=True).start()",
        CHANGED, LEFT + "threads Thread",
    ),
    Badness("leaves sockets", "KEPT.append(socket.socketpair())", CHANGED, LEFT + "2 sockets"),
    Badness(
        "leaves a process", _BEGINS_A_PROCESS, CHANGED, LEFT + "1 process",
    ),
    Badness(
        "leaves files", "[open(f'{tempfile.gettempdir()}/left', 'w') for number in range(30)]",
        CHANGED, "now, a ResourceWarning is issued",
    ),
    Badness(
        "fails where it is destroyed",
        "KEPT.append(type('Odd', (), {'__del__': lambda self: 1 / 0})())\nKEPT.clear()",
        CHANGED, LOST.format("ZeroDivisionError"),
    ),
)  # fmt: skip
USES_UP = (
    Badness("wants all memory", "KEPT.append(bytearray(1 << 40))", INCOMPLETE, USED_UP + "memory"),
    Badness(
        "takes all descriptors",
        "resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100))\n"
        "while True:\n    KEPT.append(os.dup(2))",
        INCOMPLETE, USED_UP + "Too many open files", spoils=True,
    ),
    Badness(
        "writes too long a file",
        "with tempfile.TemporaryFile() as file:\n    os.truncate(file.fileno(), 1 << 40)",
        INCOMPLETE, USED_UP + "File too large", spoils=True,
    ),
)  # fmt: skip
REACHES_OUT = (
    Badness("connects", "socket.create_connection(('192.0.2.1', 80), 0.1)", INCOMPLETE, REFUSED),
    Badness(
        "listens everywhere", "with socket.socket() as one:\n    one.bind(('', 0))",
        INCOMPLETE, "tried to listen at every interface, " + REFUSED,
    ),
    Badness(
        "connects and does not tell",
        "try:\n    socket.create_connection(('192.0.2.1', 80), 0.1)\nexcept OSError:\n    pass",
        INCOMPLETE, REFUSED,
    ),
)  # fmt: skip
IMPORTS = tuple(
    Badness(name, code, status, told, IMPORT)
    for name, code, status, told in (
        ("import raises", "raise LookupError('no way')", INCOMPLETE, "LookupError: no way"),
        ("import misses a module", "import not_there_at_all", INCOMPLETE, "No module named"),
        ("import raises odd text", f"raise ImportError('{ODD}')", INCOMPLETE, "::error::"),
        ("import raises long text", "raise ImportError('x' * 3_000_000)", INCOMPLETE, "xxx..."),
        ("import connects", REACHES_OUT[0].code, INCOMPLETE, "loopback only"),
        ("import dies", "os.kill(os.getpid(), signal.SIGKILL)", INCOMPLETE, f"{WHILE}was ended by"),
        ("import prints", "print('x' * 5_000_000)", NOTHING, NO_CHANGE),
        ("import leaves a process", _BEGINS_A_PROCESS, NOTHING, NO_CHANGE),
    )
)
KINDS = (
    *ENDS, *RAISES, *NEVER_RETURNS, *PRINTS, *CHANGES, *LEAVES, *USES_UP, *REACHES_OUT, *IMPORTS
)  # fmt: skip
"""Every kind."""
