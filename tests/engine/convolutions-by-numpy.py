#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Networks with convolutions as PyTorch and Keras store them, and what they give, by NumPy alone.

    convolutions-by-numpy.py FOLDER

Writes NAME.safetensors, images.f32 [n, 784] and NAME.f32 [n, 10], the probabilities.
"""

import importlib.util
import os
import sys

try:
    import numpy
except ImportError:
    sys.exit(77)

HERE = os.path.dirname(os.path.abspath(__file__))
SPEC = importlib.util.spec_from_file_location(
    "by_hand", os.path.join(HERE, "safetensors-by-hand.py"))
random = numpy.random.default_rng(3)


def normal(*shape):
    """Values that float32 holds."""
    return (random.standard_normal(shape) / numpy.sqrt(max(1, numpy.prod(shape[1:])))).astype("f4")


def convolve(x, weight, bias, padding):
    """x [n, in, h, w], weight [out, in, h, w]: cross-correlation, as in PyTorch."""
    x = numpy.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = numpy.lib.stride_tricks.sliding_window_view(x, weight.shape[2:], axis=(2, 3))
    return numpy.einsum("nihwuv,oiuv->nohw", windows, weight) + bias[:, None, None]


def pool(x):
    n, channels, height, width = x.shape
    x = x[:, :, :height // 2 * 2, :width // 2 * 2]
    return x.reshape(n, channels, height // 2, 2, width // 2, 2).max(axis=(3, 5))


def normalize(x, norm, epsilon):
    gamma, beta, mean, variance = (
        value.reshape((-1,) + (1,) * (x.ndim - 2)) for value in norm)
    return (x - mean) / numpy.sqrt(variance + epsilon) * gamma + beta


def norm_of(n):
    return (1 + normal(n) / 4, normal(n), normal(n), numpy.abs(normal(n)) + numpy.float32(0.3))


def relu(x):
    return numpy.maximum(x, 0)


def softmax(z):
    e = numpy.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


class Network:
    """conv, norm, ReLU, pooling, conv, ReLU, pooling, dense, norm, ReLU, dense."""

    def __init__(self, padding):
        side = 7 if padding else 4
        self.padding = padding
        self.conv1 = normal(6, 1, 5, 5), normal(6)
        self.norm1 = norm_of(6)
        self.conv2 = normal(9, 6, 5, 5), normal(9)
        self.fc1 = normal(20, 9 * side * side), normal(20)
        self.norm2 = norm_of(20)
        self.fc2 = normal(10, 20), normal(10)

    def run(self, images, epsilon):
        x = images.reshape(-1, 1, 28, 28).astype("f8")
        x = pool(relu(normalize(convolve(x, *self.conv1, self.padding), self.norm1, epsilon)))
        x = pool(relu(convolve(x, *self.conv2, self.padding)))
        x = x.reshape(len(x), -1) @ self.fc1[0].T + self.fc1[1]
        x = relu(normalize(x, self.norm2, epsilon))
        return softmax(x @ self.fc2[0].T + self.fc2[1])

    def torch(self, conv1, norm1, conv2, fc1, norm2, fc2):
        tensors = {}
        for name, (weight, bias) in ((conv1, self.conv1), (conv2, self.conv2), (fc1, self.fc1),
                                     (fc2, self.fc2)):
            tensors |= {name + ".weight": weight, name + ".bias": bias}
        for name, norm in ((norm1, self.norm1), (norm2, self.norm2)):
            ends = ("weight", "bias", "running_mean", "running_var")
            tensors |= {f"{name}.{end}": value for end, value in zip(ends, norm)}
        return tensors

    def keras(self):
        """Rows x columns x channels, also where they are flattened."""
        side = int(numpy.sqrt(self.fc1[0].shape[1] // 9))
        flattened = self.fc1[0].reshape(20, 9, side, side).transpose(2, 3, 1, 0).reshape(-1, 20)
        tensors = {}
        for name, kernel, bias in (
                ("conv2d", self.conv1[0].transpose(2, 3, 1, 0), self.conv1[1]),
                ("conv2d_1", self.conv2[0].transpose(2, 3, 1, 0), self.conv2[1]),
                ("dense", flattened, self.fc1[1]), ("dense_1", self.fc2[0].T, self.fc2[1])):
            tensors |= {f"sequential/{name}/kernel": kernel, f"sequential/{name}/bias": bias}
        for name, norm in (("conv2d_norm", self.norm1), ("dense_norm", self.norm2)):
            ends = ("gamma", "beta", "moving_mean", "moving_variance")
            tensors |= {f"sequential/{name}/{end}": value for end, value in zip(ends, norm)}
        return tensors


def main(folder):
    by_hand = importlib.util.module_from_spec(SPEC)
    SPEC.loader.exec_module(by_hand)
    images = random.random((20, 784)).astype("f4")
    images.tofile(os.path.join(folder, "images.f32"))

    def save(name, network, tensors, epsilon=1e-5):
        by_hand.write(os.path.join(folder, name + ".safetensors"),
                      {key: (list(value.shape), value.ravel().tolist())
                       for key, value in tensors.items()}, "F32", {})
        network.run(images, epsilon).astype("f4").tofile(os.path.join(folder, name + ".f32"))

    plain, padded = Network(0), Network(2)
    save("named", plain, plain.torch("conv1", "bn1", "conv2", "fc1", "bn_fc1", "fc2"))
    save("sequential", padded, padded.torch("features.0", "features.1", "features.4",
                                            "classifier.1", "classifier.2", "classifier.4"))
    save("keras", plain, plain.keras(), 1e-3)


main(sys.argv[1])
