# SPDX-License-Identifier: GPL-3.0-or-later
"""SECURITY.md is true: under strace, the programs write only where it says, with the modes that it
says, and have no socket of a network.

    test-security.py cli NUMERAL_CLI
    test-security.py window NUMERAL      (in a display)
"""

import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import time

import tap

# Calls of strace's %file that change nothing. All others are changes, also those to come.
HARMLESS = re.compile(
    r"access|faccessat2?|l?stat(64)?|newfstatat|fstatat64|statx|statfs(64)?|readlink(at)?|getcwd|"
    r"chdir|execve(at)?|l?getxattr|l?listxattr|inotify_add_watch|name_to_handle_at")
# Calls of %network that make no file; bind does, unless the name is abstract.
TALK = re.compile(r"socket(pair|call)?|connect|accept4?|listen|send\w*|recv\w*|shutdown|"
                  r"get(sock|peer)name|[gs]etsockopt")
CALL = re.compile(r"(\w+)\((.*)")
PATH = re.compile(r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')
OPENS_TO_WRITE = re.compile(r"O_(WRONLY|RDWR|CREAT|TRUNC)")
# Devices keep nothing; /dev/shm is memory that others may read.
DEVICE = re.compile(r"/dev/(?!shm/).*|/proc/self/.*")
# Of the machine alone: the bus and the display; questions to the kernel.
LOCAL = ("AF_UNIX", "AF_LOCAL", "AF_NETLINK")
SAMPLE = os.path.join(tap.ROOT, "data", "samples", "digit-7.inkml")


def read_places():
    """[(place, mode)] of the table in SECURITY.md; the mode is None if it is not Numeral's."""
    places = []
    for line in tap.read("SECURITY.md").split("## What is sent")[0].splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 3 and cells[0].startswith("`"):
            mode = int(cells[2], 8) if re.fullmatch("0[0-7]{3}", cells[2]) else None
            places += [(place, mode) for place in re.findall(r"`([^`]+)`", cells[0])]
    return places


class Home:
    """A home of nobody, in which a program runs. FILE is in its folder "chosen"."""

    def __init__(self):
        # A symbolic link on the way would have another name in the calls.
        self.folder = os.path.realpath(tempfile.mkdtemp(prefix="numeral-security-"))
        self.variables = {"HOME": "home", "TMPDIR": "tmp", "XDG_DATA_HOME": "home/data",
                          "XDG_CONFIG_HOME": "home/config", "XDG_CACHE_HOME": "home/cache",
                          "XDG_STATE_HOME": "home/state", "XDG_RUNTIME_DIR": "run"}
        self.variables = {name: self.path(value) for name, value in self.variables.items()}
        for name in ("home", "tmp", "run", "chosen", "trace"):
            os.mkdir(self.path(name), 0o700)
        self.places = [(self.expand(place), mode) for place, mode in read_places()]
        self.n_traces = 0

    def path(self, name):
        return os.path.join(self.folder, name)

    def expand(self, place):
        place = re.sub(r"\$(\w+)", lambda match: self.variables[match.group(1)], place)
        return re.sub("^FILE", self.path("chosen"), place)

    def start(self, *words):
        """The program under strace. Each thread has a file of its own, so that no call is cut."""
        self.n_traces += 1
        trace = self.path(f"trace/{self.n_traces}")
        environment = {name: value for name, value in os.environ.items()
                       if not name.startswith(("NUMERAL_", "XDG_"))}
        return subprocess.Popen(
            ["strace", "-f", "-ff", "-qq", "-y", "-s", "4096", "-e", "trace=%file,%network",
             "-e", "signal=none", "-o", trace, *words],
            env=dict(environment, **self.variables), cwd=self.path("chosen"),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def calls(self):
        """(name, the rest of the line)"""
        for name in sorted(os.listdir(self.path("trace"))):
            with open(self.path(f"trace/{name}"), encoding="ascii") as file:
                for line in file:
                    match = CALL.match(line)
                    if match:
                        yield match.groups()

    def remove(self):
        shutil.rmtree(self.folder)


def matches(place, path):
    """Whether a path is at a place of the table."""
    pattern = re.escape(place).replace(r"\*\*", ".*").replace(r"\*", "[^/]*")
    return re.fullmatch(pattern, path) is not None


def find_row(home, path):
    """The place of the table that a file is at with its mode, or None."""
    return next((row for row in home.places if matches(row[0], path)), None)


def is_beside(home, path):
    """Whether a file has one of the names that stand beside any place while it is written."""
    folder, name = os.path.split(path)
    places = [place for place, _ in home.places]
    folders = [os.path.dirname(place) for place in places if os.path.isabs(place)]
    return (any(matches(place, name) for place in places if not os.path.isabs(place)) and
            any(matches(place, folder) for place in folders))


def is_on_the_way(home, path):
    return any(place.startswith(path + "/") for place, _ in home.places)


def changed_paths(name, rest):
    """The paths that a call changes."""
    if HARMLESS.fullmatch(name) or TALK.fullmatch(name) or "sun_path=@" in rest:
        return
    if name.startswith("open") and not OPENS_TO_WRITE.search(rest):
        return
    for folder, path in PATH.findall(rest):
        yield os.path.join(folder, path)


def check_writes(home):
    complaints = set()
    n_changes = 0
    for name, rest in home.calls():
        for path in changed_paths(name, rest):
            full = os.path.normpath(os.path.join(home.path("chosen"), path))
            n_changes += 1
            if not (find_row(home, full) or is_beside(home, full) or DEVICE.fullmatch(full) or
                    name.startswith("mkdir") and is_on_the_way(home, full)):
                complaints.add(f"{name} at {full}, which SECURITY.md does not name")
    if n_changes == 0:
        complaints.add("strace saw no change at all")
    return sorted(complaints)


def check_sockets(home):
    return sorted({f"a socket of {rest.split(',')[0]}" for name, rest in home.calls()
                   if name == "socket" and not rest.startswith(LOCAL)})


def check_modes(home):
    """Of the files that are left, and of Numeral's own folders."""
    complaints = []
    for here, folders, names in os.walk(home.path("home")):
        for name in names:
            path = os.path.join(here, name)
            row = find_row(home, path)
            mode = stat.S_IMODE(os.stat(path).st_mode)
            if row is None:
                complaints.append(f"{path} is left, which SECURITY.md does not name")
            elif row[1] is not None and mode != row[1]:
                complaints.append(f"{path} has mode {mode:o}, and SECURITY.md says {row[1]:o}")
        complaints += [f"{os.path.join(here, name)} has not the mode 0700" for name in folders
                       if "/numeral/" in os.path.join(here, name, "")
                       and stat.S_IMODE(os.stat(os.path.join(here, name)).st_mode) != 0o700]
    return complaints


def check_hosts():
    source = set(re.findall(r'"https://([^/"]+)/', tap.read("src/engine/data/numeral-mnist.c")))
    page = set(re.findall(r"^- `([^`]+)`$", tap.read("SECURITY.md"), re.MULTILINE))
    return [] if source and source == page else [f"{sorted(page)} in SECURITY.md are not the hosts "
                                                 f"of the download, {sorted(source)}"]


def check_found(home, wanted):
    """The program has done what was asked of it: these files are there."""
    return [f"{path} was not written" for path in wanted
            if not os.path.exists(home.expand(path))]


def run_cli(home, program):
    """[complaint]"""
    with open(home.path("chosen/passphrase"), "w", encoding="ascii") as file:
        file.write("correct horse\n")
    key = ["--passphrase-file", "passphrase"]
    for words in (
            ["recognize", SAMPLE],
            ["explain", SAMPLE, "--out", "why.png"],
            ["handwriting", "add", "--label", "7", SAMPLE, SAMPLE],
            ["handwriting", "list"],
            ["handwriting", "relabel", "1", "1"],
            ["handwriting", "export", "--out", "ink"],
            ["handwriting", "export", "--anonymous", "--format", "png", "--out", "pictures"],
            ["handwriting", "delete", "1"],
            ["protect", "on", *key, "--recovery-out", "recovery"],
            ["handwriting", "add", "--label", "7", SAMPLE, *key],
            ["protect", "off", "--recovery-key-file", "recovery"],
            ["generate", "--count", "20", "--out", "generated"],
            ["train", "generated:200", "--hidden", "8", "--epochs", "1", "--quiet",
             "--out", "model.safetensors", "--log", "log.jsonl", "--checkpoint", "state"],
            ["evaluate", "handwriting", "--model", "model.safetensors"]):
        process = home.start(program, *words)
        _, errors = process.communicate(timeout=60)
        if process.returncode != 0:
            return [f"numeral-cli {' '.join(words)}: status {process.returncode}",
                    *errors.splitlines()]
    return []


def xdotool(*words):
    return subprocess.run(["xdotool", *words], check=False, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True).stdout.strip()


def wait_for(process, found):
    """Whether @found becomes true while the process runs."""
    for _ in range(600):
        if process.poll() is not None:
            return False
        if found():
            return True
        time.sleep(0.05)
    return False


def draw_line():
    xdotool("mousemove", "250", "150", "mousedown", "1", "mousemove", "248", "250",
            "mousemove", "245", "400", "mouseup", "1")


def learn_hand(home, process):
    """Keeps six lines as the digit 1, learns from them and keeps the model. Whether it is there."""
    database = home.expand("$XDG_DATA_HOME/numeral/handwriting/handwriting.db")
    model = home.expand("$XDG_DATA_HOME/numeral/handwriting/my-hand.safetensors")

    def teach():
        xdotool("key", "ctrl+n")
        draw_line()
        time.sleep(0.5)
        xdotool("key", "ctrl+1")
        time.sleep(0.5)

    if not wait_for(process, lambda: teach() or os.path.exists(database)):
        return False
    for _ in range(5):
        teach()

    def keep():
        xdotool("key", "ctrl+l")
        # Alt+K is the mnemonic of Keep, which is there when it has learned.
        xdotool("key", "alt+k")
        time.sleep(0.5)

    return wait_for(process, lambda: keep() or os.path.exists(model))


def run_window(home, program):
    """Opens a file, learns a hand, trains, draws a line, and quits. [complaint]"""
    run = home.expand("$XDG_DATA_HOME/numeral/runs/run-0001")
    process = home.start(program, SAMPLE)
    search = "search", "--onlyvisible", "--class", "numeral"
    if not wait_for(process, lambda: xdotool(*search)):
        process.kill()
        return ["there is no window", *process.communicate()[1].splitlines()]
    xdotool("windowfocus", "--sync", xdotool(*search).splitlines()[0])
    learned = learn_hand(home, process)
    # Alt+T is the mnemonic of Train. The window may not take keys yet.
    trained = wait_for(process, lambda: xdotool("key", "alt+t") or wait_for_file(run, process))
    draw_line()
    xdotool("key", "ctrl+q")
    _, errors = process.communicate(timeout=60)
    complaints = [] if trained else ["no run began"]
    complaints += [] if learned else ["no hand was learned"]
    if process.returncode != 0:
        complaints += [f"status {process.returncode}", *errors.splitlines()]
    return complaints


def wait_for_file(path, process):
    for _ in range(40):
        if os.path.exists(path) or process.poll() is not None:
            break
        time.sleep(0.05)
    return os.path.exists(path)


def why_not():
    """Why strace cannot be used, or None."""
    if shutil.which("strace") is None:
        return "there is no strace"
    trial = subprocess.run(["strace", "-f", "-qq", "-y", "-o", "/dev/null", "true"], check=False,
                           stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                           stderr=subprocess.PIPE, text=True)
    if trial.returncode != 0:
        return "strace may not trace here: " + " ".join(trial.stderr.split())
    return None


def main():
    kind, program = sys.argv[1], os.path.abspath(sys.argv[2])
    reason = why_not()
    if reason is None and kind == "window" and shutil.which("xdotool") is None:
        reason = "there is no xdotool"
    if reason is not None:
        print(f"1..0 # SKIP {reason}")
        return
    run, wanted = {
        "cli": (run_cli, ["$XDG_DATA_HOME/numeral/handwriting/handwriting.db", "FILE/why.png",
                          "FILE/ink", "FILE/pictures", "FILE/model.safetensors", "FILE/state"]),
        "window": (run_window, ["$XDG_DATA_HOME/numeral/last-drawing.inkml",
                                "$XDG_DATA_HOME/numeral/runs/run-0001/run.json",
                                "$XDG_DATA_HOME/numeral/handwriting/my-hand.safetensors",
                                "$XDG_DATA_HOME/recently-used.xbel"]),
    }[kind]
    home = Home()
    try:
        tap.run({
            f"{kind}-runs": lambda: run(home, program),
            f"{kind}-writes": lambda: check_found(home, wanted) + check_writes(home),
            f"{kind}-modes": lambda: check_modes(home),
            f"{kind}-no-network": lambda: check_sockets(home),
            "hosts": check_hosts,
        })
    finally:
        home.remove()


if __name__ == "__main__":
    main()
