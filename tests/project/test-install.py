# SPDX-License-Identifier: GPL-3.0-or-later
"""The result of "meson install" in a prefix is complete, and works there.

    test-install.py MESON APPLICATION-ID WITH-DISPLAY BUILD PREFIX

The prefix is built in. A BUILD with a PREFIX inside of it, as scripts/test makes it, is installed
there; for any other, Numeral is built anew, without optimisation, because that is quick. The window
is started as a desktop does it: by the session's bus, through the installed service file.
"""

import os
import shutil
import subprocess
import sys
import tempfile

import tap

MESON, ID, WITH_DISPLAY, BUILD, PREFIX = sys.argv[1:]

INSTALLED = [
    "bin/numeral",
    "bin/numeral-cli",
    f"share/applications/{ID}.desktop",
    f"share/dbus-1/services/{ID}.service",
    f"share/glib-2.0/schemas/{ID}.gschema.xml",
    "share/glib-2.0/schemas/gschemas.compiled",
    f"share/icons/hicolor/scalable/apps/{ID}.svg",
    f"share/icons/hicolor/symbolic/apps/{ID}-symbolic.svg",
    "share/man/man1/numeral-cli.1",
    f"share/metainfo/{ID}.metainfo.xml",
    f"share/mime/packages/{ID}.xml",
    "share/mime/application/inkml+xml.xml",
]

# In a separate session the bus starts the program, which opens a file, starts a new drawing
# and quits; each call fails if the program does.
SESSION = r"""
set -eu
call() {
  gdbus call --session --timeout 60 --dest "$1" --object-path "$2" --method "$3" "${@:4}"
}
path=/$(echo "$1" | tr . /)
call "$1" "$path" org.freedesktop.Application.Open "['file://$2']" '{}'
for i in $(seq 100); do
  ! call "$1" "$path/window/1" org.gtk.Actions.Describe save | grep -q '(true' || break
  [ "$i" != 100 ] || { echo "the file is not on the canvas"; exit 1; }
  sleep 0.1
done
call "$1" "$path" org.freedesktop.Application.ActivateAction new-drawing '[]' '{}'
call "$1" "$path/window/1" org.gtk.Actions.Describe save | grep '(false'
call "$1" "$path" org.gtk.Actions.Activate quit '[]' '{}'
for i in $(seq 100); do
  gdbus call --session --dest org.freedesktop.DBus --object-path /org/freedesktop/DBus \
    --method org.freedesktop.DBus.NameHasOwner "$1" | grep -q true || exit 0
  sleep 0.1
done
echo "the program does not end"
exit 1
"""

folder = tempfile.TemporaryDirectory(prefix="numeral-install-")
is_built = PREFIX.startswith(os.path.join(BUILD, ""))
prefix = PREFIX if is_built else os.path.join(folder.name, "prefix")


def complaints_of(*command, **options):
    """The output of a command if it fails."""
    result = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True, timeout=900, check=False,
                            **options)
    if result.returncode == 0:
        return []
    return [f"{' '.join(command)[:200]}: status {result.returncode}",
            *result.stdout.splitlines()[-40:]]


def environment():
    """The environment without variables that point to the build directory."""
    clean = {name: value for name, value in os.environ.items()
             if not name.startswith(("NUMERAL_", "G_TEST_", "GSETTINGS_", "MESON_"))}
    clean["XDG_DATA_DIRS"] = os.path.join(prefix, "share") + ":/usr/local/share:/usr/share"
    return clean


def install():
    if is_built:
        shutil.rmtree(prefix, ignore_errors=True)
        return complaints_of(MESON, "install", "-C", BUILD, "--no-rebuild")
    build = os.path.join(folder.name, "build")
    return (complaints_of(MESON, "setup", build, tap.ROOT, "--prefix", prefix, "--libdir", "lib",
                          "--buildtype", "plain", "-Db_pch=true", "-Dtests=disabled") or
            complaints_of(MESON, "install", "-C", build))


def in_place():
    found = {os.path.relpath(os.path.join(here, name), prefix)
             for here, _, names in os.walk(prefix) for name in names}
    complaints = [f"{path} is not installed" for path in INSTALLED if path not in found]
    # Programs and data only: no libraries, headers or tests.
    complaints += [f"{path} is installed" for path in sorted(found)
                   if not path.startswith(("bin/", "share/"))]
    complaints += [f"{path} is a program that is never called" for path in sorted(found)
                   if path.startswith("bin/") and path not in INSTALLED]
    return complaints


def command_line():
    """Reads a digit, prints its version, and does not need the source tree."""
    sample = os.path.join(tap.ROOT, "data", "samples", "digit-7.inkml")
    program = os.path.join(prefix, "bin", "numeral-cli")
    output = subprocess.run([program, "recognize", sample], env=environment(), cwd=folder.name,
                            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
                            check=False)
    if output.returncode != 0 or "7" not in output.stdout.split():
        return [f"status {output.returncode}", output.stdout, output.stderr]
    return []


def window():
    sample = os.path.join(tap.ROOT, "data", "samples", "digit-7.inkml")
    return complaints_of(WITH_DISPLAY, "bash", "-c", SESSION, "session", ID, sample,
                         env=dict(environment(), GSETTINGS_BACKEND="memory",
                                  G_DEBUG="fatal-warnings", NUMERAL_TEST_SERVICES=os.path.join(
                                      prefix, "share", "dbus-1", "services")))


tap.run({
    "/project/install/install": install,
    "/project/install/in-place": in_place,
    "/project/install/command-line": command_line,
    "/project/install/window": window,
})
