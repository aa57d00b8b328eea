# SPDX-License-Identifier: GPL-3.0-or-later
"""Which C file uses functions of which other one, and the circles that come of it.

Sources are read as text: a function definition is what the house style writes, the name at the
start of a line below its type; a use is the name anywhere in another file, outside comments and
strings, so that a function that is passed on as a callback counts as a call.
"""

import re

COMMENT_OR_STRING = re.compile(
    r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"' + r"|'(?:\\.|[^'\\\n])*'", re.DOTALL)
DEFINITION = re.compile(
    r"^(?P<type>[A-Za-z_][\w \t*]*)\n(?P<name>[A-Za-z_]\w*) \((?P<arguments>[^;{}]*)\)\n\{",
    re.MULTILINE)
WORD = re.compile(r"[A-Za-z_]\w*")
CIRCLE = re.compile(r"^Circle ((?:[\w.-]+\.c(?:, )?)+): (.+)$")


def without_comments(text):
    return COMMENT_OR_STRING.sub(" ", text)


def defined(text, static):
    """Names of the functions of a file: its own ones, or those that other files can call."""
    return {match["name"] for match in DEFINITION.finditer(without_comments(text))
            if ("static" in match["type"].split()) == static}


def arrows(texts):
    """{file: text} -> {file: {file whose functions it uses: their names}}"""
    home = {name: file for file, text in texts.items() for name in defined(text, static=False)}
    found = {file: {} for file in texts}
    for file, text in texts.items():
        words = set(WORD.findall(without_comments(text))) - defined(text, static=True)
        for word in words:
            if home.get(word, file) != file:
                found[file].setdefault(home[word], set()).add(word)
    return found


def reachable(found, start):
    seen, todo = set(), [start]
    while todo:
        for file in found[todo.pop()]:
            if file not in seen:
                seen.add(file)
                todo.append(file)
    return seen


def circles(found):
    """Sets of files each of which leads to every other one of its set."""
    reach = {file: reachable(found, file) for file in found}
    return {frozenset(other for other in found if other in reach[file] and file in reach[other])
            for file in found if file in reach[file]}


def declared(meson):
    """[(files, reason)] of the paragraphs "Circle FILE, FILE: reason" in a meson.build's comments."""
    paragraphs, lines = [], []
    for line in meson.splitlines() + [""]:
        text = line[1:].strip() if line.startswith("#") else ""
        if text and not (text.startswith("Circle ") and lines):
            lines.append(text)
            continue
        paragraphs.append(" ".join(lines))
        lines = [text] if text else []
    matches = [CIRCLE.match(paragraph) for paragraph in paragraphs + [" ".join(lines)]]
    return [(frozenset(match[1].split(", ")), match[2]) for match in matches if match]
