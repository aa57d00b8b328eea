# SPDX-License-Identifier: GPL-3.0-or-later
"""Catalogues of messages: the .po files, and what xgettext finds in the tree."""

import os
import re
import subprocess
import tempfile

import tap

# The keywords of Meson's preset 'glib' for xgettext.
KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "g_dcgettext:2", "g_dngettext:2,3", "g_dpgettext2:2c,3"]

STRING = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[\d+\])? )?"((?:[^"\\]|\\.)*)"$')
ESCAPE = re.compile(r"\\(.)")
ESCAPES = {"n": "\n", "t": "\t"}

# A conversion of printf: argument, flags, width, precision, size and type. <PRIu64> is how
# gettext writes the macro of inttypes.h.
CONVERSION = re.compile(
    r"%(?:(?P<place>\d+)\$)?(?P<flags>[-+ #0'I]*)(?P<width>\d+|\*)?(?P<precision>\.(?:\d+|\*)?)?"
    r"(?P<type><PRI\w+>|(?:hh|h|ll|l|z|j|t|L)?[diouxXeEfFgGaAcspn]|%)")


class Message:
    def __init__(self):
        self.context = self.id = self.plural = None
        self.texts = []
        self.flags = set()
        self.places = []

    @property
    def key(self):
        return self.context, self.id

    @property
    def fuzzy(self):
        return "fuzzy" in self.flags

    @property
    def translated(self):
        return bool(self.texts) and all(self.texts) and not self.fuzzy


def parse(text):
    """The messages of a catalogue; the first one is its header. Obsolete ones are left out."""
    messages = []
    message, field = Message(), None
    for line in text.splitlines() + [""]:
        if line.startswith("#~"):
            continue
        if line.startswith("#,"):
            message.flags |= {flag.strip() for flag in line[2:].split(",")}
        elif line.startswith("#:"):
            message.places += line[2:].split()
        elif not line.strip():
            if message.id is not None:
                messages.append(message)
            message, field = Message(), None
        elif not line.startswith("#"):
            found = STRING.match(line)
            if not found:
                raise ValueError(f"not a line of a catalogue: {line}")
            piece = ESCAPE.sub(lambda m: ESCAPES.get(m.group(1), m.group(1)), found.group(2))
            name = found.group(1)
            if name is not None:
                field = {"msgctxt": "context", "msgid": "id", "msgid_plural": "plural"}.get(name)
                if field:
                    setattr(message, field, piece)
                else:
                    message.texts.append(piece)
            elif field:
                setattr(message, field, getattr(message, field) + piece)
            else:
                message.texts[-1] += piece
    return messages


def read(path):
    return parse(tap.read(path))


def extract():
    """Every message of the source tree, found by xgettext."""
    with tempfile.TemporaryDirectory() as folder:
        pot = os.path.join(folder, "numeral.pot")
        subprocess.run(
            ["xgettext", "--from-code=UTF-8", "--package-name=numeral", "--no-wrap",
             f"--directory={tap.ROOT}", "--files-from=" + os.path.join(tap.ROOT, "po", "POTFILES.in"),
             f"--output={pot}", *(f"--keyword={keyword}" for keyword in KEYWORDS)],
            check=True, stderr=subprocess.DEVNULL, env=dict(os.environ, LC_ALL="C.UTF-8"))
        with open(pot, encoding="utf-8") as file:
            return parse(file.read())[1:]


def conversions(text):
    """{argument: type} of the arguments that printf needs for this text."""
    found, next_place = {}, 1
    for match in CONVERSION.finditer(text):
        if match["type"] == "%":
            continue
        stars = (match["width"] == "*") + (match["precision"] == ".*")
        for _star in range(stars):
            found[next_place] = "*"
            next_place += 1
        place = int(match["place"] or next_place)
        next_place = place + 1
        found[place] = match["type"]
    return found
