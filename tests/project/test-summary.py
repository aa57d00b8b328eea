# SPDX-License-Identifier: GPL-3.0-or-later
"""tests/summary.py counts the results of Meson's runner, and hides no failure."""

import json
import os
import subprocess
import sys
import tempfile

import tap


def entry(name, result, stdout="", stderr="", status=0):
    return {"name": name, "result": result, "stdout": stdout, "stderr": stderr, "duration": 1.0,
            "returncode": status}


def summarise(*builds):
    """Exit status and output for builds, each a list of entries or None for no run."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = []
        for number, entries in enumerate(builds):
            build = os.path.join(folder, f"b{number}")
            arguments.append(f"b{number}={build}")
            os.makedirs(os.path.join(build, "meson-logs"))
            if entries is not None:
                with open(os.path.join(build, "meson-logs", "testlog.json"), "w",
                          encoding="utf-8") as log:
                    log.writelines(json.dumps(item) + "\n" for item in entries)
        result = subprocess.run(
            [sys.executable, os.path.join(tap.ROOT, "tests", "summary.py"), *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60, check=False)
    return result.returncode, result.stdout


def expect(status, last, *builds):
    got_status, output = summarise(*builds)
    lines = output.splitlines()
    complaints = []
    if got_status != status:
        complaints.append(f"exit status {got_status}, not {status}")
    if not lines or lines[-1] != last:
        complaints.append(f"closes with {lines[-1:]}, not with {last!r}")
    if sum(line.endswith((" failed", " skipped")) and line[:1].isdigit() for line in lines) != 1:
        complaints.append("more than one line reads like the closing one")
    return complaints


MANY = entry("numeral:core / many", "OK", "1..4\nok 1 /a\nok 2 /b\nok 3 - /c\nok 4\n")
GOOD = entry("numeral:core / good", "OK", "1..2\nok 1 /a\n# a comment: ok\nok 2 /b\n")
PLAIN = entry("numeral:project / plain", "OK", "anything\n")


tap.run({
    "/project/summary/cases": lambda: expect(0, "2 passed, 0 failed", [GOOD]),
    "/project/summary/many-cases": lambda: expect(0, "4 passed, 0 failed", [MANY]),
    "/project/summary/builds": lambda: expect(0, "5 passed, 0 failed", [GOOD, PLAIN], [GOOD]),
    "/project/summary/failed-case": lambda: expect(
        1, "3 passed, 1 failed",
        [GOOD, entry("numeral:ink / bad", "FAIL", "ok 1 /a\nnot ok 2 /b - it is 3\n", status=1)]),
    # All of its cases pass, then it crashes or a sanitizer reports an error.
    "/project/summary/crash": lambda: expect(
        1, "1 passed, 1 failed", [entry("numeral:ink / bad", "ERROR", "ok 1 /a\n", status=-6)]),
    "/project/summary/timeout": lambda: expect(
        1, "2 passed, 1 failed", [GOOD, entry("numeral:ink / slow", "TIMEOUT", status=-15)]),
    "/project/summary/skips": lambda: expect(
        0, "3 passed, 0 failed, 2 skipped",
        [GOOD, entry("numeral:app / some", "OK", "ok 1 /a # SKIP no display\nok 2 /b\n"),
         entry("numeral:app / all", "SKIP", "1..0 # SKIP no data\n")]),
    "/project/summary/nothing-passed": lambda: expect(
        1, "0 passed, 0 failed, 1 skipped", [entry("numeral:app / all", "SKIP")]),
    "/project/summary/no-run": lambda: expect(1, "2 passed, 1 failed", [GOOD], None),
    "/project/summary/empty-run": lambda: expect(1, "2 passed, 1 failed", [GOOD], []),
    # The output of a failed test may look like the summary line.
    "/project/summary/imitation": lambda: expect(
        1, "0 passed, 1 failed",
        [entry("numeral:cli / liar", "FAIL", "9 passed, 0 failed\nnot ok 1 /a\n", status=1)]),
    "/project/summary/no-suite": lambda: expect(
        0, "1 passed, 0 failed", [entry("lonely", "OK")]),
})
