#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains 784-128-10 with Adam in minibatches of 32 in PyTorch and in Numeral, on the
same machine in the same run, and prints how many times as many images a second Numeral
trains. Needs PyTorch (Debian: python3-torch), which nothing else in the tree does.

    NUMERAL_DATA_DIR=... tests/benchmark/pytorch.py PATH/TO/numeral-cli

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


def read_mnist():
    folder = Path(os.environ["NUMERAL_DATA_DIR"])
    folder = folder / "mnist" if (folder / "mnist").is_dir() else folder
    with gzip.open(folder / "train-images-idx3-ubyte.gz") as file:
        images = file.read()[16:]
    with gzip.open(folder / "train-labels-idx1-ubyte.gz") as file:
        labels = file.read()[8:]
    return images, labels


def torch_epoch(threads):
    """Seconds of the better epoch, in this process."""
    import torch

    if threads > 0:
        torch.set_num_threads(threads)
    images, labels = read_mnist()
    x = torch.frombuffer(bytearray(images), dtype=torch.uint8).reshape(-1, 784).float() / 255
    y = torch.frombuffer(bytearray(labels), dtype=torch.uint8).long()
    torch.manual_seed(1)
    model = torch.nn.Sequential(
        torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10)
    )
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    best = float("inf")
    for _ in range(EPOCHS):
        start = time.perf_counter()
        order = torch.randperm(len(x))
        for i in range(0, len(x), 32):
            index = order[i : i + 32]
            loss = torch.nn.functional.cross_entropy(model(x[index]), y[index])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
        best = min(best, time.perf_counter() - start)
    return best, torch.get_num_threads(), torch.__version__, len(x)


def in_process_of_its_own(threads):
    environment = {k: v for k, v in os.environ.items() if k != "OMP_NUM_THREADS"}
    run = subprocess.run(
        [sys.executable, __file__, "--epoch", str(threads)],
        check=True, stdout=subprocess.PIPE, text=True, env=environment,
    )
    return json.loads(run.stdout)


def main():
    if sys.argv[1:2] == ["--epoch"]:
        print(json.dumps(torch_epoch(int(sys.argv[2]))))
        return
    if len(sys.argv) != 2 or "NUMERAL_DATA_DIR" not in os.environ:
        sys.exit(__doc__)

    bench = subprocess.run([sys.argv[1], "bench", "--json"], check=True, stdout=subprocess.PIPE)
    bench = json.loads(bench.stdout)
    if bench["data"] != "mnist":
        sys.exit("numeral-cli did not find MNIST")
    print(f"sgemm             {bench['sgemm_gflops']:.0f} GFLOP/s on one core")
    ours = 0
    for epoch in bench["epoch"]:
        ours = max(ours, epoch["images_per_second"])
        print(f"Numeral, {epoch['threads']} thr.   {epoch['seconds']:.3f} s an epoch, "
              f"{epoch['images_per_second']:.0f} images/s")

    rates = {}
    for threads in range(1, (os.cpu_count() or 1) + 1):
        seconds, _, version, n = in_process_of_its_own(threads)
        rates[threads] = n / seconds
        print(f"PyTorch {version}, {threads} thr. set   {seconds:.2f} s, {n / seconds:.0f} images/s")
    seconds, threads, version, n = in_process_of_its_own(0)
    print(f"PyTorch {version}, default ({threads} thr.)  {seconds:.2f} s, {n / seconds:.0f} images/s")
    # The same count once more, where it is among those that were set.
    rates[threads] = max(rates.get(threads, 0), n / seconds)
    print(f"ratio to PyTorch at its better thread count: {ours / max(rates.values()):.1f}")
    for threads_set, rate in rates.items():
        print(f"ratio to PyTorch in {threads_set} thread(s):             {ours / rate:.1f}")
    print(f"ratio to PyTorch at its default:             {ours / (n / seconds):.1f}")


if __name__ == "__main__":
    main()
