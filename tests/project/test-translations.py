# SPDX-License-Identifier: GPL-3.0-or-later
"""Translators see every text.

With --list, prints what po/POTFILES.in should be:

    python3 tests/project/test-translations.py --list > po/POTFILES.in
"""

import os
import re
import sys

import tap

IN_C = re.compile(r"\b(?:_|N_|C_|NC_|Q_|g_dgettext|g_dngettext|g_dpgettext2?|ngettext)\s*\(")
IN_XML = re.compile(r"""\btranslatable=["'](?:yes|true)["']""")
IN_SCHEMA = re.compile(r"<(?:summary|description)>")
# xgettext cuts a message off at an unknown macro.
CUT_OFF = re.compile(
    r"""\b(?:_|N_|C_|NC_|ngettext)\s*\(\s*(?:"(?:[^"\\]|\\.)*"\s*|PRI\w+\s*)+(?!PRI)([A-Z]\w+)""")
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)


def listed():
    lines = [line.strip() for line in tap.read("po/POTFILES.in").splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def with_text():
    """Every file with text to translate."""
    for path in tap.files("src", (".c", ".h")):
        if IN_C.search(COMMENT.sub("", tap.read(path))):
            yield path
    for folder in ("ui", "resources", "src"):
        for path in tap.files(folder, (".ui",)):
            if IN_XML.search(tap.read(path)):
                yield path
    for path in tap.files("resources", (".gschema.xml", ".gschema.xml.in")):
        if IN_SCHEMA.search(tap.read(path)):
            yield path
    yield from tap.files("resources", (".desktop.in", ".metainfo.xml.in"))


def complete():
    missing = sorted(set(with_text()) - set(listed()))
    complaints = [f"{path} has text to translate and is not in po/POTFILES.in" for path in missing]
    return complaints + ([f"{sys.argv[0]} --list > po/POTFILES.in mends it"] if missing else [])


def needed():
    return [f"po/POTFILES.in lists {path}, which has no text or is not there"
            for path in sorted(set(listed()) - set(with_text()))]


def tidy():
    names = listed()
    return [] if names == sorted(set(names)) else ["po/POTFILES.in is not sorted, or names a file twice"]


def whole():
    """No message is cut off: xgettext knows %zu and PRIu64, but no macros of GLib."""
    return [f"{path}: a message is cut off at {match.group(1)}; write %zu, or a macro of inttypes.h"
            for path in tap.files("src", (".c", ".h"))
            for match in CUT_OFF.finditer(COMMENT.sub("", tap.read(path)))]


def languages():
    """LINGUAS and the .po files are the same set."""
    named = {word for line in tap.read("po/LINGUAS").splitlines()
             if not line.startswith("#") for word in line.split()}
    there = {os.path.basename(path)[:-3] for path in tap.files("po", (".po",))}
    return [f"po/LINGUAS and the .po files differ in: {language}" for language in sorted(named ^ there)]


if sys.argv[1:] == ["--list"]:
    print("# SPDX-License-Identifier: GPL-3.0-or-later")
    print("# Every file with text for people in it; tests/project checks that none is missing.")
    print("\n".join(sorted(set(with_text()))))
    sys.exit(0)

tap.run({
    "/project/translations/complete": complete,
    "/project/translations/needed": needed,
    "/project/translations/tidy": tidy,
    "/project/translations/whole": whole,
    "/project/translations/languages": languages,
})
