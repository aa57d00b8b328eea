# SPDX-License-Identifier: GPL-3.0-or-later
"""How the window starts and answers with very many runs, beside a few.

    runs.py PROBE BENCH NUMERAL [RUNS [ROUNDS]]

Makes RUNS folders of runs in a folder of its own and three in another one. Starts the program with
each in turn, ROUNDS times, and compares the time to the first frame, as startup.py does. Then
bench-runs.c shows the page of the runs with each in turn, and measures the frames while they are
read, and while a person scrolls.
"""

import os
import statistics
import subprocess
import sys
import tempfile

import startup

RECORD = """{"format": "numeral-run-1", "name": "Run %d", "created": "2026-05-06T07:08:09.000001Z",
 "status": "finished", "step": 9375, "epochs-done": 5, "best-accuracy": 0.978,
 "learning-rate-scale": 1, "settings": {"source": "generated", "hidden": [128], "optimizer": "adam", "epochs": 5}}
"""


def make_runs(home, n):
    for number in range(1, n + 1):
        folder = os.path.join(home, "numeral", "runs", f"run-{number:04}")
        os.makedirs(folder)
        with open(os.path.join(folder, "run.json"), "w", encoding="utf-8") as file:
            file.write(RECORD % number)


def main():
    probe, bench, numeral = sys.argv[1:4]
    n_runs = int(sys.argv[4]) if len(sys.argv) > 4 else 100_000
    rounds = int(sys.argv[5]) if len(sys.argv) > 5 else 10
    with tempfile.TemporaryDirectory(prefix="numeral-runs-") as folder:
        homes = {3: os.path.join(folder, "few"), n_runs: os.path.join(folder, "many")}
        for n, home in homes.items():
            make_runs(home, n)
        times = {n: [] for n in homes}
        for turn in range(rounds + 1):
            for n, home in homes.items():
                os.environ["XDG_DATA_HOME"] = home
                result = startup.start(probe, numeral)
                if turn > 0:
                    times[n].append(result)
        print(f"{'median of ' + str(rounds):16}{'first frame':>16}{'ready for ink':>16}"
              f"{'longest wait':>16}")
        for n, results in times.items():
            print(f"{n:11} runs" + "".join(f"{statistics.median(column):13.1f} ms"
                                           for column in zip(*results)))
        sys.stdout.flush()
        for turn in range(2):
            for home in homes.values():
                subprocess.run([bench], env=dict(os.environ, XDG_DATA_HOME=home), check=True)


main()
