# SPDX-License-Identifier: GPL-3.0-or-later
"""How long Numeral takes to start, in units of a program with an empty window.

    startup.py PROBE EMPTY NUMERAL [ROUNDS]

Starts the two in turn, each ROUNDS times after one round that warms the caches,
and compares the medians of the time from the start of the process until its
first frame has been drawn and the main loop takes events, so that a stroke that
begins then is followed; and the longest that an event would have had to wait in
the second after. startup-probe.c measures it in both alike.
"""

import os
import statistics
import subprocess
import sys
import time


def start(probe, program):
    """(drawn, ready) in milliseconds after the start of the process, (longest wait)."""
    reader, writer = os.pipe()
    environment = dict(os.environ, LD_PRELOAD=probe, PROBE_FD=str(writer))
    began = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
    process = subprocess.Popen([program], env=environment, pass_fds=[writer],
                               stdin=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as lines:
        line = lines.readline()
    process.wait(timeout=60)
    if not line:
        sys.exit(f"{program} ended with {process.returncode} and drew nothing")
    drawn, ready, longest = map(int, line.split())
    return (drawn - began) / 1e6, (ready - began) / 1e6, longest / 1e6


def main():
    probe, empty, numeral = sys.argv[1:4]
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 15
    times = {empty: [], numeral: []}
    for turn in range(rounds + 1):
        for program, results in times.items():
            result = start(probe, program)
            if turn > 0:
                results.append(result)
    print(f"{'median of ' + str(rounds):16}{'first frame':>16}{'ready for ink':>16}{'longest wait':>16}")
    medians = []
    for name, program in (("empty window", empty), ("Numeral", numeral)):
        medians.append([statistics.median(column) for column in zip(*times[program])])
        print(f"{name:16}" + "".join(f"{value:13.1f} ms" for value in medians[-1]))
    print(f"{'ratio':16}" + "".join(f"{ours / theirs:16.2f}"
                                    for theirs, ours in list(zip(*medians))[:2]))


if __name__ == "__main__":
    main()
