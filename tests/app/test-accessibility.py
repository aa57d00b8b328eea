# SPDX-License-Identifier: GPL-3.0-or-later
"""Without a pointer and without a look at the screen: names, roles, values, announcements and
keys, through AT-SPI as a screen reader has them.

    test-accessibility.py NUMERAL
"""

import ctypes
import os
import re
import subprocess
import sys

import accessible
from accessible import Atspi

# A seven, drawn by arrow keys from the middle of the canvas, which is where the cursor begins.
SEVEN = (["Left"] * 8 + ["Up"] * 10 + ["space"] + ["Right"] * 16 +
         ["Down", "Down", "Left"] * 10 + ["space"])

# Every control must have a name, and every picture that is not on a button or row.
# A "push button" is a "button" to newer versions of AT-SPI.
BUTTONS = {"push button", "button", "toggle button"}
NAMED = BUTTONS | {"slider", "spin button", "combo box", "check box", "entry", "text", "page tab",
                   "radio button", "image"}
ROWS = {"page tab", "list item", "combo box"}
# Announcements came to GTK with 4.14; before, the answer's name changes.
ANNOUNCES = ctypes.CDLL("libgtk-4.so.1").gtk_get_minor_version() >= 14
# What GTK gives out where there is no name.
TYPE_NAME = re.compile(r"(Gtk|Adw|Numeral)[A-Z]\w+")


class Program:
    def __init__(self):
        self.process = subprocess.Popen([sys.argv[1]], stdin=subprocess.DEVNULL,
                                        env=dict(accessible.PROGRAM_ENVIRONMENT, G_DEBUG=''))
        self.frame = accessible.wait(lambda: accessible.window("Numeral"), "a window")
        accessible.wait(lambda: self.find("slider", "Width of the pen"), "the reading pane")
        accessible.wait(lambda: accessible.has(self.frame, Atspi.StateType.ACTIVE) or self.focus(),
                        "the focus")

    def focus(self):
        """There is no window manager to give it to the window."""
        subprocess.run("xdotool windowfocus $(xdotool search --onlyvisible --name '^Numeral$')",
                       shell=True, check=False, timeout=60, stderr=subprocess.DEVNULL)

    def find(self, role, name=None):
        return accessible.find(self.frame, role, name)

    def answer(self):
        node = self.find(None, "Recognised digit")
        return node.get_name() if node else None

    def canvas(self):
        return accessible.wait(lambda: self.find("image", "Drawing canvas"), "the canvas")

    def wait_answer(self, digit):
        return accessible.wait(
            lambda: (self.answer() or "").startswith(f"Recognised digit: {digit}"),
            f"the answer {digit}; it is {self.answer()}")

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=60)


def place(node):
    """Where a node is, for a person who looks for it."""
    words = []
    while node := node.get_parent():
        words.append(f"{node.get_role_name()} {node.get_name()!r}")
    return " in ".join(words[:5])


def nameless(node, inside):
    """The things that have no name below a node; @inside a button pictures need none."""
    role = node.get_role_name()
    if role in NAMED and not (inside and role == "image"):
        # A tooltip is a name to newer versions of GTK, a description to older ones.
        name = node.get_name() or ""
        if TYPE_NAME.fullmatch(name) or not name:
            name = node.get_description()
        if not name:
            holds = [child.get_name() for child in accessible.walk(node)]
            yield f"a {role} without a name (it holds {holds}) in {place(node)}"
    for child in accessible.children(node):
        yield from nameless(child, inside or role in BUTTONS | ROWS)


def test_names(program):
    return list(nameless(program.frame, False))


def test_roles_and_values(program):
    complaints = []
    slider = program.find("slider", "Width of the pen")
    value = slider.get_value_iface()
    if not Atspi.Value.get_minimum_value(value) < value.get_current_value() < value.get_maximum_value():
        complaints.append("the width of the pen has no value between its bounds")
    pen, eraser = (next(node for node in accessible.walk(program.frame)
                        if node.get_role_name() in BUTTONS and node.get_name() == name)
                   for name in ("Pen", "Eraser"))
    if not accessible.has(pen, Atspi.StateType.PRESSED) or accessible.has(
            eraser, Atspi.StateType.PRESSED):
        complaints.append("the pen is not the tool that is pressed")
    accessible.key("e")
    accessible.wait(lambda: accessible.has(eraser, Atspi.StateType.PRESSED), "the eraser pressed")
    accessible.key("p")
    accessible.wait(lambda: accessible.has(pen, Atspi.StateType.PRESSED), "the pen pressed")
    before = value.get_current_value()
    accessible.key("bracketright")
    accessible.wait(lambda: value.get_current_value() > before, "a wider pen")
    return complaints


def test_draw_by_keys(program):
    """The cursor says where it is, and what it drew is read and announced."""
    canvas = program.canvas()
    events = accessible.Events("object:property-change:accessible-name",
                               "object:property-change:accessible-description",
                               "object:announcement")
    accessible.key("Escape")
    accessible.key(*SEVEN)
    program.wait_answer(7)
    accessible.wait(lambda: any("Recognised digit: 7" in " ".join(event) for event in events.seen),
                    "the answer heard of")
    if ANNOUNCES:
        accessible.wait(lambda: any(kind.startswith("object:announcement") and
                                    text.startswith("Recognised digit: 7")
                                    for kind, _, text in events.seen), "the answer announced")
    accessible.wait(lambda: any("Pen down" in " ".join(event) for event in events.seen) or
                    "Pen" in (canvas.get_description() or ""), "the pen's place said")
    accessible.key("Delete")
    accessible.wait(lambda: program.find(None, "Nothing to read yet") and not program.answer(),
                    "an empty canvas")
    accessible.key("ctrl+z")
    program.wait_answer(7)
    return []


def test_tab_order(program):
    """Tab comes by everything that can be used."""
    events = accessible.Events("object:state-changed:focused")
    for _ in range(60):
        accessible.key("Tab")
        accessible.turn(0.1)
    seen = [name for _, name, _ in events.seen]
    return [f"Tab never comes to {name}: {seen}" for name in (
        "Open", "Pen", "Eraser", "Width of the pen", "Clear", "Main menu", "Train",
        "Drawing canvas") if name not in seen]


def main():
    cases = {
        "names": test_names,
        "roles-and-values": test_roles_and_values,
        "draw-by-keys": test_draw_by_keys,
        "tab-order": test_tab_order,
    }
    print(f"1..{len(cases)}")
    program = Program()
    failed = False
    try:
        if os.environ.get("VERBOSE"):
            for node in accessible.walk(program.frame):
                print("#", node.get_role_name(), repr(node.get_name()),
                      repr(node.get_description()))
        for number, (name, case) in enumerate(cases.items(), 1):
            try:
                complaints = case(program)
            except AssertionError as error:
                complaints = [str(error)]
            for complaint in complaints:
                print(f"# {complaint}")
            print(f"{'not ok' if complaints else 'ok'} {number} /app/accessibility/{name}",
                  flush=True)
            failed = failed or bool(complaints)
    finally:
        program.close()
    sys.exit(1 if failed else 0)


main()
