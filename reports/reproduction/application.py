"""What the application does in a scenario, as code: the function `at`, and what it needs."""

from __future__ import annotations

from collections.abc import Iterator, Set

from fixtures.application import CONNECTING, Action
from fixtures.scenario import Scenario

from .idiom import Idiom

STATEMENTS = {"leave": "leave", "stop reading": "stop_reading"}


def points(scenario: Scenario, waited_for: Set[str]) -> set[str]:
    """The points where something happens: the application acts, or the peer waits for it."""
    return {moment.point for moment in scenario.application} | set(waited_for)


def at(idiom: Idiom, scenario: Scenario, waited_for: Set[str]) -> str:
    """The function `at`, or nothing where nothing happens at any point."""
    here = points(scenario, waited_for) - {CONNECTING}
    if not here:
        return ""
    head = "async def at(point):" if idiom.is_async else "def at(point):"
    lines = ["passed = set()", "", "", head]
    lines += ['    """What happens, once, when the application comes to a point."""']
    lines += ["    if point in passed:", "        return", "    passed.add(point)"]
    for point in sorted(here):
        lines.append(f'    if point == "{point}":')
        if point in waited_for:
            lines.append(f"        {point}.set()")
        for moment in scenario.application:
            if moment.point == point:
                lines += [f"        {line}" for a in moment.actions for line in _action(idiom, a)]
    return "\n".join(lines)


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
    if action.verb == "raise":
        yield 'say("the application: raise()")'
        yield 'raise ApplicationError("raised by the application")'
    elif action.verb == "pause":
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


def _call(idiom: Idiom, action: Action) -> tuple[str, str]:
    """The action's text, and an expression of a function that does it."""
    text = repr(f"{action.verb}({', '.join(map(repr, action.args))})")
    text = '"' + text[1:-1] + '"' if text[0] == "'" and '"' not in text else text
    if action.verb in STATEMENTS:
        return text, STATEMENTS[action.verb]
    if action.verb == "cancel":
        return text, idiom.cancel
    expression = idiom.close if action.verb == "close" else idiom.send
    return text, f"lambda: {expression.replace('ARGS', idiom.close_args(action.args))}"
