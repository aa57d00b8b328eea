#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Summarises the tests: a table for each build, and one line for all of them.

    summary.py NAME=BUILD_DIRECTORY...

Reads what Meson's test runner wrote (meson-logs/testlog.json) and counts the
cases of every test program, not the programs: a TAP line each, or one for a
program that does not speak TAP. A program that Meson calls failed counts as a
failure even where each of its lines says ok (it crashed, leaked or stopped
short), and so does a build without results. The last line printed reads
`N passed, N failed`, with `, N skipped` where anything was. Exits with 1 if
anything failed or nothing passed.
"""

import json
import os
import re
import sys

BAD = {"FAIL", "ERROR", "TIMEOUT", "INTERRUPT", "UNEXPECTEDPASS"}
CASE = re.compile(r"^(ok|not ok)\b[^#\n]*(?:#[ \t]*(\w+))?", re.MULTILINE)
LOG_LINES = 120


class Count:
    def __init__(self, passed=0, failed=0, skipped=0, seconds=0.0):
        self.passed = passed
        self.failed = failed
        self.skipped = skipped
        self.seconds = seconds

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.seconds += other.seconds


def count_program(entry):
    """The cases of one test program."""
    count = Count(seconds=entry.get("duration", 0.0))
    for verdict, directive in CASE.findall(entry.get("stdout", "")):
        directive = directive.upper()
        if directive.startswith("SKIP"):
            count.skipped += 1
        elif verdict == "ok":
            count.passed += 1
        else:
            count.failed += 1
    result = entry["result"]
    if result in BAD:
        count.failed = max(count.failed, 1)
    elif count.passed + count.failed + count.skipped == 0:
        if result == "SKIP":
            count.skipped = 1
        else:
            count.passed = 1
    return count


def suite_of(entry):
    """Meson writes `project:suite / test`, or only `test` without a suite."""
    head, separator, _ = entry["name"].partition(" / ")
    return head.rpartition(":")[2] if separator else "-"


def read_build(directory):
    """The programs that ran in one build; none where there was no run."""
    path = os.path.join(directory, "meson-logs", "testlog.json")
    try:
        with open(path, encoding="utf-8", errors="replace") as log:
            return [json.loads(line) for line in log if line.strip()]
    except (OSError, ValueError) as error:
        print(f"{path}: {error}")
        return []


def print_log(name, entry):
    print(f"\n--- {name}: {entry['name']}: {entry['result']}, status {entry.get('returncode')}")
    text = entry.get("stdout", "") + entry.get("stderr", "")
    lines = text.splitlines()
    if len(lines) > LOG_LINES:
        print(f"    ({len(lines) - LOG_LINES} lines before these)")
    for line in lines[-LOG_LINES:]:
        # Indented, so that no line of a log looks like the closing one.
        print("    " + line)


def summarise(builds):
    total = Count()
    rows = []
    failures = []
    for name, directory in builds:
        suites = {}
        entries = read_build(directory)
        for entry in entries:
            count = count_program(entry)
            suites.setdefault(suite_of(entry), Count()).add(count)
            if count.failed > 0:
                failures.append((name, entry))
        if not entries:
            suites["(nothing ran)"] = Count(failed=1)
        for suite, count in sorted(suites.items()):
            rows.append((name, suite, count))
            total.add(count)

    for name, entry in failures:
        print_log(name, entry)
    print(f"\n{'build':<8} {'suite':<14} {'passed':>7} {'failed':>7} {'skipped':>8} {'seconds':>8}")
    for name, suite, count in rows:
        print(f"{name:<8} {suite:<14} {count.passed:>7} {count.failed:>7} {count.skipped:>8} "
              f"{count.seconds:>8.1f}")
    return total


def main(arguments):
    builds = [argument.partition("=")[::2] for argument in arguments]
    if not builds or not all(name and directory for name, directory in builds):
        sys.exit("Usage: summary.py NAME=BUILD_DIRECTORY...")
    total = summarise(builds)
    skipped = f", {total.skipped} skipped" if total.skipped else ""
    print(f"\n{total.passed} passed, {total.failed} failed{skipped}", flush=True)
    return 1 if total.failed or not total.passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
