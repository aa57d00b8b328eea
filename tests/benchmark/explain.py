#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares the gradients and the integrated gradients of the model that ships with PyTorch's.
Needs PyTorch (Debian: python3-torch), which nothing else in the tree does.

    tests/benchmark/explain.py PATH/TO/numeral-cli data/model.safetensors [FILE...]

FILE is what `numeral-cli explain` reads; without it, the ten digits of data/samples. numeral-cli
prints the points of the path and their weights, at which PyTorch differentiates the same network
in double precision. The last line is the largest difference of an attribution, relative to the
largest attribution; it must be below 1e-4. It fails otherwise."""

import json
import struct
import subprocess
import sys
from pathlib import Path

LIMIT = 1e-4


def read_safetensors(path):
    """{name: tensor} in double precision; float32 and float16."""
    import torch

    data = Path(path).read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + size])
    types = {"F32": torch.float32, "F16": torch.float16}
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] not in types:
            continue
        first, last = entry["data_offsets"]
        values = torch.frombuffer(bytearray(data[8 + size + first:8 + size + last]),
                                  dtype=types[entry["dtype"]])
        tensors[name] = values.reshape(entry["shape"]).double()
    return tensors


def dense_layers(tensors):
    """(weight, bias) of the digit network, from the input on."""
    names = [name for name, tensor in tensors.items()
             if name.endswith(".weight") and tensor.dim() == 2 and not name.startswith("novelty")]
    layers = [(tensors[name], tensors[name[:-len("weight")] + "bias"]) for name in sorted(names)]
    widths = [layers[0][0].shape[1]] + [weight.shape[0] for weight, _ in layers]
    if widths[0] != 784 or widths[-1] != 10:
        sys.exit(f"not a network of dense layers that reads digits: {widths}")
    return layers


def contrast(layers, x, target, against):
    """F at each row of x."""
    for i, (weight, bias) in enumerate(layers):
        x = x @ weight.T + bias
        if i + 1 < len(layers):
            x = x.clamp(min=0)
    return x[:, target] - (x[:, against] if against is not None else 0)


def integrate(layers, report):
    """The attributions by PyTorch, and F (x) - F (blank)."""
    import torch

    x = torch.tensor(report["input"], dtype=torch.float64)
    path = torch.tensor(report["path"], dtype=torch.float64)
    rows = (path[:, :1] * x).requires_grad_()
    values = contrast(layers, rows, report["target"], report["against"])
    gradients, = torch.autograd.grad(values.sum(), rows)
    ends = contrast(layers, torch.stack([x, torch.zeros_like(x)]), report["target"],
                    report["against"])
    return (path[:, 1:] * gradients).sum(0) * x, float(ends[0] - ends[1])


def main():
    import torch

    if len(sys.argv) < 3:
        sys.exit(__doc__)
    samples = Path(sys.argv[2]).parent / "samples"
    files = sys.argv[3:] or sorted(map(str, samples.glob("digit-*.inkml")))
    layers = dense_layers(read_safetensors(sys.argv[2]))
    worst = 0
    for file in files:
        run = subprocess.run([sys.argv[1], "explain", file, "--model", sys.argv[2], "--json"],
                             check=True, stdout=subprocess.PIPE)
        report = json.loads(run.stdout)
        expected, difference = integrate(layers, report)
        ours = torch.tensor(report["attribution"], dtype=torch.float64)
        largest = float((ours - expected).abs().max() / expected.abs().max())
        worst = max(worst, largest, abs(report["difference"] - difference) / abs(difference))
        print(f"{Path(file).name}: {report['target']} and not {report['against']}, "
              f"{len(report['path'])} points, largest difference {largest:.1e}")
    print(f"largest difference of all: {worst:.1e}")
    sys.exit(worst >= LIMIT)


if __name__ == "__main__":
    main()
