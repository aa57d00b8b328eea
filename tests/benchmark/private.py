#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains 784-128-10 with differential privacy in minibatches of 256 in PyTorch, with the gradient
of every sample as Opacus makes it, and in Numeral, on the same machine in the same run, and prints
how many times as many images a second Numeral trains. Then the same network in Numeral with and
without privacy, both by the plain plan. Needs PyTorch (Debian: python3-torch).

    NUMERAL_DATA_DIR=... tests/benchmark/private.py PATH/TO/numeral-cli"""

import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BATCH = 256
STEPS = 60  # of PyTorch; Numeral trains whole epochs
NOISE, CLIP, RATE = 1.1, 1.0, 0.5


def mnist():
    folder = Path(os.environ["NUMERAL_DATA_DIR"])
    return folder / "mnist" if (folder / "mnist").is_dir() else folder


def torch_rate(threads):
    """Images a second, in this process: samples drawn by Poisson, gradients of samples by outer
    products of what a layer read and the gradient at its output, clipped, added, with noise."""
    import torch

    torch.set_num_threads(threads)
    with gzip.open(mnist() / "train-images-idx3-ubyte.gz") as file:
        images = file.read()[16:]
    with gzip.open(mnist() / "train-labels-idx1-ubyte.gz") as file:
        labels = file.read()[8:]
    x = torch.frombuffer(bytearray(images), dtype=torch.uint8).reshape(-1, 784).float() / 255
    y = torch.frombuffer(bytearray(labels), dtype=torch.uint8).long()
    layers = [torch.nn.Linear(784, 128), torch.nn.Linear(128, 10)]
    model = torch.nn.Sequential(layers[0], torch.nn.ReLU(), layers[1])
    read, given = {}, {}
    for layer in layers:
        layer.register_forward_hook(lambda m, i, o: read.__setitem__(m, i[0].detach()))
        layer.register_full_backward_hook(lambda m, i, o: given.__setitem__(m, o[0].detach()))
    n_images = 0
    for step in range(STEPS + 5):
        if step == 5:
            n_images, start = 0, time.perf_counter()
        index = torch.nonzero(torch.rand(len(x)) < BATCH / len(x)).squeeze(1)
        n_images += len(index)
        model.zero_grad(set_to_none=True)
        torch.nn.functional.cross_entropy(model(x[index]), y[index], reduction="sum").backward()
        samples = []
        for layer in layers:
            samples.append((layer.weight, torch.einsum("no,ni->noi", given[layer], read[layer])))
            samples.append((layer.bias, given[layer]))
        norms = torch.stack([g.reshape(len(g), -1).norm(2, dim=1) for _, g in samples]).norm(2, dim=0)
        scale = (CLIP / (norms + 1e-6)).clamp(max=1.0)
        with torch.no_grad():
            for parameter, gradient in samples:
                total = torch.einsum("n,n...->...", scale, gradient)
                total += torch.normal(0, NOISE * CLIP, total.shape)
                parameter -= RATE / BATCH * total
    return n_images / (time.perf_counter() - start)


def numeral_rate(program, network, *options):
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "train", str(mnist()), "--network", network, "--batch-size", str(BATCH),
                   "--epochs", "3", "--optimizer", "sgd", "--learning-rate", str(RATE), "--quiet",
                   "--json", "--out", str(Path(folder) / "model.safetensors"), *options]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)["images_per_second"]


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "--torch":
        print(torch_rate(int(sys.argv[2])))
        return
    program = sys.argv[1]
    private = ("--dp-noise", str(NOISE), "--dp-clip", str(CLIP))
    rates = []
    for threads in range(1, (os.cpu_count() or 1) + 1):
        done = subprocess.run([sys.executable, __file__, "--torch", str(threads)], check=True,
                              stdout=subprocess.PIPE)
        rates.append(float(done.stdout))
        print(f"PyTorch, {threads} thread(s)     {rates[-1]:10.0f} images/s")
    rate = numeral_rate(program, "784-128-10", *private)
    print(f"Numeral                  {rate:10.0f} images/s, {rate / max(rates):.1f} times")
    # No activation: a network that the plain plan trains also without privacy.
    plain = numeral_rate(program, "784-128-linear-10")
    same = numeral_rate(program, "784-128-linear-10", *private)
    print(f"An epoch with privacy takes {plain / same:.2f} times as long as one of the plain plan.")


main()
