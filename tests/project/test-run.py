# SPDX-License-Identifier: GPL-3.0-or-later
"""scripts/run with and without a display: in a tree of its own, where Meson installs a
program that writes down how it was started, and the server for browsers is one that
does nothing but listen, where another program has the first port already."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time

import tap

SETUP = 'echo "setup $*" >> "$LOG"\n'
MESON = r'''
echo "meson $1" >> "$LOG"
root=$(dirname "$0")/..
if [ "$1" = setup ]; then
  mkdir -p "$2"
  : > "$2/build.ninja"
  for word in "$@"; do
    case $word in --prefix=*) echo "${word#--prefix=}" > "$root/prefix" ;; esac
  done
elif [ "$1" = install ]; then
  mkdir -p "$(cat "$root/prefix")/bin"
  cp "$root/program" "$(cat "$root/prefix")/bin/numeral"
elif [ "$1" = introspect ]; then
  echo '[{"installed": true, "filename": ["'"$3"'/src/app/numeral"]},'
  echo ' {"installed": false, "filename": ["'"$3"'/tests/slow"]}]'
fi
'''
NINJA = r'''
shift 2
echo "ninja $*" >> "$LOG"
[ ! -e "$(dirname "$0")/../broken" ] || exit 1
'''
PROGRAM = r'''#!/bin/sh
echo "program [$1] [$2] ${GDK_BACKEND-native} ${BROADWAY_DISPLAY-none}" >> "$LOG"
echo "settings ${GSETTINGS_BACKEND-service} bus ${DBUS_SESSION_BUS_ADDRESS-none}" >> "$LOG"
echo "data $XDG_DATA_DIRS" >> "$LOG"
[ ! -e "$WAIT" ] || exec sleep 60
exit 7
'''
SERVER = r"""#!/usr/bin/env python3
import os, socket, sys, time
with open(os.environ["LOG"], "a") as log:
    print("server", *sys.argv[1:], file=log)
with open(os.environ["SERVER_ID"], "w") as file:
    print(os.getpid(), file=file)
