#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains networks with Adam in PyTorch and in Numeral, on the same machine in the same run, and
prints how many times as many images a second Numeral trains. Needs PyTorch (Debian:
python3-torch), which nothing else in the tree does.

    NUMERAL_DATA_DIR=... tests/benchmark/pytorch.py PATH/TO/numeral-cli [dense|conv|wide-conv]...

PyTorch gets its data the quickest way there is: all of it in memory as floats, a shuffled
order, and rows picked by index. Each thread count has a process of its own, for PyTorch's
pool cannot be resized safely."""

import gzip
import json
import os
import subprocess
import sys
import time
from pathlib import Path

EPOCHS = 2  # the better one counts; the first warms up

# The text form of each network and the size of its minibatches.
NETWORKS = {
    "dense": ("784-128-10", 32),
    "conv": ("28x28-conv5x5x8-pool2-conv5x5x16-pool3-10", 64),
    "wide-conv": ("28x28-conv3x3x32-pool2-conv3x3x64-pool2-226-10", 64),
}


def read_mnist():
    folder = Path(os.environ["NUMERAL_DATA_DIR"])
    folder = folder / "mnist" if (folder / "mnist").is_dir() else folder
    with gzip.open(folder / "train-images-idx3-ubyte.gz") as file:
        images = file.read()[16:]
    with gzip.open(folder / "train-labels-idx1-ubyte.gz") as file:
        labels = file.read()[8:]
    return images, labels


def make_model(torch, name):
    nn = torch.nn
    if name == "dense":
        return nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
    if name == "conv":
        return nn.Sequential(
            nn.Conv2d(1, 8, 5), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(8, 16, 5), nn.ReLU(), nn.MaxPool2d(3),
            nn.Flatten(), nn.Linear(64, 10),
        )
    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(1600, 226), nn.ReLU(), nn.Linear(226, 10),
    )


def torch_epoch(name, threads):
    """Seconds of the better epoch, in this process."""
    import torch

    if threads > 0:
        torch.set_num_threads(threads)
    batch_size = NETWORKS[name][1]
    images, labels = read_mnist()
    shape = (-1, 784) if name == "dense" else (-1, 1, 28, 28)
    x = torch.frombuffer(bytearray(images), dtype=torch.uint8).reshape(shape).float() / 255
    y = torch.frombuffer(bytearray(labels), dtype=torch.uint8).long()
    torch.manual_seed(1)
    model = make_model(torch, name)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    best = float("inf")
    for _ in range(EPOCHS):
        start = time.perf_counter()
        order = torch.randperm(len(x))
        for i in range(0, len(x), batch_size):
            index = order[i : i + batch_size]
            loss = torch.nn.functional.cross_entropy(model(x[index]), y[index])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
        best = min(best, time.perf_counter() - start)
    return best, torch.get_num_threads(), torch.__version__, len(x)


def in_process_of_its_own(name, threads):
    environment = {k: v for k, v in os.environ.items() if k != "OMP_NUM_THREADS"}
    run = subprocess.run(
        [sys.executable, __file__, "--epoch", name, str(threads)],
        check=True, stdout=subprocess.PIPE, text=True, env=environment,
    )
    return json.loads(run.stdout)


def bench(program, name):
    """Images a second of Numeral with its best thread count."""
    network, batch_size = NETWORKS[name]
    run = subprocess.run(
        [program, "bench", "--json", "--network", network, "--batch-size", str(batch_size)],
        check=True, stdout=subprocess.PIPE,
    )
    figures = json.loads(run.stdout)
    if figures["data"] != "mnist":
        sys.exit("numeral-cli did not find MNIST")
    print(f"{network}, minibatches of {batch_size}")
    print(f"sgemm             {figures['sgemm_gflops']:.0f} GFLOP/s on one core")
    print(f"Numeral, forward pass of one image: {figures['forward']['p50_us']:.1f} us")
    for epoch in figures["epoch"]:
        print(f"Numeral, {epoch['threads']} thr.   {epoch['seconds']:.3f} s an epoch, "
              f"{epoch['images_per_second']:.0f} images/s")
    return max(epoch["images_per_second"] for epoch in figures["epoch"])


def compare(program, name):
    ours = bench(program, name)
    rates = {}
    for threads in range(1, (os.cpu_count() or 1) + 1):
        seconds, _, version, n = in_process_of_its_own(name, threads)
        rates[threads] = n / seconds
        print(f"PyTorch {version}, {threads} thr. set   {seconds:.2f} s, {n / seconds:.0f} images/s")
    seconds, threads, version, n = in_process_of_its_own(name, 0)
    print(f"PyTorch {version}, default ({threads} thr.)  {seconds:.2f} s, {n / seconds:.0f} images/s")
    # The same count once more, where it is among those that were set.
    rates[threads] = max(rates.get(threads, 0), n / seconds)
    print(f"ratio to PyTorch at its better thread count: {ours / max(rates.values()):.1f}")
    for threads_set, rate in rates.items():
        print(f"ratio to PyTorch in {threads_set} thread(s):             {ours / rate:.1f}")
    print(f"ratio to PyTorch at its default:             {ours / (n / seconds):.1f}\n")


def main():
    if sys.argv[1:2] == ["--epoch"]:
        print(json.dumps(torch_epoch(sys.argv[2], int(sys.argv[3]))))
        return
    names = sys.argv[2:] or list(NETWORKS)
    unknown = [name for name in names if name not in NETWORKS]
    if len(sys.argv) < 2 or unknown or "NUMERAL_DATA_DIR" not in os.environ:
        sys.exit(__doc__)
    for name in names:
        compare(sys.argv[1], name)


if __name__ == "__main__":
    main()
