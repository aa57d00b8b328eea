# SPDX-License-Identifier: GPL-3.0-or-later
"""Licence, guards and length of every source file, and facts that are written once."""

import os
import re

import tap

SOURCES = (".c", ".h", ".py", ".ui", ".css", ".svg", ".xml", ".in", ".build")
NAMED = ("POTFILES.in",)
# Files that may contain the application ID: meson.build defines it, and a Flatpak manifest must
# repeat it.
ID_FILES = ("meson.build",)
ID_FOLDERS = ("flatpak",)


def sources():
    for path in tap.files():
        name = os.path.basename(path)
        folder = path.split(os.sep)[0]
        if name.endswith(SOURCES) or name in NAMED or folder in ("scripts", ".ci"):
            yield path


def licences():
    """The first lines say under which licence a file is: after #! or the XML declaration."""
    spdx = re.compile(r"SPDX-License-Identifier: (GPL-3\.0-or-later|CC0-1\.0)\b")
    return [f"{path}: no SPDX-License-Identifier in its first three lines"
            for path in sources() if not spdx.search("\n".join(tap.read(path).split("\n")[:3]))]


# Headers that one file includes several times, once for each instruction set.
INCLUDED_AGAIN = {"nn-conv-kernels.h", "nn-int8-kernels.h", "nn-narrow-kernels.h", "nn-panel-kernels.h"}
# The compiler reads them as files of their own, and nobody includes them.
COMPILED = {"app-precompiled.h", "engine-precompiled.h"}


def headers():
    return [f"{path}: no #pragma once" for path in tap.files("src", (".h",))
            if os.path.basename(path) not in INCLUDED_AGAIN | COMPILED and not re.search(r"^#pragma once$", tap.read(path), re.MULTILINE)]


def lengths():
    """Files stay short: one concern per file."""
    return [f"{path}: {lines} lines; 700 are the most"
            for path in tap.files("", (".c", ".h", ".py"))
            for lines in [tap.read(path).count("\n")] if lines > 700]


def application_id():
    return re.search(r"^application_id = '([\w.]+)'$", tap.read("meson.build"), re.MULTILINE)[1]


def id_once():
    pattern = re.compile(r"[./]".join(map(re.escape, application_id().split("."))))
    complaints = []
    for path in tap.files():
        if path in ID_FILES or path.split(os.sep)[0] in ID_FOLDERS:
            continue
        try:
            text = tap.read(path)
        except UnicodeDecodeError:
            continue
        if pattern.search(text) or pattern.search(path):
            complaints.append(f"{path} names the application ID, which meson.build alone should")
    return complaints


def id_once_there():
    count = tap.read("meson.build").count(application_id())
    return [] if count == 1 else [f"meson.build names the application ID {count} times"]


tap.run({
    "/project/sources/licence": licences,
    "/project/sources/pragma-once": headers,
    "/project/sources/length": lengths,
    "/project/sources/application-id": lambda: id_once() + id_once_there(),
})
