#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Principal components against scikit-learn's.

    pca.py NUMERAL_CLI MNIST [COMPONENTS [TIMES]]

Finds COMPONENTS (default 5) of the 60,000 x 784 pixels of MNIST's training split with
`numeral-cli project` and with scikit-learn's PCA (svd_solver="randomized", float32), each TIMES
(default 3) times in turn, and keeps the best time of each. Prints both times and their ratio, the
largest angle between two components of the same number, and the largest difference of the explained
variances, as a share. The components are compared with those of the exact covariance.
"""

import gzip
import json
import os
import subprocess
import sys
import time

import numpy
from sklearn.decomposition import PCA

HEADER = 16
IMAGES = "train-images-idx3-ubyte"


def pixels(folder):
    path = os.path.join(folder, IMAGES)
    if os.path.exists(path):
        with open(path, "rb") as file:
            data = file.read()
    else:
        with gzip.open(path + ".gz", "rb") as file:
            data = file.read()
    return numpy.frombuffer(data, numpy.uint8, offset=HEADER).reshape(-1, 784)


def ours(cli, mnist, k):
    output = subprocess.run([cli, "project", mnist, "--split", "train", "--components", str(k),
                             "--json"], check=True, stdout=subprocess.PIPE).stdout
    return json.loads(output)


def theirs(x, k):
    begin = time.monotonic()
    pca = PCA(k, svd_solver="randomized", random_state=1)
    pca.fit_transform(x)
    return time.monotonic() - begin


def main():
    cli, mnist = sys.argv[1:3]
    k = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    times = int(sys.argv[4]) if len(sys.argv) > 4 else 3
    x = pixels(mnist).astype(numpy.float32) / 255
    our_time = their_time = float("inf")
    for _ in range(times):
        result = ours(cli, mnist, k)
        our_time = min(our_time, result["seconds"])
        their_time = min(their_time, theirs(x, k))
    values, vectors = numpy.linalg.eigh(numpy.cov(x.T.astype(numpy.float64)))
    values, vectors = values[::-1][:k], vectors[:, ::-1][:, :k]
    cosines = numpy.abs(numpy.sum(vectors.T * numpy.array(result["components"]), axis=1))
    variance = numpy.array(result["explained_variance"])
    print(f"{k} components: numeral {our_time:.2f} s, scikit-learn {their_time:.2f} s, ratio "
          f"{our_time / their_time:.2f}; largest angle "
          f"{numpy.degrees(numpy.arccos(min(cosines.min(), 1))):.4f} degrees, largest difference of "
          f"a variance {numpy.abs(variance / values - 1).max():.1e}")


if __name__ == "__main__":
    main()
