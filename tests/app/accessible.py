# SPDX-License-Identifier: GPL-3.0-or-later
"""A program as a screen reader meets it: through AT-SPI, from another process."""

import os
import subprocess
import time

# Warnings of a program that is asked too early are no fault of it; its own stay fatal.
PROGRAM_ENVIRONMENT = dict(os.environ)
os.environ.pop("G_DEBUG", None)

import gi  # noqa: E402  (reads the environment)

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# Under a sanitizer, or on a busy machine, a start takes its time.
PATIENCE = 60


def turn(seconds=0.05):
    """Runs the main loop for so long, so that events arrive."""
    context = GLib.MainContext.default()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not context.iteration(False):
            time.sleep(0.005)


def wait(condition, what, seconds=PATIENCE):
    """The first true value of the condition."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            value = condition()
        except GLib.Error:  # what was looked at has gone
            value = None
        if value:
            return value
        turn()
    raise AssertionError(f"not within {seconds} s: {what}")


def children(node):
    """Those that are shown."""
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None and child.get_state_set().contains(Atspi.StateType.VISIBLE):
            yield child


def walk(node):
    """The node and everything below it that is shown."""
    yield node
    for child in children(node):
        yield from walk(child)


def window(name):
    """The first window of any program that bears the name, or None."""
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    for index in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(index)
        for place in range(application.get_child_count() if application else 0):
            frame = application.get_child_at_index(place)
            if frame is not None and frame.get_name() == name:
                return frame
    return None


def find(root, role=None, name=None):
    """The first node with this role, and a name that begins so."""
    for node in walk(root):
        if (role is None or node.get_role_name() == role) and (
                name is None or (node.get_name() or "").startswith(name)):
            return node
    return None


def has(node, state):
    node.clear_cache()
    return node.get_state_set().contains(state)


def key(*names):
    """Keys as a person presses them; XTest sends them to the window that has the focus."""
    subprocess.run(["xdotool", "key", "--delay", "12", *names], check=True, timeout=60)


def stroke(points):
    """A stroke of the pointer along points on the screen."""
    commands = ["mousemove", *map(str, points[0]), "mousedown", "1"]
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        for step in range(1, 6):
            commands += ["mousemove", str(round(x0 + (x1 - x0) * step / 5)),
                         str(round(y0 + (y1 - y0) * step / 5)), "sleep", "0.01"]
    subprocess.run(["xdotool", *commands, "mouseup", "1"], check=True, timeout=60)


class Events:
    """What the program announces by itself, as (kind, source's name, text)."""

    def __init__(self, *kinds):
        self.seen = []
        self.listener = Atspi.EventListener.new(self.on_event)
        for kind in kinds:
            self.listener.register(kind)

    def on_event(self, event):
        self.seen.append((event.type, event.source.get_name(), str(event.any_data)))
