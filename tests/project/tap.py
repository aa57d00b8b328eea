# SPDX-License-Identifier: GPL-3.0-or-later
"""Test programs that look at the project's own files: cases, TAP and the files.

A case is a function that returns a list of complaints, empty on success.
"""

import os
import sys
import traceback

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
SKIPPED_FOLDERS = {"__pycache__", "subprojects", "node_modules"}


def files(folder="", suffixes=("",)):
    """Every file below a folder of the project, relative to the project, sorted.

    Build directories and names that start with a dot are skipped, except .ci.
    """
    found = []
    for here, folders, names in os.walk(os.path.join(ROOT, folder)):
        folders[:] = sorted(
            name for name in folders
            if name not in SKIPPED_FOLDERS and not name.startswith("build")
            and (not name.startswith(".") or name == ".ci"))
        relative = os.path.relpath(here, ROOT)
        found += [os.path.normpath(os.path.join(relative, name)) for name in names
                  if name.endswith(tuple(suffixes)) and not name.endswith(("~", ".swp"))]
    return sorted(found)


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def run(cases):
    """Runs {name: function}; prints TAP; ends the program."""
    print(f"1..{len(cases)}")
    failed = 0
    for number, (name, case) in enumerate(cases.items(), 1):
        try:
            complaints = case()
        except Exception:  # a broken case is a failed one, and the others still run
            complaints = traceback.format_exc().splitlines()
        for complaint in complaints:
            print(f"# {complaint}")
        print(f"{'not ok' if complaints else 'ok'} {number} {name}", flush=True)
        failed += bool(complaints)
    sys.exit(1 if failed else 0)
