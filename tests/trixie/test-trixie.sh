#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds and tests what is in the tree in a Debian 13 root that debootstrap makes,
# with scripts/setup bringing what it takes, and warnings being errors. Speaks TAP.
#
# NUMERAL_TRIXIE_DIR is the folder for the root; unset, it is build/trixie. It is
# kept, so that a second run only builds.
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=${NUMERAL_TRIXIE_DIR:-$root/build/trixie}
data=${NUMERAL_DATA_DIR:-$root/../shared/data}
into=$work/root
quiet="nice -n 15"

skip() {
  echo "1..0 # SKIP $1"
  exit 0
}

[ "$(id -u)" -eq 0 ] || skip "a root of its own takes root"
command -v debootstrap > /dev/null || skip "there is no debootstrap"
mkdir -p "$work"
echo "1..4"
number=0

# case_of NAME COMMAND...: what comes after a case that failed has nothing to work on.
case_of() {
  local name=$1 log=$work/$((number + 1)).log
  shift
  number=$((number + 1))
  if "$@" > "$log" 2>&1 < /dev/null; then
    grep -E '^[0-9]+ passed' "$log" | sed 's/^/# /'
    echo "ok $number /trixie/$name"
  else
    grep -E -A 8 'error:|warning:|FAILED|^not ok|[1-9][0-9]* failed' "$log" | tail -n 80 | sed 's/^/# /'
    tail -n 20 "$log" | sed 's/^/# /'
    echo "not ok $number /trixie/$name"
    exit 1
  fi
}

mirror() {
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -m 1 '/debian/$'
}

make_root() {
  [ ! -e "$into/.made" ] || return 0
  rm -rf --one-file-system "$into"
  $quiet debootstrap --variant=minbase --include=ca-certificates,git trixie "$into" "$(mirror)" \
    "$([ -e /usr/share/debootstrap/scripts/trixie ] && echo /usr/share/debootstrap/scripts/trixie ||
      echo /usr/share/debootstrap/scripts/sid)" || return 1
  printf '#!/bin/sh\nexit 101\n' > "$into/usr/sbin/policy-rc.d"
  chmod +x "$into/usr/sbin/policy-rc.d"
  # A root that is broken is made anew; there is nothing to keep safe.
  echo force-unsafe-io > "$into/etc/dpkg/dpkg.cfg.d/unsafe-io"
  touch "$into/.made"
}

# inside COMMAND: mounts and processes of its own, which go away with it
inside() {
  cp /etc/resolv.conf "$into/etc/resolv.conf"
  INTO=$into $quiet unshare --mount --pid --fork --kill-child bash -c '
    set -e
    mount -t proc proc "$INTO/proc"
    mount -t tmpfs tmpfs "$INTO/tmp"
    mount -t tmpfs tmpfs "$INTO/dev/shm" 2> /dev/null || { mkdir -p "$INTO/dev/shm"; mount -t tmpfs tmpfs "$INTO/dev/shm"; }
    exec chroot "$INTO" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
      DEBIAN_FRONTEND=noninteractive NUMERAL_DATA_DIR=/data bash -c "cd /numeral && $1"
  ' inside "$1"
}

# The files of the tree as they stand, and the data that some tests measure on.
copy() {
  mkdir -p "$into/numeral" "$into/data" || return 1
  find "$into/numeral" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
  (cd "$root" && git ls-files -z --cached --others --exclude-standard | tar -c --null -T - -f -) |
    tar -x -C "$into/numeral" || return 1
  [ ! -d "$data" ] || cp -rL "$data/." "$into/data/"
}

case_of root make_root
copy || exit 1
case_of setup inside 'apt-get update -q && scripts/setup --tests'
case_of build inside \
  'rm -rf build/plain && meson setup build/plain --werror && meson compile -C build/plain'
case_of test inside 'scripts/test --fast'
