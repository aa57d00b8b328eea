#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of NumPy for the test engine-npz.

    npz-by-others.py write FOLDER   models and data sets in many forms
    npz-by-others.py check FILE     an archive that Numeral wrote
"""

import io
import json
import os
import sys
import zipfile

try:
    import numpy
    from numpy.lib import format as npy
except ImportError:
    sys.exit(77)

N = 40


def write_version(path, arrays, version):
    """An archive whose headers have a version of the format."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, array in arrays.items():
            stream = io.BytesIO()
            npy.write_array(stream, array, version=version)
            archive.writestr(name + ".npy", stream.getvalue())


def write_data(folder):
    images = (numpy.arange(N * 784) * 7919 % 256).astype("u1").reshape(N, 28, 28)
    labels = numpy.arange(N) % 10
    images.tofile(os.path.join(folder, "images.u8"))

    def save(name, x, y=labels, write=numpy.savez, **more):
        write(os.path.join(folder, name + ".npz"), x=x, y=y, **more)

    numpy.savez_compressed(os.path.join(folder, "keras.npz"), x_train=images,
                           y_train=labels.astype("u1"), x_test=images[:10], y_test=labels[:10])
    save("fortran", numpy.asfortranarray(images), labels.astype(">i4"))
    save("flat", images.reshape(N, 784).astype(">f8"), labels.reshape(N, 1).astype("f4"))
    save("channel", (images[..., None] / 255).astype("f4"), labels.astype("u8"))
    save("half", numpy.asfortranarray((images[:, None] / 255).astype(">f2")), labels.astype("i1"))
    save("short", images.astype("<u2"), labels.astype("i2"), numpy.savez_compressed)
    numpy.savez(os.path.join(folder, "positions.npz"), images.astype(">i8"), labels.astype("f2"))
    for version in ((2, 0), (3, 0)):
        write_version(os.path.join(folder, f"version{version[0]}.npz"),
                      {"x": images, "y": labels}, version)
    save("objects", images, numpy.array([str(label) for label in labels], dtype=object))
    save("structures", images, numpy.zeros(N, dtype=[("label", "i4"), ("writer", "i4")]))
    save("texts", images, labels.astype("U1"))
    save("one-hot", images, numpy.eye(10)[labels])
    save("letters", images, labels + 20)
    save("lacking", images[:5])
    numpy.savez(os.path.join(folder, "other.npz"), pictures=images)
    numpy.save(os.path.join(folder, "alone.npy"), images)
    save("infinite", numpy.where(images == 3, numpy.inf, images.astype("f4")))


def write_models(folder):
    random = numpy.random.default_rng(5)
    weights = [random.standard_normal(shape).astype("f4") / 8
               for shape in ((12, 784), (12,), (10, 12), (10,))]
    names = ("fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias")
    # Values that float16 holds.
    weights = [weight.astype("f2").astype("f4") for weight in weights]
    numpy.concatenate([weight.ravel() for weight in weights]).tofile(
        os.path.join(folder, "weights.f32"))

    def save(name, arrays, **more):
        numpy.savez(os.path.join(folder, name + ".npz"), **dict(zip(names, arrays)), **more)

    save("torch", weights, num_batches_tracked=numpy.int64(7))
    save("doubles", [numpy.asfortranarray(weight.astype(">f8")) for weight in weights])
    save("halves", [numpy.asfortranarray(weight.astype("f2")) for weight in weights])
    numpy.savez_compressed(os.path.join(folder, "keras-weights.npz"),
                           *(weight.T for weight in weights))
    numpy.save(os.path.join(folder, "linear.npy"),
               random.standard_normal((10, 784)).astype("f4"))
    save("pickled", [weights[0].astype(object), *weights[1:]])


def check(path):
    """numpy.load() reads every array, without pickles, and the texts are JSON. Prints the values."""
    arrays = dict(numpy.load(path))
    card = json.loads(bytes(arrays.pop("__metadata__")))["__metadata__"]
    assert card["architecture"] == "784-12-10", card
    assert [array.shape for array in arrays.values()] == [(12, 784), (12,), (10, 12), (10,)]
    for array in arrays.values():
        sys.stdout.write(array.astype("<f4").tobytes().hex())


if sys.argv[1] == "write":
    write_data(sys.argv[2])
    write_models(sys.argv[2])
else:
    check(sys.argv[2])
