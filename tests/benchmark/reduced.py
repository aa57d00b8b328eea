#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a network loses that learns from principal components, and what time it saves.

Usage: tests/benchmark/reduced.py PROGRAM MNIST [COMPONENTS [SEEDS]]

PROGRAM is numeral-cli, MNIST its folder. The runs with and without components alternate.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile


def train(program, data, components, seed, folder):
    """Validation accuracy, loss and seconds per epoch, of training without validation."""
    out = os.path.join(folder, "model.safetensors")
    result = subprocess.run(
        [program, "train", data, "--pca", str(components), "--seed", str(seed), "--out", out,
         "--quiet", "--json"], check=True, stdout=subprocess.PIPE)
    said = json.loads(result.stdout)
    return (said["validation"]["accuracy"], said["validation"]["loss"],
            said["seconds"] / said["epochs"])


def main():
    if not 3 <= len(sys.argv) <= 5:
        sys.exit(__doc__.strip())
    program, data = sys.argv[1:3]
    components = int(sys.argv[3]) if len(sys.argv) > 3 else 40
    seeds = int(sys.argv[4]) if len(sys.argv) > 4 else 5
    figures = {0: [], components: []}
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(1, seeds + 1):
            for count in figures:
                figures[count].append(train(program, data, count, seed, folder))
    for count, runs in figures.items():
        accuracy, loss, seconds = (list(column) for column in zip(*runs))
        print(f"{count:3} components: validation accuracy {100 * statistics.mean(accuracy):.2f} % "
              f"({100 * min(accuracy):.2f} to {100 * max(accuracy):.2f} %), "
              f"loss {statistics.mean(loss):.4f}; "
              f"an epoch {statistics.median(seconds):.3f} s "
              f"({min(seconds):.3f} to {max(seconds):.3f} s)")


if __name__ == "__main__":
    main()
