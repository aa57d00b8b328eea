#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How well a writer is told by a digit, before and after an anonymous export of handwriting.

Usage: tests/benchmark/writers.py PROGRAM PENDIGITS [SPLITS]

PROGRAM is numeral-cli, PENDIGITS the UNIPEN file of the pen digits (plain or .gz), which names the
writers. One half of each writer's digits of each class, at random, is the gallery, in which the
writers are known. The writer of each digit of the other half is guessed as that of the nearest
digit of its class in the gallery, and the writer of ten digits of ten classes as that of most of
the ten guesses. Both halves of each writer go through the database of handwriting, so that what is
measured is what "handwriting export --anonymous" writes. SPLITS are random halves (3 by default).

Two distances: Euclidean, with each feature divided by its deviation; and the same after the
features were whitened by their covariance within a writer, which the gallery tells an attacker.
Needs NumPy.
"""

import gzip
import os
import random
import re
import subprocess
import sys
import tempfile

import numpy

N_POINTS = 32
DRAWS = 100


def read_segments(path):
    """(header, [(label, writer, text)])"""
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="latin-1") as file:
        header, *segments = re.split(r"(?m)^(?=\.SEGMENT)", file.read())
    found = []
    for text in segments:
        words = re.search(r"(?m)^\.COMMENT\s+(\d+)\s+(\d+)", text)
        if words:
            found.append((int(words.group(1)), int(words.group(2)), text))
    return header, found


def read_strokes(text):
    """[n, 2] for each stroke, y downwards. The pen digits have a point for each moment."""
    strokes = []
    for part in re.split(r"(?m)^\.PEN_DOWN.*\n", text)[1:]:
        numbers = re.findall(r"(?m)^\s*(-?[\d.]+)\s+(-?[\d.]+)\s*$", part.split(".PEN_UP")[0])
        if numbers:
            strokes.append(numpy.array(numbers, dtype=float) * (1, -1))
    return strokes


def resample(points, n):
    """[n, 2] at equal distances, and [n] the moments, 0 to 1, when the pen was there."""
    steps = numpy.hypot(*numpy.diff(points, axis=0).T)
    way = numpy.concatenate(([0], numpy.cumsum(steps)))
    at = numpy.linspace(0, way[-1], n)
    moments = numpy.linspace(0, 1, len(points))
    return (numpy.stack([numpy.interp(at, way, points[:, k]) for k in (0, 1)], axis=1),
            numpy.interp(at, way, moments))


def fit(strokes):
    """The strokes in a box of side 1 around the origin, its corner, width and height."""
    points = numpy.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    size = max((high - low).max(), 1e-9)
    return [(stroke - (low + high) / 2) / size for stroke in strokes], low, high - low


def lengths(strokes):
    """Of the three longest strokes."""
    found = sorted((numpy.hypot(*numpy.diff(stroke, axis=0).T).sum() for stroke in strokes),
                   reverse=True)
    return (found + [0, 0, 0])[:3]


def shape(strokes):
    """The trace of all strokes in their order and direction, and their number and lengths."""
    fitted, _, size = fit(strokes)
    trace, _ = resample(numpy.concatenate(fitted), N_POINTS)
    return numpy.concatenate([trace.ravel(), size / max(size.max(), 1e-9), lengths(fitted),
                              [len(strokes)]])


def motion(strokes):
    """Place, size, duration, and when the pen was where."""
    _, corner, size = fit(strokes)
    points = numpy.concatenate(strokes)
    _, moments = resample(points, N_POINTS)
    return numpy.concatenate([corner, size, [len(points)], moments[1:-1]])


def export(program, header, segments, folder):
    """What the anonymous export makes of the segments, each in a random order: (label, strokes),
    and (label, pixels)."""
    environment = dict(os.environ, XDG_DATA_HOME=folder)
    source, ink, idx = (os.path.join(folder, name) for name in ("own.dat", "ink.dat", "idx"))
    with open(source, "w", encoding="latin-1") as file:
        file.write(header + "".join(segments))
    for words in (["import", source],
                  ["export", "--anonymous", "--format", "unipen", "--out", ink],
                  ["export", "--anonymous", "--format", "idx", "--out", idx]):
        subprocess.run([program, "handwriting", *words], check=True, env=environment,
                       stdout=subprocess.DEVNULL)
    with open(ink, encoding="ascii") as file:
        written = re.split(r"(?m)^(?=\.SEGMENT)", file.read())[1:]
    labels = numpy.fromfile(os.path.join(idx, "train-labels-idx1-ubyte"), dtype="u1")[8:]
    pixels = numpy.fromfile(os.path.join(idx, "train-images-idx3-ubyte"), dtype="u1")[16:]
    return ([(int(re.search(r'"(\d)"', text).group(1)), read_strokes(text)) for text in written],
            list(zip(labels.tolist(), pixels.reshape(len(labels), -1) / 255.0)))


class Half:
    """Digits as rows of features, with their labels and writers."""

    def __init__(self, digits, features):
        self.labels = numpy.array([label for label, _, _ in digits])
        self.writers = numpy.array([writer for _, writer, _ in digits])
        self.rows = numpy.array([features(ink) for _, _, ink in digits])


def whitening(rows, writers):
    """A matrix after which the features vary alike within a writer; shrunk by a tenth."""
    apart = rows - numpy.array([rows[writers == writer].mean(axis=0) for writer in writers])
    covariance = apart.T @ apart / max(len(rows) - len(set(writers)), 1)
    covariance += numpy.eye(len(covariance)) * (0.1 * covariance.trace() / len(covariance))
    values, vectors = numpy.linalg.eigh(covariance)
    return vectors / numpy.sqrt(values)


def guess(gallery, probe, whiten):
    """The writer of the nearest digit of the class, for each digit of the probe."""
    guessed = numpy.zeros_like(probe.writers)
    for label in range(10):
        known, asked = gallery.labels == label, probe.labels == label
        deviation = gallery.rows[known].std(axis=0)
        scale = numpy.where(deviation > 0, 1 / numpy.where(deviation > 0, deviation, 1), 0)
        left, right = gallery.rows[known] * scale, probe.rows[asked] * scale
        if whiten:
            matrix = whitening(left, gallery.writers[known])
            left, right = left @ matrix, right @ matrix
        squares = ((left ** 2).sum(axis=1)[None] - 2 * right @ left.T)
        guessed[asked] = gallery.writers[known][squares.argmin(axis=1)]
    return guessed


def vote(probe, guessed, rng):
    """The share of ten digits, one of each class by one writer, whose writer is found."""
    right = []
    for writer in sorted(set(probe.writers)):
        own = [guessed[(probe.writers == writer) & (probe.labels == label)] for label in range(10)]
        for _ in range(DRAWS):
            votes = [int(rng.choice(list(row))) for row in own if len(row)]
            best = max(votes.count(name) for name in votes)
            right.append(rng.choice([n for n in set(votes) if votes.count(n) == best]) == writer)
    return float(numpy.mean(right))


def split(segments, rng):
    """Two halves of the segments, for each writer and each class."""
    groups = {}
    for segment in segments:
        groups.setdefault(segment[:2], []).append(segment)
    halves = [], []
    for _, group in sorted(groups.items()):
        rng.shuffle(group)
        for i, segment in enumerate(group):
            halves[i % 2].append(segment)
    return halves


def anonymise(program, header, half, folder):
    """The strokes, and the pixels: (label, writer, either)"""
    strokes, pixels = [], []
    for writer in sorted({writer for _, writer, _ in half}):
        with tempfile.TemporaryDirectory(dir=folder) as inside:
            texts = [text for _, other, text in half if other == writer]
            for digits, written in zip((strokes, pixels),
                                       export(program, header, texts, inside)):
                digits.extend((label, writer, ink) for label, ink in written)
    return strokes, pixels


def measure(program, header, segments, seed, folder):
    """{(what is known, distance): (accuracy of a digit, accuracy of ten)}"""
    rng = random.Random(seed)
    halves = split(segments, rng)
    drawn = [[(label, writer, read_strokes(text)) for label, writer, text in half]
             for half in halves]
    strokes, pixels = zip(*(anonymise(program, header, half, folder) for half in halves))
    results = {}
    for name, digits, features in (
            ("the file", drawn, lambda ink: numpy.concatenate([shape(ink), motion(ink)])),
            ("its shapes, with order and direction", drawn, shape),
            ("anonymous strokes", strokes, shape),
            ("anonymous pixels", pixels, numpy.asarray)):
        gallery, probe = (Half(half, features) for half in digits)
        for whiten in (False, True):
            guessed = guess(gallery, probe, whiten)
            results[name, "whitened" if whiten else "Euclidean"] = (
                (guessed == probe.writers).mean(), vote(probe, guessed, rng))
    return results


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    program = os.path.abspath(sys.argv[1])
    header, segments = read_segments(sys.argv[2])
    n_writers = len({writer for _, writer, _ in segments})
    print(f"{len(segments)} digits of {n_writers} writers; by chance "
          f"{100 / n_writers:.1f} % of the writers are found")
    with tempfile.TemporaryDirectory() as folder:
        splits = [measure(program, header, segments, seed, folder)
                  for seed in range(int(sys.argv[3]) if len(sys.argv) > 3 else 3)]
    for name in splits[0]:
        one, ten = (numpy.mean([results[name][k] for results in splits]) for k in (0, 1))
        print(f"{name[0]}, {name[1]}: {100 * one:.1f} % by one digit, {100 * ten:.1f} % by ten")


if __name__ == "__main__":
    main()
