"""What every script has: how it tells, and how its application acts."""

from __future__ import annotations

SAY = """
def say(text):
    print(f"{text}\\n", end="", flush=True)  # in one piece, whatever others print
"""
SAY_OF_A_SECOND = '''
def say(text):
    where = "elsewhere: " * is_second()
    print(f"{where}{text}\\n", end="", flush=True)  # in one piece, whatever others print


def is_second():
    """Whether this is the application's second thread or task."""
    with contextlib.suppress(RuntimeError):
        return (asyncio.current_task() or threading.current_thread()).get_name() == "second"
    return threading.current_thread().name == "second"
'''
SHOW = """
def show(value):
    if isinstance(value, BaseException):
        return f"{type(value).__name__}({value})"
    if isinstance(value, enum.IntEnum):
        value = int(value)
    plain = (bool, int, float, str, bytes, list, type(None))
    return repr(value) if isinstance(value, plain) else type(value).__name__
"""
CALL = '''
def call(name, function, *args, **options):
    """Call into the library, and tell what comes back."""
    try:
        result = function(*args, **options)
    except Exception as error:
        say(f"{name} raised {show(error)}")
        raise
    values = result if isinstance(result, tuple) else (result,)
    say(f"{name} -> {', '.join(map(show, values))}")
    return result
'''
ACT = '''
def act(text, function):
    """What the application does, and what comes back."""
    say(f"the application: {text}")
    call(text.partition("(")[0], function)
'''
ACT_ASYNC = '''
async def act(text, function):
    """What the application does, and what comes back."""
    say(f"the application: {text}")
    name = text.partition("(")[0]
    try:
        result = function()
        if inspect.isawaitable(result):
            result = await result
    except (Exception, asyncio.CancelledError) as error:
        say(f"{name} raised {show(error)}")
        raise
    say(f"{name} -> {show(result)}")
'''
SECOND = '''
async def second(text, function):
    """What the application does in a second task."""
    act(text, function)
'''
AFTER_RELEASE = """
async def after_release(action):
    await asyncio.to_thread(released.wait)
    await action
"""
