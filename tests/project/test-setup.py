# SPDX-License-Identifier: GPL-3.0-or-later
"""scripts/setup on systems that are not this one: their os-release, and package
managers that only write down how they were called and then bring every command."""

import os
import shutil
import stat
import subprocess
import tempfile

import tap

# Commands that the script itself needs; all others are missing until they are installed.
TOOLS = ("bash", "cat", "env", "grep", "sed", "tail", "tr", "sh", "cp", "chmod")
BROUGHT = (
    "cc", "pkg-config", "python3", "meson", "ninja", "msgfmt", "xgettext",
    "glib-compile-resources", "glib-compile-schemas", "update-desktop-database",
    "update-mime-database", "gtk4-update-icon-cache", "gtk4-broadwayd", "Xvfb",
    "dbus-run-session", "desktop-file-validate", "appstreamcli", "xmllint", "groff", "xdotool",
    "strace", "protoc-c", "gnome-keyring-daemon",
    "arm-none-eabi-gcc", "qemu-system-arm")
MANAGERS = ("apt-get", "dnf", "pacman", "zypper")
SYSTEMS = {
    "debian": ("ID=debian\n", "apt-get", "libgtk-4-dev", "xvfb"),
    "ubuntu": ('ID=ubuntu\nID_LIKE="debian"\n', "apt-get", "libgtk-4-dev", "xvfb"),
    "mint": ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', "apt-get", "libgtk-4-dev", "xvfb"),
    "fedora": ("ID=fedora\n", "dnf", "pkgconfig(gtk4)", "/usr/bin/Xvfb"),
    "arch": ("ID=arch\n", "pacman", "gtk4", "xorg-server-xvfb"),
    "manjaro": ("ID=manjaro\nID_LIKE=arch\n", "pacman", "gtk4", "xorg-server-xvfb"),
    "opensuse": ('ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n', "zypper",
                 "pkgconfig(gtk4)", "/usr/bin/Xvfb"),
}


class Machine:
    """A folder that is the whole PATH."""

    def __init__(self, release, user=0, sudo=False, brings=True):
        self.folder = tempfile.mkdtemp(prefix="numeral-setup-")
        self.bin = os.path.join(self.folder, "bin")
        self.log = os.path.join(self.folder, "calls")
        self.release = os.path.join(self.folder, "os-release")
        stock = os.path.join(self.folder, "stock")
        os.mkdir(self.bin)
        os.mkdir(stock)
        with open(self.release, "w", encoding="utf-8") as file:
            file.write(release)
        for tool in TOOLS:
            os.symlink(shutil.which(tool), os.path.join(self.bin, tool))
        self.script(self.bin, "id", f"echo {user}")
        # Every library, module and package exists as soon as the tool that checks it does.
        for command in BROUGHT:
            self.script(stock, command, "exit 0")
        self.script(stock, "cc", "echo /found")
        self.script(stock, "dpkg-query", "echo installed")
        self.script(stock, "rpm", "exit 0")
        for manager in MANAGERS:
            bring = f'cp "{stock}"/* "{self.bin}/"' if brings else "exit 0"
            query = '[ "$1" != -Q ] || exit 0\n' if manager == "pacman" else ""
            self.script(self.bin, manager, f'{query}echo "{manager} $*" >> "{self.log}"\n{bring}')
        if sudo:
            self.script(self.bin, "sudo",
                        f'echo "sudo $*" >> "{self.log}"\n[ "$1" != -n ] || shift\n"$@"')

    @staticmethod
    def script(folder, name, body):
        path = os.path.join(folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"#!{shutil.which('sh')}\n{body}\n")
        os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)

    def setup(self, *arguments):
        return subprocess.run(
            [os.path.join(self.bin, "bash"), os.path.join(tap.ROOT, "scripts", "setup"), *arguments],
            env={"PATH": self.bin, "NUMERAL_OS_RELEASE": self.release}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60, check=False)

    def calls(self):
        try:
            with open(self.log, encoding="utf-8") as file:
                return file.read().splitlines()
        except FileNotFoundError:
            return []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)