# As the real one, it prints this before it is known to be true.
print("Listening on a socket", flush=True)
listener = socket.create_server(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])))
time.sleep(60)
"""


class Tree:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="numeral-run-")
        self.log = self.path("log")
        for folder in ("scripts", "bin", "tmp", "elsewhere"):
            os.mkdir(self.path(folder))
        shutil.copy(os.path.join(tap.ROOT, "scripts", "run"), self.path("scripts", "run"))
        self.script(SETUP, "scripts", "setup")
        self.script(MESON, "bin", "meson")
        self.script(NINJA, "bin", "ninja")
        self.script(SERVER, "bin", "gtk4-broadwayd")
        self.script(PROGRAM, "program")

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def script(self, body, *names):
        with open(self.path(*names), "w", encoding="utf-8") as file:
            file.write(body if body.startswith("#!") else "#!/bin/sh\n" + body)
        os.chmod(self.path(*names), 0o755)

    def start(self, *arguments, display=None, runtime=None):
        environment = {"PATH": self.path("bin") + ":" + os.environ["PATH"], "LOG": self.log,
                       "WAIT": self.path("wait"), "SERVER_ID": self.path("server-id"),
                       "TMPDIR": self.path("tmp"), "HOME": self.folder}
        if runtime:
            environment["XDG_RUNTIME_DIR"] = runtime
        if display:
            environment["DISPLAY"] = display
        return subprocess.Popen(
            [self.path("scripts", "run"), *arguments], cwd=self.path("elsewhere"), env=environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            start_new_session=True)

    def lines(self):
        try:
            with open(self.log, encoding="utf-8") as file:
                return file.read().splitlines()
        except FileNotFoundError:
            return []

    def server_runs(self):
        try:
            with open(self.path("server-id"), encoding="utf-8") as file:
                os.kill(int(file.read()), 0)
        except (FileNotFoundError, ProcessLookupError):
            return False
        return True

    def left_over(self):
        return os.listdir(self.path("tmp"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)


def check(**facts):
    return [f"not so: {name.replace('_', ' ')}" for name, fact in facts.items() if not fact]


def with_display():
    with Tree() as tree:
        process = tree.start("a b.png", "two", display=":77")
        output, _ = process.communicate(timeout=60)
        lines = tree.lines()
        complaints = check(
            its_status_is_passed_on=process.returncode == 7,
            its_arguments_are_passed_on="program [a b.png] [two] native none" in lines,
            its_data_come_first=any(line.startswith("data " + tree.path("build/run/installed/share:"))
                                    for line in lines),
            set_up_for_a_display="setup " in lines,
            settings_are_kept_without_a_bus="settings keyfile bus none" in lines,
            no_server=not any(line.startswith("server") for line in lines))
        tree.start(display=":77").communicate(timeout=60)
        return complaints + check(
            the_second_time_is_not_set_up_again=tree.lines().count("meson setup") == 1,
            the_second_time_is_built=tree.lines().count("ninja src/app/numeral") == 2,
            tests_are_not_built=not any("tests" in line for line in tree.lines()),
        ) + ([output] if complaints else [])


def in_browser():
    """When the window closes, its exit status is returned and no process remains."""
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(socket.create_server(("127.0.0.1", 8080)))
        except OSError:
            pass  # something else has it, which is just as well
        tree = stack.enter_context(Tree())
        process = tree.start("a b.png")
        output, _ = process.communicate(timeout=60)
        address = re.search(r"^http://127\.0\.0\.1:(\d+)/$", output, re.MULTILINE)
        port = address[1] if address else "none"
        complaints = check(
            says_that_there_is_no_display="no display" in output,
            address_on_a_line=address,
            not_the_port_that_is_taken=port != "8080",
            set_up_for_a_browser="setup --browser" in tree.lines(),
            closed_to_others=f"server --address 127.0.0.1 --port {port} :0" in tree.lines(),
            program_draws_there="program [a b.png] [] broadway :0" in tree.lines(),
            its_status_is_passed_on=process.returncode == 7,
            the_server_is_gone=not tree.server_runs(),
            no_file_is_left=tree.left_over() == [])
        return complaints + ([output] if complaints else [])


def session_bus():
    """The program keeps the session bus although the server has its own runtime directory."""
    with Tree() as tree, socket.socket(socket.AF_UNIX) as bus:
        bus.bind(tree.path("bus"))
        tree.start(runtime=tree.folder).communicate(timeout=60)
        return check(the_bus_is_named=f"settings service bus unix:path={tree.path('bus')}"
                     in tree.lines())


def interrupted(number):
    with Tree() as tree:
        with open(tree.path("wait"), "w", encoding="utf-8"):
            pass
        process = tree.start()
        for _ in range(300):
            if any(line.startswith("data") for line in tree.lines()):
                break
            time.sleep(0.1)
        running = tree.server_runs()
        # As a terminal does for Ctrl+C: to the whole process group.
        os.killpg(process.pid, number)
        output, _ = process.communicate(timeout=60)
        complaints = check(
            the_server_ran=running,
            its_status_tells=process.returncode == 128 + number,
            the_server_is_gone=not tree.server_runs(),
            no_file_is_left=tree.left_over() == [])
        return complaints + ([output] if complaints else [])


def broken_build():
    with Tree() as tree:
        with open(tree.path("broken"), "w", encoding="utf-8"):
            pass
        process = tree.start(display=":77")
        process.communicate(timeout=60)
        return check(it_fails=process.returncode == 1,
                     nothing_is_started=not any(line.startswith("program") for line in tree.lines()))


tap.run({
    "/project/run/display": with_display,
    "/project/run/browser": in_browser,
    "/project/run/session-bus": session_bus,
    "/project/run/interrupt": lambda: interrupted(signal.SIGINT),
    "/project/run/terminate": lambda: interrupted(signal.SIGTERM),
    "/project/run/broken-build": broken_build,
})
