#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many changed labels are found.

    mislabelled.py NUMERAL_CLI MNIST [SHARE [SEED]]

Copies MNIST's training split, changes SHARE of its labels (default 0.01) at random, and has
`numeral-cli evaluate --mislabelled` look for them. Prints how many of them are found (recall) and
how many of what is found was changed (precision): labels that are wrong in MNIST itself count
against it.
"""

import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import time

HEADER = 8
IMAGES = "train-images-idx3-ubyte"
LABELS = "train-labels-idx1-ubyte"


def read(folder, name):
    path = os.path.join(folder, name)
    if os.path.exists(path):
        with open(path, "rb") as file:
            return file.read()
    with gzip.open(path + ".gz", "rb") as file:
        return file.read()


def main():
    cli, mnist = sys.argv[1:3]
    share = float(sys.argv[3]) if len(sys.argv) > 3 else 0.01
    generator = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    labels = bytearray(read(mnist, LABELS))
    changed = set()
    for i in range(len(labels) - HEADER):
        if generator.random() < share:
            labels[HEADER + i] = (labels[HEADER + i] + generator.randrange(1, 10)) % 10
            changed.add(i)
    with tempfile.TemporaryDirectory(prefix="numeral-mislabelled-") as folder:
        for name, data in ((IMAGES, read(mnist, IMAGES)), (LABELS, labels)):
            with open(os.path.join(folder, name), "wb") as file:
                file.write(data)
        begin = time.monotonic()
        output = subprocess.run(
            [cli, "evaluate", folder, "--split", "train", "--mislabelled", "--json"],
            check=True, stdout=subprocess.PIPE).stdout
        seconds = time.monotonic() - begin
    found = [suspect["index"] for suspect in json.loads(output)["mislabelled"]]
    right = len(changed.intersection(found))
    print(f"{len(changed)} labels changed, {len(found)} suspected: recall {right / len(changed):.3f}, "
          f"precision {right / max(len(found), 1):.3f}, {seconds:.0f} s")


if __name__ == "__main__":
    main()
