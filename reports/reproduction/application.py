"""What the application does in a scenario, as code: the function `at`, and what it needs."""

from __future__ import annotations

from collections.abc import Iterator, Set

from fixtures.model.actions import CONNECTING, Action, When
from fixtures.model.scenario import Scenario

from .idiom import Idiom
from .literals import NotWritten, plain, quoted
from .transcript import event

STATEMENTS = {"leave": "leave", "stop reading": "stop_reading"}
Waits = Set[tuple[str, int]]
"""The visits of points that the peer waits for."""


def points(scenario: Scenario, waits: Waits) -> set[str]:
    """The points where something happens: the application acts, or the peer waits for it."""
    acting = {moment.point for moment in scenario.application if moment.actions}
    return acting | {point for point, _ in waits}


def at(idiom: Idiom, scenario: Scenario, waits: Waits) -> str:
    """The function `at`, or nothing where nothing happens at any point."""
    here = points(scenario, waits) - {CONNECTING}
    if not here:
        return ""
    visits = [moment.nth for moment in scenario.application] + [nth for _, nth in waits]
    written = _once if set(visits) == {1} else _by_visit
    return "\n".join(written(idiom, scenario, waits, here))


def _once(idiom: Idiom, scenario: Scenario, waits: Waits, here: Set[str]) -> Iterator[str]:
    """Whatever happens, happens at the first visit."""
    yield from ("passed = set()", "", "", _head(idiom))
    yield '    """What happens, once, when the application comes to a point."""'
    yield from ("    if point in passed:", "        return", "    passed.add(point)")
    for point in sorted(here):
        yield f'    if point == "{point}":'
        if (point, 1) in waits:
            yield f"        {event(point, 1)}.set()"
        for moment in scenario.application:
            if moment.point == point:
                yield from _indented(idiom, moment)


def _by_visit(idiom: Idiom, scenario: Scenario, waits: Waits, here: Set[str]) -> Iterator[str]:
    """Something happens at the nth visit, or at each (0)."""
    yield from ("visits = []", "", "", _head(idiom))
    yield '    """What happens when the application comes to a point once more."""'
    yield from ("    visits.append(point)", "    visit = point, visits.count(point)")
    for point, nth in sorted(waits):
        yield f'    if visit == ("{point}", {nth}):'
        yield f"        {event(point, nth)}.set()"
    for moment in scenario.application:
        if moment.point in here and moment.actions:
            visit = f'visit == ("{moment.point}", {moment.nth})'
            yield f"    if {visit}:" if moment.nth else f'    if point == "{moment.point}":'
            yield from _indented(idiom, moment)


def _head(idiom: Idiom) -> str:
    return "async def at(point):" if idiom.is_async else "def at(point):"


def _indented(idiom: Idiom, moment: When) -> Iterator[str]:
    apart = moment.point in idiom.apart
    for action in moment.actions:
        if apart:
            yield "        with contextlib.suppress(Exception):"
        yield from (f"        {'    ' * apart}{line}" for line in _action(idiom, action))


def act_elsewhere(idiom: Idiom, scenario: Scenario) -> str:
    """The function with which the peer has the application act while it connects."""
    actions = [a for m in scenario.application if m.point == CONNECTING for a in m.actions]
    if not actions:
        return ""
    lines = ["def act_elsewhere():", '    """What another thread or task does meanwhile."""']
    for action in actions:
        if action.verb == "cancel":
            lines.append('    say("elsewhere: the application: cancel()")')
            lines.append(f"    loop.call_soon_threadsafe({idiom.cancel})")
        else:
            text, function = _call(idiom, action)
            thread = f'threading.Thread(target=act, args=({text}, {function}), name="second")'
            lines += [f"    thread = {thread}", "    thread.start()", "    thread.join(1)"]
    return "\n".join(lines)


def _action(idiom: Idiom, action: Action) -> Iterator[str]:
    waits = "await " if idiom.is_async else ""
    if action.verb == "raise" and not action.by_name:
        yield from _raise(idiom, action)
    elif action.verb == "pause" and not action.by_name:
        if action.elsewhere:
            raise NotWritten("a second thread or task pauses")
        yield 'say("the application: pause()")'
        yield "await asyncio.to_thread(released.wait)" if idiom.is_async else "released.wait()"
    elif action.verb == "cancel" and not idiom.told_cancel:
        yield 'say("the application: cancel()")'
        yield f"{idiom.cancel}()"
    elif action.verb in STATEMENTS and not idiom.told_leave:
        yield f'say("the application: {action.verb}()")'
        waits = "await " if action.verb == "stop reading" else ""
        yield f"{waits}{STATEMENTS[action.verb]}()"
    elif action.elsewhere:
        yield from _elsewhere(idiom, action)
    else:
        text, function = _call(idiom, action)
        yield f"{waits}act({text}, {function})"


def _raise(idiom: Idiom, action: Action) -> Iterator[str]:
    if action.elsewhere:
        raise NotWritten("a second thread or task raises")
    if action.args and not idiom.interrupts:
        raise NotWritten(f"the application raises {action.args[0]}")
    raised = action.args[0] if action.args else 'ApplicationError("raised by the application")'
    told = f"the application: raise({', '.join(map(repr, action.args))})"
    yield f"say({quoted(told)})"
    yield f"raise {raised}"


def _elsewhere(idiom: Idiom, action: Action) -> Iterator[str]:
    text, function = _call(idiom, action)
    if idiom.is_async or idiom.second_task:
        made = "second" if idiom.second_task else "act"
        late = f"after_release({made}({text}, {function}))"
        task = late if action.once_released else f"{made}({text}, {function})"
        create = "asyncio.get_running_loop().create_task"
        yield f'tasks.append({create}({task}, name="second"))'
        if idiom.is_async:
            yield "await asyncio.sleep(0)"
        return
    if action.once_released:
        target = f"lambda: (released.wait(), act({text}, {function}))"
    else:
        target = f"lambda: act({text}, {function})"
    yield f'threading.Thread(target={target}, name="second").start()'


def _text(action: Action) -> str:
    """What is told of the action, as a trace has it."""
    given = [*action.args, *(f"{name}={value!r}" for name, value in action.options)]
    return quoted(f"{action.verb}({', '.join(map(repr, given))})")


def _call(idiom: Idiom, action: Action) -> tuple[str, str]:
    """The action's text, and an expression of a function that does it."""
    text = _text(action)
    if action.by_name:
        return text, _by_name(idiom, action)
    if action.verb in STATEMENTS:
        return text, STATEMENTS[action.verb]
    if action.verb == "cancel":
        return text, idiom.cancel
    if action.verb == "run again" and idiom.run_again:
        return text, idiom.run_again
    if action.verb not in {"close", "send"}:
        raise NotWritten(f"the application's {action.verb}() is new here")
    expression = idiom.close if action.verb == "close" else idiom.send
    return text, f"lambda: {expression.replace('ARGS', idiom.close_args(action.args))}"


def _by_name(idiom: Idiom, action: Action) -> str:
    """A call of what only this library has, or an assignment to it."""
    if action.verb in idiom.attributes and not action.options:
        (value,) = map(plain, action.args)
        return f'lambda: setattr({idiom.object}, "{action.verb}", {value})'
    if action.verb not in idiom.methods:
        raise NotWritten(f"{action.verb} of the library's own is new here")
    options = [f"{name}={plain(value)}" for name, value in action.options]
    return (
        f"lambda: {idiom.object}.{action.verb}({', '.join([*map(plain, action.args), *options])})"
    )
