#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How well a model learns a hand: the pen digits of single writers, and MNIST besides.

Usage: tests/benchmark/adapt.py PROGRAM PENDIGITS MNIST [WRITERS [DRAWS [MODEL]]]

PROGRAM is numeral-cli, PENDIGITS the UNIPEN file of the pen digits (plain or .gz), MNIST its
folder. WRITERS are the writers to adapt to, "5,10,15,20,25,30" by default, which the model that
ships was not trained on. In each of DRAWS draws (10 by default), MODEL (the one that ships by
default) learns from 3 samples of each digit of a writer, at random, and is tested on the writer's
other samples and on MNIST's test split. A model that numeral-cli does not keep counts as the one
before.
"""

import gzip
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

PER_CLASS = 3


def write_writer(text, writer, path):
    """The samples of one writer: the comment "label writer index" of a segment names it."""
    segments = re.split(r"(?m)^(?=\.SEGMENT)", text)
    with open(path, "w", encoding="latin-1") as file:
        file.write(segments[0])
        for segment in segments[1:]:
            words = re.search(r"(?m)^\.COMMENT\s+\d+\s+(\d+)", segment)
            if words and int(words.group(1)) == writer:
                file.write(segment)


def mnist_accuracy(program, mnist, model):
    command = [program, "evaluate", mnist, "--json"] + (["-m", model] if model else [])
    result = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return json.loads(result.stdout)["accuracy"]


def adapt(program, model, samples, seed, out):
    """The report of numeral-cli adapt, seconds of the whole command, and of the processors."""
    command = [program, "adapt", *([model] if model else []), "--samples", samples, "--per-class",
               str(PER_CLASS), "--seed", str(seed), "--json", "--out", out]
    begin, before = time.monotonic(), os.times()
    result = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    seconds, after = time.monotonic() - begin, os.times()
    busy = sum(after[2:4]) - sum(before[2:4])
    if not result.stdout:
        sys.exit(result.stderr.decode())
    return json.loads(result.stdout), seconds, busy


def measure(arguments, folder):
    program, pendigits, mnist = arguments[:3]
    writers = arguments[3] if len(arguments) > 3 else "5,10,15,20,25,30"
    draws = int(arguments[4]) if len(arguments) > 4 else 10
    model = arguments[5] if len(arguments) > 5 else None
    with (gzip.open if pendigits.endswith(".gz") else open)(pendigits, "rb") as file:
        text = file.read().decode("latin-1")
    base = mnist_accuracy(program, mnist, model)
    rows = []
    for writer in (int(word) for word in writers.split(",")):
        samples = os.path.join(folder, f"{writer}.unipen")
        out = os.path.join(folder, "adapted.safetensors")
        write_writer(text, writer, samples)
        for seed in range(1, draws + 1):
            report, seconds, busy = adapt(program, model, samples, seed, out)
            now = mnist_accuracy(program, mnist, out) if report["keep"] else base
            rows.append({"writer": writer, "before": report["before"]["tested"]["accuracy"],
                         "after": report["after"]["tested"]["accuracy"], "mnist": now - base,
                         "keep": report["keep"], "seconds": seconds, "busy": busy})
    return base, rows


def main():
    if not 4 <= len(sys.argv) <= 7:
        sys.exit(__doc__.strip())
    with tempfile.TemporaryDirectory() as folder:
        base, rows = measure(sys.argv[1:], folder)
    means = []
    for writer in sorted({row["writer"] for row in rows}):
        own = [row for row in rows if row["writer"] == writer]
        before, after = (statistics.mean(row[name] for row in own) for name in ("before", "after"))
        change = min(row["after"] - row["before"] for row in own)
        means.append((before, after))
        print(f"writer {writer:3}: {100 * before:.2f} -> {100 * after:.2f} % "
              f"(worst draw {100 * change:+.2f} points), "
              f"kept {sum(row['keep'] for row in own)} of {len(own)}")
    before, after = (1 - statistics.mean(column) for column in zip(*means))
    print(f"mean error {100 * before:.3f} -> {100 * after:.3f} %; lowest writer "
          f"{100 * min(b for b, _ in means):.2f} -> {100 * min(a for _, a in means):.2f} %; "
          f"worst change of a writer {100 * min(a - b for b, a in means):+.2f} points")
    print(f"MNIST's test split {100 * base:.2f} %: change "
          f"{100 * statistics.mean(row['mnist'] for row in rows):+.3f} points in the mean, "
          f"{100 * min(row['mnist'] for row in rows):+.2f} at worst")
    seconds = [row["seconds"] for row in rows]
    print(f"seconds: median {statistics.median(seconds):.1f}, "
          f"{min(seconds):.1f} to {max(seconds):.1f}; of processors: median "
          f"{statistics.median(row['busy'] for row in rows):.1f}")


if __name__ == "__main__":
    main()
