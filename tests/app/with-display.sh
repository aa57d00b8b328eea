#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a test in a display and a session bus of its own, with nothing of the
# user's settings and data. Where a display can't be had, the test is skipped.
set -u

skip() {
  echo "1..0 # SKIP $1"
  exit 0
}

command -v Xvfb > /dev/null || skip "there is no Xvfb"
command -v dbus-run-session > /dev/null || skip "there is no dbus-run-session"

folder=$(mktemp -d "${TMPDIR:-/tmp}/numeral-test.XXXXXX")
server=
# shellcheck disable=SC2317 # called by the trap
cleanup() {
  [ -z "$server" ] || kill "$server" 2> /dev/null
  [ -z "$server" ] || wait "$server" 2> /dev/null
  rm -rf "$folder"
}
trap cleanup EXIT
trap 'exit 143' INT TERM HUP

# The server writes the number of its display once it takes connections. It would begin anew, and
# take none meanwhile, whenever the last client goes: one that only asked it something, say.
mkfifo "$folder/display"
Xvfb -displayfd 3 -noreset -screen 0 1600x1024x24 -nolisten tcp 3> "$folder/display" \
  > "$folder/Xvfb.log" 2>&1 &
server=$!
read -r -t 20 display < "$folder/display" || {
  sed 's/^/# /' "$folder/Xvfb.log"
  skip "Xvfb does not start"
}

export DISPLAY=:$display
unset WAYLAND_DISPLAY
# No OpenGL: its drivers leak, and what is drawn here nobody sees.
export GDK_DEBUG=gl-disable GDK_BACKEND=x11 GSK_RENDERER=cairo GTK_A11Y=${GTK_A11Y:-test}
export HOME=$folder XDG_DATA_HOME=$folder/data XDG_CONFIG_HOME=$folder/config
export XDG_CACHE_HOME=$folder/cache XDG_RUNTIME_DIR=$folder/run
export ADW_DISABLE_PORTAL=1 GTK_USE_PORTAL=0 LC_ALL=C.UTF-8 LANGUAGE=
mkdir -m 700 "$XDG_RUNTIME_DIR"

# No services but those in a folder that a test names: none other is needed, and none may outlive
# the test.
services=${NUMERAL_TEST_SERVICES:+<servicedir>$NUMERAL_TEST_SERVICES</servicedir>}
cat > "$folder/bus.conf" <<END
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  $services
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
END
dbus-run-session --config-file="$folder/bus.conf" -- "$@"