def expect(complaints, condition, text, result):
    if not condition:
        complaints.append(f"{text}; status {result.returncode}, output:")
        complaints += ["  " + line for line in result.stdout.splitlines()]


def installs(name):
    release, manager, gtk, display = SYSTEMS[name]
    complaints = []
    with Machine(release) as machine:
        result = machine.setup("--tests")
        words = [word for call in machine.calls() for word in call.split()]
        expect(complaints, result.returncode == 0, "did not succeed", result)
        expect(complaints, manager in words, f"did not call {manager}", result)
        expect(complaints, gtk in words, f"did not install {gtk}", result)
        expect(complaints, display in words, f"did not install {display}", result)
        expect(complaints, len(words) == len(set(words)) or manager == "apt-get",
               f"named something twice: {machine.calls()}", result)
        before = machine.calls()
        result = machine.setup("--tests")
        expect(complaints, result.returncode == 0 and result.stdout == "",
               "the second call was not silent", result)
        expect(complaints, machine.calls() == before, "the second call installed again", result)
    return complaints


def groups():
    """Dependencies of the tests are not installed to run the program."""
    complaints = []
    with Machine(SYSTEMS["debian"][0]) as machine:
        result = machine.setup()
        words = [word for call in machine.calls() for word in call.split()]
        expect(complaints, "libgtk-4-dev" in words, "did not install what a build needs", result)
        expect(complaints, "xvfb" not in words, "installed what only tests need", result)
    return complaints


def unknown_system():
    complaints = []
    with Machine("ID=plan9\n") as machine:
        result = machine.setup()
        expect(complaints, result.returncode == 1, "did not fail", result)
        expect(complaints, "by hand" in result.stdout and "gtk4 >= 4.8" in result.stdout,
               "does not say what to do", result)
        expect(complaints, machine.calls() == [], "called a package manager", result)
    return complaints


def with_sudo():
    complaints = []
    with Machine(SYSTEMS["arch"][0], user=1000, sudo=True) as machine:
        result = machine.setup()
        expect(complaints, result.returncode == 0, "did not succeed", result)
        expect(complaints, machine.calls()[0].startswith("sudo -n pacman"),
               "did not call sudo so that it cannot wait for a password", result)
    return complaints


def without_sudo():
    complaints = []
    with Machine(SYSTEMS["arch"][0], user=1000) as machine:
        result = machine.setup()
        expect(complaints, result.returncode == 1, "did not fail", result)
        expect(complaints, "sudo" in result.stdout and "libadwaita" in result.stdout,
               "does not say what to do", result)
        expect(complaints, machine.calls() == [], "called a package manager", result)
    return complaints


def still_missing():
    """A package manager that reports success without installing anything is detected."""
    complaints = []
    with Machine(SYSTEMS["fedora"][0], brings=False) as machine:
        result = machine.setup()
        expect(complaints, result.returncode == 1, "did not fail", result)
        expect(complaints, "Still missing" in result.stdout and "libadwaita-1 >= 1.2" in result.stdout,
               "does not say what is missing", result)
    return complaints


def check_only():
    complaints = []
    with Machine(SYSTEMS["debian"][0]) as machine:
        result = machine.setup("--check")
        expect(complaints, result.returncode == 1, "did not report", result)
        expect(complaints, machine.calls() == [], "installed something", result)
    return complaints


def wrong_usage():
    complaints = []
    with Machine(SYSTEMS["debian"][0]) as machine:
        result = machine.setup("--everything")
        expect(complaints, result.returncode == 2 and "Usage" in result.stdout, "accepted it", result)
        expect(complaints, machine.calls() == [], "installed something", result)
    return complaints


cases = {f"/project/setup/{name}": lambda name=name: installs(name) for name in SYSTEMS}
cases.update({
    "/project/setup/groups": groups,
    "/project/setup/unknown-system": unknown_system,
    "/project/setup/sudo": with_sudo,
    "/project/setup/no-sudo": without_sudo,
    "/project/setup/still-missing": still_missing,
    "/project/setup/check": check_only,
    "/project/setup/usage": wrong_usage,
})
tap.run(cases)
