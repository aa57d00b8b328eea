# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws a seven in the installed Flatpak, checks its answer through the accessibility API, and
trains on the MNIST that it brings.

    drive.py COMMAND... SCREENSHOT

COMMAND starts the Flatpak. The display must have no other windows.
"""

import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "app"))
import accessible  # noqa: E402
from accessible import Atspi  # noqa: E402

# Points, as parts of the side of the canvas.
SEVEN = [(0.25, 0.22), (0.55, 0.21), (0.72, 0.22), (0.6, 0.46), (0.5, 0.72), (0.47, 0.82)]

# Seconds to wait for an announcement, which follows when the drawing has not changed for a while.
REST = 2


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


def place_of_window():
    """The corner of the window on the screen, where X placed it without a window manager."""
    number = output_of("xdotool", "search", "--onlyvisible", "--name", "^Numeral$").split()[-1]
    output_of("xdotool", "windowfocus", number)
    geometry = output_of("xdotool", "getwindowgeometry", "--shell", number)
    return [int(re.search(rf"^{axis}=(-?\d+)$", geometry, re.MULTILINE)[1]) for axis in "XY"]


def train(frame, left, top):
    """Trains on the installed MNIST, the only one without a connection."""
    button = next(node for node in accessible.walk(frame)
                  if node.get_role_name() in ("push button", "button") and
                  node.get_name() == "Train")
    area = button.get_extents(Atspi.CoordType.WINDOW)
    output_of("xdotool", "mousemove", str(left + area.x + area.width // 2),
              str(top + area.y + area.height // 2), "click", "1")
    state = accessible.wait(
        lambda: next((node.get_name() for node in accessible.walk(frame)
                      if re.match(r"Epoch \d+ of \d+ · [1-9]", node.get_name() or "")), None),
        "the training", 120)
    print("#", state)


def main():
    *command, picture = sys.argv[1:]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        frame = accessible.wait(lambda: accessible.window("Numeral"), "the window", 120)
        canvas = accessible.wait(
            lambda: accessible.find(frame, "image", "Drawing canvas") or
            accessible.find(frame, "canvas", "Drawing canvas"), "the canvas")
        events = accessible.Events("object:announcement")
        accessible.turn(2)
        left, top = place_of_window()
        # In window coordinates: a program does not know screen coordinates under Wayland.
        area = canvas.get_extents(Atspi.CoordType.WINDOW)
        accessible.stroke([(round(left + area.x + x * area.width),
                            round(top + area.y + y * area.height)) for x, y in SEVEN])
        answer = accessible.wait(
            lambda: accessible.find(frame, None, "Recognised digit: 7"),
            f"a seven read; it says {accessible.find(frame, None, 'Recognised digit').get_name()}")
        print("#", answer.get_name())
        accessible.turn(REST)
        subprocess.run(["import", "-window", "root", picture], check=True, timeout=60)
        print("# announced:", [event[2] for event in events.seen])
        # Without network access no download is offered.
        offers = [node.get_name() for node in accessible.walk(frame)
                  if "ownload" in (node.get_name() or "")]
        if offers:
            sys.exit(f"a download is offered: {offers}")
        if not any("Recognised digit: 7" in event[2] for event in events.seen):
            sys.exit("the answer was not announced")
        train(frame, left, top)
    finally:
        process.terminate()
        process.wait(timeout=60)


main()
