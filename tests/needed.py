#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints what the tests of a build need, as targets of Ninja.

Usage: needed.py BUILD [SUITE...]; all suites if none is given
"""

import json
import os
import subprocess
import sys


def main():
    build, suites = sys.argv[1], set(sys.argv[2:])
    found = json.loads(subprocess.run(["meson", "introspect", build, "--tests", "--targets"],
                                      check=True, capture_output=True, text=True).stdout)
    needed = set()
    for test in found["tests"]:
        # Meson writes `project:suite`.
        if not suites or suites & {suite.split(":")[-1] for suite in test["suite"]}:
            needed.update(test["depends"])
    for target in found["targets"]:
        if target["id"] in needed:
            for path in target["filename"]:
                print(os.path.relpath(path, build))


if __name__ == "__main__":
    main()
